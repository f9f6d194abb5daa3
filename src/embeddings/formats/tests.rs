use std::fs;
use std::path::PathBuf;

use ndarray::array;
use proptest::prelude::*;

use super::*;
use crate::files::write_whole;

const ALL: [(Format, &str); 4] = [
    (Format::Word2vec, "vec"),
    (Format::Word2vecBinary, "bin"),
    (Format::Glove, "txt"),
    (Format::Safetensors, "safetensors"),
];

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("course-formats-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn e(words: &[&str], matrix: Array2<f32>) -> Embeddings {
    let words = Vocabulary::from_words(words.iter().map(|w| (*w).to_owned()).collect()).unwrap();
    Embeddings::new(words, matrix).unwrap()
}

/// The error for a file of these bytes, without its path.
fn wrong(bytes: &[u8], format: Format) -> String {
    let source = Box::new(std::io::Cursor::new(bytes.to_vec()));
    let error = read_from(source, Path::new("f"), format).unwrap_err();
    assert_eq!(error.kind(), crate::error::ErrorKind::Format);
    error.to_string()
}

fn read_bytes(bytes: &[u8], format: Format) -> Embeddings {
    read_from(
        Box::new(std::io::Cursor::new(bytes.to_vec())),
        Path::new("f"),
        format,
    )
    .unwrap()
}

/// Any finite number, by its bits.
fn finite() -> impl Strategy<Value = f32> {
    any::<u32>()
        .prop_map(f32::from_bits)
        .prop_filter("finite", |x| x.is_finite())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every number comes back with all its bits, every word with all its characters.
    #[test]
    fn what_is_written_is_read(
        words in prop::collection::hash_set("[a-zäöü語\u{a0}.'-]{1,8}", 1..12),
        numbers in prop::collection::vec(finite(), 36),
    ) {
        let words: Vec<String> = words.into_iter().collect();
        let n = words.len();
        let matrix = Array2::from_shape_fn((n, 3), |(i, j)| numbers[3 * i + j]);
        let counts = (0..n as u64).map(|i| i * i + 1).collect();
        let written = Embeddings::new(Vocabulary::from_words_and_counts(words, counts).unwrap(), matrix).unwrap();
        let folder = folder("round");
        for (format, ending) in ALL {
            let path = folder.join(format!("e.{ending}"));
            written.write(&path).unwrap();
            let read = Embeddings::read_as(&path, format).unwrap();
            prop_assert_eq!(read.words(), written.words());
            let bits = |e: &Embeddings| e.numbers().iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&read), bits(&written));
            if format == Format::Safetensors {
                prop_assert_eq!(&read, &written);
            }
            let again = folder.join(format!("again.{ending}"));
            read.write(&again).unwrap();
            prop_assert_eq!(fs::read(&again).unwrap(), fs::read(&path).unwrap());
        }
    }

    /// Whatever the bytes are: an error or vectors, never a panic.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), n in 0..4_u8, d in 0..4_u8) {
        let with_header = [format!("{n} {d}\n").into_bytes(), bytes.clone()].concat();
        for bytes in [bytes, with_header] {
            for (format, _) in ALL {
                let _ = read_from(Box::new(std::io::Cursor::new(bytes.clone())), Path::new("f"), format);
            }
            let _ = Format::of(&bytes);
        }
    }
}

/// A file that is cut after any of its bytes is an error. Only GloVe's text, cut between two lines, does not
/// show it.
#[test]
fn a_file_cut_short_is_an_error() {
    let folder = folder("cut");
    let written = e(&["cat", "dog"], array![[1.5, 2.25, -3.0], [0.5, 0.25, 7.0]]);
    for (format, ending) in ALL {
        let path = folder.join(format!("e.{ending}"));
        written.write(&path).unwrap();
        let bytes = fs::read(&path).unwrap();
        for length in 0..bytes.len() {
            let cut = Box::new(std::io::Cursor::new(bytes[..length].to_vec()));
            match read_from(cut, &path, format) {
                Err(error) => {
                    let text = matches!(format, Format::Word2vec | Format::Glove);
                    let place = format!("{ending}, {} ", if text { "line" } else { "byte" });
                    assert!(error.to_string().contains(&place), "{error}");
                }
                Ok(_) => assert!(
                    format == Format::Glove && bytes[length - 1] == b'\n',
                    "{format:?} {length}"
                ),
            }
        }
    }
}

#[test]
fn the_format_is_told_from_the_beginning() {
    let folder = folder("guess");
    let glove = Embeddings::glove().first(20).unwrap();
    for (format, ending) in ALL {
        let path = folder.join(format!("e.{ending}"));
        glove.write(&path).unwrap();
        assert_eq!(Format::of(&fs::read(&path).unwrap()), format);
        assert_eq!(Embeddings::read(&path).unwrap().numbers(), glove.numbers());
    }
}

