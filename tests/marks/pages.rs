//! Feedback and the class's page.

use course::check;
use serde_json::json;

use super::{Class, marked, no_cosine, record, two};

#[test]
fn a_student_sees_public_cases_and_of_hidden_ones_only_how_many() {
    let mut exercises = two(false);
    // All public cases are right, and nine of the hidden ones are wrong.
    exercises[0]["hidden"] = json!({
        "cases": 40, "passed": 31, "outcome": "wrong", "mistake": "Look at `n = 0`.", "mistake_name": "no rows",
    });
    exercises[0]["points"] = json!(0);
    exercises[1]["flags"] = json!(["output cut off"]);
    let mut ana = record("ana", "a", None, exercises);
    ana["notes"] = json!(["`Cargo.toml` was ignored"]);
    let class = Class::new(&[ana]);
    class.marks();
    let page = class.read("feedback/ana.html");
    let text = class.read("feedback/ana.md");
    for said in [
        "0 of 3 points",
        "Of 40 hidden cases 31 are right: wrong.",
        "This is the dot product: divide by both lengths.",
        "utput cut off",
    ] {
        assert!(page.contains(said), "{said}\nin\n{page}");
        assert!(text.contains(said), "{said}\nin\n{text}");
    }
    assert!(page.contains("Look at `n = 0`.") && text.contains("Look at `n = 0`."));
    assert!(page.contains("`Cargo.toml` was ignored."), "{page}");
    // The judge's words are the same as in a check.
    let told = no_cosine().to_string();
    assert!(text.contains(&told), "{told}\nin\n{text}");
    let class_page = class.read("class.html");
    assert!(class_page.contains("no rows"), "{class_page}");
}

#[test]
fn pages_need_nothing_else() {
    let class = Class::new(&[
        record("ana", "a", None, two(false)),
        record("ben", "b", None, two(true)),
    ]);
    class.marks();
    for name in ["class.html", "feedback/ana.html"] {
        let page = class.read(name);
        assert!(
            page.starts_with("<!DOCTYPE html>") && page.contains("default-src 'none'"),
            "{name}"
        );
        for outside in [
            "<script", "<link", "<img", "src=", "http://", "https://", "@import", "url(",
        ] {
            let foreign = page.replace("http://www.w3.org/", "");
            assert!(!foreign.contains(outside), "{name} has {outside}");
        }
    }
}

#[test]
fn matrices_are_pictures() {
    fn same(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
        rows.to_vec()
    }
    let class = Class::new(&[record("ana", "a", None, vec![marked(&check::centre(same), None)])]);
    class.marks();
    let page = class.read("feedback/ana.html");
    assert!(page.contains("<svg") && page.contains("got − expected"), "{page}");
}

#[test]
fn the_class_page_counts() {
    let class = Class::new(&[
        record("ana", "a", None, two(true)),
        record("ben", "b", None, two(false)),
        record("eve", "c", None, two(false)),
    ]);
    class.marks();
    let page = class.read("class.html");
    for said in [
        "3 of 3 students have a mark",
        "Mean 1.67, median 1 of 3 points",
        "01_vectors/cosine, right: 33%",
        "01_vectors/dot, right: 100%",
        "01_vectors/cosine, attempted: 100%",
        "<td class=\"number\">2</td><td class=\"short\">01_vectors/cosine</td>",
    ] {
        assert!(page.contains(said), "{said}\nin\n{page}");
    }
}
