//! npz: a ZIP archive with one NumPy array, `name.npy`, for each name. candle reads it. candle would believe
//! a broken header, so the header is checked first.

use std::path::Path;

use candle_core::npy::NpzTensors;

use super::{Tensors, broken};
use crate::{Error, Result};

/// The largest number of bytes that one byte of a ZIP archive can unpack to.
const MOST_PACKED: u64 = 1032;

pub(super) fn read(path: &Path) -> Result<Tensors> {
    let size = std::fs::metadata(path)
        .map_err(|e| Error::io("read", path, e))?
        .len();
    let file = NpzTensors::new(path).map_err(|e| broken(path, e))?;
    let mut all = Vec::new();
    for name in file.names() {
        let wrong = |e: String| broken(path, format!("{name}: {e}"));
        let (shape, dtype) = file.get_shape_and_dtype(name).map_err(|e| wrong(e.to_string()))?;
        let bytes =
            (shape.dims().iter()).try_fold(dtype.size_in_bytes() as u64, |n, &d| n.checked_mul(d as u64));
        if bytes.is_none_or(|bytes| bytes / MOST_PACKED > size) {
            return Err(wrong(format!(
                "expected {shape:?} numbers, got a file of {size} bytes"
            )));
        }
        let tensor = file.get(name).map_err(|e| wrong(e.to_string()))?;
        all.push((
            name.clone(),
            tensor.ok_or_else(|| wrong("no such array".to_owned()))?,
        ));
    }
    Ok(all.into_iter().collect())
}
