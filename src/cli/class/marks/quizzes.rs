//! The quizzes of a class, marked from the answers in the records.
//!
//! A lecture's quiz counts if the policy names it. If the policy says nothing, the quiz counts as soon as one
//! student has answered it and one of the lecture's exercises was graded. A quiz is a task like an exercise,
//! with the id `quiz/NN_topic`.

use std::collections::{BTreeMap, BTreeSet};

use course::check::{Answers, Marked, Outcome, Quiz, quiz, quizzes};

use super::policy::Policy;
use crate::class::record::Record;

/// The id that a quiz has among the exercises.
pub(super) fn id(lecture: &str) -> String {
    format!("quiz/{lecture}")
}

/// The lecture in such an id.
pub(super) fn lecture(id: &str) -> Option<&str> {
    id.strip_prefix("quiz/")
}

/// What a student earns for the answers to each quiz, or why they cannot be marked.
pub(super) fn marked(record: &Record) -> BTreeMap<String, Result<Marked, String>> {
    let mut found: BTreeMap<String, Result<Marked, String>> = BTreeMap::new();
    for (file, value) in &record.quiz_answers {
        let answers = match serde_json::from_value::<Answers>(value.clone()) {
            Ok(answers) => answers,
            Err(error) => {
                // Which quiz it is for, if that can be read.
                let name = value
                    .get("quiz")
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or(file);
                found.insert(name.to_owned(), Err(format!("{file}: {error}")));
                continue;
            }
        };
        let marked = quiz(&answers.quiz)
            .map(|quiz| quiz.mark(&answers))
            .map_err(|error| format!("{file}: {error}"));
        let several = || Err("ambiguous: there are several files of answers".to_owned());
        let entry = found.entry(answers.quiz);
        entry.and_modify(|there| *there = several()).or_insert(marked);
    }
    found
}

/// Why some answers belong to no quiz.
pub(super) fn strange(record: &Record) -> impl Iterator<Item = String> {
    let all = marked(record).into_iter();
    all.filter(|(name, _)| quizzes().all(|lecture| lecture != name))
        .filter_map(|(_, marked)| marked.err())
}

/// The quizzes that count.
pub(super) fn counting(records: &[Record], policy: &Policy) -> Result<Vec<Quiz>, String> {
    if let Some(named) = policy.quizzes() {
        let named: BTreeSet<&String> = named.iter().collect();
        return named
            .into_iter()
            .map(|lecture| quiz(lecture).map_err(|error| error.to_string()))
            .collect();
    }
    let graded: BTreeSet<&str> = records
        .iter()
        .flat_map(|record| &record.exercises)
        .filter_map(|marked| marked.id().split('/').next())
        .collect();
    let answered: BTreeSet<String> = records
        .iter()
        .flat_map(|record| marked(record).into_keys())
        .collect();
    let both = answered
        .iter()
        .filter(|lecture| graded.contains(lecture.as_str()));
    Ok(both.filter_map(|lecture| quiz(lecture).ok()).collect())
}

/// The outcome in a few words.
pub(super) fn outcome(marked: &Marked) -> String {
    let count = |is: fn(&Outcome) -> bool| {
        marked
            .questions
            .iter()
            .filter(|question| is(&question.outcome))
            .count()
    };
    let right = count(|outcome| *outcome == Outcome::Right);
    if right == marked.questions.len() {
        return "right".to_owned();
    }
    if count(|outcome| *outcome == Outcome::NotAnswered) == marked.questions.len() {
        return "not attempted".to_owned();
    }
    format!("{right} of {} questions right", marked.questions.len())
}
