//! Marks: a pure function of records, policy, overrides and times.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use course::check::{Exercise, Head, Marked, exercises};

use super::mark::{ByHand, Class, Mark, Score, Status, Task, points};
use super::overrides::{Override, What};
use super::policy::Policy;
use super::quizzes;
use super::times::{self, History};
use crate::class::names::file_name;
use crate::class::record::Record;
use crate::tools::words::{did_you_mean, one_line, some};

/// Points set by hand may exceed what an exercise gives, but not by more than this factor: that would be a
/// slip.
const MOST: f64 = 2.0;

/// The marks.
///
/// # Errors
/// Two records of one student; an override for an exercise that does not exist, or of far more points than it
/// gives; an override for a student without a submission that does not say so.
pub(super) fn class(
    records: &[Record],
    policy: &Policy,
    overrides: &[Override],
    given: &BTreeMap<String, String>,
    history: &History,
) -> Result<Class> {
    let by_name: BTreeMap<&str, &Record> = records.iter().map(|r| (r.student.as_str(), r)).collect();
    if by_name.len() < records.len() {
        let twice = records.windows(2).find(|two| two[0].student == two[1].student);
        bail!(
            "expected one submission of each student, got two of {:?}",
            twice.map_or("", |two| &two[0].student)
        );
    }
    let quizzes = quizzes::counting(policy).map_err(anyhow::Error::msg)?;
    let mut tasks = tasks(records);
    tasks.extend(quizzes.iter().map(|quiz| Task {
        id: quizzes::id(&quiz.name),
        title: quiz.title.clone(),
        concept: "quizzes".to_owned(),
        of: quiz.points(),
    }));
    for decision in overrides {
        if let Some(id) = decision
            .exercise
            .as_deref()
            .filter(|id| tasks.iter().all(|task| task.id != **id))
        {
            let known = tasks.iter().map(|task| task.id.as_str());
            bail!(
                "override of {:?}: expected one of the exercises that were graded, got {id:?}{}",
                decision.student,
                did_you_mean(id, known)
            );
        }
        let of = match &decision.exercise {
            Some(id) => tasks
                .iter()
                .filter(|task| task.id == *id)
                .map(|task| task.of)
                .sum(),
            None => tasks.iter().map(|task| task.of).sum::<u32>(),
        };
        if let What::Points(more) = decision.what
            && more > MOST * f64::from(of)
        {
            bail!(
                "override of {:?}: expected points of {of}, or some more, got {}",
                decision.student,
                points(more)
            );
        }
        if !by_name.contains_key(decision.student.as_str()) && !decision.new {
            let near = match did_you_mean(&decision.student, by_name.keys().copied()) {
                none if none.is_empty() => {
                    let all: Vec<String> = by_name.keys().map(|name| one_line(name)).collect();
                    format!("; those who have are {}.", some(&all))
                }
                near => near,
            };
            bail!(
                "override of {:?}, who has no submission{near} If it is somebody else, say so: `new` is `true`",
                decision.student
            );
        }
    }
    let decided: BTreeSet<&str> = overrides
        .iter()
        .map(|decision| decision.student.as_str())
        .collect();
    let names: BTreeSet<&str> = by_name.keys().copied().chain(decided.iter().copied()).collect();
    let mut problems = Vec::new();
    problems.extend(quizzes::notes(records, policy));
    let unknown = |what: &str, name: &str| {
        let near = did_you_mean(name, by_name.keys().copied());
        format!("{what} for {name:?}, who has no submission{near}")
    };
    problems.extend(
        decided
            .iter()
            .filter(|name| !by_name.contains_key(*name))
            .map(|name| unknown("an override", name)),
    );
    problems.extend(
        policy
            .extended()
            .filter(|name| !names.contains(name))
            .map(|name| unknown("an extension", name)),
    );
    problems.extend(
        given
            .keys()
            .filter(|name| !names.contains(name.as_str()))
            .map(|name| unknown("a time", name)),
    );
    for record in records.iter().filter(|record| record.ungradable.is_none()) {
        problems.extend(
            quizzes::strange(record)
                .map(|why| format!("{:?} answers a quiz that is none: {why}", record.student)),
        );
    }
    let of = tasks.iter().map(|task| task.of).sum();
    let mark = |name: &&str| {
        let own: Vec<&Override> = overrides
            .iter()
            .filter(|decision| decision.student == **name)
            .collect();
        mark(
            name,
            by_name.get(name).copied(),
            &tasks,
            policy,
            &own,
            given,
            history,
        )
    };
    let students: Vec<Mark> = names.iter().map(mark).collect();
    for mark in &students {
        for score in &mark.exercises {
            let Some(more) = score.points.filter(|points| *points > f64::from(score.of)) else {
                continue;
            };
            let (student, id) = (&mark.student, &score.id);
            problems.push(format!(
                "{student:?} has {} of {} points for {id}",
                points(more),
                score.of
            ));
        }
    }
    Ok(Class {
        of,
        exercises: tasks,
        students,
        problems,
    })
}

fn of_exercise(task: &Task, graded: Option<&Record>) -> Score {
    let marked = graded.and_then(|record| record.exercises.iter().find(|marked| marked.id() == task.id));
    Score {
        id: task.id.clone(),
        points: marked.map(|marked| f64::from(marked.points)),
        of: task.of,
        outcome: marked.map_or("not graded".to_owned(), |marked| marked.outcome()),
        mistake: marked.and_then(|marked| marked.mistake_name().map(str::to_owned)),
    }
}

