//! Outputs as plain text, for a terminal.

use serde_json::{Map, Value};

/// The text form of a displayed value: its own if it has one, or what its HTML says, or what sort of thing it
/// is.
pub(super) fn of_data(data: &Map<String, Value>) -> String {
    let text = |mime: &str| data.get(mime).and_then(Value::as_str);
    if let Some(text) = text("text/plain")
        .or_else(|| text("text/markdown"))
        .or_else(|| text("text/latex"))
    {
        return text.to_owned();
    }
    if let Some(html) = text("text/html") {
        return of_html(html);
    }
    let kinds: Vec<String> = data
        .iter()
        .map(|(mime, value)| {
            format!(
                "[{mime}, {} bytes]",
                value.as_str().map_or(value.to_string().len(), str::len)
            )
        })
        .collect();
    kinds.join(" ")
}

/// Tags after which a line ends.
const LINE_ENDS: [&str; 17] = [
    "/p", "/div", "/tr", "/li", "/table", "/ul", "/ol", "/pre", "/h1", "/h2", "/h3", "/h4", "/summary",
    "/details", "/caption", "/title", "br",
];

/// Tags that separate two words.
const GAPS: [&str; 4] = ["/td", "/th", "/text", "/option"];

/// Elements whose content is not text.
const SILENT: [&str; 2] = ["style", "script"];

/// What an HTML fragment says, without its tags. This is a rough reading, for values that have no text form
/// of their own.
fn of_html(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_text(&mut out, &rest[..start]);
        let Some(end) = rest[start..].find('>') else {
            rest = "";
            break;
        };
        let tag = &rest[start + 1..start + end];
        rest = &rest[start + end + 1..];
        let name = tag
            .split(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default()
            .trim_end_matches('/');
        let name = name.to_ascii_lowercase();
        if SILENT.contains(&name.as_str()) {
            let close = format!("</{name}");
            rest = rest.find(&close).map_or("", |at| &rest[at..]);
        } else if LINE_ENDS.contains(&name.as_str()) {
            out.push('\n');
        } else if GAPS.contains(&name.as_str()) {
            out.push_str("  ");
        }
    }
    push_text(&mut out, rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Adds text with each run of white space as one space and its entities decoded.
fn push_text(out: &mut String, text: &str) {
    const ENTITIES: [(&str, &str); 6] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let mut is_gap = out.is_empty() || out.ends_with(char::is_whitespace);
    let mut plain = String::new();
    for c in text.chars() {
        if !c.is_whitespace() {
            plain.push(c);
        } else if !is_gap {
            plain.push(' ');
        }
        is_gap = c.is_whitespace();
    }
    out.push_str(
        &ENTITIES
            .iter()
            .fold(plain, |text, (entity, c)| text.replace(entity, c)),
    );
}

/// Leaves the backtraces of panics out of what is printed, line by line: they show evcxr's machinery and not
/// the cell.
#[derive(Default)]
pub(super) struct WithoutBacktraces {
    is_trace: bool,
}

impl WithoutBacktraces {
    /// Whether the next line is part of what the cell has to say.
    pub(super) fn keeps(&mut self, line: &str) -> bool {
        let inner = line.trim_start();
        let is_frame = inner.len() < line.len()
            && (inner.starts_with(|c: char| c.is_ascii_digit()) || inner.starts_with("at "));
        self.is_trace = line.starts_with("stack backtrace:") || self.is_trace && is_frame;
        !self.is_trace
            && !line.starts_with("note: Some details are omitted")
            && !line.starts_with("note: run with `RUST_BACKTRACE")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(pairs: &[(&str, &str)]) -> Map<String, Value> {
        pairs
            .iter()
            .map(|(mime, text)| ((*mime).to_owned(), Value::from(*text)))
            .collect()
    }

    #[test]
    fn a_value_shows_its_own_text_or_what_its_html_says() {
        assert_eq!(
            of_data(&data(&[("text/html", "<b>x</b>"), ("text/plain", "x")])),
            "x"
        );
        let table = "<style>td{}</style><table>\n <tr><td>a &lt; b</td><td>1</td></tr>\n<tr><td>c</td></tr></table> end";
        assert_eq!(of_data(&data(&[("text/html", table)])), "a < b  1\nc\nend");
        assert_eq!(of_data(&data(&[("image/png", "AAAA")])), "[image/png, 4 bytes]");
        assert_eq!(of_html("a <unclosed"), "a");
        assert_eq!(of_html("one&amp;lt;two<br/>three"), "one&lt;two\nthree");
    }

    #[test]
    fn a_panic_is_shown_without_its_backtrace() {
        let text = "thread 'main' panicked at src/lib.rs:3:1:\nno\nstack backtrace:\n   0: a\n             at ./x.rs:1\n   1: b\nnote: Some details are omitted, run with x\nnext\n   0 apples";
        let mut without = WithoutBacktraces::default();
        let kept: Vec<&str> = text.lines().filter(|line| without.keeps(line)).collect();
        assert_eq!(
            kept,
            [
                "thread 'main' panicked at src/lib.rs:3:1:",
                "no",
                "next",
                "   0 apples"
            ]
        );
    }
}
