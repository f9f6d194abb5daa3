//! An executed notebook as one HTML file that needs nothing else: no network, no font, and no script but a
//! quiz's.
//!
//! Outputs and the HTML in Markdown are put into the page as they are, as JupyterLab does. The page's content
//! policy lets them load nothing and run nothing: the one script that runs is the quiz's, which the policy
//! knows by its hash. JupyterLab's variables for colours are set, in a light and in a dark version. So
//! pictures and tables that use them look as they do there.

mod code;
mod markdown;
mod math;

use super::notebook::{Cell, Kind, Notebook};
use super::output::Output;
use super::text::WithoutBacktraces;
use ansi_to_html::Converter;
use data_encoding::BASE64;
use markdown::{Heading, Prose};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::path::Path;

/// How the page looks.
pub(crate) const STYLE: &str = include_str!("style.css");

/// What the page may load: nothing that is not in it. And no script runs.
pub(crate) const POLICY: &str = "default-src 'none'; img-src data:; font-src data:; media-src data:; \
                      style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The script of a quiz, as the library puts it into a page.
const QUIZ: &str = include_str!("../../../check/quiz/live.js");

/// [`POLICY`] for a page that may have quizzes.
fn policy() -> String {
    let hash = BASE64.encode(&Sha256::digest(QUIZ));
    format!("{POLICY}; script-src 'sha256-{hash}'")
}

/// The deepest heading in the list of contents.
const DEEPEST: usize = 3;

/// The page for `notebook`, whose pictures are looked for from `folder`. `name` is the title of a notebook
/// without a heading.
pub(crate) fn page(notebook: &Notebook, name: &str, folder: &Path) -> String {
    let mut prose = Prose::new(folder);
    let cells: Vec<Markup> = notebook
        .cells
        .iter()
        .map(|cell| of_cell(cell, &mut prose))
        .collect();
    let title = notebook.title().unwrap_or(name);
    let contents = contents(&prose.headings);
    let class = (!contents.0.is_empty()).then_some("listed");
    let body = html! {
        body class=[class] {
            (contents)
            main { @for cell in &cells { (cell) } }
        }
    };
    whole(title, &body)
}

/// A page that holds `part`, which is HTML, and nothing else.
pub(crate) fn of_part(title: &str, part: &str) -> String {
    whole(
        title,
        &html! { body { main { h1 { (title) } (PreEscaped(part)) } } },
    )
}

fn whole(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy());
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            (body)
        }
    };
    page.into_string()
}

/// A piece of Markdown with formulas as HTML, without the paragraph around it if it is one line; an error if
/// a formula cannot be read.
pub(crate) fn fragment(markdown: &str) -> anyhow::Result<String> {
    let html = Prose::new(Path::new("")).render(markdown, None).into_string();
    if let Some((_, broken)) = html.split_once("<code class=\"formula\"") {
        let reason = broken.split('>').next().unwrap_or_default();
        anyhow::bail!("expected a formula that can be read, got{reason} in {markdown:?}");
    }
    // The formula's source would be read aloud twice.
    let html = math::without_source(&html);
    let inner = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    Ok(match inner {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html.trim().to_owned(),
    })
}

/// The list of contents; none for a page with a single heading.
fn contents(headings: &[Heading]) -> Markup {
    let listed: Vec<&Heading> = headings
        .iter()
        .filter(|heading| heading.level <= DEEPEST)
        .collect();
    html! {
        @if listed.len() > 1 {
            nav aria-label="Contents" {
                ul {
                    @for heading in listed {
                        li class={ "level-" (heading.level) } { a href={ "#" (heading.anchor) } { (heading.text) } }
                    }
                }
            }
        }
    }
}

fn of_cell(cell: &Cell, prose: &mut Prose) -> Markup {
    match cell.kind() {
        Kind::Markdown => {
            html! { section.prose id=(cell.id()) { (prose.render(cell.source(), cell.attachments())) } }
        }
        Kind::Raw => html! { section.raw id=(cell.id()) { pre { (cell.source()) } } },
        Kind::Code if cell.source().trim().is_empty() => html! {},
        Kind::Code => html! {
            section.code id=(cell.id()) {
                div.input {
                    span.prompt { @if let Some(count) = cell.count() { "[" (count) "]" } }
                    pre { code { (code::highlight(cell.source())) } }
                }
                @let mut filter = WithoutBacktraces::default();
                @for output in cell.outputs() { (of_output(output, &mut filter, prose)) }
            }
        },
    }
}

