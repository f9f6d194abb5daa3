//! Marks as JUnit XML: a suite for each student, a case for each exercise.

use anyhow::Result;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::mark::{Class, Mark, Score};
use crate::class::record::Record;
use crate::tools::words::one_line;

/// The report. It contains no times, so that the same marks give the same bytes.
pub(super) fn xml(class: &Class, records: &[Record]) -> Result<String> {
    let mut report = Report::new("grading");
    for mark in &class.students {
        let name = one_line(&mark.student);
        let mut suite = TestSuite::new(name.as_str());
        let record = records.iter().find(|record| record.student == mark.student);
        if let Some(open) = &mark.open {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message(open.as_str()).set_type(mark.status.words());
            suite.add_test_case(case("submission", &name, status));
        }
        if record.is_some_and(|record| record.ungradable.is_none()) {
            for score in &mark.exercises {
                suite.add_test_case(case(&score.id, &name, status(score, mark, record)));
            }
        }
        report.add_test_suite(suite);
    }
    Ok(report.to_string()?)
}

fn case(id: &str, student: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(id, status);
    case.set_classname(student);
    case
}

fn status(score: &Score, mark: &Mark, record: Option<&Record>) -> TestCaseStatus {
    let by_hand = mark
        .by_hand
        .iter()
        .any(|decision| decision.exercise.as_deref() == Some(&score.id));
    if score.outcome == "right"
        || (by_hand && score.points.is_some_and(|points| points >= f64::from(score.of)))
    {
        return TestCaseStatus::success();
    }
    if score.outcome == "not attempted" && !by_hand {
        let mut status = TestCaseStatus::skipped();
        status.set_message("not attempted");
        return status;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status
        .set_message(score.outcome.as_str())
        .set_type(score.outcome.as_str());
    let marked = record.and_then(|record| record.exercises.iter().find(|marked| marked.id() == score.id));
    if let Some(marked) = marked {
        status.set_description(super::feedback::told(marked));
    }
    status
}
