//! A quiz with one question of each kind: sealed, handed out, and marked.

use proptest::prelude::*;

use super::sealed::{Form, Quiz};
use super::{Outcome, quiz, quizzes};

const SOURCE: &str = r#"
title = "A test"

[[question]]
id = "one"
kind = "single"
text = "One of three?"
points = 2
choices = [
  { text = "first", why = "No, that is before." },
  { text = "second", right = true, why = "Yes, $2$." },
  { text = "third", why = "No, that is after." },
]

[[question]]
id = "some"
kind = "multiple"
text = "Some of three?"
choices = [
  { text = "first", right = true, why = "Yes, first." },
  { text = "second", why = "No, second." },
  { text = "third", right = true, why = "Yes, third." },
]

[[question]]
id = "root"
kind = "number"
text = "The root of 2?"
answer = 1.414
tolerance = 0.005
why = "Yes, the root."
otherwise = "No: multiply it by itself."
wrong = [{ value = 2, why = "No, the square." }]

[[question]]
id = "steps"
kind = "order"
text = "In order?"
items = [
  { text = "a", why = "a is first." },
  { text = "b", why = "b is next." },
  { text = "c", why = "c is last." },
]
"#;

fn test_quiz() -> Quiz {
    Quiz::seal("00_test", "quiz.toml", SOURCE, &|text| text.to_owned()).unwrap()
}

/// The id of a choice or an item.
fn id(quiz: &Quiz, question: &str, text: &str) -> String {
    match &quiz.question(question).unwrap().form {
        Form::Single { choices } | Form::Multiple { choices, .. } => choices
            .iter()
            .find(|choice| choice.text == text)
            .unwrap()
            .id
            .clone(),
        Form::Order { items, .. } => items.iter().find(|item| item.text == text).unwrap().id.clone(),
        Form::Number { .. } => panic!("a number has no choices"),
    }
}

/// The outcome, the points and what is said about `question = answer`, in which `<text>` stands for an id.
fn told(question: &str, answer: &str) -> (Outcome, u32, String) {
    let quiz = test_quiz();
    let mut answer = answer.to_owned();
    while let Some((before, rest)) = answer.split_once('<') {
        let (text, after) = rest.split_once('>').unwrap();
        answer = format!("{before}\"{}\"{after}", id(&quiz, question, text));
    }
    let file = format!("quiz = \"00_test\"\n[answers]\n{question} = {answer}\n");
    let marked = quiz.mark(&quiz.answers(&file).unwrap());
    let one = marked
        .questions
        .into_iter()
        .find(|one| one.id == question)
        .unwrap();
    (one.outcome, one.points, one.why.join(" "))
}

#[test]
fn each_kind_is_marked_and_explained() {
    use Outcome::{Right, Wrong};
    for (question, answer, outcome, points, why) in [
        ("one", "<second>", Right, 2, "Yes, $2$."),
        ("one", "<first>", Wrong, 0, "No, that is before."),
        (
            "some",
            "[<third>, <first>, <third>]",
            Right,
            1,
            "Yes, first. No, second. Yes, third.",
        ),
        (
            "some",
            "[<first>]",
            Wrong,
            0,
            "Yes, first. There are more that are right.",
        ),
        ("some", "[<first>, <second>]", Wrong, 0, "Yes, first. No, second."),
        ("some", "[]", Wrong, 0, "There are more that are right."),
        ("root", "1.414", Right, 1, "Yes, the root."),
        ("root", "1.419", Right, 1, "Yes, the root."),
        ("root", "1.409", Right, 1, "Yes, the root."),
        ("root", "1.4191", Wrong, 0, "No: multiply it by itself."),
        ("root", "2", Wrong, 0, "No, the square."),
        ("root", "-1.414", Wrong, 0, "No: multiply it by itself."),
        (
            "steps",
            "[<a>, <b>, <c>]",
            Right,
            1,
            "a is first. b is next. c is last.",
        ),
        (
            "steps",
            "[<a>, <c>, <b>]",
            Wrong,
            0,
            "a is first. This is not the next: c",
        ),
        ("steps", "[<b>, <a>, <c>]", Wrong, 0, "This is not the first: b"),
    ] {
        let (got, earned, said) = told(question, answer);
        let mut said: Vec<&str> = said.split_inclusive('.').map(str::trim).collect();
        let mut why: Vec<&str> = why.split_inclusive('.').map(str::trim).collect();
        // The choices are reported in the order of the file, which depends on their ids.
        if question == "some" {
            said.sort_unstable();
            why.sort_unstable();
        }
        assert_eq!(
            (got, earned, said),
            (outcome, points, why),
            "{question} = {answer}"
        );
    }
}

