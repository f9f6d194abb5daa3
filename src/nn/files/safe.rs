//! safetensors: a header in JSON with each tensor's name, type, shape and offsets, then the numbers.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use candle_core::safetensors::Load as _;
use candle_core::{Device, Tensor};
use safetensors::SafeTensors;

use super::{Tensors, broken};
use crate::{Error, Result};

pub(super) fn read(path: &Path) -> Result<Tensors> {
    let bytes = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
    let expected = |e: safetensors::SafeTensorError| {
        broken(path, format!("expected safetensors, npz or GGUF, whole: {e}"))
    };
    let file = SafeTensors::deserialize(&bytes).map_err(expected)?;
    let mut all = Vec::with_capacity(file.len());
    for (name, view) in file.iter() {
        let tensor = view.load(&Device::Cpu);
        all.push((
            name.to_owned(),
            tensor.map_err(|e| broken(path, format!("{name}: {e}")))?,
        ));
    }
    Ok(all.into_iter().collect())
}

pub(super) fn write<'a>(tensors: impl Iterator<Item = (&'a str, &'a Tensor)>, path: &Path) -> Result<()> {
    // candle's own conversion to bytes panics if it fails, so it gets only tensors with which it cannot fail.
    let ready = tensors.map(|(name, tensor)| Ok((name, tensor.to_device(&Device::Cpu)?.contiguous()?)));
    let ready = ready.collect::<Result<Vec<(&str, Tensor)>>>()?;
    // The entry that readers of the ecosystem require before they accept a file as a model.
    let note = HashMap::from([("format".to_owned(), "pt".to_owned())]);
    let bytes = safetensors::serialize(ready, Some(note)).map_err(|e| broken(path, e))?;
    crate::files::write_whole(path, |out| out.write_all(&bytes))
}