#[test]
fn broken_texts_name_the_line() {
    let word2vec = |text: &str| wrong(text.as_bytes(), Format::Word2vec);
    assert_eq!(word2vec(""), "f, line 1: expected vectors, got an empty file");
    assert_eq!(
        word2vec("cat 1 2\n"),
        "f, line 1: expected two numbers, of words and of dimensions, got \"cat 1 2\""
    );
    assert_eq!(
        word2vec("2 0\na\nb\n"),
        "f, line 1: expected at least one dimension, got 0"
    );
    assert_eq!(
        word2vec("2 2\ncat 1 2\n"),
        "f, line 3: expected 2 words as the first line says, got 1"
    );
    assert_eq!(
        word2vec("1 2\ncat 1 2\ndog 1 2\n"),
        "f, line 3: expected the end after 1 words as the first line says, got another one"
    );
    assert_eq!(
        word2vec("2 2\ncat 1 2\ndog 1\n"),
        "f, line 3: expected 2 numbers after the word, got 1"
    );
    assert_eq!(
        word2vec("2 2\ncat 1 2\ndog\n"),
        "f, line 3: expected 2 numbers after the word, got 0"
    );
    assert_eq!(
        word2vec("1 2\ncat 1 2 3\n"),
        "f, line 2: expected 2 numbers after the word, got at least 3"
    );
    assert_eq!(
        word2vec("1 2\ncat 1 x\n"),
        "f, line 2: number 2: expected one, got \"x\""
    );
    assert_eq!(
        word2vec("1 2\ncat nan 1\n"),
        "f, line 2: number 1: expected a finite one, got NaN"
    );
    assert_eq!(
        word2vec("1 2\ncat 1 -inf\n"),
        "f, line 2: number 2: expected a finite one, got -inf"
    );
    assert_eq!(
        word2vec("1 2\ncat 1 1e99\n"),
        "f, line 2: number 2: expected a finite one, got inf"
    );
    assert_eq!(
        word2vec("3 1\ncat 1\ndog 2\ncat 3\n"),
        "f, line 4: the word \"cat\" for the second time, first on line 2"
    );
    let glove = |text: &[u8]| wrong(text, Format::Glove);
    assert_eq!(glove(b""), "f, line 1: expected vectors, got an empty file");
    assert_eq!(
        glove(b"cat 1 2\ndog 1\n"),
        "f, line 2: expected 2 numbers after the word, got 1"
    );
    assert_eq!(
        glove(b"cat 1 2\nd\xff 1 2\n"),
        "f, line 2: a word is not UTF-8: \"d\u{fffd}\", at its byte 1"
    );
    assert_eq!(
        glove(b"cat 1 2\n\ndog 1 2\n"),
        "f, line 2: expected a word and numbers, got nothing"
    );
}

#[test]
fn broken_binaries_name_the_byte() {
    let of = |bytes: &[u8]| wrong(bytes, Format::Word2vecBinary);
    let one = 1_f32.to_le_bytes();
    assert_eq!(of(b""), "f, byte 0: expected vectors, got an empty file");
    assert_eq!(
        of(b"2"),
        "f, byte 0: expected a line with the numbers of words and of dimensions, got \"2\""
    );
    assert_eq!(
        of(&[b"2 1\na ".as_slice(), &one].concat()),
        "f, byte 10: the file ends in word 2 of 2"
    );
    assert_eq!(
        of(&[b"1 1\na ".as_slice(), &one[..3]].concat()),
        "f, byte 9: the file ends in word 1 of 1"
    );
    assert_eq!(
        of(&[b"1 1\na ".as_slice(), &one, b"b "].concat()),
        "f, byte 10: expected the end after 1 words as the first line says, got more"
    );
    assert_eq!(
        of(&[b"1 2\na ".as_slice(), &one, &f32::INFINITY.to_le_bytes()].concat()),
        "f, byte 10: expected a finite number, got inf"
    );
    assert_eq!(
        of(&[b"2 1\na ".as_slice(), &one, b"a ", &one].concat()),
        "f, byte 10: the word \"a\" for the second time, first on byte 4"
    );
    assert_eq!(
        of(&[b"1 1\n\xff ".as_slice(), &one].concat()),
        "f, byte 4: a word is not UTF-8: \"\u{fffd}\", at its byte 0"
    );
    // A header that promises more than any machine can hold must not make the reader allocate that much
    // memory.
    assert!(of(b"99999999999999 99999999\na ").contains("the file ends in word 1"));
}

