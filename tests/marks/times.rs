//! Lateness, resubmissions, bad time stamps, and decisions by hand.

use serde_json::json;

use super::{Class, contents, record, two};

const POLICY: &str = "deadline = 2026-11-02T23:59:00+01:00\ngrace_minutes = 15\npercent_per_day = 10\nat_most = 50\n\
    [[extension]]\nstudent = \"eve\"\ndeadline = 2026-11-05T23:59:00+01:00\nreason = \"illness\"\n";

/// Row 24.
#[test]
fn late_identical_and_badly_stamped_submissions() {
    let good = "2026-11-02T20:00:00Z";
    let class = Class::new(&[
        record("ana", "a1", Some(good), two(true)),
        record("ben", "b1", Some("2026-11-04T12:00:00Z"), two(true)), // two days begun
        record("eve", "e1", Some("2026-11-04T12:00:00Z"), two(true)), // has an extension
        record("kim", "k1", Some("yesterday"), two(true)),
        record("lou", "l1", None, two(true)),
        record("max", "m1", Some("1980-01-01T00:00:00Z"), two(true)), // an archive without times
    ]);
    // Without a deadline times do not matter.
    class.marks();
    for student in ["ana", "ben", "eve", "kim", "lou", "max"] {
        assert_eq!(class.of(student)["total"], json!(3.0), "{student}");
    }
    class.put("policy.toml", POLICY);
    let said = class.marks();
    assert_eq!(class.of("ana")["total"], json!(3.0));
    assert_eq!(class.of("ana")["late"], json!({"days": 0, "percent": 0.0}));
    assert_eq!(class.of("ben")["total"], json!(2.4));
    assert_eq!(class.of("ben")["late"], json!({"days": 2, "percent": 20.0}));
    assert_eq!(class.of("eve")["total"], json!(3.0));
    for (student, why) in [
        (
            "kim",
            "its time stamp: expected a time with its zone, such as 2026-11-02T23:59:00+01:00, got \"yesterday\"",
        ),
        ("lou", "its time stamp: there is none"),
        (
            "max",
            "its time stamp: expected a time between 2000 and 2100, got \"1980-01-01T00:00:00Z\"",
        ),
    ] {
        let mark = class.of(student);
        assert_eq!(
            (&mark["total"], &mark["status"]),
            (&json!(null), &json!("open")),
            "{mark}"
        );
        assert_eq!(mark["open"], why);
        assert!(said.contains(&format!("open: {student}: {why}")), "{said}");
        assert!(class.read("class.html").contains(&why.replace('"', "&quot;")));
    }

    // The same content, handed in again after the deadline, keeps its first time. Other content does not.
    let late = Some("2026-11-03T20:00:00Z");
    let again = [
        record("ana", "a1", late, two(true)),
        record("ben", "b2", late, two(false)),
    ];
    class.grade(&again);
    class.marks();
    assert_eq!(class.of("ana")["submitted"], "2026-11-02T20:00:00+00:00");
    assert_eq!(class.of("ana")["total"], json!(3.0));
    assert_eq!(class.of("ben")["total"], json!(0.9));
    // If the first content comes again, it has its first time again, which is late, too.
    class.grade(&[record("ben", "b1", Some("2026-11-09T20:00:00Z"), two(true))]);
    class.marks();
    assert_eq!(class.of("ben")["late"]["days"], 2);

    // The penalty is computed from scratch: it does not accumulate, and it goes when the policy goes.
    let once = contents(class.folder.path());
    class.marks();
    assert_eq!(contents(class.folder.path()), once);
    class.put(
        "policy.toml",
        &POLICY.replace("percent_per_day = 10", "percent_per_day = 5"),
    );
    class.marks();
    assert_eq!(class.of("ben")["total"], json!(2.7));
    std::fs::remove_file(class.path("policy.toml")).unwrap();
    class.marks();
    assert_eq!(class.of("ben")["total"], json!(3.0));
    assert_eq!(class.of("ben")["late"], json!(null));
}

