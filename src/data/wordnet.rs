//! WordNet 3.1: 117,791 meanings of English words, each with its gloss, its terms and its class.
//!
//! WordNet groups words that can replace each other into **synsets**, one for each meaning. A synset has a
//! **gloss**: a definition and, for a third of them, examples of use. Its **class** is the lexicographers'
//! file it was written in: 26 kinds of nouns, 15 of verbs, three of adjectives, and the adverbs. So one file
//! gives
//!
//! - a corpus of definitions ([`corpus`]), short texts in which the context of a word helps to define it;
//! - texts to classify, by [`CLASSES`];
//! - questions with one right answer: a term, and the gloss that belongs to it;
//! - paraphrases: the terms of one synset, and a term's synonym beside its gloss;
//! - the meanings of a word, the commonest first ([`senses`]).
//!
//! What is left out: the relations between synsets (hypernyms, antonyms, …), verb frames, the positions that
//! an adjective can take, and the counts of tagged texts.
//!
//! Source: George A. Miller (1995), *WordNet: A Lexical Database for English*; Christiane Fellbaum (ed.,
//! 1998), *WordNet: An Electronic Lexical Database*.

use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

use super::vendored::{File, built_in, sound};
use crate::corpus::{Corpus, Document};
use crate::error::Location;
use crate::{Result, show};

static FILE: File = built_in!("wordnet/synsets.tsv.lzma");

/// The classes: the lexicographers' files, in the order of their numbers in WordNet.
pub const CLASSES: [&str; 45] = [
    "adj.all",
    "adj.pert",
    "adv.all",
    "noun.Tops",
    "noun.act",
    "noun.animal",
    "noun.artifact",
    "noun.attribute",
    "noun.body",
    "noun.cognition",
    "noun.communication",
    "noun.event",
    "noun.feeling",
    "noun.food",
    "noun.group",
    "noun.location",
    "noun.motive",
    "noun.object",
    "noun.person",
    "noun.phenomenon",
    "noun.plant",
    "noun.possession",
    "noun.process",
    "noun.quantity",
    "noun.relation",
    "noun.shape",
    "noun.state",
    "noun.substance",
    "noun.time",
    "verb.body",
    "verb.change",
    "verb.cognition",
    "verb.communication",
    "verb.competition",
    "verb.consumption",
    "verb.contact",
    "verb.creation",
    "verb.emotion",
    "verb.motion",
    "verb.perception",
    "verb.possession",
    "verb.social",
    "verb.stative",
    "verb.weather",
    "adj.ppl",
];

/// One synset: a meaning, the terms that have it, and its gloss.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Gloss {
    /// Its usual name. It consists of the first term, the part of speech (`n`, `v`, `r` for adverbs, `a` for
    /// adjectives, `s` for adjectives that depend on another's meaning) and the number of this sense of the
    /// term. `dog.n.01` is the commonest meaning of the noun *dog*. No two synsets have the same name.
    pub id: String,
    /// Its class, one of [`CLASSES`].
    pub class: &'static str,
    /// The terms: words or phrases, in WordNet's order.
    pub terms: Vec<String>,
    /// For each term, the rank of this sense among the term's senses; 1 is the commonest.
    pub ranks: Vec<u8>,
    /// The definition.
    pub definition: String,
    /// Examples of use, without quotation marks. The sources of quotations are left out.
    pub examples: Vec<String>,
}

/// All synsets, in the order of WordNet's files: nouns, verbs, adjectives, adverbs.
///
/// Decoded on first use, in about a quarter of a second.
///
/// ```
/// use course::data::wordnet;
/// let dog = wordnet::glosses().iter().find(|g| g.id == "dog.n.01").unwrap();
/// assert_eq!(dog.class, "noun.animal");
/// assert_eq!(dog.terms, ["dog", "domestic dog", "Canis familiaris"]);
/// assert_eq!(dog.examples, ["the dog barked all night"]);
/// ```
pub fn glosses() -> &'static [Gloss] {
    static GLOSSES: LazyLock<Vec<Gloss>> = LazyLock::new(|| sound(FILE.text().and_then(|text| parse(&text))));
    &GLOSSES
}

/// The meanings of `term`: nouns, verbs, adjectives, adverbs, and within each of these the commonest first.
/// Upper and lower case are the same. A term that WordNet does not have has no meanings.
///
/// ```
/// use course::data::wordnet;
/// let bank = wordnet::senses("bank");
/// assert_eq!(bank.len(), 18);
/// assert!(bank[0].definition.starts_with("sloping land"));
/// assert!(wordnet::senses("blorb").is_empty());
/// ```
pub fn senses(term: &str) -> Vec<Gloss> {
    let term = term.replace('_', " ");
    let mut found: Vec<(usize, u8, &Gloss)> = (glosses().iter())
        .filter_map(|g| {
            let place = g.terms.iter().position(|t| t.eq_ignore_ascii_case(&term))?;
            let part = ["noun", "verb", "adj", "adv"]
                .iter()
                .position(|part| g.class.starts_with(part))?;
            Some((part, g.ranks[place], g))
        })
        .collect();
    found.sort_by_key(|&(part, rank, _)| (part, rank));
    found.into_iter().map(|(_, _, g)| g.clone()).collect()
}

