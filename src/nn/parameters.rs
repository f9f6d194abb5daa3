//! Parameters with names: the numbers that a model learns, in one place that an optimiser, a file and a
//! reader can go through.
//!
//! A model asks for each of its parameters once, by name and shape, and keeps the variable that it gets.
//! Everything else is done by name, without knowledge of the model: moving parameters, freezing some,
//! counting, saving, and loading what others have trained. Names are parts joined by dots, as in the files of
//! the ecosystem: `h.0.attn.c_proj.weight`.
//!
//! ```
//! use course::nn::{DType, Device, Init, Parameters};
//! use course::rng::seeded;
//!
//! let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
//! let mut layer = parameters.scope("h.0");
//! let weight = layer.parameter("weight", (4, 3), Init::FanIn, &mut seeded(1))?;
//! let bias = layer.parameter("bias", 4, Init::Zeros, &mut seeded(1))?;
//! assert_eq!(weight.dims(), [4, 3]);
//! assert_eq!(parameters.names().collect::<Vec<_>>(), ["h.0.bias", "h.0.weight"]);
//! assert_eq!(parameters.count(), 16);
//!
//! parameters.freeze("h.0.weight")?;
//! assert_eq!(parameters.trainable().map(|(name, _)| name).collect::<Vec<_>>(), ["h.0.bias"]);
//! # drop(bias);
//! # Ok::<(), course::Error>(())
//! ```
//!
//! Cost: a lookup is O(log n); the parameters themselves are stored once, and a clone shares them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use candle_core::{DType, Device, Shape, Tensor, Var};

use super::Init;
use crate::plot::{Column, Table};
use crate::rng::Rng;
use crate::{Error, Result};

/// Named variables of one type on one device, in the alphabetical order of their names.
///
/// A clone shares the variables: what moves one moves the other. But each has its own list of what is frozen.
#[derive(Clone)]
pub struct Parameters {
    dtype: DType,
    device: Device,
    all: BTreeMap<String, Parameter>,
}

#[derive(Clone)]
struct Parameter {
    variable: Var,
    frozen: bool,
}

impl Parameters {
    /// No parameters yet. Those to come will be of type `dtype` (`F32`; `F64` for checking gradients) on
    /// `device`.
    pub fn new(dtype: DType, device: &Device) -> Self {
        Self {
            dtype,
            device: device.clone(),
            all: BTreeMap::new(),
        }
    }

