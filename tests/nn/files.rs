//! Files of NumPy and of llama.cpp's library, made by tests/oracles/npz_and_gguf.py, and what happens when
//! they are damaged.

use std::path::{Path, PathBuf};

use course::nn::{DType, Tensors};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/nn")
        .join(name)
}

fn numbers(tensors: &Tensors, name: &str) -> Vec<f64> {
    let tensor = tensors.get(name).expect(name).to_dtype(DType::F64);
    tensor
        .and_then(|tensor| tensor.flatten_all()?.to_vec1())
        .expect(name)
}

#[test]
fn an_npz_archive_keeps_its_types() {
    let tensors = Tensors::read(fixture("numpy.npz")).expect("NumPy's file");
    for (name, dtype, shape, expected) in [
        ("bytes", DType::U8, &[1, 3][..], &[0.0, 1.0, 255.0][..]),
        ("truth", DType::U8, &[2], &[1.0, 0.0]),
        ("half", DType::F16, &[2], &[0.5, -65504.0]),
        ("single", DType::F32, &[2, 1], &[1.5, -2.25]),
        ("double", DType::F64, &[], &[0.1]),
        ("whole", DType::I64, &[2], &[-1.0, 1_099_511_627_776.0]),
        ("nothing", DType::F32, &[0, 3], &[]),
    ] {
        let tensor = tensors.get(name).expect(name);
        assert_eq!((tensor.dtype(), tensor.dims()), (dtype, shape), "{name}");
        assert_eq!(numbers(&tensors, name), expected, "{name}");
    }
    assert_eq!(tensors.len(), 7);
    for (name, problem) in [("columns.npz", "fortran order"), ("big.npz", "little-endian")] {
        let e = Tensors::read(fixture(name))
            .map(|_| ())
            .expect_err(name)
            .to_string();
        assert!(e.contains(name) && e.contains(problem), "{e}");
    }
}

/// The numbers in the quantised rows are those that gguf prints. Its shapes are read as rows and columns.
#[test]
fn a_gguf_file_is_dequantised() {
    let tensors = Tensors::read(fixture("tiny.gguf")).expect("gguf's file");
    assert_eq!(numbers(&tensors, "plain"), [8.0, -8.0, 4.0, 0.0, 0.125, 0.25]);
    assert_eq!(numbers(&tensors, "half"), [8.0, -8.0, 4.0, 0.0, 0.125, 0.25]);
    for (name, _) in tensors.iter() {
        let rows = tensors.get(name).expect(name);
        assert_eq!((rows.dtype(), rows.dims()[0]), (DType::F32, 2), "{name}");
    }
    let q4 = numbers(&tensors, "Q4_0");
    assert_eq!(q4[..8], [8.0, -7.0, 4.0, 3.0, -4.0, 0.0, -1.0, 0.0]);
    let second: Vec<f64> = (0..32).map(|i| f64::from((i + 2) / 4) * 0.484_375).collect();
    assert_eq!(q4[32..], second);
    let q8 = numbers(&tensors, "Q8_0");
    assert_eq!(
        q8[..4],
        [7.999_511_718_75, -7.999_511_718_75, 4.031_25, 3.527_343_75]
    );
    assert_eq!(q8[63], 3.875_732_421_875);
}

/// A file that is cut anywhere is an error. With one byte changed it is an error or another set of tensors.
/// It never causes a panic.
#[test]
fn damage_is_no_panic() {
    let folder = std::env::temp_dir().join(format!("course-nn-damaged-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    // A new file each time, because the system takes ten times as long to overwrite one.
    let read = |bytes: &[u8], n: usize| {
        let path = folder.join(n.to_string());
        std::fs::write(&path, bytes).expect("written");
        let tensors = Tensors::read(&path);
        std::fs::remove_file(path).expect("removed");
        tensors
    };
    for name in ["numpy.npz", "tiny.gguf"] {
        let whole = std::fs::read(fixture(name)).expect(name);
        for n in 0..whole.len() {
            let is_padding = name == "tiny.gguf" && whole[n..].iter().all(|&byte| byte == 0);
            assert!(is_padding || read(&whole[..n], n).is_err(), "{name}, {n} bytes");
            for other in [0, 0xFF, whole[n] ^ 0x80] {
                let mut changed = whole.clone();
                changed[n] = other;
                let _ = read(&changed, n);
            }
        }
    }
    std::fs::remove_dir_all(folder).expect("removed");
}