#[test]
fn what_is_no_answer_earns_nothing_and_is_told() {
    for (question, answer, why) in [
        ("one", "1", "expected the id of a choice, in quotes, got 1"),
        (
            "one",
            "[<first>]",
            "expected the id of a choice, in quotes, got [\"",
        ),
        ("one", "\"none\"", ", got \"none\""),
        ("some", "<first>", "expected a list of the ids of choices, got \""),
        ("some", "[<first>, \"none\"]", ", got \"none\""),
        ("root", "\"1.414\"", "expected a number, got \"1.414\""),
        ("root", "nan", "expected a finite number, got NaN"),
        ("root", "{ x = 1 }", "expected a number, got table"),
        ("root", "1979-05-27", "expected a number, got "),
        ("steps", "[<a>, <b>]", "once, got [\""),
        ("steps", "[<a>, <b>, <b>]", "once, got [\""),
        (
            "steps",
            "[1, 2, 3]",
            "expected a list of the ids of all items, got array",
        ),
    ] {
        let (outcome, points, _) = told(question, answer);
        assert!(
            matches!(&outcome, Outcome::Unusable(said) if said.contains(why)),
            "{question} = {answer}: {outcome:?}"
        );
        assert_eq!(points, 0);
    }
    let quiz = test_quiz();
    let answers = quiz
        .answers("quiz = \"00_test\"\n[answers]\nother = 1\nroot = 1.41\n")
        .unwrap();
    let marked = quiz.mark(&answers);
    assert_eq!(
        marked.to_string(),
        "one: not answered (0 of 2 points)\nsome: not answered (0 of 1 point)\nroot: right (1 of 1 point)\n  \
         Yes, the root.\nsteps: not answered (0 of 1 point)\nother: there is no such question in 00_test\n\
         1 of 5 points\n"
    );
    let wrong = quiz.answers("quiz = \"01_vectors\"\n[answers]\n").unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "the quiz of answers.toml: expected \"00_test\", got \"01_vectors\""
    );
}

/// Each fault of a source, made by replacing a text: the line, what was expected, and what came.
#[test]
fn a_broken_source_is_told_with_its_line() {
    for (old, new, expected) in [
        ("title = \"A test\"", "", "line 1: missing field `title`"),
        (
            "title = \"A test\"",
            "title = \" \"",
            "line 2: expected a title, got an empty text",
        ),
        (
            "id = \"one\"",
            "id = \"One\"",
            "line 5: expected an id of lower-case letters, digits and hyphens, got \"One\"",
        ),
        (
            "id = \"some\"",
            "id = \"one\"",
            "line 16: expected another id, got \"one\" a second time",
        ),
        (
            "\"single\"",
            "\"choice\"",
            "line 6: expected single, multiple, number or order, got \"choice\"",
        ),
        (
            "points = 2",
            "points = 0",
            "line 8: expected 1 to 100 points, got 0",
        ),
        (
            "points = 2",
            "points = -1",
            "line 8: invalid value: integer `-1`, expected u32",
        ),
        (
            "points = 2",
            "answer = 2",
            "line 4: expected choices for kind \"single\", got `answer`",
        ),
        (
            "points = 2",
            "colour = 2",
            "line 8: unknown field `colour`, expected one of ",
        ),
        (
            "\"One of three?\"",
            "\"\"",
            "line 7: expected a question, got an empty text",
        ),
        (
            ", why = \"No, that is before.\"",
            "",
            "line 10: expected an explanation (`why`), got none",
        ),
        (
            "\"No, that is before.\"",
            "\"\"",
            "line 10: expected an explanation, got an empty text",
        ),
        (
            "right = true, why = \"Yes, $2$.\"",
            "why = \"No.\"",
            "line 4: expected one choice with right = true, got 0",
        ),
        (
            "\"first\", why",
            "\"first\", right = true, why",
            "line 4: expected one choice with right = true, got 2",
        ),
        (
            "{ text = \"second\", right",
            "{ text = \"first\", right",
            "line 11: expected a text that no other choice has, got \"first\"",
        ),
        ("answer = 1.414", "", "line 25: expected `answer`, got none"),
        (
            "answer = 1.414",
            "answer = \"x\"",
            "line 29: invalid type: string \"x\", expected f64",
        ),
        (
            "tolerance = 0.005",
            "tolerance = -1",
            "line 30: expected a tolerance of 0 or more, got -1",
        ),
        (
            "tolerance = 0.005",
            "tolerance = nan",
            "line 30: expected a tolerance of 0 or more, got NaN",
        ),
        (
            "answer = 1.414",
            "answer = 1e15",
            "line 29: expected a number that its tolerance can tell apart, got ",
        ),
        (
            "value = 2",
            "value = 1.42",
            "line 33: expected a number that is not within the tolerance of another, got 1.42",
        ),
        (
            "otherwise = \"No: multiply it by itself.\"",
            "",
            "line 25: expected `otherwise`, got none",
        ),
        (
            "why = \"Yes, the root.\"",
            "",
            "line 25: expected an explanation (`why`), got none",
        ),
        (
            "  { text = \"c\", why = \"c is last.\" },\n",
            "",
            "line 35: expected at least three items, got 2",
        ),
        (
            "\"b\", why",
            "\"a\", why",
            "line 41: expected a text that no other choice has, got \"a\"",
        ),
    ] {
        assert!(SOURCE.contains(old), "{old}");
        let broken = SOURCE.replacen(old, new, 1);
        let told = Quiz::seal("00_test", "quiz.toml", &broken, &|text| text.to_owned());
        let told = told.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(
            told.starts_with(&format!("quiz.toml, {expected}")),
            "{old} -> {new}: {told}"
        );
    }
    let empty = Quiz::seal("a", "quiz.toml", "title = \"T\"", &|text| text.to_owned()).unwrap_err();
    assert_eq!(
        empty.to_string(),
        "quiz.toml: expected at least one [[question]], got none"
    );
}

