//! The language of a notebook: how its comments begin, and what its files end with.

use crate::git::tree::Json;

/// Names, file endings and comment signs, as in jupytext.
const KNOWN: [(&str, &str, &str); 15] = [
    ("python", "py", "#"),
    ("R", "R", "#"),
    ("julia", "jl", "#"),
    ("bash", "sh", "#"),
    ("rust", "rs", "//"),
    ("c", "c", "//"),
    ("c++", "cpp", "//"),
    ("csharp", "cs", "//"),
    ("fsharp", "fsx", "//"),
    ("java", "java", "//"),
    ("javascript", "js", "//"),
    ("typescript", "ts", "//"),
    ("go", "go", "//"),
    ("scala", "scala", "//"),
    ("groovy", "groovy", "//"),
];

/// Languages without a text form in jupytext, whose comments begin with `//` all the same.
const SLASHES: [&str; 2] = ["kotlin", "swift"];

/// The languages that a cell can be written in by naming them after `%%`.
const OF_CELLS: &str = "\
    R, bash, sh, python, python2, python3, coconut, javascript, js, perl, html, latex, markdown, \
    pypy, ruby, script, svg, matlab, octave, idl, robotframework, sas, spark, sql, cython, haskell, \
    tcl, gnuplot, wolfram language, julia, c++, scheme, clojure, powershell, typescript, scala, \
    rust, csharp, fsharp, java, groovy, stata, lua, go, c#, f#, cs, fs";

/// The language of a notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Language {
    pub(super) name: String,
    /// What its files end with, without the dot.
    pub(super) extension: &'static str,
    pub(super) comment: &'static str,
}

impl Language {
    /// The language that a notebook's metadata name; Python if they name none.
    pub(super) fn of(metadata: Option<&Json>) -> Self {
        let named = |part: &str, key: &str| metadata?.get(part)?.get(key)?.text();
        let name = named("kernelspec", "language")
            .or_else(|| named("language_info", "name"))
            .unwrap_or_else(|| "python".to_owned());
        Self::named(&name)
    }

    /// The language with this name.
    pub(super) fn named(name: &str) -> Self {
        let name = usual(name);
        match KNOWN.iter().find(|(known, ..)| *known == name) {
            Some((_, extension, comment)) => Self {
                name,
                extension,
                comment,
            },
            None => Self {
                extension: "py",
                comment: if SLASHES.contains(&&*name) { "//" } else { "#" },
                name,
            },
        }
    }

    /// The language of files with this ending, if it is known.
    pub(super) fn of_files(extension: &str) -> Option<Self> {
        let is_one = |known: &&(&str, &str, &str)| known.1.eq_ignore_ascii_case(extension);
        KNOWN.iter().find(is_one).map(|(name, ..)| Self::named(name))
    }

    pub(super) fn is_python(&self) -> bool {
        self.name == "python"
    }

    /// Whether a cell of this notebook may be written in the language `name`, by `%%name`.
    pub(super) fn has_cells_in(&self, name: &str) -> bool {
        OF_CELLS.split(", ").any(|other| other == name) && name != self.name && usual(name) != self.name
    }
}

/// One name for each language.
fn usual(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "r" => "R".to_owned(),
        "c#" | "cs" => "csharp".to_owned(),
        "f#" | "fs" => "fsharp".to_owned(),
        lower if lower.starts_with("c++") => "c++".to_owned(),
        lower => lower.to_owned(),
    }
}
