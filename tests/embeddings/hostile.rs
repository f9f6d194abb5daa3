//! Broken and hostile files. Whatever bytes a loader gets, it answers with an error or with what is there,
//! and uses memory in proportion to the file.
//!
//! Numbers in headers are set to extreme values, bytes are changed, and files are cut or lengthened. This is
//! random, but the same in each run. Memory is measured in a separate process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use course::corpus::Vocabulary;
use course::embeddings::{Embeddings, Format};
use course::rng;
use course::tokenize::{Bpe, BpeTraining, Tokenizer as _, Unigram, WordPiece, formats};
use course::topic::{Gibbs, Lda, OnlineLda, OnlineTopics, TopicDocs};
use course::words::{FastText, FastTextModel};
use ndarray::Array2;
use rand::Rng as _;

/// Set in the process whose memory is measured.
const CHILD: &str = "COURSE_HOSTILE";
/// How many changed files of each kind are read.
const CHANGES: u64 = 400;
/// How much memory reading small files may take, in kB: the process with its built-in data, and a margin.
const MOST: u64 = 400_000;

/// A loader and a good file for it: its name, the file, and the function that loads a file.
type Loader = (&'static str, Vec<u8>, Box<dyn Fn(&Path)>);

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("course-hostile-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

/// A file of vectors with a small text.
fn vectors(folder: &Path, format: Format) -> Vec<u8> {
    let words = ["the", "whale", "naïve", "鯨"].map(String::from).to_vec();
    let words = Vocabulary::from_words_and_counts(words, vec![4, 3, 2, 1]).expect("once each");
    let matrix = Array2::from_shape_fn((4, 5), |(i, j)| i as f32 - j as f32 / 3.0);
    let path = folder.join("vectors");
    let e = Embeddings::new(words, matrix).expect("as many rows as words");
    e.write_as(&path, format).expect("written");
    fs::read(&path).expect("read")
}

fn loaders(folder: &Path) -> Vec<Loader> {
    let mut all: Vec<Loader> = Vec::new();
    for (name, format) in [
        ("word2vec", Format::Word2vec),
        ("word2vec binary", Format::Word2vecBinary),
        ("glove", Format::Glove),
        ("safetensors", Format::Safetensors),
    ] {
        let read = move |path: &Path| {
            let _ = Embeddings::read(path).map(|e| e.len());
            let _ = Embeddings::read_as(path, format).map(|e| e.len());
        };
        all.push((name, vectors(folder, format), Box::new(read)));
    }
    let path = folder.join("made");
    let texts = ["the cats chased the mouse", "the dogs chased the cat"].repeat(20);
    let options = FastText {
        dimension: 4,
        min_count: 1,
        buckets: 20,
        epochs: 1,
        ..FastText::default()
    };
    let model = options.train(&texts).expect("trained");
    model.write_bin(&path).expect("written");
    let read = |path: &Path| {
        let _ = FastTextModel::read_bin(path).map(|m| m.vector("mousetraps"));
    };
    all.push(("fastText", fs::read(&path).expect("read"), Box::new(read)));

    let words = Vocabulary::from_words(["a", "b", "c"].map(String::from).to_vec()).expect("once each");
    let docs =
        TopicDocs::new(words.clone(), vec![vec![0, 1, 0], vec![2, 1, 2], vec![1]]).expect("known words");
    let settings = Lda {
        blocks: Some(2),
        ..Lda::topics(3)
    };
    let sampler = Gibbs::new(&settings, &docs).expect("a sampler");
    sampler.save(&path).expect("written");
    let read = move |path: &Path| {
        let _ = Gibbs::resume(path, &docs).map(|g| g.sweeps_done());
    };
    all.push(("topics", fs::read(&path).expect("read"), Box::new(read)));
    let online = OnlineLda {
        n_topics: 3,
        ..OnlineLda::default()
    };
    let online = online.begin(&words, 10).expect("begun");
    online.save(&path).expect("written");
    let read = |path: &Path| {
        let _ = OnlineTopics::resume(path).map(|t| t.batches());
    };
    all.push((
        "topics of a stream",
        fs::read(&path).expect("read"),
        Box::new(read),
    ));

    let training = BpeTraining {
        vocab_size: 262,
        special: vec!["<s>".to_owned()],
        ..BpeTraining::default()
    };
    let bpe = Bpe::train(&["the cat the cat"], &training).expect("trained");
    let pieces = ["[UNK]", "a", "##b", "ab"].map(String::from).to_vec();
    let wordpiece = WordPiece::new(pieces, Default::default()).expect("pieces");
    let pieces = [("<unk>", 0.0), ("▁", -3.0), ("a", -4.0), ("ab", -5.0)];
    let unigram = Unigram::new(pieces.map(|(p, s)| (p.to_owned(), s)).into(), 0).expect("pieces");
    let models: [(&str, Vec<u8>); 5] = [
        ("BPE", bpe.to_json().expect("JSON").into_bytes()),
        ("WordPiece", wordpiece.to_json().expect("JSON").into_bytes()),
        ("Unigram", unigram.to_json().expect("JSON").into_bytes()),
        (
            "SentencePiece BPE",
            include_bytes!("../oracles/sentencepiece/bpe.model")[..3000].to_vec(),
        ),
        (
            "SentencePiece unigram",
            include_bytes!("../oracles/sentencepiece/unigram.model").to_vec(),
        ),
    ];
    for (name, bytes) in models {
        let read = |path: &Path| {
            let _ = formats::load(path).map(|t| t.decode(&t.ids("a cab at the ab")));
        };
        all.push((name, bytes, Box::new(read)));
    }
    all
}

/// Makes one change, or a few: extreme numbers, other bytes, fewer or more bytes.
fn changed(good: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = rng::stream(29, seed);
    let mut bytes = good.to_vec();
    for _ in 0..rng.random_range(1..=3) {
        let at = rng.random_range(0..bytes.len().max(1)).min(bytes.len());
        match rng.random_range(0..7) {
            0 | 1 => {
                let extremes = [i64::MAX, i64::MIN, -1, 0, 1 << 30, i64::from(i32::MAX), 1 << 40];
                let number = extremes[rng.random_range(0..extremes.len())].to_le_bytes();
                let width = if rng.random_bool(0.5) { 4 } else { 8 };
                // Headers are at the beginning.
                let at = if rng.random_bool(0.7) { at % 120 } else { at } / 4 * 4;
                let end = (at + width).min(bytes.len());
                let at = at.min(end);
                bytes[at..end].copy_from_slice(&number[..end - at]);
            }
            2 | 3 => {
                // A number in digits: one of the first twelve in the file.
                let starts: Vec<usize> = (0..bytes.len())
                    .filter(|&i| bytes[i].is_ascii_digit() && (i == 0 || !bytes[i - 1].is_ascii_digit()))
                    .collect();
                let Some(&from) = starts.get(rng.random_range(0..starts.len().clamp(1, 12))) else {
                    continue;
                };
                let to = (from..bytes.len())
                    .find(|&i| !bytes[i].is_ascii_digit())
                    .unwrap_or(bytes.len());
                let numbers = [
                    "4294967295",
                    "18446744073709551615",
                    "1000000000",
                    "0",
                    "-1",
                    "1e300",
                ];
                let number = numbers[rng.random_range(0..numbers.len())];
                bytes.splice(from..to, number.bytes());
            }
            4 => bytes.truncate(at),
            5 => bytes.extend_from_slice(&good[at.min(good.len())..]),
            _ => {
                if let Some(b) = bytes.get_mut(at) {
                    *b = rng.random();
                }
            }
        }
    }
    bytes
}

/// What the system says of this process's memory, in kB.
fn memory(what: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

#[test]
fn no_loader_takes_memory_for_what_a_file_only_says() {
    if std::env::var_os(CHILD).is_none() {
        // A separate process, so that other tests' memory does not count.
        let test = "embeddings::hostile::no_loader_takes_memory_for_what_a_file_only_says";
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command
            .args(["--exact", test, "--nocapture", "--test-threads", "1"])
            .env(CHILD, "1");
        let out = command.output().expect("started");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        );
        assert!(out.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    let folder = folder("fuzz");
    let path = folder.join("changed");
    for (name, good, load) in loaders(&folder) {
        fs::write(&path, &good).expect("written");
        load(&path);
        let before = memory("VmPeak");
        for seed in 0..CHANGES {
            let bytes = changed(&good, seed);
            fs::write(&path, &bytes).expect("written");
            load(&path);
            // Address space that is reserved but not used counts, too. Threads have some of their own.
            let (now, used) = (memory("VmPeak").saturating_sub(before), memory("VmHWM"));
            assert!(
                now <= 2 * MOST && used <= MOST,
                "{name}, change {seed}: {now} and {used} kB, {} bytes",
                bytes.len()
            );
        }
    }
    fs::remove_dir_all(&folder).expect("removed");
}

/// The headers that were found in users' reports and by a fuzz run, one by one.
#[test]
fn numbers_of_headers_are_not_believed() {
    let folder = folder("headers");
    let path = folder.join("file");
    let said = |bytes: &[u8], format| {
        fs::write(&path, bytes).expect("written");
        let e = Embeddings::read_as(&path, format)
            .map(|e| e.len())
            .expect_err("broken");
        e.to_string().replace(&path.display().to_string(), "FILE")
    };
    let huge = usize::MAX;
    assert_eq!(
        said(b"1 700000000\na 1 2\n", Format::Word2vec),
        "FILE, line 2: expected 700000000 numbers after the word, got 2"
    );
    assert_eq!(
        said(format!("{huge} {huge}\na 1 2\n").as_bytes(), Format::Word2vec),
        format!("FILE, line 2: expected {huge} numbers after the word, got 2")
    );
    assert_eq!(
        said(
            format!("{huge} {huge}\na abcd").as_bytes(),
            Format::Word2vecBinary
        ),
        format!("FILE, byte {}: the file ends in word 1 of {huge}", 48)
    );
    fs::remove_dir_all(&folder).expect("removed");
}

/// If a file is of another kind, the error names the kind, in one line.
#[test]
fn a_file_of_another_kind_is_named() {
    let folder = folder("kinds");
    let path = folder.join("file");
    let read = |bytes: &[u8]| {
        fs::write(&path, bytes).expect("written");
        Embeddings::read(&path)
            .map(|e| e.len())
            .expect_err("no vectors")
            .to_string()
    };
    let options = FastText {
        dimension: 4,
        min_count: 1,
        buckets: 100,
        epochs: 1,
        ..FastText::default()
    };
    let model = options.train(&["the cat", "the dog"].repeat(9)).expect("trained");
    model.write_bin(&path).expect("written");
    let bytes = fs::read(&path).expect("read");
    assert!(read(&bytes).contains("a model of fastText (.bin), which `FastTextModel::read_bin` reads"));
    for (bytes, kind) in [
        (b"\x93NUMPY\x01\x00v\x00{'descr': '<f4'}\n".as_slice(), "NumPy"),
        (b"PK\x03\x04\x14\0\0\0\x08\0 garbage", "zip"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03abc", "gzip"),
    ] {
        let said = read(bytes);
        assert!(
            said.contains("expected vectors, got ") && said.contains(kind),
            "{said}"
        );
    }
    // Of megabytes of anything, only a part is shown.
    let said = read(&[b"a 1 2\n".as_slice(), &b"\xff".repeat(1 << 21), b" 1 2\n"].concat());
    assert!(said.len() < 500, "{} bytes", said.len());
    let said = read(&[b"word ".as_slice(), &b"x".repeat(1 << 21), b"\nword 1\n"].concat());
    assert!(said.len() < 500, "{} bytes", said.len());
    let of_vectors = |format| {
        fs::write(&path, vectors(&folder, format)).expect("written");
        FastTextModel::read_bin(&path)
            .map(|_| ())
            .expect_err("no model")
            .to_string()
    };
    for format in [Format::Word2vec, Format::Word2vecBinary] {
        let said = of_vectors(format);
        let expected =
            "expected a model of fastText (.bin), got a file of vectors, which `Embeddings::read` reads";
        assert!(said.ends_with(expected), "{said}");
    }
    fs::remove_dir_all(&folder).expect("removed");
}

/// fastText counts a word that begins with `__label__` as a label: one more entry, but no row.
#[test]
fn a_label_among_the_words_of_a_fasttext_model_is_left_out() {
    let folder = folder("label");
    let path = folder.join("file");
    let options = FastText {
        dimension: 4,
        min_count: 1,
        buckets: 100,
        epochs: 1,
        ..FastText::default()
    };
    let model = options
        .train(&["the cats chased", "the dog"].repeat(9))
        .expect("trained");
    model.write_bin(&path).expect("written");
    let bytes = fs::read(&path).expect("read");
    let plain = FastTextModel::read_bin(&path).expect("read");
    // 14 numbers of four bytes and one of eight; then the numbers of entries, words, labels, tokens and
    // pruned ones.
    let head = 14 * 4 + 8;
    let n = model.vocabulary().len();
    let end = (0..n).fold(head + 28, |at, _| {
        at + bytes[at..].iter().position(|&b| b == 0).expect("an end") + 1 + 9
    });
    let mut with_label = bytes[..head].to_vec();
    for number in [n as i32 + 1, n as i32, 1] {
        with_label.extend(number.to_le_bytes());
    }
    with_label.extend(&bytes[head + 12..end]);
    with_label.extend(b"__label__\0\x07\0\0\0\0\0\0\0\x01");
    with_label.extend(&bytes[end..]);
    fs::write(&path, &with_label).expect("written");
    let read = FastTextModel::read_bin(&path).expect("read with its label");
    assert_eq!(read.vocabulary().words(), plain.vocabulary().words());
    let vector = |m: &FastTextModel, word| m.vector(word).expect("a vector").to_vec();
    for word in ["cats", "dogs"] {
        assert_eq!(vector(&read, word), vector(&plain, word));
    }
    // An ordinary word marked as a label is an error.
    let at = end - 1;
    let mut broken = bytes;
    broken[at] = 1;
    fs::write(&path, &broken).expect("written");
    let said = FastTextModel::read_bin(&path).expect_err("broken").to_string();
    assert!(
        said.ends_with(&format!("word {n} of {n}: expected kind 0, got 1")),
        "{said}"
    );
    fs::remove_dir_all(&folder).expect("removed");
}
