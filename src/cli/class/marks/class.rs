//! The instructor's page: the marks, what was hard, the misconceptions, what is mastered, and what needs a
//! decision.

use std::collections::BTreeMap;

use course::plot::{bars, grouped_bars, histogram};
use maud::{Markup, PreEscaped, html};

use super::feedback;
use super::mark::{Class, Mark, Task, points};
use super::quizzes;
use crate::class::record::{Marked, Record};
use crate::tools::words::one_line;

/// The page.
pub(super) fn html(class: &Class, records: &[Record]) -> String {
    let graded: Vec<&Record> = records
        .iter()
        .filter(|record| record.ungradable.is_none())
        .collect();
    let body = html! {
        h1 { "The class" }
        (summary(class))
        @if class.students.iter().any(|mark| mark.total.is_none()) || !class.problems.is_empty() { (decide(class)) }
        h2 { "Marks" }
        (distribution(class))
        @if !graded.is_empty() {
            h2 { "Exercises" }
            (difficulty(class, &graded))
            h2 { "Concepts" }
            (mastery(class, &graded))
        }
        (misconceptions(class, &graded))
        h2 { "Students" }
        (students(class))
        (by_hand(class))
    };
    feedback::page("The class", &body)
}

fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

fn totals(class: &Class) -> Vec<f64> {
    class.students.iter().filter_map(|mark| mark.total).collect()
}

/// The median of sorted numbers.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() % 2 {
        1 => numbers.get(middle).copied(),
        _ => Some((numbers.get(middle.checked_sub(1)?)? + numbers.get(middle)?) / 2.0),
    }
}

fn summary(class: &Class) -> Markup {
    let totals = totals(class);
    let mean = totals.iter().sum::<f64>() / totals.len().max(1) as f64;
    let late = class
        .students
        .iter()
        .filter(|mark| mark.late.is_some_and(|late| late.days > 0))
        .count();
    html! {
        p.total { (totals.len()) " of " (class.students.len()) " students have a mark" }
        @if let Some(median) = median(totals.clone()) {
            p {
                "Mean " (points(mean)) ", median " (points(median)) " of " (class.of) " points"
                @if late > 0 { "; " (late) " late" }
                ". This page has names: it is not for students."
            }
        }
    }
}

/// The decisions that the instructor has to make.
fn decide(class: &Class) -> Markup {
    html! {
        h2 { "To decide" }
        ul {
            @for mark in class.students.iter().filter(|mark| mark.total.is_none()) {
                li { b { (one_line(&mark.student)) } ": " (one_line(mark.open.as_deref().unwrap_or_default())) }
            }
            @for problem in &class.problems { li { (one_line(problem)) } }
        }
    }
}

fn distribution(class: &Class) -> Markup {
    let shares: Vec<f64> = totals(class)
        .iter()
        .map(|total| 100.0 * total / f64::from(class.of.max(1)))
        .collect();
    if shares.is_empty() {
        return html! { p { "No student has a mark." } };
    }
    // Marks set by hand may be above the sum of all points.
    let most = shares.iter().copied().fold(100.0, f64::max);
    let picture = histogram(shares).range(0.0, most).bins(10);
    let picture = picture.x_label("percent of the points").y_label("students");
    html! { (PreEscaped(picture.to_html())) }
}

/// The answers to an exercise.
fn answers<'a>(id: &'a str, graded: &'a [&Record]) -> impl Iterator<Item = &'a Marked> {
    graded
        .iter()
        .flat_map(|record| &record.exercises)
        .filter(move |marked| marked.id() == id)
}

/// The exercises without the quizzes, which have no such answers.
fn exercises(class: &Class) -> impl Iterator<Item = &Task> {
    class
        .exercises
        .iter()
        .filter(|task| quizzes::lecture(&task.id).is_none())
}

