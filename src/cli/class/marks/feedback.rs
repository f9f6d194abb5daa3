//! A student's page: the mark, and each exercise with the judge's card. Of the hidden cases it says only how
//! many are right.

use std::fmt::Write;

use course::check::{Marked, Outcome, Report, Verdict, quiz};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::mark::{Mark, Score, Status, points};
use super::quizzes;
use crate::class::record::{Marked as Answer, Record};
use crate::nb::page::{POLICY, STYLE, fragment};
use crate::tools::words::one_line;

/// The styles that these pages have beside those of notebooks' pages.
pub(super) const OWN: &str = include_str!("style.css");

/// A complete page that needs no other file.
pub(super) fn page(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(OWN)) }
            }
            body.marks { main { (body) } }
        }
    };
    page.into_string() + "\n"
}

/// What the judge says, with the points that were finally given.
fn report(marked: &Answer) -> Report {
    let mut report = marked.report.clone();
    report.points = marked.points;
    report
}

/// For hidden cases: only how many are right.
fn hidden(marked: &Answer) -> Option<String> {
    let hidden = marked.hidden.as_ref()?;
    if hidden.passed == hidden.cases {
        return Some(format!("All {} hidden cases are right.", hidden.cases));
    }
    Some(format!(
        "Of {} hidden cases {} are right: {}.",
        hidden.cases, hidden.passed, hidden.outcome
    ))
}

/// The hint for a mistake that only hidden cases show.
fn hidden_mistake(marked: &Answer) -> Option<&str> {
    let is_told = marked.report.mistake.is_some();
    let hidden = marked.hidden.as_ref().filter(|_| !is_told)?;
    hidden.mistake.as_deref()
}

/// The same as text.
pub(super) fn told(marked: &Answer) -> String {
    let mut text = report(marked).to_string();
    for line in hidden(marked)
        .iter()
        .map(String::as_str)
        .chain(hidden_mistake(marked))
    {
        let _ = writeln!(text, "  {line}");
    }
    for flag in &marked.flags {
        let _ = writeln!(text, "  note: {flag}");
    }
    text
}

/// The sentences about the mark as a whole.
fn sentences(mark: &Mark) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(open) = &mark.open {
        all.push(format!("There is no mark yet. {}.", sentence(open)));
    }
    match mark.late {
        Some(late) if late.days > 0 && mark.status == Status::Graded => all.push(format!(
            "{} {} late: {} % of {} points.",
            late.days,
            if late.days == 1 { "day" } else { "days" },
            points(-late.percent),
            points(mark.earned)
        )),
        _ => {}
    }
    for decision in &mark.by_hand {
        let what = decision.exercise.as_deref().unwrap_or("The submission");
        all.push(format!(
            "{what}: set by hand to {} instead of {}. {}.",
            decision.now,
            decision.instead_of,
            sentence(&decision.reason)
        ));
    }
    all
}

/// With a capital letter and without a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.trim().trim_end_matches('.').chars();
    let first = letters
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    one_line(&(first + letters.as_str()))
}

fn total(mark: &Mark) -> String {
    match mark.total {
        Some(total) => format!("{} of {} points", points(total), mark.of),
        None => "no mark yet".to_owned(),
    }
}

/// The points earned, and how many were possible.
fn earned(score: &Score) -> String {
    let points = score.points.map_or("–".to_owned(), points);
    format!("{points} of {}", score.of)
}

/// Whether there is more to say about an exercise than its outcome.
fn is_worth_a_card(marked: &Answer) -> bool {
    (marked.report.verdict != Verdict::NotAttempted && !marked.is_right()) || !marked.flags.is_empty()
}

fn of_score<'a>(record: Option<&'a Record>, score: &Score) -> Option<&'a Answer> {
    record?.exercises.iter().find(|marked| marked.id() == score.id)
}

