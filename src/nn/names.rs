//! A table of names: how the tensors in someone else's file are called here.
//!
//! A rule is a pair of patterns, theirs and ours. In a pattern, `*` matches any text of at least one
//! character. What it matched in their name replaces the `*` in ours. The first rule that matches a name
//! decides; a name that no rule matches stays as it is.
//!
//! ```
//! use course::nn::Names;
//! let gpt2 = Names::same()
//!     .without("*.attn.bias")                                  // a mask, not a parameter
//!     .transposed("*.c_fc.weight", "transformer.*.up.weight")  // GPT-2 keeps (inputs, outputs)
//!     .rename("*", "transformer.*");
//! assert_eq!(gpt2.ours("h.3.c_fc.weight").as_deref(), Some("transformer.h.3.up.weight"));
//! assert_eq!(gpt2.ours("h.3.attn.bias"), None);
//! assert_eq!(gpt2.ours("ln_f.bias").as_deref(), Some("transformer.ln_f.bias"));
//! ```
//!
//! Loading is strict: each parameter must get a tensor of its own shape, and each tensor must have a
//! parameter. Otherwise nothing is loaded, and the error names those that do not fit.
//! [`without`](Names::without) leaves out tensors that a model does not use, and [`partial`](Names::partial)
//! lets parameters keep their numbers if the file does not have them.

use std::collections::BTreeMap;
use std::path::Path;

use candle_core::Tensor;

use super::{Parameters, Tensors};
use crate::error::Location;
use crate::plot::Table;
use crate::{Error, Result};

/// Rules that turn the names of a file into a model's own; the head of the file explains them.
#[derive(Clone, Default, PartialEq)]
pub struct Names {
    rules: Vec<Rule>,
    partial: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    theirs: String,
    /// None leaves the tensor out.
    ours: Option<String>,
    transposed: bool,
}

impl Names {
    /// Every name stays as it is.
    pub fn same() -> Self {
        Self::default()
    }

    /// Names like `theirs` become `ours`.
    pub fn rename(self, theirs: &str, ours: &str) -> Self {
        self.with(theirs, Some(ours), false)
    }

    /// Names like `theirs` become `ours`, and the tensors, which have two dimensions, are transposed.
    pub fn transposed(self, theirs: &str, ours: &str) -> Self {
        self.with(theirs, Some(ours), true)
    }

    /// Names like `theirs` are left out.
    pub fn without(self, theirs: &str) -> Self {
        self.with(theirs, None, false)
    }

    /// Parameters that the file does not have keep their numbers.
    pub fn partial(self) -> Self {
        Self {
            partial: true,
            ..self
        }
    }

    fn with(mut self, theirs: &str, ours: Option<&str>, transposed: bool) -> Self {
        self.rules.push(Rule {
            theirs: theirs.to_owned(),
            ours: ours.map(str::to_owned),
            transposed,
        });
        self
    }

    /// What a tensor called `theirs` is called here. None if it is left out.
    pub fn ours(&self, theirs: &str) -> Option<String> {
        self.find(theirs).map(|(name, _)| name)
    }

    /// Our name, and whether the tensor is to be transposed.
    fn find(&self, theirs: &str) -> Option<(String, bool)> {
        for rule in &self.rules {
            if let Some(parts) = fit(&rule.theirs, theirs) {
                let ours = rule.ours.as_ref()?;
                return Some((fill(ours, &parts), rule.transposed));
            }
        }
        Some((theirs.to_owned(), false))
    }

    fn table(&self) -> Table {
        let rows = self.rules.iter().map(|rule| {
            let ours = rule.ours.as_deref().unwrap_or("(left out)");
            (
                &*rule.theirs,
                ours,
                if rule.transposed { "transposed" } else { "" },
            )
        });
        let table = rows.fold(Table::new(["theirs", "ours", ""]), Table::row);
        table.note(match self.partial {
            true => "Other names stay as they are; parameters without a tensor keep their numbers.",
            false => "Other names stay as they are.",
        })
    }
}

crate::show::shown_as_table!(Names);