#[test]
fn broken_safetensors_say_what_is_missing() {
    let of = |bytes: &[u8]| wrong(bytes, Format::Safetensors);
    assert_eq!(of(b""), "f, byte 0: expected vectors, got an empty file");
    assert!(of(b"hello").starts_with("f, byte 0: not safetensors, or cut short"));
    let bytes = [1_f32, f32::NAN].map(f32::to_le_bytes).concat();
    let file = |shape: Vec<usize>, metadata: Option<&str>, name: &str| {
        let vectors = safetensors::tensor::TensorView::new(safetensors::Dtype::F32, shape, &bytes).unwrap();
        let metadata = metadata.map(|words| [("words".to_owned(), words.to_owned())].into());
        safetensors::serialize([(name, vectors)], metadata).unwrap()
    };
    assert!(of(&file(vec![1, 2], None, "vectors")).contains("expected a list of words in the metadata"));
    assert!(of(&file(vec![1, 2], Some("cat"), "vectors")).contains("expected a JSON list of words"));
    assert!(of(&file(vec![1, 2], Some("[\"cat\"]"), "matrix")).contains("the tensor \"vectors\""));
    assert!(of(&file(vec![2], Some("[\"cat\"]"), "vectors")).contains("expected two dimensions, got [2]"));
    assert!(
        of(&file(vec![2, 1], Some("[\"cat\"]"), "vectors"))
            .contains("expected 1 rows, one for each word, got 2")
    );
    let nan = file(vec![1, 2], Some("[\"cat\"]"), "vectors");
    assert_eq!(
        of(&nan),
        format!("f, byte {}: expected a finite number, got NaN", nan.len() - 4)
    );
    assert!(of(&file(vec![2, 1], Some("[\"a\",\"a\"]"), "vectors")).contains("expected a finite number"));
}

#[test]
fn words_with_spaces_and_what_others_write() {
    // GloVe's 840B has such words; fastText and word2vec leave a space at the end of a line; Windows leaves a
    // carriage return.
    let read = read_bytes(b". . . 1 2 \r\ncat 3 4 \n\n", Format::Glove);
    assert_eq!(read, e(&[". . .", "cat"], array![[1.0, 2.0], [3.0, 4.0]]));
    let one = 1_f32.to_le_bytes();
    let read = read_bytes(
        &[b"2 1\na ".as_slice(), &one, b"\nb ", &one, b"\n"].concat(),
        Format::Word2vecBinary,
    );
    assert_eq!(read, e(&["a", "b"], array![[1.0], [1.0]]));
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let folder = folder("refused");
    let write = |word: &str, format| {
        e(&[word], array![[1.0]])
            .write_as(folder.join("e"), format)
            .map_err(|e| e.to_string())
    };
    for format in [Format::Word2vec, Format::Glove] {
        assert_eq!(write("New York", format), Ok(()));
        assert_eq!(
            read_from(open(&folder.join("e")).unwrap(), Path::new("f"), format)
                .unwrap()
                .words(),
            ["New York"]
        );
        assert_eq!(
            write("route 66", format).unwrap_err(),
            "the words of a text file of vectors: expected words without a line break and without a number after a \
             space (safetensors can hold them), got \"route 66\""
        );
        assert!(write("a\nb", format).is_err());
    }
    assert_eq!(
        write("New York", Format::Word2vecBinary).unwrap_err(),
        "the words of a binary word2vec file: expected words without spaces and line breaks (safetensors can hold \
         them), got \"New York\""
    );
    assert_eq!(write("route 66\n\"\u{0}", Format::Safetensors), Ok(()));
    assert_eq!(
        Embeddings::read(folder.join("e")).unwrap().words(),
        ["route 66\n\"\u{0}"]
    );

    let none = e(&[], Array2::zeros((0, 3)));
    for (format, _) in ALL {
        match none.write_as(folder.join("none"), format) {
            Ok(()) => assert_eq!(Embeddings::read_as(folder.join("none"), format).unwrap(), none),
            Err(error) => assert_eq!(
                error.to_string(),
                "the words of a GloVe file: expected at least one (word2vec's format can hold none), got none"
            ),
        }
    }
    assert_eq!(
        none.write("e.doc").unwrap_err().to_string(),
        "the name of a file of vectors: expected one that ends in .vec, .bin, .txt (GloVe) or .safetensors, got e.doc"
    );
}

/// No other file is left behind, and an existing file stays when writing fails.
#[test]
fn a_file_is_whole_or_not_there() {
    let folder = folder("whole");
    let path = folder.join("e.vec");
    e(&["cat"], array![[1.0]]).write(&path).unwrap();
    let error = write_whole(&path, |_| Err(std::io::Error::other("no room"))).unwrap_err();
    assert!(error.to_string().ends_with("e.vec: no room"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "1 1\ncat 1.0\n");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    assert!(
        e(&["cat"], array![[1.0]])
            .write(folder.join("no/such.vec"))
            .is_err()
    );
}

#[test]
fn packed_files_are_unpacked() {
    use std::io::Write;
    let path = folder("packed").join("e.txt.gz");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(b"cat 1 2\n").unwrap();
    let packed = packer.finish().unwrap();
    fs::write(&path, &packed).unwrap();
    assert_eq!(Embeddings::read(&path).unwrap(), e(&["cat"], array![[1.0, 2.0]]));
    fs::write(&path, &packed[..packed.len() - 4]).unwrap();
    assert!(Embeddings::read(&path).is_err());
}