#[test]
fn what_is_handed_out_says_nothing_and_is_read_again() {
    let quiz = test_quiz();
    let text = quiz.to_toml();
    assert!(Quiz::parse("00_test", &text).unwrap() == quiz, "{text}");
    for secret in ["Yes", "No,", "right\n", "1.414", "is last", "why"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    // Nor does the page.
    let page = quiz.to_html();
    let (questions, _script) = page.rsplit_once("<script>").unwrap();
    for secret in ["Yes,", "No,", "1.414", "is last"] {
        assert!(!questions.contains(secret), "{secret} in {questions}");
    }
    let broken = Quiz::parse("00_test", &text.replace("kind = \"order\"", "kind = \"odd\""))
        .err()
        .unwrap();
    assert!(
        broken.to_string().starts_with("00_test/quiz.toml, line "),
        "{broken}"
    );
}

#[test]
fn a_page_escapes_what_is_not_its_own() {
    let rude = SOURCE
        .replace("One of three?", "<script>alert(1)</script>")
        .replace("\"first\"", "\"<b>\"");
    let page = Quiz::seal("00_test", "quiz.toml", &rude, &|text| text.to_owned())
        .unwrap()
        .to_html();
    assert!(
        page.contains("&lt;script&gt;alert")
            && !page.contains("<script>alert")
            && !page.contains("<b></span>")
    );
}

proptest! {
    /// The answers are the same in every order, and an order question never shows its answer.
    #[test]
    fn shuffling_changes_no_answer(seed: u64) {
        let quiz = test_quiz();
        let shuffled = quiz.clone().shuffled(seed);
        for (question, text) in [("one", "second"), ("some", "third"), ("steps", "b")] {
            prop_assert_eq!(id(&quiz, question, text), id(&shuffled, question, text));
        }
        let Form::Order { items, .. } = &shuffled.question("steps").unwrap().form else { panic!("order") };
        let shown: String = items.iter().map(|item| item.text.as_str()).collect();
        prop_assert_ne!(shown, "abc");
    }
}

/// Every quiz that is handed out can be read, and as a page it shows the same questions.
#[test]
fn every_quiz_can_be_read() {
    for lecture in quizzes() {
        let quiz = quiz(lecture).unwrap();
        let page = quiz.page.as_ref().unwrap();
        assert_eq!(quiz.questions.len(), page.questions.len(), "{lecture}");
        for (question, shown) in quiz.questions.iter().zip(&page.questions) {
            assert_eq!(
                (&question.id, question.form.kind()),
                (&shown.id, shown.form.kind()),
                "{lecture}"
            );
        }
        assert!(
            (5..=8).contains(&quiz.questions.len()),
            "{lecture}: {}",
            quiz.questions.len()
        );
    }
    let unknown = quiz("1_vectors").err().unwrap().to_string();
    assert!(
        unknown.contains("no quiz \"1_vectors\"; did you mean \"01_vectors\""),
        "{unknown}"
    );
}