/// What each `*` of the pattern matches in `name`, the first ones as little as possible; None if the pattern
/// does not match.
fn fit<'a>(pattern: &str, name: &'a str) -> Option<Vec<&'a str>> {
    let Some((before, after)) = pattern.split_once('*') else {
        return (pattern == name).then(Vec::new);
    };
    let rest = name.strip_prefix(before)?;
    let ends = rest.char_indices().map(|(i, c)| i + c.len_utf8());
    for end in ends {
        if let Some(mut parts) = fit(after, &rest[end..]) {
            parts.insert(0, &rest[..end]);
            return Some(parts);
        }
    }
    None
}

/// `pattern` with each `*` filled in; if there are too few parts, a `*` stays.
fn fill(pattern: &str, parts: &[&str]) -> String {
    let mut parts = parts.iter();
    pattern
        .split('*')
        .enumerate()
        .fold(String::new(), |mut out, (i, piece)| {
            if i > 0 {
                out.push_str(parts.next().copied().unwrap_or("*"));
            }
            out.push_str(piece);
            out
        })
}

impl Parameters {
    /// Sets the parameters to the numbers of a file: safetensors, npz or GGUF. Whatever type the file has,
    /// the numbers are converted to that of the parameters.
    ///
    /// # Errors
    /// The file cannot be read; or the names and shapes of its tensors are not those of the parameters. Then
    /// nothing has changed.
    pub fn load(&self, path: impl AsRef<Path>, names: &Names) -> Result<()> {
        let path = path.as_ref();
        self.assign(&Tensors::read(path)?, names)
            .map_err(|problem| Error::format(path.display(), Location::Whole, problem))?
    }

    /// Sets the parameters to the numbers of tensors that are in memory.
    ///
    /// # Errors
    /// The names and shapes of the tensors are not those of the parameters. Then nothing has changed.
    pub fn take_over(&self, tensors: &Tensors, names: &Names) -> Result<()> {
        self.assign(tensors, names)
            .map_err(|problem| Error::format("tensors for a model", Location::Whole, problem))?
    }

    /// All or nothing: the outer error says what does not fit.
    fn assign(&self, tensors: &Tensors, names: &Names) -> Result<Result<()>, String> {
        let mut found: BTreeMap<String, (&str, Tensor)> = BTreeMap::new();
        let (mut surplus, mut misshapen) = (Vec::new(), Vec::new());
        for (theirs, tensor) in tensors.iter() {
            let Some((name, transposed)) = names.find(theirs) else {
                continue;
            };
            let Ok(variable) = self.get(&name) else {
                surplus.push(called(theirs, &name));
                continue;
            };
            let tensor = match transposed && tensor.rank() == 2 {
                true => tensor.t().map_err(|e| e.to_string())?,
                false => tensor.clone(),
            };
            if tensor.shape() != variable.shape() {
                misshapen.push(format!(
                    "{} expected {:?}, got {:?}",
                    called(theirs, &name),
                    variable.dims(),
                    tensor.dims()
                ));
            } else if let Some((other, _)) = found.insert(name.clone(), (theirs, tensor)) {
                surplus.push(format!("{} beside {other}", called(theirs, &name)));
            }
        }
        let is_missing = |name: &&str| !found.contains_key(*name) && !names.partial && misshapen.is_empty();
        let missing: Vec<String> = self.names().filter(is_missing).map(str::to_owned).collect();
        let problems = [
            list("no tensor for", &missing),
            list("no parameter for", &surplus),
            list("of another shape:", &misshapen),
        ];
        let problems: Vec<String> = problems.into_iter().flatten().collect();
        if !problems.is_empty() {
            return Err(problems.join("; "));
        }
        Ok(found
            .iter()
            .try_for_each(|(name, (_, tensor))| self.set(name, tensor)))
    }
}

fn called(theirs: &str, ours: &str) -> String {
    match theirs == ours {
        true => ours.to_owned(),
        false => format!("{ours} (there {theirs})"),
    }
}

/// This many names of each kind are listed; the others are counted.
const TOLD: usize = 8;

