//! What is stripped and what is kept.
//!
//! An option that means the same as in nbstripout has the same name. It can come from three places, of which
//! a later one outranks an earlier one: git's configuration (`filter.course-notebook.keepOutput`), attributes
//! of the path (`*.ipynb course-keep-output`, lists joined by commas), the command line (`--keep-output`).
//! Lists from all three are joined.
//!
//! One thing differs from nbstripout: ids, tags and what the course writes into the metadata are always kept.
//! A merge by cells and the grading of exercises need them.

use clap::Args;

/// The metadata that programs write when a notebook is run, folded or opened; nbstripout removes the same. It
/// removes the signature, the first format and `trusted` by way of nbformat, like every program that writes
/// with nbformat.
const MACHINE_MADE: [&str; 11] = [
    "metadata.orig_nbformat",
    "metadata.orig_nbformat_minor",
    "metadata.signature",
    "metadata.widgets",
    "cell.metadata.collapsed",
    "cell.metadata.ExecuteTime",
    "cell.metadata.execution",
    "cell.metadata.heading_collapsed",
    "cell.metadata.hidden",
    "cell.metadata.scrolled",
    "cell.metadata.trusted",
];

/// What no option removes. Nothing below the last three is removed either.
const ALWAYS_KEPT: [&str; 9] = [
    "cell.cell_type",
    "cell.id",
    "cell.source",
    "cell.outputs",
    "cell.execution_count",
    "cell.metadata",
    "cell.metadata.tags",
    "cell.metadata.course",
    "metadata.course",
];

/// The options on the command line.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "What to strip")]
pub(crate) struct StripArgs {
    /// Keep outputs; a cell's or the notebook's own `keep_output` outranks it.
    #[arg(long)]
    keep_output: bool,
    /// Keep execution counts.
    #[arg(long)]
    keep_count: bool,
    /// Ids are always kept; this is here for those who know it from nbstripout.
    #[arg(long, hide = true)]
    keep_id: bool,
    /// More metadata to remove, as in "metadata.foo cell.metadata.bar".
    #[arg(long, value_name = "KEYS")]
    extra_keys: Option<String>,
    /// Metadata to keep that is removed otherwise, as in "cell.metadata.collapsed".
    #[arg(long, value_name = "KEYS")]
    keep_metadata_keys: Option<String>,
    /// Remove cells with nothing but white space in them.
    #[arg(long)]
    drop_empty_cells: bool,
    /// Remove cells that have one of these tags.
    #[arg(long, value_name = "TAGS")]
    drop_tagged_cells: Option<String>,
    /// Keep outputs of these types, whatever else is said of them: "error", "stream:stdout".
    #[arg(long, value_name = "TYPES")]
    keep_output_type: Option<String>,
    /// Of outputs that are kept, remove those of these types.
    #[arg(long, value_name = "TYPES")]
    drop_output_type: Option<String>,
    /// Strip the outputs of cells marked `init_cell`, too.
    #[arg(long)]
    strip_init_cells: bool,
    /// Keep outputs up to this size: 500, 10k, 2M.
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,
}

impl StripArgs {
    /// The names and values that were given.
    fn given(&self) -> Vec<(&'static str, String)> {
        let flags = [
            ("keep-output", self.keep_output),
            ("keep-count", self.keep_count),
            ("keep-id", self.keep_id),
            ("drop-empty-cells", self.drop_empty_cells),
            ("strip-init-cells", self.strip_init_cells),
        ];
        let values = [
            ("extra-keys", &self.extra_keys),
            ("keep-metadata-keys", &self.keep_metadata_keys),
            ("drop-tagged-cells", &self.drop_tagged_cells),
            ("keep-output-type", &self.keep_output_type),
            ("drop-output-type", &self.drop_output_type),
            ("max-size", &self.max_size),
        ];
        let flags = flags.into_iter().filter(|(_, on)| *on);
        let values = values
            .into_iter()
            .filter_map(|(name, v)| Some((name, v.clone()?)));
        flags
            .map(|(name, _)| (name, "true".to_owned()))
            .chain(values)
            .collect()
    }

    /// Puts what was given on top of `options`.
    pub(crate) fn over(&self, options: &Options) -> Result<Options, String> {
        let mut options = options.clone();
        for (name, value) in self.given() {
            options
                .set(name, &value)
                .map_err(|why| format!("--{name}: {why}"))?;
        }
        Ok(options)
    }
}

/// The names of the options. In attributes they begin with `course-`; in git's configuration they have no
/// hyphens.
pub(crate) const NAMES: [&str; 11] = [
    "keep-output",
    "keep-count",
    "keep-id",
    "extra-keys",
    "keep-metadata-keys",
    "drop-empty-cells",
    "drop-tagged-cells",
    "keep-output-type",
    "drop-output-type",
    "strip-init-cells",
    "max-size",
];

