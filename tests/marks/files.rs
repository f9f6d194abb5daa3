//! CSV, JSON, JUnit, and the names of files.

use serde_json::{Value, json};

use super::{Class, contents, record, two};

/// Row 25.
#[test]
fn formulas_and_letters_of_every_language() {
    let names = [
        "=HYPERLINK(\"http://x\")",
        "+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "O'Neil, Zoë",
        "Žofie Nováková",
        "学生",
        "عمر",
        "a\"b",
        "../../etc/passwd",
        "Ana",
        "ana",
        "x\ny",
        "<script>alert(1)</script>",
    ];
    let time = Some("2026-11-02T20:00:00Z");
    let records: Vec<Value> = names
        .iter()
        .map(|name| record(name, "c", time, two(true)))
        .collect();
    let class = Class::new(&records);
    let said = class.marks();
    assert!(!said.contains('\t'), "{said}");

    // JSON keeps each name as it is.
    let marks: Value = serde_json::from_str(&class.read("marks.json")).unwrap();
    let students = marks["students"].as_array().unwrap();
    let mut found: Vec<&str> = students
        .iter()
        .map(|mark| mark["student"].as_str().unwrap())
        .collect();
    let mut expected = names.to_vec();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);

    // So does CSV, with an apostrophe before what would be a formula.
    let csv = class.read("marks.csv");
    let csv = csv.strip_prefix('\u{feff}').expect("a byte-order mark");
    let rows: Vec<csv_row::Row> = csv_row::rows(csv);
    assert_eq!(rows[0][..4], ["student", "points", "of", "percent"]);
    let cells: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    for name in names {
        let is_formula = name.trim_start().starts_with(['=', '+', '-', '@']);
        let cell = if is_formula {
            format!("'{name}")
        } else {
            name.to_owned()
        };
        assert!(cells.contains(&cell.as_str()), "{cell:?} in {cells:?}");
    }
    for row in &rows[1..] {
        assert!(
            row.iter()
                .all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@'])),
            "{row:?}"
        );
    }

    // Each student has a separate page, inside the folder.
    let pages = contents(&class.path("feedback"));
    assert_eq!(pages.len(), 2 * names.len());
    let small: std::collections::BTreeSet<String> = pages.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(small.len(), pages.len());
    let top: Vec<String> = contents(class.folder.path())
        .into_keys()
        .filter(|name| !name.contains('/'))
        .collect();
    assert_eq!(
        top,
        [
            "class.html",
            "history.json",
            "junit.xml",
            "marks.csv",
            "marks.json"
        ]
    );
    for page in contents(class.folder.path())
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
    {
        assert!(
            !String::from_utf8_lossy(page.1).contains("<script>"),
            "{}",
            page.0
        );
    }
}

#[test]
fn the_same_class_is_the_same_bytes_in_whatever_order_and_folder() {
    let time = Some("2026-11-02T20:00:00Z");
    let records = [
        record("ana", "a", time, two(true)),
        record("ben", "b", time, two(false)),
        record("eve", "c", None, two(true)),
    ];
    let one = Class::new(&records);
    one.marks();
    let mut turned = records.to_vec();
    turned.reverse();
    let two = Class::new(&turned);
    two.marks();
    two.marks();
    let made = |class: &Class| {
        let mut made = contents(class.folder.path());
        made.retain(|name, _| !name.starts_with("results/"));
        made
    };
    assert_eq!(made(&one), made(&two));
    assert_eq!(made(&one).len(), 5 + 6);
    // A student who has left the class has no page any more.
    one.grade(&records[..2]);
    one.marks();
    assert!(!one.path("feedback/eve.html").exists() && !one.path("feedback/eve.md").exists());
    assert!(one.path("feedback/ben.html").exists());
}

#[test]
fn junit_has_a_suite_for_each_student() {
    let mut broken = record("kim \u{1}", "k", None, Vec::new());
    broken["ungradable"] = json!("a symlink");
    let mut stub = two(false);
    stub[0] = super::marked(&check_stub(), None);
    let class = Class::new(&[record("ana", "a", None, stub), broken]);
    class.marks();
    let text = class.read("junit.xml");
    let xml = roxmltree::Document::parse(&text).unwrap();
    let root = xml.root_element();
    let count = |name: &str| root.attribute(name).unwrap().to_owned();
    assert_eq!(
        [
            count("tests"),
            count("failures"),
            count("errors"),
            count("skipped")
        ],
        ["3", "1", "1", "1"]
    );
    let failure = xml
        .descendants()
        .find(|node| node.has_tag_name("failure"))
        .unwrap();
    assert_eq!(failure.attribute("message"), Some("wrong"));
    assert!(
        failure.text().unwrap().contains("This is the dot product"),
        "{text}"
    );
    assert!(!text.contains("timestamp"), "{text}");
}

fn check_stub() -> course::check::Report {
    course::check::dot(|_: &[f32], _: &[f32]| panic!("not yet implemented"))
}

/// Just enough CSV to read the file without the code that wrote it.
mod csv_row {
    pub(super) type Row = Vec<String>;

    pub(super) fn rows(text: &str) -> Vec<Row> {
        let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Row::new(), String::new(), false);
        let mut letters = text.chars().peekable();
        while let Some(c) = letters.next() {
            match c {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                c => cell.push(c),
            }
        }
        rows
    }
}
