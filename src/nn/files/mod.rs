//! Named tensors in files: safetensors to read and write, npz and GGUF to read.
//!
//! | format | how it begins | types |
//! |---|---|---|
//! | safetensors | the length of its header, then `{` | all that candle has |
//! | npz, NumPy's archive | `PK` | `f16` to `f64`, `u8`, `bool` as `u8`, `i16` to `i64`, `u32`; C order |
//! | GGUF, llama.cpp's | `GGUF` | all that candle can dequantise, which is then `f32` |
//!
//! Shapes from GGUF are those of the matrix as rows and columns, `(outputs, inputs)`: the file itself has
//! them in reverse.

mod gguf;
mod npz;
mod safe;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use candle_core::{DType, Tensor};

use super::Parameters;
use crate::error::Location;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// Tensors with names, in the alphabetical order of the names, on the CPU.
///
/// ```
/// use course::nn::{DType, Device, Tensor, Tensors};
/// let path = std::env::temp_dir().join("course-doc-tensors.safetensors");
/// let one = Tensor::ones((2, 3), DType::F16, &Device::Cpu)?;
/// let one: Tensors = [("one".to_owned(), one)].into_iter().collect();
/// one.write(&path)?;
/// let back = Tensors::read(&path)?;
/// assert_eq!(back.get("one")?.dims(), [2, 3]);
/// assert!(back.to_string().ends_with("one     [2, 3]  f16         6\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Tensors(BTreeMap<String, Tensor>);

impl Tensors {
    /// Reads a file of any of the formats; the first bytes tell which one it is.
    ///
    /// # Errors
    /// The file cannot be read, is none of the formats, is broken, or holds a type that cannot be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let mut start = Vec::new();
        let opened = File::open(path).and_then(|file| file.take(4).read_to_end(&mut start));
        opened.map_err(|e| Error::io("read", path, e))?;
        match start.as_slice() {
            b"GGUF" => gguf::read(path),
            [b'P', b'K', ..] => npz::read(path),
            _ => safe::read(path),
        }
    }

    /// Writes all tensors as safetensors, each in its own type. The same tensors give the same bytes.
    ///
    /// # Errors
    /// The file cannot be written; it is then unchanged.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<()> {
        safe::write(self.iter(), path.as_ref())
    }

    /// The tensor of this name.
    ///
    /// # Errors
    /// There is no such tensor.
    pub fn get(&self, name: &str) -> Result<&Tensor> {
        let found = self.0.get(name);
        found.ok_or_else(|| Error::unknown("tensor", name, self.0.keys().take(3).cloned().collect()))
    }

    /// All tensors with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Tensor)> {
        self.0.iter().map(|(name, tensor)| (name.as_str(), tensor))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn table(&self) -> Table {
        let columns = [
            Column::new("tensor"),
            Column::new("shape"),
            Column::new("type"),
            Column::new("numbers").grouped(),
        ];
        let rows = self.iter().map(|(name, tensor)| {
            let shape = format!("{:?}", tensor.dims());
            (name, shape, tensor.dtype().as_str(), tensor.elem_count())
        });
        rows.fold(Table::new(columns), Table::row)
    }
}

impl FromIterator<(String, Tensor)> for Tensors {
    fn from_iter<I: IntoIterator<Item = (String, Tensor)>>(tensors: I) -> Self {
        Self(tensors.into_iter().collect())
    }
}

crate::show::shown_as_table!(Tensors);

impl Parameters {
    /// Writes all parameters as safetensors, their numbers as `dtype`: `F32`, `F16`, `BF16`, or `F64`. Half
    /// the size is usually exact enough to use a model: `F16` has 11 bits and ends at 65,504, `BF16` has 8
    /// bits and the range of `F32`.
    ///
    /// # Errors
    /// `dtype` is another type; a number is finite but is not after rounding; or the file cannot be written,
    /// and is then unchanged.
    pub fn save(&self, path: impl AsRef<Path>, dtype: DType) -> Result<()> {
        if !matches!(dtype, DType::F32 | DType::F16 | DType::BF16 | DType::F64) {
            let expected = "f32, f16, bf16 or f64";
            return Err(Error::value(
                "the type of a saved model",
                expected,
                dtype.as_str(),
            ));
        }
        let mut tensors = Vec::with_capacity(self.len());
        for (name, variable) in self.iter() {
            let rounded = variable.to_dtype(dtype)?;
            if dtype == DType::F16 && largest(&rounded)?.is_infinite() && largest(variable)?.is_finite() {
                let expected = "numbers below 65,520, the largest that f16 has room for";
                return Err(Error::value(name, expected, largest(variable)?));
            }
            tensors.push((name, rounded));
        }
        safe::write(
            tensors.iter().map(|(name, tensor)| (*name, tensor)),
            path.as_ref(),
        )
    }
}