/// An output; `filter` has seen the cell's standard error so far.
fn of_output(output: &Output, filter: &mut WithoutBacktraces, prose: &mut Prose) -> Markup {
    match output {
        Output::Stream { stderr: false, text } => html! { pre.output { (ansi(text)) } },
        Output::Stream { stderr: true, text } => {
            let kept: Vec<&str> = text.lines().filter(|line| filter.keeps(line)).collect();
            let kept = kept.join("\n");
            html! { @if !kept.trim().is_empty() { pre.output.stderr { (ansi(kept.trim_start_matches('\n'))) } } }
        }
        Output::Error { traceback, .. } => html! { pre.output.error { (ansi(&traceback.join("\n"))) } },
        Output::Data { data, .. } => html! { div.output { (of_data(data, prose)) } },
    }
}

/// The richest form of a value that a page can show.
fn of_data(data: &Map<String, Value>, prose: &mut Prose) -> Markup {
    let text = |mime: &str| data.get(mime).and_then(Value::as_str);
    if let Some(html) = text("text/html").or_else(|| text("image/svg+xml")) {
        return PreEscaped(html.to_owned());
    }
    for mime in ["image/png", "image/jpeg", "image/gif", "image/webp"] {
        if let Some(base64) = text(mime) {
            let base64: String = base64.split_whitespace().collect();
            let says = text("text/plain").unwrap_or("a picture");
            return html! { img src={ "data:" (mime) ";base64," (base64) } alt=(says); };
        }
    }
    if let Some(markdown) = text("text/markdown") {
        return prose.render(markdown, None);
    }
    if let Some(latex) = text("text/latex") {
        return PreEscaped(math::display(latex.trim().trim_matches('$')));
    }
    if let Some(plain) = text("text/plain") {
        return html! { pre { (ansi(plain)) } };
    }
    let others: Vec<String> = data
        .values()
        .map(|value| serde_json::to_string_pretty(value).unwrap_or_default())
        .collect();
    html! { pre { (others.join("\n")) } }
}

/// Text for a terminal, with its colours.
fn ansi(text: &str) -> Markup {
    let converter = Converter::new().four_bit_var_prefix(Some("ansi-".into()));
    match converter.convert(text) {
        Ok(html) => PreEscaped(html),
        Err(_) => html! { (console::strip_ansi_codes(text)) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scripts in `html`, as a browser finds them.
    fn scripts(html: &str) -> Vec<&str> {
        html.split("<script>")
            .skip(1)
            .filter_map(|rest| rest.split_once("</script>").map(|(script, _)| script))
            .collect()
    }

    #[test]
    fn only_the_quizzes_script_may_run() {
        let quiz = course::check::quiz::quiz("01_vectors").unwrap();
        let page = of_part("Quiz", &quiz.to_html());
        let found = scripts(&page);
        assert_eq!(found.len(), 1);
        let hash = BASE64.encode(&Sha256::digest(found[0]));
        let policy = page.split_once("Content-Security-Policy\" content=\"").unwrap().1;
        let policy = policy.split_once('"').unwrap().0.replace("&#39;", "'");
        assert!(
            policy.ends_with(&format!("script-src 'sha256-{hash}'")),
            "{policy}"
        );
        assert_eq!(
            policy.matches("'unsafe-inline'").count(),
            1,
            "only styles: {policy}"
        );
    }

    #[test]
    fn a_page_has_a_column_for_its_contents_only_if_it_lists_any() {
        let of = |markdown: &str| {
            let cell =
                serde_json::json!({"cell_type": "markdown", "id": "a", "metadata": {}, "source": markdown});
            let notebook =
                serde_json::json!({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5});
            let notebook = Notebook::parse(notebook.to_string().as_bytes()).unwrap();
            page(&notebook, "name", Path::new(""))
        };
        let one = of("# Title");
        assert!(one.contains("<body><main>") && !one.contains("<nav"), "{one}");
        let two = of("# Title\n\n## Part");
        assert!(two.contains("<body class=\"listed\"><nav"), "{two}");
    }
}