fn list(what: &str, names: &[String]) -> Option<String> {
    let (first, more) = (names.first()?, names.len().saturating_sub(TOLD));
    let told = names.iter().take(TOLD).skip(1);
    let mut text = told.fold(format!("{what} {first}"), |text, name| text + ", " + name);
    if more > 0 {
        text.push_str(&format!(" and {more} more"));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use candle_core::{DType, Device};

    use super::*;
    use crate::nn::Init;
    use crate::rng::seeded;

    fn model() -> Parameters {
        let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
        let rng = &mut seeded(1);
        for name in ["h.0.up", "h.1.up"] {
            let mut scope = parameters.scope(name);
            scope.parameter("weight", (2, 3), Init::Zeros, rng).unwrap();
        }
        parameters
    }

    fn file(names: &[(&str, [usize; 2])]) -> Tensors {
        let tensor = |&(name, shape): &(&str, [usize; 2])| {
            let n = shape.iter().product::<usize>() as u32;
            let tensor = Tensor::arange(0, n, &Device::Cpu)
                .unwrap()
                .reshape(&shape)
                .unwrap();
            (name.to_owned(), tensor.to_dtype(DType::F64).unwrap())
        };
        names.iter().map(tensor).collect()
    }

    #[test]
    fn a_star_stands_for_what_the_name_has_there() {
        assert_eq!(
            fit("h.*.*.weight", "h.10.mlp.up.weight"),
            Some(vec!["10", "mlp.up"])
        );
        assert_eq!(fit("*.weight", ".weight"), None);
        assert_eq!(fit("*", "é"), Some(vec!["é"]));
        assert_eq!(fit("a*a", "aaa"), Some(vec!["a"]));
        assert_eq!(fill("x.*.y.*", &["1", "2"]), "x.1.y.2");
    }

    #[test]
    fn tensors_come_in_by_their_names() {
        let model = model();
        let theirs = file(&[
            ("layer.0.c_fc", [3, 2]),
            ("layer.1.c_fc", [3, 2]),
            ("layer.1.mask", [1, 1]),
        ]);
        let names = Names::same()
            .without("*.mask")
            .transposed("layer.*.c_fc", "h.*.up.weight");
        model.take_over(&theirs, &names).unwrap();
        let got = model.get("h.1.up.weight").unwrap().to_vec2::<f32>().unwrap();
        assert_eq!(got, [[0.0, 2.0, 4.0], [1.0, 3.0, 5.0]]);
    }

    #[test]
    fn what_does_not_fit_is_named_and_nothing_is_loaded() {
        let model = model();
        let problem = |tensors: &[(&str, [usize; 2])], names: Names| {
            let e = model.take_over(&file(tensors), &names).unwrap_err().to_string();
            e.strip_prefix("tensors for a model: ").unwrap().to_owned()
        };
        assert_eq!(
            problem(
                &[("h.0.up.weight", [2, 3]), ("h.2.up.weight", [2, 3])],
                Names::same()
            ),
            "no tensor for h.1.up.weight; no parameter for h.2.up.weight"
        );
        let both = [("a.0", [2, 3]), ("a.1", [3, 2])];
        assert_eq!(
            problem(&both, Names::same().rename("a.*", "h.*.up.weight")),
            "of another shape: h.1.up.weight (there a.1) expected [2, 3], got [3, 2]"
        );
        assert_eq!(
            problem(
                &[("a", [2, 3]), ("h.0.up.weight", [2, 3])],
                Names::same().rename("a", "h.0.up.weight").partial()
            ),
            "no parameter for h.0.up.weight beside a"
        );
        let many: Vec<String> = (0..10).map(|i| format!("x.{i}")).collect();
        let many: Vec<(&str, [usize; 2])> = many.iter().map(|name| (name.as_str(), [1, 1])).collect();
        assert!(problem(&many, Names::same().partial()).ends_with("x.6, x.7 and 2 more"));
        let zeros = |name| model.get(name).unwrap().to_vec2::<f32>().unwrap() == [[0.0; 3]; 2];
        assert!(zeros("h.0.up.weight") && zeros("h.1.up.weight"));

        model
            .take_over(&file(&[("h.0.up.weight", [2, 3])]), &Names::same().partial())
            .unwrap();
        assert!(!zeros("h.0.up.weight") && zeros("h.1.up.weight"));
    }
}