/// The largest magnitude; 0 if there are no numbers.
fn largest(tensor: &Tensor) -> Result<f64> {
    match tensor.elem_count() {
        0 => Ok(0.0),
        _ => Ok(tensor.to_dtype(DType::F64)?.abs()?.max_all()?.to_scalar()?),
    }
}

/// The error if `path` is not what its format says.
fn broken(path: &Path, problem: impl ToString) -> Error {
    Error::format(path.display(), Location::Whole, problem.to_string())
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;
    use crate::nn::{Init, Names};
    use crate::rng::seeded;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("course-nn-files-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn model(seed: u64) -> Parameters {
        let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
        let rng = &mut seeded(seed);
        let mut scope = parameters.scope("h");
        scope.parameter("weight", (5, 7), Init::Normal(1.0), rng).unwrap();
        scope.parameter("bias", 5, Init::Normal(1.0), rng).unwrap();
        scope.parameter("none", (0, 3), Init::Zeros, rng).unwrap();
        parameters
    }

    fn numbers(parameters: &Parameters) -> Vec<f32> {
        let all = parameters
            .iter()
            .map(|(_, p)| p.flatten_all().unwrap().to_vec1::<f32>().unwrap());
        all.flatten().collect()
    }

    /// Exact to the last bit in f32, and to half a unit in the last place in the others; the same model gives
    /// the same bytes.
    #[test]
    fn what_is_saved_is_loaded() {
        let folder = folder("saved");
        for (dtype, bits) in [
            (DType::F32, 24),
            (DType::F64, 53),
            (DType::F16, 11),
            (DType::BF16, 8),
        ] {
            let (path, again) = (folder.join("a.safetensors"), folder.join("b.safetensors"));
            let (a, b) = (model(1), model(2));
            a.save(&path, dtype).unwrap();
            a.save(&again, dtype).unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&again).unwrap());
            b.load(&path, &Names::same()).unwrap();
            for (x, y) in numbers(&a).into_iter().zip(numbers(&b)) {
                assert!(
                    (x - y).abs() <= x.abs() * 0.5_f32.powi(bits),
                    "{dtype:?}: {x} {y}"
                );
            }
            assert_eq!(numbers(&a) == numbers(&b), bits >= 24);
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_cannot_be_saved_leaves_the_file_as_it_was() {
        let folder = folder("refused");
        let path = folder.join("a.safetensors");
        let model = model(1);
        model.save(&path, DType::F32).unwrap();
        let before = std::fs::read(&path).unwrap();
        let large = Tensor::full(70_000_f32, 5, &Device::Cpu).unwrap();
        model.set("h.bias", &large).unwrap();
        let e = model.save(&path, DType::F16).unwrap_err().to_string();
        assert_eq!(
            e,
            "h.bias: expected numbers below 65,520, the largest that f16 has room for, got 70000"
        );
        assert!(model.save(&path, DType::U8).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// Whatever the damage to a file is, reading it is an error, never a panic, and never returns a part of
    /// the numbers.
    #[test]
    fn a_damaged_file_is_an_error() {
        let folder = folder("damaged");
        let path = folder.join("a");
        let model = model(1);
        model.save(&path, DType::F16).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for n in 0..whole.len() {
            std::fs::write(&path, &whole[..n]).unwrap();
            assert!(Tensors::read(&path).is_err(), "{n} bytes");
        }
        for header in ["GGUF", "PK\u{3}\u{4}", "{}", "\u{8}\0\0\0\0\0\0\0[1, 2, 3"] {
            std::fs::write(&path, header).unwrap();
            assert!(Tensors::read(&path).is_err(), "{header:?}");
        }
        let e = Tensors::read(folder.join("none"))
            .map(|_| ())
            .unwrap_err()
            .to_string();
        assert!(e.starts_with("cannot read ") && e.contains("none"), "{e}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