#[test]
fn a_file_of_times_knows_better_than_the_records() {
    let class = Class::new(&[
        record("ana", "a1", Some("2026-11-09T20:00:00Z"), two(true)),
        record("ben", "b1", None, two(true)),
    ]);
    class.put("policy.toml", POLICY);
    class.put(
        "times.csv",
        "\u{feff}student,submitted\nana,2026-11-02T20:00:00+01:00\nben,soon\nzoe,2026-11-02T20:00:00Z\n",
    );
    let said = class.marks();
    assert_eq!(class.of("ana")["total"], json!(3.0));
    assert_eq!(class.of("ben")["status"], "open");
    assert!(
        said.contains("note: a time for \"zoe\", who has no submission\n"),
        "{said}"
    );
}

/// If a deadline or a time is corrected, the new value counts, whether it is earlier or later.
#[test]
fn corrected_files_count_as_they_stand() {
    let time = Some("2026-11-03T10:00:00Z");
    let class = Class::new(&[
        record("ana", "a1", time, two(true)),
        record("ben", "b1", time, two(true)),
    ]);
    let late = |policy: Option<&str>, ana: Option<&str>| {
        if let Some(deadline) = policy {
            class.put(
                "policy.toml",
                &format!("deadline = {deadline}\npercent_per_day = 10\n"),
            );
        }
        if let Some(ana) = ana {
            class.put(
                "times.csv",
                &format!("student,submitted\nana,{ana}\nben,2026-11-03T10:00:00Z\n"),
            );
        }
        class.marks();
        class.of("ana")["late"]["percent"].clone()
    };
    assert_eq!(late(Some("2026-11-02T23:59:00Z"), None), json!(10.0));
    assert_eq!(late(Some("2026-11-04T23:59:00Z"), None), json!(0.0));
    assert_eq!(late(Some("2026-11-02T23:59:00Z"), None), json!(10.0));
    assert_eq!(late(None, Some("2026-11-02T20:00:00Z")), json!(0.0));
    assert_eq!(late(None, Some("2026-11-04T20:00:00Z")), json!(20.0));
    assert_eq!(late(None, Some("2026-11-03T01:30:00+02:00")), json!(0.0));
    // Without the file, the submission's own time counts again.
    std::fs::remove_file(class.path("times.csv")).unwrap();
    assert_eq!(late(None, None), json!(10.0));
}

#[test]
fn decisions_that_look_like_slips_are_refused() {
    let class = Class::new(&[
        record("anna", "a1", None, two(false)),
        record("ben", "b1", None, two(true)),
    ]);
    let decided = |rows: &str| {
        class.put(
            "overrides.csv",
            &format!("student,exercise,points,submitted,reason,new\n{rows}\n"),
        )
    };
    decided("anna,01_vectors/cosine,99999,,generous,");
    let told = class.error();
    assert!(
        told.contains("override of \"anna\": expected points of 2, or some more, got 99999"),
        "{told}"
    );
    decided("anna,,99999,,generous,");
    assert!(
        class
            .error()
            .contains("expected points of 3, or some more, got 99999")
    );
    decided("anna,01_vectors/cosinus,1,,oral,");
    let told = class.error();
    assert!(
        told.contains("got \"01_vectors/cosinus\"; did you mean 01_vectors/cosine?"),
        "{told}"
    );
    decided("ana,,2,,oral,");
    let told = class.error();
    assert!(
        told.contains("override of \"ana\", who has no submission; did you mean anna?"),
        "{told}"
    );
    // A name that is like nobody's is a slip as well.
    decided("zacharias,,1,,oral,");
    let told = class.error();
    assert!(
        told.contains(
            "override of \"zacharias\", who has no submission; those who have are anna, ben. If it is"
        ),
        "{told}"
    );
    // With `new`, the student is somebody else. A few extra points are a decision.
    decided("ana,,2,,oral,true\nzacharias,,1,,oral,true\nben,01_vectors/cosine,3,,a fine idea,");
    let said = class.marks();
    assert_eq!(class.of("ana")["total"], json!(2.0));
    assert_eq!(class.of("zacharias")["total"], json!(1.0));
    assert!(
        said.contains("note: \"ben\" has 3 of 2 points for 01_vectors/cosine"),
        "{said}"
    );
}

