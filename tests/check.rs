//! The exercises: every solution passes, every stub earns nothing, and every known mistake is named.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::collections::BTreeSet;
use std::path::Path;

use course::check::{self, Answer, Report, Value, Verdict, exercises, judge};

#[cfg(unix)]
mod built;
#[cfg(unix)]
mod mutants;
#[cfg(unix)]
mod right;
#[cfg(unix)]
mod student;
#[cfg(unix)]
mod terminal;

#[test]
fn every_known_mistake_is_told_by_its_own_message() {
    for exercise in exercises() {
        assert!(exercise.mistakes.len() >= 3, "{}", exercise.id);
        let messages: BTreeSet<_> = exercise.mistakes.iter().map(|mistake| mistake.message).collect();
        assert_eq!(messages.len(), exercise.mistakes.len(), "{}", exercise.id);
        for (seed, mistake) in exercise
            .mistakes
            .iter()
            .flat_map(|mistake| (1..=3).map(move |seed| (seed, mistake)))
        {
            let wrong = |arguments: &[Value]| Answer::Value((mistake.wrong)(arguments).unwrap());
            let report = judge(exercise, seed, &mut |arguments| wrong(arguments));
            assert_eq!(
                report.verdict,
                Verdict::Wrong,
                "{}: {}",
                exercise.id,
                mistake.name
            );
            assert_eq!(report.points, 0);
            assert_eq!(
                report.mistake.as_deref(),
                Some(mistake.message),
                "seed {seed}: {report}"
            );
            let counter = report.counterexample.unwrap();
            assert!(counter.call.len() < 200, "{}", counter.call);
            assert_ne!(
                Some(counter.expected),
                counter.got,
                "{}: {}",
                exercise.id,
                mistake.name
            );
        }
    }
}

/// The judge's truth knows every case, and two seeds give different cases.
#[test]
fn the_truth_agrees_with_itself() {
    for exercise in exercises() {
        for seed in [1, 2, 3, 4, 5] {
            let mut asked = 0;
            let report = judge(exercise, seed, &mut |arguments| {
                asked += 1;
                assert!((exercise.allowed)(arguments), "{}: {arguments:?}", exercise.id);
                Answer::Value((exercise.truth)(arguments).unwrap())
            });
            assert!(report.is_passed(), "{report}");
            assert_eq!(asked, report.cases);
        }
    }
}

#[test]
fn what_never_answers_panics_or_is_not_finite_has_its_verdict() {
    fn endless(_: &[f32], _: &[f32]) -> f32 {
        loop {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
    fn out_of_bounds(x: &[f32], _: &[f32]) -> f32 {
        x[1000]
    }
    fn infinite(_: &[f32], _: &[f32]) -> f32 {
        f32::INFINITY
    }
    let report = check::cosine(endless);
    assert_eq!(report.verdict, Verdict::TimedOut(2));
    assert!(
        report
            .to_string()
            .starts_with("01_vectors/cosine: timed out after 2 s (0 of 2 points)")
    );
    let report = check::cosine(out_of_bounds);
    assert!(
        matches!(&report.verdict, Verdict::Panicked(why) if why.contains("index is 1000")),
        "{report}"
    );
    let report = check::cosine(infinite);
    assert_eq!(report.counterexample.unwrap().difference, "not finite");
}

#[test]
fn a_wrong_answer_is_shown_small() {
    fn dot(x: &[f32], y: &[f32]) -> f32 {
        x.iter().zip(y).map(|(a, b)| a * b).sum()
    }
    assert_eq!(
        check::cosine(dot).to_string(),
        "01_vectors/cosine: wrong, 2 of 44 cases are right (0 of 2 points)\n  the same direction:\n  \
         cosine(x = [1.0, 2.0], y = [2.0, 4.0])\n    expected 1.0\n    got      10.0\n    off by 9.0\n  \
         This is the dot product: divide by both lengths.\n"
    );
    // Wrong only where there is no public case: the counterexample is made smaller.
    fn five(x: &[f32], y: &[f32]) -> f32 {
        if x.len() < 5 { dot(x, y) } else { dot(x, y) + 1.0 }
    }
    let report = check::dot(five);
    let counter = report.counterexample.unwrap();
    assert!(counter.about.is_empty());
    assert_eq!(
        counter.call.matches(',').count(),
        9,
        "two lists of five: {}",
        counter.call
    );
    assert!(!counter.call.contains(".5"), "{}", counter.call);
    assert_eq!(report.mistake, None);
}

#[test]
fn a_card_shows_matrices_as_pictures_and_escapes_what_it_says() {
    fn transposed(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
        rows.to_vec()
    }
    let html = check::centre(transposed).to_html();
    assert!(html.contains("<svg") && html.contains("got − expected"), "{html}");
    fn rude(_: &str, _: &[String]) -> Option<Vec<f32>> {
        panic!("<script>")
    }
    let html = check::one_hot(rude).to_html();
    assert!(
        html.contains("&lt;script&gt;") && !html.contains("<script>"),
        "{html}"
    );
}

#[test]
fn a_report_survives_json() {
    let report = check::norm(|x: &[f32]| x.iter().sum::<f32>());
    let json = serde_json::to_string(&report).unwrap();
    let again: Report = serde_json::from_str(&json).unwrap();
    assert_eq!(again.to_string(), report.to_string());
}

#[test]
fn files_and_judges_belong_together() {
    for folder in ["exercises", "solutions"] {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut found = BTreeSet::new();
        for topic in std::fs::read_dir(&top)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
        {
            for file in std::fs::read_dir(&topic)
                .unwrap()
                .map(|entry| entry.unwrap().path())
            {
                let id = file.strip_prefix(&top).unwrap().with_extension("");
                if file.extension().is_some_and(|extension| extension == "rs") {
                    found.insert(id.to_str().unwrap().to_owned());
                } else {
                    let name = file.file_name().unwrap();
                    assert!(name == "quiz.toml" || name == "answers.toml", "a stray file");
                }
            }
        }
        let known: BTreeSet<_> = exercises()
            .iter()
            .map(|exercise| exercise.id.to_owned())
            .collect();
        assert_eq!(found, known, "{folder}");
    }
    // What takes longer earns no less.
    for (one, other) in exercises()
        .iter()
        .flat_map(|one| exercises().iter().map(move |other| (one, other)))
    {
        let (a, b) = (one.head().unwrap(), other.head().unwrap());
        assert!(
            a.minutes >= b.minutes || a.points <= b.points,
            "{} and {}: points follow minutes",
            one.id,
            other.id
        );
    }
    for exercise in exercises() {
        let head = exercise.head().unwrap();
        assert!(
            (1..=3).contains(&head.difficulty) && head.minutes > 0,
            "{}",
            exercise.id
        );
    }
}