    /// The type of all numbers.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// Where all numbers are.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// The scope for new parameters whose names begin with `name` and a dot; if `name` is empty, for all
    /// names.
    pub fn scope(&mut self, name: &str) -> Scope<'_> {
        Scope {
            prefix: name.to_owned(),
            parameters: self,
        }
    }

    /// All parameters with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Var)> {
        self.all.iter().map(|(name, p)| (name.as_str(), &p.variable))
    }

    /// The names alone.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// The parameters that an optimiser moves: all that are not frozen.
    pub fn trainable(&self) -> impl Iterator<Item = (&str, &Var)> {
        let moving = self.all.iter().filter(|(_, p)| !p.frozen);
        moving.map(|(name, p)| (name.as_str(), &p.variable))
    }

    /// Whether an optimiser leaves this parameter as it is. An unknown name is not frozen.
    pub fn is_frozen(&self, name: &str) -> bool {
        self.all.get(name).is_some_and(|p| p.frozen)
    }

    /// Keeps an optimiser from moving the parameter `prefix`, or those whose names begin with `prefix` and a
    /// dot; `""` means all. Returns how many parameters that is. A loss still has a gradient for them.
    ///
    /// # Errors
    /// No name begins like that.
    pub fn freeze(&mut self, prefix: &str) -> Result<usize> {
        self.set_frozen(prefix, true)
    }

    /// Lets an optimiser move them again: the reverse of [`freeze`](Self::freeze).
    ///
    /// # Errors
    /// No name begins like that.
    pub fn unfreeze(&mut self, prefix: &str) -> Result<usize> {
        self.set_frozen(prefix, false)
    }

    fn set_frozen(&mut self, prefix: &str, frozen: bool) -> Result<usize> {
        let mut found = 0;
        for (name, parameter) in &mut self.all {
            if is_within(name, prefix) {
                parameter.frozen = frozen;
                found += 1;
            }
        }
        match found {
            0 => Err(self.unknown(prefix)),
            _ => Ok(found),
        }
    }

    /// How many numbers there are in all parameters.
    pub fn count(&self) -> usize {
        self.iter().map(|(_, variable)| variable.elem_count()).sum()
    }

    /// How many numbers an optimiser moves.
    pub fn count_trainable(&self) -> usize {
        self.trainable().map(|(_, variable)| variable.elem_count()).sum()
    }

    /// How many parameters there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The variable of this name.
    ///
    /// # Errors
    /// There is none.
    pub fn get(&self, name: &str) -> Result<&Var> {
        let found = self.all.get(name).map(|p| &p.variable);
        found.ok_or_else(|| self.unknown(name))
    }

    /// Gives a parameter new numbers, converted to the common type and device. Whoever holds the variable
    /// sees them.
    ///
    /// # Errors
    /// There is no such name; the tensor has another shape.
    pub fn set(&self, name: &str, tensor: &Tensor) -> Result<()> {
        let variable = self.get(name)?;
        if tensor.shape() != variable.shape() {
            return Err(Error::shape(
                name,
                format!("{:?}", variable.dims()),
                format!("{:?}", tensor.dims()),
            ));
        }
        let tensor = tensor.to_device(&self.device)?.to_dtype(self.dtype)?;
        // A variable cannot be set to a tensor that shares its memory.
        Ok(variable.set(&tensor.detach().copy()?)?)
    }

    fn add(&mut self, name: String, shape: Shape, init: Init, rng: &mut Rng) -> Result<Var> {
        match self.all.entry(name) {
            Entry::Occupied(there) => Err(Error::value(
                "a new parameter",
                "a name that is not taken",
                format!("{:?}", there.key()),
            )),
            Entry::Vacant(entry) => {
                let start = init.draw(shape.dims(), self.dtype, &self.device, rng)?;
                let variable = Var::from_tensor(&start)?;
                entry.insert(Parameter {
                    variable: variable.clone(),
                    frozen: false,
                });
                Ok(variable)
            }
        }
    }

    fn unknown(&self, name: &str) -> Error {
        // Names with the same end or the same beginning are most likely what was meant.
        let last = name.rsplit('.').next().unwrap_or(name);
        let first = name.split('.').next().unwrap_or(name);
        let alike = self.names().filter(|n| n.rsplit('.').next() == Some(last));
        let near = alike.chain(self.names().filter(|n| n.split('.').next() == Some(first)));
        let mut near: Vec<String> = near.take(3).map(str::to_owned).collect();
        near.dedup();
        Error::unknown("parameter", name, near)
    }

    fn table(&self) -> Table {
        let columns = [
            Column::new("parameter"),
            Column::new("shape"),
            Column::new("numbers").grouped(),
            Column::new(""),
        ];
        let rows = self.all.iter().map(|(name, p)| {
            let shape = format!("{:?}", p.variable.dims());
            let frozen = if p.frozen { "frozen" } else { "" };
            (name.as_str(), shape, p.variable.elem_count(), frozen)
        });
        let table = rows.fold(Table::new(columns), Table::row);
        let (n, moving) = (self.count(), self.count_trainable());
        let whole = |n| crate::plot::number::Format::Grouped.write_whole(n as i128);
        let mut note = format!("{} numbers of type {}", whole(n), self.dtype.as_str());
        if moving < n {
            note.push_str(&format!(", {} of them not frozen", whole(moving)));
        }
        table.note(note)
    }
}

crate::show::shown_as_table!(Parameters);

/// Whether `name` is `prefix` or one of the names below it: `h.1` holds `h.1.bias` and not `h.10.bias`.
fn is_within(name: &str, prefix: &str) -> bool {
    let rest = name.strip_prefix(prefix);
    prefix.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Where a part of a model makes its parameters: the name that the model gives it goes before its own names.
pub struct Scope<'a> {
    prefix: String,
    parameters: &'a mut Parameters,
}

