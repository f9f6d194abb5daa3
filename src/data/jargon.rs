//! The Jargon File 4.4.7: 2,307 words of hackers' slang, explained.
//!
//! Short articles, each on one thing, written with care and linked to one another: a small world to ask
//! questions about. A retriever has to find the article that holds the answer, and the links say which other
//! articles are near.
//!
//! Cite it as the Jargon File 4.4.7 (29 December 2003), edited by Eric S. Raymond.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::vendored::{File, built_in, sound};
use crate::corpus::{Corpus, Document};
use crate::{Result, show};

static FILE: File = built_in!("jargon/entries.jsonl.gz");

/// One entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The word or phrase.
    pub headword: String,
    /// Its pronunciation and part of speech, as the File writes them: "/fooz'bar/, n."; may be empty.
    pub grammar: String,
    /// What it means: paragraphs, with an empty line between them.
    pub definition: String,
    /// The headwords of the entries that the definition points to, each once, in the order of the text.
    #[serde(default)]
    pub links: Vec<String>,
}

/// The entries, in the File's order.
///
/// ```
/// use course::data::jargon;
/// let entry = jargon::entries().iter().find(|e| e.headword == "arena").unwrap();
/// assert!(entry.definition.starts_with("[common; Unix] The area of memory attached to a process by brk(2)"));
/// assert_eq!(entry.links[0], "overrun screw");
/// ```
pub fn entries() -> &'static [Entry] {
    static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| sound(FILE.text().and_then(|text| parse(&text))));
    &ENTRIES
}

/// The entries as a corpus. The title is the headword, the text is the definition, and the grammar, if there
/// is any, is under `grammar`.
///
/// ```
/// let corpus = course::data::jargon::corpus();
/// assert_eq!(corpus.documents()[1].title, "/dev/null");
/// ```
pub fn corpus() -> Corpus {
    let document = |e: &Entry| {
        let document = Document::new(e.headword.clone(), e.definition.clone());
        if e.grammar.is_empty() {
            document
        } else {
            document.with("grammar", e.grammar.clone())
        }
    };
    Corpus::new("Jargon File 4.4.7", entries().iter().map(document).collect())
}

/// Parses the lines, and removes the link marks from the definitions.
fn parse(text: &str) -> Result<Vec<Entry>> {
    let mut all: Vec<Entry> = FILE.records(text)?;
    let headwords: HashMap<String, String> = all
        .iter()
        .map(|e| (e.headword.to_lowercase(), e.headword.clone()))
        .collect();
    for entry in &mut all {
        (entry.definition, entry.links) = without_braces(&entry.definition, &headwords);
    }
    Ok(all)
}

/// The File writes a link as a headword in braces, even within a word: `{newbie}s`. These braces are removed.
/// Braces around anything else, mostly code, stay.
fn without_braces(text: &str, headwords: &HashMap<String, String>) -> (String, Vec<String>) {
    let (mut out, mut links) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let link = after
            .split_once('}')
            .and_then(|(inner, after)| Some((inner, headwords.get(&inner.to_lowercase())?, after)));
        match link {
            Some((inner, headword, after)) => {
                out.push_str(inner);
                if !links.contains(headword) {
                    links.push(headword.clone());
                }
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    (out, links)
}

impl Entry {
    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        let html = format!(
            "<b>{}</b> <small>{}</small><div style=\"white-space: pre-wrap\">{}</div>",
            show::escape(&self.headword),
            show::escape(&self.grammar),
            show::escape(&self.definition),
        );
        show::display(&html, &format!("{}: {}", self.headword, self.definition));
    }
}

impl fmt::Display for Entry {
    /// The headword and the beginning of the definition.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.headword, show::beginning(&self.definition, 200))
    }
}

crate::show::debug_shows!(Entry);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lose_their_braces_and_code_keeps_its_own() {
        let known = HashMap::from([("vax".into(), "VAX".into()), ("foo".into(), "foo".into())]);
        let (text, links) = without_braces("{VAX}en {run} while (1) {foo} } {vax} {", &known);
        assert_eq!(text, "VAXen {run} while (1) foo } vax {");
        assert_eq!(links, ["VAX", "foo"]);
    }

    #[test]
    fn a_broken_record_is_an_error() {
        let e = parse("{\"headword\": \"x\"}\n").unwrap_err().to_string();
        assert!(
            e.starts_with("built-in jargon/entries.jsonl.gz, line 1: missing field `grammar`"),
            "{e}"
        );
    }
}
