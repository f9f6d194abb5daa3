//! Tables: worked examples, and what must hold whatever is put in a table.

use course::plot::{Cell, Column, Row, Table};
use proptest::prelude::*;

#[test]
fn numbers_stand_at_the_right_and_text_at_the_left() {
    let t = Table::new(["word", "n", "cosine", "kind"])
        .title("Neighbours")
        .note("of whale")
        .row(("shark", 12, 0.912_f32, 'a'))
        .row(("sea", 1234_u64, -0.5, 'b'));
    assert_eq!(
        t.to_string(),
        "\
Neighbours
word      n  cosine  kind
─────  ────  ──────  ────
shark    12   0.912  a
sea    1234  −0.500  b
of whale
"
    );
}

#[test]
fn html_is_escaped() {
    let html = Table::new(["<b>", "n"])
        .title("a & b")
        .row(("<script>", 1))
        .note("\"q\"")
        .to_html();
    let body = html.split("</style>").nth(1).unwrap();
    assert_eq!(
        body,
        "<table class=\"course-table\"><caption>a &amp; b</caption><thead><tr><th>&lt;b&gt;</th>\
         <th class=\"n\">n</th></tr></thead><tbody><tr><td>&lt;script&gt;</td><td class=\"n\">1</td></tr></tbody>\
         <tfoot><tr><td colspan=\"2\">&quot;q&quot;</td></tr></tfoot></table>"
    );
}

#[test]
fn bars_and_shades_begin_at_zero() {
    let html = Table::new([Column::new("a").bars(), Column::new("b").shaded()])
        .row([3.0, 2.0])
        .row([-1.0, -1.0])
        .to_html();
    assert!(
        html.contains("<i style=\"margin-left:25.0%;width:75.0%\">"),
        "{html}"
    );
    assert!(
        html.contains("<i class=\"m\" style=\"margin-left:0.0%;width:25.0%\">"),
        "{html}"
    );
    assert!(html.contains("rgba(0,114,178,0.450)\">2<"), "{html}");
    // Half as far below zero as the other is above it, so half as strong.
    assert!(html.contains("rgba(213,94,0,0.225)\">−1<"), "{html}");
}

#[test]
fn a_fixed_range_makes_tables_comparable() {
    let t = Table::new([Column::new("p").bars().range(0.0, 1.0)]).row([0.5]);
    assert_eq!(t.to_string(), "           p\n────────────\n0.5 ████\n");
}

#[test]
fn rows_of_another_length_are_filled_or_get_columns() {
    let t = Table::new(["a", "b"]).row(["x"]).row(vec!["x", "y", "z"]);
    assert_eq!((t.n_rows(), t.n_columns()), (2, 3));
    assert_eq!(t.get(0, 2), Some(&Cell::empty()));
    assert_eq!(t.get(0, 3), None);
    assert_eq!(t.to_string(), "a  b\n─  ─  ─\nx\nx  y  z\n");
}

#[test]
fn a_table_of_nothing() {
    let none = Table::new(Vec::<String>::new());
    assert_eq!(none.to_string(), "");
    assert!(
        none.to_html()
            .ends_with("<table class=\"course-table\"><tbody></tbody></table>")
    );
    assert_eq!(Table::new(["a"]).to_string(), "a\n─\n");
}

#[test]
fn long_tables_say_how_much_is_left_out() {
    let t = Table::new(["n"]).rows((0..103).map(|n| [n]));
    assert!(t.to_string().ends_with("99\n… and 3 rows more\n"));
    assert!(t.to_html().contains("… and 3 rows more"));
    assert_eq!(
        t.clone().at_most(2).to_string(),
        "n\n─\n0\n1\n… and 101 rows more\n"
    );
    assert!(t.at_most(102).to_string().ends_with("… and 1 row more\n"));
}

#[test]
fn text_fits_a_terminal_and_numbers_stay_whole() {
    let long = "word ".repeat(40);
    let t = Table::new(["text", "語", "number"]).row((long.as_str(), "語".repeat(60), 123_456_789_012_i64));
    for line in t.to_string().lines() {
        let columns: usize = line.chars().map(|c| if c == '語' { 2 } else { 1 }).sum();
        assert!(columns <= 80, "{columns}: {line}");
    }
    assert!(t.to_string().contains("123456789012"));
}

#[test]
fn long_identifiers_keep_all_digits() {
    let t = Table::new(["id"]).row([u64::MAX]);
    assert!(t.to_string().contains("18446744073709551615"));
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        any::<f64>().prop_map(Cell::from),
        any::<i64>().prop_map(Cell::from),
        ".{0,40}".prop_map(Cell::from),
        Just(Cell::empty()),
    ]
}

proptest! {
    #[test]
    fn no_table_tears(rows in prop::collection::vec(prop::collection::vec(cell(), 0..4), 0..6)) {
        let columns = [Column::new("a"), Column::new("b").bars(), Column::new("c").shaded()];
        let n = rows.len();
        let t = Table::new(columns).rows(rows);
        prop_assert_eq!(t.to_string().lines().count(), n + 2);
        let html = t.to_html();
        prop_assert_eq!(html.matches("<tr>").count(), n + 1);
        prop_assert_eq!(html.matches("<td").count(), html.matches("</td>").count());
        prop_assert!(!html.contains("NaN%") && !html.contains("inf%"));
    }
}

#[test]
fn a_row_is_a_tuple_an_array_or_a_vector() {
    assert_eq!((1, "a", 0.5, true, 'c', None::<f32>, 2_u8, "z").cells().len(), 8);
    assert_eq!([1, 2].cells(), vec![1, 2].cells());
}