fn of_quiz(task: &Task, graded: Option<&Record>, marked: Option<&Result<Marked, String>>) -> Score {
    let (points, outcome) = match (marked, graded) {
        (None, None) => (None, "not graded".to_owned()),
        // Answers to an unknown quiz may be meant for this one.
        (None, Some(record)) => {
            let strange: Vec<String> = quizzes::strange(record).collect();
            match strange.as_slice() {
                [] => (Some(0.0), "not attempted".to_owned()),
                some => (Some(0.0), some.join("; ")),
            }
        }
        (Some(Ok(marked)), _) => (Some(f64::from(marked.points)), quizzes::outcome(marked)),
        (Some(Err(why)), _) => (Some(0.0), why.clone()),
    };
    Score {
        id: task.id.clone(),
        points,
        of: task.of,
        outcome,
        mistake: None,
    }
}

/// The exercises of all records, in the order of the lectures.
fn tasks(records: &[Record]) -> Vec<Task> {
    let mut found: BTreeMap<(usize, &str), u32> = BTreeMap::new();
    for marked in records.iter().flat_map(|record| &record.exercises) {
        let place = exercises().iter().position(|exercise| exercise.id == marked.id());
        let of = found
            .entry((place.unwrap_or(usize::MAX), marked.id()))
            .or_default();
        *of = marked.of().max(*of);
    }
    let task = |((place, id), of): ((usize, &str), u32)| {
        let head = exercises()
            .get(place)
            .and_then(|exercise: &&Exercise| exercise.head().ok());
        let text = |of: fn(Head) -> String, other: &str| head.clone().map_or(other.to_owned(), of);
        Task {
            id: id.to_owned(),
            title: text(|head| head.title, id),
            concept: text(|head| head.concept, "other"),
            of,
        }
    };
    found.into_iter().map(task).collect()
}

fn mark(
    student: &str,
    record: Option<&Record>,
    tasks: &[Task],
    policy: &Policy,
    overrides: &[&Override],
    given: &BTreeMap<String, String>,
    history: &History,
) -> Mark {
    let graded = record.filter(|record| record.ungradable.is_none());
    let mut by_hand = Vec::new();
    let mut scores = Vec::new();
    let answers = graded.map(quizzes::marked).unwrap_or_default();
    for task in tasks {
        let mut score = match quizzes::lecture(&task.id) {
            Some(lecture) => of_quiz(task, graded, answers.get(lecture)),
            None => of_exercise(task, graded),
        };
        let decision = overrides
            .iter()
            .find(|decision| decision.exercise.as_deref() == Some(&task.id));
        if let Some(Override {
            what: What::Points(now),
            reason,
            ..
        }) = decision
        {
            by_hand.push(ByHand {
                exercise: Some(task.id.clone()),
                now: points(*now),
                instead_of: score.points.map_or("no points".to_owned(), points),
                reason: reason.clone(),
            });
            score.points = Some(*now);
        }
        scores.push(score);
    }
    let earned: f64 = scores.iter().filter_map(|score| score.points).sum();

    // The time comes from a decision; else from the file of times; else it is the first time of the same
    // content; else the record's own time.
    let given = record.and_then(|record| given.get(&record.student));
    let own = record.and_then(|record| record.submitted.as_ref());
    let whole = |decision: &&&Override| decision.exercise.is_none();
    let time_decided = overrides
        .iter()
        .filter(whole)
        .find_map(|decision| match &decision.what {
            What::Submitted(time) => Some((time, &decision.reason)),
            What::Points(_) => None,
        });
    let time = match time_decided {
        Some((time, reason)) => {
            by_hand.push(ByHand {
                exercise: None,
                now: time.clone(),
                instead_of: given.or(own).map_or("no time stamp", String::as_str).to_owned(),
                reason: reason.clone(),
            });
            times::parse(time)
        }
        None => match (given, record.and_then(|record| history.first(record)), own) {
            (Some(given), ..) => times::parse(given),
            (None, Some(first), _) => Ok(first),
            (None, None, Some(own)) => times::parse(own),
            (None, None, None) => Err("there is none".to_owned()),
        },
    };
    let submitted = time.as_ref().ok().map(chrono::DateTime::to_rfc3339);
    let matters = policy.asks_for_times(student);
    let late = time
        .as_ref()
        .ok()
        .filter(|_| matters)
        .map(|time| policy.late(student, *time));

    let (mut status, mut total, mut open) = match (record, &time) {
        (None, _) => (
            Status::NoSubmission,
            None,
            Some("there is no submission".to_owned()),
        ),
        (
            Some(Record {
                ungradable: Some(why),
                ..
            }),
            _,
        ) => (Status::Ungradable, None, Some(format!("ungradable: {why}"))),
        (Some(_), Err(why)) if matters => (Status::Open, None, Some(format!("its time stamp: {why}"))),
        (Some(_), _) => {
            let lost = late.map_or(0.0, |late| late.percent);
            let total = (earned * (100.0 - lost)).round() / 100.0;
            (Status::Graded, Some(total), None)
        }
    };
    // If points are set by hand for an exercise, a submission that could not be graded has a mark, too.
    if graded.is_none() && by_hand.iter().any(|decision| decision.exercise.is_some()) {
        (status, total) = (Status::ByHand, Some(earned));
        open = None;
    }
    if let Some(Override {
        what: What::Points(now),
        reason,
        ..
    }) = overrides
        .iter()
        .filter(whole)
        .find(|decision| matches!(decision.what, What::Points(_)))
    {
        by_hand.push(ByHand {
            exercise: None,
            now: points(*now),
            instead_of: total.map_or("no mark".to_owned(), points),
            reason: reason.clone(),
        });
        (status, total, open) = (Status::ByHand, Some(*now), None);
    }
    Mark {
        student: student.to_owned(),
        feedback: file_name(student),
        status,
        total,
        of: tasks.iter().map(|task| task.of).sum(),
        earned,
        late,
        submitted,
        open,
        by_hand,
        exercises: scores,
    }
}