fn difficulty(class: &Class, graded: &[&Record]) -> Markup {
    let count = |is: fn(&Marked) -> bool| -> Vec<f64> {
        let of = |id: &str| answers(id, graded).filter(|marked| is(marked)).count();
        exercises(class)
            .map(|task| share(of(&task.id), graded.len()))
            .collect()
    };
    let names = exercises(class).map(|task| task.id.as_str());
    let series = [
        ("right", count(Marked::is_right)),
        ("attempted", count(Marked::is_attempted)),
    ];
    let picture = grouped_bars(names, series).percent(0);
    html! {
        p { "How many of the submissions that could be graded attempt each exercise, and how many are right." }
        (PreEscaped(picture.to_html()))
    }
}

/// For each concept, the share of the points that was earned.
fn mastery(class: &Class, graded: &[&Record]) -> Markup {
    let mut concepts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for task in exercises(class) {
        let (earned, of) = concepts.entry(task.concept.as_str()).or_default();
        for marked in answers(&task.id, graded) {
            *earned += marked.points;
            *of += marked.of();
        }
    }
    let shares = concepts
        .values()
        .map(|(earned, of)| f64::from(*earned) / f64::from((*of).max(1)));
    let picture = bars(concepts.keys().copied(), shares.collect::<Vec<f64>>()).percent(0);
    html! {
        p { "What share of a concept's points was earned." }
        (PreEscaped(picture.to_html()))
    }
}

/// The known mistakes that were made, the most frequent one first.
fn misconceptions(class: &Class, graded: &[&Record]) -> Markup {
    let mut found: BTreeMap<(&str, &str), (usize, &str)> = BTreeMap::new();
    for marked in graded.iter().flat_map(|record| &record.exercises) {
        if let Some(name) = marked.mistake_name() {
            let entry = found
                .entry((marked.id(), name))
                .or_insert((0, marked.mistake().unwrap_or_default()));
            entry.0 += 1;
        }
    }
    let place = |id: &str| class.exercises.iter().position(|task| task.id == id);
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|((id, name), (count, _))| (std::cmp::Reverse(*count), place(id), *name));
    html! {
        @if !found.is_empty() {
            h2 { "Misconceptions" }
            table.plain {
                thead { tr { th.number { "students" } th { "exercise" } th { "mistake" } th { "what they are told" } } }
                tbody {
                    @for ((id, name), (count, message)) in &found {
                        tr { td.number { (count) } td.short { (id) } td { (name) } td { (message) } }
                    }
                }
            }
        }
    }
}

fn students(class: &Class) -> Markup {
    let percent = |mark: &Mark| {
        mark.total
            .map(|total| points((100.0 * total / f64::from(class.of.max(1))).round()))
    };
    html! {
        table.plain {
            thead {
                tr {
                    th { "student" } th.number { "points" } th.number { "%" } th { "status" } th.number { "days late" }
                    th { "handed in" }
                }
            }
            tbody {
                @for mark in &class.students {
                    tr {
                        td { a href={ "feedback/" (mark.feedback) ".html" } { (one_line(&mark.student)) } }
                        td.number { (mark.total.map(points).unwrap_or_default()) }
                        td.number { (percent(mark).unwrap_or_default()) }
                        td.short { (mark.status.words()) }
                        td.number { (mark.late.filter(|late| late.days > 0).map(|late| late.days.to_string()).unwrap_or_default()) }
                        td.short { (mark.submitted.as_deref().unwrap_or_default().replacen('T', " ", 1)) }
                    }
                }
            }
        }
    }
}

fn by_hand(class: &Class) -> Markup {
    let decisions = || {
        class
            .students
            .iter()
            .flat_map(|mark| mark.by_hand.iter().map(move |decision| (mark, decision)))
    };
    html! {
        @if decisions().next().is_some() {
            h2 { "Set by hand" }
            table.plain {
                thead { tr { th { "student" } th { "what" } th { "now" } th { "instead of" } th { "reason" } } }
                tbody {
                    @for (mark, decision) in decisions() {
                        tr {
                            td { (one_line(&mark.student)) }
                            td { (decision.exercise.as_deref().unwrap_or("the submission")) }
                            td { (decision.now) }
                            td { (one_line(&decision.instead_of)) }
                            td { (one_line(&decision.reason)) }
                        }
                    }
                }
            }
        }
    }
}