#[test]
fn what_is_decided_by_hand_stays() {
    let mut broken = record("kim", "k1", None, Vec::new());
    broken["ungradable"] = json!("not UTF-8");
    let records = [
        record("ana", "a1", Some("2026-11-04T12:00:00Z"), two(false)),
        record("ben", "b1", None, two(true)),
        record("eve", "e1", Some("2026-11-02T20:00:00Z"), two(true)),
        broken.clone(),
    ];
    let class = Class::new(&records);
    class.put("policy.toml", POLICY);
    let decided = "student,exercise,points,submitted,reason,new\nana,01_vectors/cosine,1.5,,\"right, but for zeros\",\n\
        ben,,,2026-11-02T21:00:00+01:00,handed in by mail,\neve,,2.25,,oral,\nkim,01_vectors/dot,1,,the file could be read by hand,\n\
        zoe,,3,,oral,true\n";
    class.put("overrides.csv", decided);
    for _ in 0..2 {
        let said = class.marks();
        assert_eq!(class.of("ana")["total"], json!(2.0)); // (1 + 1.5) less 20 %
        assert_eq!(class.of("ana")["by_hand"][0]["instead_of"], "0");
        assert_eq!(class.of("ben")["total"], json!(3.0));
        assert_eq!(
            (&class.of("eve")["total"], &class.of("eve")["status"]),
            (&json!(2.25), &json!("by_hand"))
        );
        assert_eq!(
            (&class.of("kim")["total"], &class.of("kim")["open"]),
            (&json!(1.0), &json!(null))
        );
        assert_eq!(class.of("zoe")["total"], json!(3.0));
        assert!(
            said.contains("note: an override for \"zoe\", who has no submission\n"),
            "{said}"
        );
        assert!(
            class
                .read("feedback/ana.md")
                .contains("set by hand to 1.5 instead of 0. Right, but for zeros.")
        );
        // Grading again changes the records, but nothing that was decided.
        class.grade(&records);
        assert_eq!(class.read("overrides.csv"), decided);
    }
    // Without the decisions, the submission that cannot be graded has no mark, which is not the same as 0.
    std::fs::remove_file(class.path("overrides.csv")).unwrap();
    class.marks();
    let kim = class.of("kim");
    assert_eq!(
        (&kim["total"], &kim["open"]),
        (&json!(null), &json!("ungradable: not UTF-8"))
    );
    assert_eq!(kim["exercises"][0]["points"], json!(null));
    assert!(class.read("marks.csv").contains("\nkim,,3,,ungradable,,,,\n"));
}

/// If a file says something impossible, everything stops before anything is written.
#[test]
fn a_wrong_file_changes_nothing() {
    let class = Class::new(&[record("ana", "a1", Some("2026-11-02T20:00:00Z"), two(true))]);
    class.marks();
    let before = contents(class.folder.path());
    for (file, text, error) in [
        (
            "policy.toml",
            "deadline = 2026-11-02T23:59:00\n",
            "expected a time with its zone",
        ),
        (
            "overrides.csv",
            "student,exercise,points,submitted,reason\nana,,2,,\n",
            "overrides.csv:2: expected a reason, got none",
        ),
        (
            "overrides.csv",
            "student,exercise,points,submitted,reason\nana,01_vectors/dott,2,,r\n",
            "expected one of the exercises that were graded, got \"01_vectors/dott\"",
        ),
        (
            "times.csv",
            "student,submitted\nana,x\nana,y\n",
            "times.csv: expected \"ana\" once, got it twice",
        ),
        ("history.json", "{\"ana\": ", "history.json is broken; restore it"),
        ("results/1.json", "{}", "is not a result of grading"),
    ] {
        let there = std::fs::read(class.path(file)).ok();
        class.put(file, text);
        let said = class.error();
        assert!(said.contains(error), "{said}");
        assert_eq!(class.read(file), text, "it is as it was");
        match there {
            Some(bytes) => std::fs::write(class.path(file), bytes).unwrap(),
            None => std::fs::remove_file(class.path(file)).unwrap(),
        }
        assert_eq!(contents(class.folder.path()), before, "{file}");
    }
    let none = tempfile::tempdir().unwrap();
    let class = Class { folder: none };
    assert!(
        class
            .error()
            .contains("expected the results of `cargo course grade`")
    );
}