/// The page.
pub(super) fn html(mark: &Mark, record: Option<&Record>) -> String {
    let name = one_line(&mark.student);
    let body = html! {
        h1 { (name) }
        p.total { (total(mark)) }
        @for sentence in sentences(mark) { p { (sentence) } }
        @for note in record.iter().flat_map(|record| &record.notes) { p.note { (sentence(note)) "." } }
        table.plain {
            thead { tr { th { "exercise" } th { "outcome" } th.number { "points" } } }
            tbody {
                @for score in &mark.exercises {
                    tr {
                        td {
                            @if of_score(record, score).is_some_and(is_worth_a_card) { a href={ "#" (score.id) } { (score.id) } }
                            @else if quizzes::lecture(&score.id).is_some() && score.outcome != "not attempted" {
                                a href={ "#" (score.id) } { (score.id) }
                            }
                            @else { (score.id) }
                        }
                        td { (score.outcome) }
                        td.number { (earned(score)) }
                    }
                }
            }
        }
        @for score in &mark.exercises {
            @if let Some(marked) = of_score(record, score).filter(|marked| is_worth_a_card(marked)) {
                section.card id=(score.id) {
                    (PreEscaped(report(marked).to_html()))
                    @if let Some(hidden) = hidden(marked) { p { (hidden) } }
                    @if let Some(mistake) = hidden_mistake(marked) { p { (mistake) } }
                    @for flag in &marked.flags { p.note { (sentence(flag)) "." } }
                }
            }
        }
        @for (lecture, marked) in answered(mark, record) { (of_quiz(&lecture, &marked)) }
    };
    page(&name, &body)
}

/// The same in Markdown.
pub(super) fn markdown(mark: &Mark, record: Option<&Record>) -> String {
    let mut text = format!("# {}\n\n**{}**\n", plain(&one_line(&mark.student)), total(mark));
    for sentence in sentences(mark) {
        let _ = write!(text, "\n{}\n", plain(&sentence));
    }
    for note in record.iter().flat_map(|record| &record.notes) {
        let _ = write!(text, "\n{}.\n", plain(&sentence(note)));
    }
    text += "\n| exercise | outcome | points |\n|---|---|--:|\n";
    for score in &mark.exercises {
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            plain(&score.id),
            plain(&one_line(&score.outcome)),
            earned(score)
        );
    }
    for score in &mark.exercises {
        let Some(marked) = of_score(record, score).filter(|marked| is_worth_a_card(marked)) else {
            continue;
        };
        let told = told(marked);
        // A fence longer than any row of backticks in the message.
        let ticks = told.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2) + 1;
        let fence = "`".repeat(ticks);
        let _ = write!(text, "\n## {}\n\n{fence}text\n{told}{fence}\n", plain(&score.id));
    }
    for (lecture, marked) in answered(mark, record) {
        let _ = write!(text, "\n## {}\n", plain(&quizzes::id(&lecture)));
        for question in &marked.questions {
            let _ = write!(
                text,
                "\n**{}**: {} ({} of {} points)\n",
                plain(&question.id),
                outcome(&question.outcome),
                question.points,
                question.of
            );
            if let Outcome::Unusable(why) = &question.outcome {
                let _ = write!(text, "\n{}\n", plain(&one_line(why)));
            }
            for why in &question.why {
                let _ = write!(text, "\n{why}\n");
            }
        }
    }
    text
}

/// The quizzes that count and that were answered.
fn answered(mark: &Mark, record: Option<&Record>) -> Vec<(String, Marked)> {
    let all = record.map(quizzes::marked).unwrap_or_default();
    let counts = |lecture: &str| {
        mark.exercises
            .iter()
            .any(|score| score.id == quizzes::id(lecture))
    };
    all.into_iter()
        .filter_map(|(lecture, marked)| Some((lecture, marked.ok()?)))
        .filter(|(lecture, _)| counts(lecture))
        .collect()
}

fn outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Right => "right",
        Outcome::Wrong => "wrong",
        Outcome::NotAnswered => "not answered",
        Outcome::Unusable(_) => "not an answer",
    }
}

/// A quiz with what belongs to each answer.
fn of_quiz(lecture: &str, marked: &Marked) -> Markup {
    let asked = quiz(lecture).ok();
    let question = |id: &str| asked.as_ref().and_then(|quiz| quiz.question(id).ok());
    // The course's own text; if a formula cannot be read, it is shown as it is written.
    let prose = |text: &str| fragment(text).map_or_else(|_| html! { (text) }, PreEscaped);
    html! {
        section.quiz id=(quizzes::id(lecture)) {
            h2 { "Quiz" @if let Some(quiz) = &asked { ": " (quiz.title) } }
            @for one in &marked.questions {
                div class={ "question " (outcome(&one.outcome).replace(' ', "-")) } {
                    @if let Some(question) = question(&one.id) { div.asked { (prose(&question.text)) } }
                    div { b { (outcome(&one.outcome)) } " " (one.points) " of " (one.of) }
                    @if let Outcome::Unusable(why) = &one.outcome { div { (why) } }
                    @for why in &one.why { div { (prose(why)) } }
                }
            }
        }
    }
}

/// A text that is not Markdown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*[]<>#|~&!$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_no_markdown() {
        assert_eq!(
            super::plain("<b>*a* | [x](y) & z"),
            "\\<b\\>\\*a\\* \\| \\[x\\](y) \\& z"
        );
    }
}