/// What is stripped from one notebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Whether outputs stay, if neither the cell nor the notebook says so.
    pub(crate) keep_output: Option<bool>,
    pub(crate) keep_count: bool,
    extra_keys: Vec<String>,
    keep_metadata_keys: Vec<String>,
    pub(crate) drop_empty_cells: bool,
    pub(crate) drop_tagged_cells: Vec<String>,
    pub(crate) keep_output_types: Vec<String>,
    pub(crate) drop_output_types: Vec<String>,
    pub(crate) strip_init_cells: bool,
    /// Outputs with at most this many characters stay.
    pub(crate) max_size: usize,
}

impl Options {
    /// Sets the option `name`, which may be written with or without hyphens.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let words = || {
            value
                .split([' ', ','])
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
        };
        match name.replace('-', "").to_ascii_lowercase().as_str() {
            "keepoutput" => self.keep_output = Some(truth(value)?),
            "keepcount" => self.keep_count = truth(value)?,
            "keepid" => {}
            "extrakeys" => {
                for key in words() {
                    removable(&key)?;
                    self.extra_keys.push(key);
                }
            }
            "keepmetadatakeys" => self.keep_metadata_keys.extend(words()),
            "dropemptycells" => self.drop_empty_cells = truth(value)?,
            "droptaggedcells" => self.drop_tagged_cells.extend(words()),
            "keepoutputtype" => self.keep_output_types.extend(words()),
            "dropoutputtype" => self.drop_output_types.extend(words()),
            "stripinitcells" => self.strip_init_cells = truth(value)?,
            "maxsize" => self.max_size = size(value)?,
            _ => return Err(format!("no option is called {name}")),
        }
        Ok(())
    }

    /// The keys to remove that begin with `namespace`, without it.
    pub(crate) fn keys(&self, namespace: &str) -> Vec<&str> {
        let extra = self.extra_keys.iter().map(String::as_str);
        MACHINE_MADE
            .into_iter()
            .chain(extra)
            .filter(|key| !self.keep_metadata_keys.iter().any(|kept| kept == key))
            .filter_map(|key| key.strip_prefix(namespace)?.strip_prefix('.'))
            .collect()
    }
}

/// Whether a key may be removed.
fn removable(key: &str) -> Result<(), String> {
    if !key.starts_with("metadata.") && !key.starts_with("cell.") {
        return Err(format!("expected metadata.KEY or cell.metadata.KEY, got {key:?}"));
    }
    let below = |kept: &str| kept.ends_with(".tags") || kept.ends_with(".course");
    let is_kept = ALWAYS_KEPT.iter().any(|kept| {
        let rest = key.strip_prefix(kept);
        rest == Some("") || below(kept) && rest.is_some_and(|rest| rest.starts_with('.'))
    });
    if is_kept {
        return Err(format!("{key} is always kept"));
    }
    Ok(())
}

/// A switch as git writes one.
fn truth(value: &str) -> Result<bool, String> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "set" | "yes" | "on" | "1" | "" => Ok(true),
        "false" | "unset" | "no" | "off" | "0" => Ok(false),
        _ => Err(format!("expected true or false, got {value:?}")),
    }
}

/// A number of characters, perhaps in thousands, millions or billions.
fn size(value: &str) -> Result<usize, String> {
    let (digits, factor) = match value.char_indices().last() {
        Some((at, 'k' | 'K')) => (&value[..at], 1_000),
        Some((at, 'm' | 'M')) => (&value[..at], 1_000_000),
        Some((at, 'g' | 'G')) => (&value[..at], 1_000_000_000),
        _ => (value, 1),
    };
    let number: Option<usize> = digits.parse().ok();
    number
        .and_then(|n| n.checked_mul(factor))
        .ok_or_else(|| format!("expected a size such as 500, 10k or 2M, got {value:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_has_one_meaning_under_all_its_names() {
        for name in ["max-size", "maxsize", "maxSize"] {
            let mut options = Options::default();
            options.set(name, "10k").unwrap();
            assert_eq!(options.max_size, 10_000);
        }
        for name in NAMES {
            let value = if name == "max-size" { "1" } else { "" };
            assert_eq!(Options::default().set(name, value), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_the_course_needs_cannot_be_removed() {
        for key in [
            "cell.id",
            "cell.metadata.tags",
            "cell.metadata.course.exercise",
            "metadata.course",
        ] {
            let said = Options::default().set("extra-keys", key).unwrap_err();
            assert_eq!(said, format!("{key} is always kept"));
        }
        let mut options = Options::default();
        options
            .set("extra-keys", "cell.metadata.courses,metadata.foo")
            .unwrap();
        assert!(options.keys("cell").contains(&"metadata.courses"));
        assert!(options.keys("metadata").contains(&"foo"));
    }
}