/// The glosses as a corpus: document `i` is gloss `i`. The text is the definition and, after empty lines, the
/// examples; the title is the terms, and the label is the class.
///
/// ```
/// use course::data::wordnet;
/// let corpus = wordnet::corpus();
/// let entity = &corpus.documents()[0];
/// assert_eq!((entity.title.as_str(), entity.label.as_deref()), ("entity", Some("noun.Tops")));
/// ```
pub fn corpus() -> Corpus {
    let document = |g: &Gloss| {
        let mut text = g.definition.clone();
        for example in &g.examples {
            text.push_str("\n\n");
            text.push_str(example);
        }
        Document::new(g.terms.join(", "), text).with_label(g.class)
    };
    Corpus::new("WordNet 3.1 glosses", glosses().iter().map(document).collect())
}

/// Parses the table.
fn parse(text: &str) -> Result<Vec<Gloss>> {
    let rows = FILE.rows(text, ["pos", "class", "terms", "senses", "gloss"])?;
    rows.into_iter()
        .map(|(line, [pos, class, terms, ranks, gloss])| {
            let wrong = |problem: String| FILE.wrong(Location::Line(line), problem);
            let Some(&class) = CLASSES.iter().find(|&&known| known == class) else {
                return Err(wrong(format!("no class is called {class:?}")));
            };
            if !["n", "v", "a", "s", "r"].contains(&pos) {
                return Err(wrong(format!("no part of speech is called {pos:?}")));
            }
            let terms: Vec<String> = terms.split('|').map(str::to_owned).collect();
            let ranks: Vec<u8> = ranks
                .split('|')
                .map(|n| n.parse().map_err(|e| wrong(format!("sense {n:?}: {e}"))))
                .collect::<Result<_>>()?;
            if terms.len() != ranks.len() {
                return Err(wrong(format!("{} terms and {} senses", terms.len(), ranks.len())));
            }
            let (definition, examples) = definition_and_examples(gloss);
            let id = format!(
                "{}.{pos}.{:02}",
                terms[0].to_lowercase().replace(' ', "_"),
                ranks[0]
            );
            Ok(Gloss {
                id,
                class,
                terms,
                ranks,
                definition,
                examples,
            })
        })
        .collect()
}

/// The definition and the examples of a gloss as WordNet writes it: parts between semicolons that are not
/// within quotation marks. A part that begins with a quotation mark is an example, with or without a name
/// after it. It is not an example if a lower-case letter follows the quotation:
/// `"dirty" is often used in combination` says something about the word.
fn definition_and_examples(gloss: &str) -> (String, Vec<String>) {
    let (mut definition, mut examples) = (String::new(), Vec::new());
    let mut within = false;
    let parts = gloss.split(|c| {
        within ^= c == '"';
        c == ';' && !within
    });
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let mut pieces = part.split('"');
        let quoted = pieces.next() == Some("") && {
            let after = part.rsplit('"').next().unwrap_or_default();
            !after.trim_start().starts_with(char::is_lowercase)
        };
        if quoted {
            // `"one" "two"`: every second piece is within quotation marks.
            examples.extend(pieces.step_by(2).filter(|s| !s.is_empty()).map(str::to_owned));
        } else {
            if !definition.is_empty() {
                definition.push_str("; ");
            }
            definition.push_str(part);
        }
    }
    (definition, examples)
}

impl Gloss {
    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        let example = |example: &String| format!("<br><i>{}</i>", show::escape(example));
        let examples: String = self.examples.iter().map(example).collect();
        let html = format!(
            "<b>{}</b> <small>{} {}</small><br>{}{examples}",
            show::escape(&self.terms.join(", ")),
            show::escape(&self.id),
            self.class,
            show::escape(&self.definition),
        );
        show::display(&html, &self.to_string());
    }
}

impl fmt::Display for Gloss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}, {}): {}",
            self.terms.join(", "),
            self.id,
            self.class,
            self.definition
        )?;
        self.examples
            .iter()
            .try_for_each(|example| write!(f, "; “{example}”"))
    }
}

crate::show::debug_shows!(Gloss);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glosses_are_taken_apart() {
        let parts = |gloss| {
            let (definition, examples) = definition_and_examples(gloss);
            (definition, examples.join(" / "))
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(parts("a thing"), pair("a thing", ""));
        assert_eq!(
            parts(r#"not old; fresh; "a; b"; "c""#),
            pair("not old; fresh", "a; b / c")
        );
        // A name after the quotation; two in a row; a remark; an example within the definition.
        assert_eq!(
            parts(r#"high; "o prime"- Robert Browning"#),
            pair("high", "o prime")
        );
        assert_eq!(
            parts(r#"to ask out; "has he?" "he did""#),
            pair("to ask out", "has he? / he did")
        );
        assert_eq!(
            parts(r#"so; "dirty" is often used; "x""#),
            pair(r#"so; "dirty" is often used"#, "x")
        );
        assert_eq!(parts(r#"(as in "no")"#), pair(r#"(as in "no")"#, ""));
    }

    #[test]
    fn a_broken_row_is_an_error() {
        let header = "pos\tclass\tterms\tsenses\tgloss\n";
        let error = |row: &str| parse(&format!("{header}{row}\n")).unwrap_err().to_string();
        let file = "built-in wordnet/synsets.tsv.lzma, line 2: ";
        assert_eq!(
            error("n\tnoun.act\ta|b\t1\tx"),
            format!("{file}2 terms and 1 senses")
        );
        assert_eq!(
            error("n\tnoun.x\ta\t1\tx"),
            format!("{file}no class is called \"noun.x\"")
        );
        assert_eq!(
            error("q\tnoun.act\ta\t1\tx"),
            format!("{file}no part of speech is called \"q\"")
        );
        assert_eq!(
            error("n\tnoun.act\ta\t1"),
            format!("{file}expected 5 columns, got 4")
        );
        assert!(error("n\tnoun.act\ta\tone\tx").starts_with(&format!("{file}sense \"one\": ")));
    }
}
