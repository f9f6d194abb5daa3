//! Files that gensim wrote are read, and gensim and safetensors read what is written:
//! `tests/oracles/vectors.py`.

use std::fs;
use std::path::{Path, PathBuf};

use course::corpus::Vocabulary;
use course::embeddings::{Embeddings, Format};
use ndarray::array;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/vectors")
}

/// The vectors of the script.
#[allow(
    clippy::excessive_precision,
    reason = "these are NumPy's numbers before they are rounded to f32"
)]
fn expected() -> Embeddings {
    let words = ["the", "Whale", "naïve", "鯨", "don't", "1.5"]
        .map(String::from)
        .to_vec();
    let matrix = array![
        [0.1, -2.0, 1.0 / 3.0],
        [3.4028235e38, -1.1754944e-38, 1e-45],
        [-0.0, 16777216.0, 123456.79],
        [
            std::f32::consts::PI,
            -std::f32::consts::E,
            std::f32::consts::SQRT_2
        ],
        [1e-10, 1e10, -1e-3],
        [5.0, 0.5, 0.25],
    ];
    Embeddings::new(Vocabulary::from_words(words).expect("once each"), matrix).expect("finite")
}

#[test]
fn what_gensim_writes_is_read() {
    for (name, format) in [
        ("gensim.vec", Format::Word2vec),
        ("gensim.bin", Format::Word2vecBinary),
    ] {
        let path = fixtures().join(name);
        for read in [Embeddings::read(&path), Embeddings::read_as(&path, format)] {
            let read = read.expect("gensim's file");
            assert_eq!(read, expected(), "{name}");
            // −0 equals 0.
            assert!(read.matrix()[[2, 0]].is_sign_negative());
        }
    }
}

/// `vectors.py read` has read exactly these files. With `BLESS` in the environment they are written anew;
/// then run the script.
#[test]
fn what_is_written_is_what_others_have_read() {
    let written = std::env::temp_dir().join(format!("course-vectors-{}", std::process::id()));
    fs::create_dir_all(&written).expect("a temporary folder");
    for ending in ["vec", "bin", "txt", "safetensors"] {
        let name = format!("course.{ending}");
        if std::env::var_os("BLESS").is_some() {
            expected().write(fixtures().join(&name)).expect("written");
        }
        expected().write(written.join(&name)).expect("written");
        let (ours, fixture) = (fs::read(written.join(&name)), fs::read(fixtures().join(&name)));
        assert_eq!(ours.expect("written"), fixture.expect("the fixture"), "{name}");
        assert_eq!(
            Embeddings::read(written.join(&name)).expect("what was written"),
            expected(),
            "{name}"
        );
    }
    fs::remove_dir_all(written).expect("removed");
}
