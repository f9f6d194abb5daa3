//! Where tensors are: on the CPU, unless another device is asked for by name.

use candle_core::Device;

use crate::{Error, Result};

/// The device called `cpu`, `cuda`, `cuda:1` (the second card) or `metal`. Each of the last three needs the
/// feature of the crate that has its name.
///
/// Everything that makes tensors takes a [`Device`]; this function makes one from a name that someone types.
/// On devices other than the CPU the fused operations use their plain form.
///
/// # Errors
/// There is no such device, or the program has been built without it.
///
/// ```
/// use course::nn::device;
/// assert!(device("cpu")?.is_cpu());
/// assert!(device("tpu").is_err());
/// # Ok::<(), course::Error>(())
/// ```
pub fn device(name: &str) -> Result<Device> {
    let (kind, number) = name.split_once(':').unwrap_or((name, "0"));
    let made = match (kind, number.parse()) {
        ("cpu", Ok(0)) => return Ok(Device::Cpu),
        ("cuda", Ok(number)) => Device::new_cuda(number),
        ("metal", Ok(number)) => Device::new_metal(number),
        _ => {
            let known = ["cpu", "cuda", "metal"].map(str::to_owned);
            return Err(Error::unknown("device", name, known.to_vec()));
        }
    };
    made.map_err(|e| {
        let remedy = format!("build with `--features {kind}` on a machine that has one ({e})");
        Error::missing(format!("the device {name}"), remedy)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_name() {
        assert!(device("cpu").unwrap().is_cpu());
        for name in ["", "cpu:1", "cuda:x", "gpu"] {
            let e = device(name).unwrap_err().to_string();
            assert!(
                e.starts_with(&format!("no device {name:?}; did you mean \"cpu\"")),
                "{e}"
            );
        }
    }

    #[cfg(not(feature = "cuda"))]
    #[test]
    fn what_was_not_built_in_is_said() {
        let e = device("cuda").unwrap_err().to_string();
        assert!(
            e.starts_with("the device cuda is not here: build with `--features cuda`"),
            "{e}"
        );
    }
}