impl Scope<'_> {
    /// The scope for the parameters of a part of this part.
    pub fn scope(&mut self, name: &str) -> Scope<'_> {
        Scope {
            prefix: self.full(name),
            parameters: self.parameters,
        }
    }

    /// A new parameter of this name and shape, drawn as `init` says.
    ///
    /// # Errors
    /// The name is taken; [`Init::draw`] cannot draw it.
    pub fn parameter(
        &mut self,
        name: &str,
        shape: impl Into<Shape>,
        init: Init,
        rng: &mut Rng,
    ) -> Result<Var> {
        let name = self.full(name);
        self.parameters.add(name, shape.into(), init, rng)
    }

    /// The type of all numbers.
    pub fn dtype(&self) -> DType {
        self.parameters.dtype
    }

    /// Where all numbers are.
    pub fn device(&self) -> &Device {
        &self.parameters.device
    }

    fn full(&self, name: &str) -> String {
        match (self.prefix.as_str(), name) {
            ("", name) => name.to_owned(),
            (prefix, "") => prefix.to_owned(),
            (prefix, name) => format!("{prefix}.{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    fn three() -> Parameters {
        let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
        let rng = &mut seeded(1);
        for name in ["h.1", "h.10", ""] {
            let mut scope = parameters.scope(name);
            let mut inner = scope.scope("norm");
            inner.parameter("weight", (2, 3), Init::FanIn, rng).unwrap();
        }
        parameters
    }

    #[test]
    fn names_are_in_order_and_each_is_there_once() {
        let mut parameters = three();
        let names: Vec<&str> = parameters.names().collect();
        assert_eq!(names, ["h.1.norm.weight", "h.10.norm.weight", "norm.weight"]);
        assert_eq!((parameters.len(), parameters.count()), (3, 18));
        let e = parameters
            .scope("norm")
            .parameter("weight", 1, Init::Ones, &mut seeded(1));
        assert_eq!(
            e.unwrap_err().to_string(),
            "a new parameter: expected a name that is not taken, got \"norm.weight\""
        );
        assert_eq!(
            parameters.get("h.2.norm.weight").unwrap_err().to_string(),
            "no parameter \"h.2.norm.weight\"; did you mean \"h.1.norm.weight\", \"h.10.norm.weight\", \"norm.weight\"?"
        );
    }

    #[test]
    fn freezing_goes_by_whole_parts_of_a_name() {
        let mut parameters = three();
        assert_eq!(parameters.freeze("h.1").unwrap(), 1);
        assert!(parameters.is_frozen("h.1.norm.weight") && !parameters.is_frozen("h.10.norm.weight"));
        assert_eq!(parameters.count_trainable(), 12);
        assert_eq!(parameters.freeze("").unwrap(), 3);
        assert_eq!(parameters.trainable().count(), 0);
        assert_eq!(parameters.unfreeze("norm.weight").unwrap(), 1);
        assert_eq!(parameters.count_trainable(), 6);
        assert!(parameters.freeze("h.1.nor").is_err());
    }

    #[test]
    fn a_clone_shares_the_numbers_and_a_shape_must_fit() {
        let parameters = three();
        let held = parameters.get("norm.weight").unwrap().clone();
        let other = parameters.clone();
        let ones = Tensor::ones((2, 3), DType::F64, &Device::Cpu).unwrap();
        other.set("norm.weight", &ones).unwrap();
        assert_eq!(held.to_vec2::<f32>().unwrap(), [[1.0; 3]; 2]);
        // Also set it to what it is already, and to a part of itself.
        other.set("norm.weight", &held).unwrap();
        assert_eq!(
            other
                .set("norm.weight", &held.t().unwrap())
                .unwrap_err()
                .to_string(),
            "norm.weight: expected [2, 3], got [3, 2]"
        );
    }

    #[test]
    fn it_shows_what_it_holds() {
        let mut parameters = three();
        parameters.freeze("norm").unwrap();
        assert_eq!(
            parameters.to_string(),
            "\
parameter         shape   numbers
────────────────  ──────  ───────  ──────
h.1.norm.weight   [2, 3]        6
h.10.norm.weight  [2, 3]        6
norm.weight       [2, 3]        6  frozen
18 numbers of type f32, 12 of them not frozen
"
        );
    }
}
