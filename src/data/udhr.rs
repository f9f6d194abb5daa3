//! The Universal Declaration of Human Rights in 24 languages: the same thirty articles in each.
//!
//! What a tokenizer costs in another language can only be measured on texts that say the same. The languages
//! here differ in family, in script (an alphabet of letters, an abjad of consonants, abugidas and a syllabary
//! of syllables, characters of meaning), in whether there are spaces between words, and in how much a word
//! expresses.
//!
//! The translations are those of the United Nations, unchanged from the package. A title may be a heading of
//! the page it was taken from, Amharic has no preamble, Yoruba has the two paragraphs of article 2 in one,
//! and Greenlandic lacks the second paragraph of article 13.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::vendored::{File, built_in, sound};
use crate::corpus::{Corpus, Document};
use crate::error::Location;
use crate::{Error, Result, show};

static FILE: File = built_in!("udhr/declarations.jsonl.gz");

/// How many articles the Declaration has.
const N_ARTICLES: usize = 30;

/// The Declaration in one language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The language's two-letter code, from BCP 47: "fi".
    pub code: String,
    /// Its three-letter code, from ISO 639-3: "fin".
    pub iso639_3: String,
    /// Its name in English: "Finnish".
    pub name: String,
    /// Its family, and the branch of the family: "Uralic, Finnic".
    pub family: String,
    /// The script that it is written in: "Latin".
    pub script: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// The title.
    pub title: String,
    /// The paragraphs before the first article.
    pub preamble: Vec<String>,
    /// The thirty articles.
    pub articles: Vec<Article>,
}

/// One article of the Declaration.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Its heading: "Article 1".
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

crate::show::shown_as_line!(Article, |this| {
    format!("{} ({} paragraphs)", this.title, this.paragraphs.len())
});

/// The Declaration in every language, English first.
///
/// ```
/// use course::data::udhr;
/// let english = &udhr::declarations()[0];
/// assert_eq!(english.articles[2].paragraphs, ["Everyone has the right to life, liberty and the security of person."]);
/// ```
pub fn declarations() -> &'static [Declaration] {
    static DECLARATIONS: LazyLock<Vec<Declaration>> =
        LazyLock::new(|| sound(FILE.text().and_then(|text| parse(&text))));
    &DECLARATIONS
}

/// The Declaration in one language, given by its name or a code.
///
/// ```
/// use course::data::udhr;
/// assert_eq!(udhr::declaration("Finnish")?, udhr::declaration("fi")?);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The Declaration is not here in that language; the error names the languages that are.
pub fn declaration(language: &str) -> Result<Declaration> {
    let known = |d: &&Declaration| [&d.name, &d.code, &d.iso639_3].contains(&&language.to_owned());
    declarations().iter().find(known).cloned().ok_or_else(|| {
        let names = declarations().iter().map(|d| d.name.clone()).collect();
        Error::unknown("language", language, names)
    })
}

/// The Declaration as a corpus: a document for each language. Title and label are the language's name, the
/// text is that of [`Declaration::text`], and more about the language is under `code`, `family` and `script`.
///
/// ```
/// let corpus = course::data::udhr::corpus();
/// assert_eq!(corpus.documents()[7].title, "Finnish");
/// assert_eq!(corpus.documents()[7].get("family"), Some("Uralic, Finnic"));
/// ```
pub fn corpus() -> Corpus {
    let document = |d: &Declaration| {
        Document::new(d.name.clone(), d.text())
            .with_label(d.name.clone())
            .with("code", d.code.clone())
            .with("family", d.family.clone())
            .with("script", d.script.clone())
    };
    Corpus::new(
        "Universal Declaration of Human Rights",
        declarations().iter().map(document).collect(),
    )
}

/// Parses the lines.
fn parse(text: &str) -> Result<Vec<Declaration>> {
    let all: Vec<Declaration> = FILE.records(text)?;
    for (n, d) in (1..).zip(&all) {
        if d.articles.len() != N_ARTICLES {
            let problem = format!("expected {N_ARTICLES} articles, got {}", d.articles.len());
            return Err(FILE.wrong(Location::Line(n), problem));
        }
    }
    Ok(all)
}

impl Declaration {
    /// The thirty articles, one paragraph a line, without headings and without the preamble. This part is
    /// there in every language, and so can be compared.
    pub fn text(&self) -> String {
        let paragraphs: Vec<&str> = (self.articles.iter())
            .flat_map(|a| a.paragraphs.iter().map(String::as_str))
            .collect();
        paragraphs.join("\n")
    }

    /// Shows it in a notebook: the language, and the first article.
    pub fn evcxr_display(&self) {
        let html = format!(
            "<b>{}</b> <small>{}; {}</small><br><span lang=\"{}\" dir=\"{}\">{}</span>",
            show::escape(&self.name),
            show::escape(&self.family),
            show::escape(&self.script),
            show::escape(&self.code),
            if self.right_to_left { "rtl" } else { "ltr" },
            show::escape(&self.first_words()),
        );
        show::display(&html, &self.to_string());
    }

    /// The first article, or the beginning of it.
    fn first_words(&self) -> String {
        show::beginning(&self.text(), 120)
    }
}

impl fmt::Display for Declaration {
    /// The language, and the first words of the first article.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}; {}): {}",
            self.name,
            self.family,
            self.script,
            self.first_words()
        )
    }
}

crate::show::debug_shows!(Declaration);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_record_is_an_error() {
        let mut d = declarations()[0].clone();
        d.articles.pop();
        let e = parse(&serde_json::to_string(&d).unwrap())
            .unwrap_err()
            .to_string();
        assert_eq!(
            e,
            "built-in udhr/declarations.jsonl.gz, line 1: expected 30 articles, got 29"
        );
        let e = parse(r#"{"code": "xx"}"#).unwrap_err().to_string();
        assert!(e.contains("line 1: missing field"), "{e}");
    }

    #[test]
    fn an_unknown_language_is_told_the_known_ones() {
        let e = declaration("Klingon").unwrap_err().to_string();
        assert!(
            e.starts_with(r#"no language "Klingon"; did you mean "English", "German", "#),
            "{e}"
        );
    }
}
