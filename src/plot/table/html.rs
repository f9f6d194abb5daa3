//! A table as HTML.

use std::fmt::Write;

use super::{Laid, LaidCell, Look, Table};
use crate::show::escape;

/// The rules for every table. They come with each table, so that each can be shown on its own; a page with
/// many tables repeats the same rules, which changes nothing. The class is written twice to outweigh
/// JupyterLab's own rules for tables.
const STYLE: &str = "<style>\
    table.course-table.course-table{border-collapse:collapse;margin:.3em 0;color:var(--jp-content-font-color1,currentColor);\
    font-size:13px;line-height:1.4;font-variant-numeric:tabular-nums;width:auto}\
    table.course-table.course-table caption{caption-side:top;text-align:left;font-weight:600;padding:.2em .6em}\
    table.course-table.course-table th,table.course-table.course-table td{text-align:left;vertical-align:baseline;padding:.2em .6em;\
    border:0;max-width:40em}\
    table.course-table.course-table .l{overflow-wrap:anywhere}\
    table.course-table.course-table thead th{border-bottom:1px solid rgba(128,128,128,.6);font-weight:600;\
    vertical-align:bottom}\
    table.course-table.course-table .n{text-align:right;white-space:nowrap}\
    table.course-table.course-table tfoot td{font-size:12px;opacity:.8}\
    table.course-table.course-table .t{display:inline-block;width:6em;height:.7em;margin-left:.6em;\
    background:rgba(128,128,128,.18)}\
    table.course-table.course-table .t i{display:block;height:100%;background:#0072b2}\
    table.course-table.course-table .t i.m{background:#d55e00}</style>";

pub(super) fn write(table: &Table) -> String {
    let columns = table.laid_out();
    let mut out = format!("{STYLE}<table class=\"course-table\">");
    if !table.title.is_empty() {
        let _ = write!(out, "<caption>{}</caption>", escape(&table.title));
    }
    if columns.iter().any(|c| !c.name.is_empty()) {
        out.push_str("<thead><tr>");
        for column in &columns {
            let class = class(column.name, column.numeric);
            let _ = write!(out, "<th{class}>{}</th>", escape(column.name));
        }
        out.push_str("</tr></thead>");
    }
    out.push_str("<tbody>");
    for i in 0..columns.first().map_or(0, |c| c.cells.len()) {
        out.push_str("<tr>");
        for column in &columns {
            write_cell(&mut out, column, &column.cells[i]);
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody>");
    let notes: Vec<String> = table.notes().map(|n| escape(&n)).collect();
    if !notes.is_empty() {
        let span = columns.len().max(1);
        let _ = write!(
            out,
            "<tfoot><tr><td colspan=\"{span}\">{}</td></tr></tfoot>",
            notes.join("<br>")
        );
    }
    out.push_str("</table>");
    out
}

/// Numbers are aligned right. Words are not broken, unless they are too long for a column.
fn class(text: &str, numeric: bool) -> &'static str {
    let too_long = |word: &str| word.chars().count() > 30;
    match numeric {
        true => " class=\"n\"",
        false if text.split_whitespace().any(too_long) => " class=\"l\"",
        false => "",
    }
}

fn write_cell(out: &mut String, column: &Laid<'_>, cell: &LaidCell) {
    let text = escape(&cell.text);
    let class = class(&cell.text, cell.numeric);
    let _ = match (column.look, cell.place) {
        (Look::Shaded, Some(place)) => {
            let colour = super::shade(place, column.zero);
            write!(out, "<td{class} style=\"background:{colour}\">{text}</td>")
        }
        (Look::Bars, Some(place)) => {
            let (from, to) = (place.min(column.zero), place.max(column.zero));
            let minus = if place < column.zero { " class=\"m\"" } else { "" };
            write!(
                out,
                "<td{class}>{text}<span class=\"t\"><i{minus} style=\"margin-left:{:.1}%;width:{:.1}%\"></i></span></td>",
                from * 100.0,
                (to - from) * 100.0
            )
        }
        (Look::Bars, None) if cell.numeric => {
            write!(out, "<td{class}>{text}<span class=\"t\"></span></td>")
        }
        _ => write!(out, "<td{class}>{text}</td>"),
    };
}
