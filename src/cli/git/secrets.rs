//! Things that look like secrets: keys and tokens that a cell holds, or that it printed.
//!
//! The list is short on purpose. Each of these has a form that hardly anything else has, so a finding is
//! worth stopping a commit. Passwords and unmarked keys are not found.

use std::io::{self, Read};
use std::sync::OnceLock;

use regex::bytes::Regex;

/// What is looked for: a name and the form, as the issuer documents it.
const FORMS: [(&str, &str); 10] = [
    ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    ("an AWS access key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    (
        "a GitHub token",
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})",
    ),
    ("a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20}"),
    ("a Hugging Face token", r"\bhf_[A-Za-z0-9]{30,}"),
    (
        "an OpenAI or Anthropic key",
        r"\bsk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{32,}",
    ),
    ("a Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("a Slack token", r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a crates.io token", r"\bcio[A-Za-z0-9]{32}\b"),
];

/// How much is searched at once, and how much of its end is searched again with what follows, so that no
/// secret is cut in two.
const PIECE: usize = 1024 * 1024;
const OVERLAP: usize = 512;

/// What was found, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) line: usize,
    pub(crate) what: &'static str,
}

/// Looks through a file, however large.
pub(crate) fn find(mut file: impl Read) -> io::Result<Vec<Finding>> {
    let mut found: Vec<Finding> = Vec::new();
    let mut window = Vec::new();
    let mut line = 1;
    loop {
        let read = file
            .by_ref()
            .take((PIECE - window.len()) as u64)
            .read_to_end(&mut window)?;
        for (form, (what, _)) in forms().iter().zip(FORMS) {
            for place in form.find_iter(&window) {
                let line = line + newlines(&window[..place.start()]);
                let finding = Finding { line, what };
                if !found.contains(&finding) {
                    found.push(finding);
                }
            }
        }
        if read == 0 {
            found.sort_by_key(|finding| finding.line);
            return Ok(found);
        }
        let done = window.len().saturating_sub(OVERLAP);
        line += newlines(&window[..done]);
        window.drain(..done);
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

fn forms() -> &'static [Regex] {
    static FORMS_READ: OnceLock<Vec<Regex>> = OnceLock::new();
    FORMS_READ.get_or_init(|| {
        FORMS
            .iter()
            .filter_map(|(_, form)| Regex::new(form).ok())
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_a_regular_expression_and_finds_its_example() {
        assert_eq!(forms().len(), FORMS.len());
        // The examples are put together here, so that no tool takes this file for one that holds secrets.
        let letters = "abcdEFGH1234".repeat(4);
        let examples = [
            "-----BEGIN RSA PRIVATE".to_owned() + " KEY-----",
            "AK".to_owned() + "IAIOSFODNN7EXAMPLE",
            format!("gh{}_{}", "p", &letters[..36]),
            format!("glpat{}{}", "-", &letters[..20]),
            format!("hf{}{}", "_", &letters[..34]),
            format!("sk{}ant-{}", "-", letters),
            format!("AI{}{}", "za", &letters[..35]),
            format!("xo{}-{}", "xb", "1234567890-abc"),
            format!("npm{}{}", "_", &letters[..36]),
            format!("ci{}{}", "o", &letters[..32]),
        ];
        for (example, (what, _)) in examples.iter().zip(FORMS) {
            let text = format!("first line\n\"key = {example};\"\n");
            let found = find(text.as_bytes()).unwrap();
            assert_eq!(found, [Finding { line: 2, what }], "{example}");
        }
    }

    #[test]
    fn a_secret_across_two_pieces_is_found_once() {
        let secret = format!("hf{}{}", "_", "a".repeat(34));
        for before in [PIECE - 10, PIECE - 40, 2 * PIECE - OVERLAP - 5] {
            let text = format!("{}\n{secret} ", "x".repeat(before));
            assert_eq!(find(text.as_bytes()).unwrap().len(), 1, "{before}");
        }
        assert_eq!(find("nothing here: sk-learn, hf_short".as_bytes()).unwrap(), []);
    }
}
