//! GGUF: llama.cpp's file format for quantised models. candle reads it; here each tensor is turned back into
//! `f32`.

use std::io::Cursor;
use std::path::Path;

use candle_core::Device;
use candle_core::quantized::gguf_file::Content;

use super::{Tensors, broken};
use crate::{Error, Result};

/// The field with the alignment: tensors begin at multiples of it, and candle divides by it.
const ALIGNMENT: &[u8] = b"general.alignment";

pub(super) fn read(path: &Path) -> Result<Tensors> {
    let bytes = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
    if let Some(at) = bytes.windows(ALIGNMENT.len()).position(|w| w == ALIGNMENT) {
        // Four bytes of type come before the number, which has one to four bytes.
        let value = bytes.get(at + ALIGNMENT.len() + 4).copied().unwrap_or(0);
        if value == 0 {
            return Err(broken(
                path,
                "expected an alignment of 1 to 255 bytes, got another",
            ));
        }
    }
    let mut source = Cursor::new(&bytes);
    let content = Content::read(&mut source).map_err(|e| broken(path, e))?;
    let mut all = Vec::with_capacity(content.tensor_infos.len());
    for (name, info) in &content.tensor_infos {
        let wrong = |e: String| broken(path, format!("{name}: {e}"));
        let numbers = info
            .shape
            .dims()
            .iter()
            .try_fold(1_usize, |n, &d| n.checked_mul(d));
        // No format packs more than 32 numbers into a byte.
        if numbers.is_none_or(|n| n / 32 > bytes.len()) {
            let (shape, size) = (&info.shape, bytes.len());
            return Err(wrong(format!(
                "expected {shape:?} numbers, got a file of {size} bytes"
            )));
        }
        let tensor = content.tensor(&mut source, name, &Device::Cpu);
        let tensor = tensor.and_then(|quantised| quantised.dequantize(&Device::Cpu));
        all.push((name.clone(), tensor.map_err(|e| wrong(e.to_string()))?));
    }
    Ok(all.into_iter().collect())
}
