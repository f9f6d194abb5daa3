//! Reading texts and counting their words.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use course::corpus::{Corpus, Document, TextFiles, Texts, Unit, Vocabulary};
use course::error::ErrorKind;
use tempfile::TempDir;

/// A temporary folder with these files in it. It removes itself.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What is read from one file with these bytes: its documents, or the error without the folder's name.
fn read(bytes: &[u8], unit: Unit) -> Result<Vec<String>, String> {
    let folder = folder(&[("file.txt", bytes)]);
    documents(&folder.path().join("file.txt"), unit).map_err(|e| {
        e.to_string()
            .replace(&format!("{}/", folder.path().display()), "")
    })
}

fn documents(path: &Path, unit: Unit) -> course::Result<Vec<String>> {
    let mut found = Vec::new();
    TextFiles::open(path, unit)?.each(&mut |text| {
        found.push(text.to_owned());
        Ok(())
    })?;
    Ok(found)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_unit_is_a_line_or_a_paragraph_or_a_file() {
    let text = b"One\r\ntwo\n\n \t\nthree \xc3\xa9\n";
    assert_eq!(read(text, Unit::Line).unwrap(), ["One", "two", "three é"]);
    assert_eq!(read(text, Unit::Paragraph).unwrap(), ["One\ntwo\n", "three é\n"]);
    assert_eq!(read(text, Unit::File).unwrap(), ["One\ntwo\n\n \t\nthree é\n"]);
    assert_eq!(read(b"no newline", Unit::Line).unwrap(), ["no newline"]);
}

#[test]
fn a_mark_and_gzip_are_seen_through() {
    let marked = b"\xef\xbb\xbfone\ntwo\n";
    assert_eq!(read(marked, Unit::Line).unwrap(), ["one", "two"]);
    assert_eq!(read(&gzip(marked), Unit::Line).unwrap(), ["one", "two"]);
    // Several compressed files in a row are one compressed file.
    let two = [gzip(b"one\nt"), gzip(b"wo\n")].concat();
    assert_eq!(read(&two, Unit::Line).unwrap(), ["one", "two"]);
    let cut = &gzip(&b"hello ".repeat(1000))[..30];
    assert_eq!(
        read(cut, Unit::Line).unwrap_err(),
        "cannot unpack file.txt: incomplete deflate stream"
    );
}

#[test]
fn what_is_not_utf8_is_said_with_its_place() {
    let convert = "`iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW` converts it";
    let utf16 = "`iconv -f UTF-16 -t UTF-8 OLD > NEW` converts it";
    let table: [(&[u8], String); 7] = [
        (
            b"first\nun caf\xe9 noir\n",
            format!(
                "file.txt, byte 12, line 2: expected UTF-8, got the byte 0xE9 after \"un caf\"; \
                 if the file is in Latin-1 or Windows-1252, {convert}"
            ),
        ),
        (
            b"\xef\xbb\xbf\xe9",
            "file.txt, byte 3, line 1: expected UTF-8, got the byte 0xE9; the file ends within a character, if it is \
             UTF-8 at all"
                .to_owned(),
        ),
        (
            b"one\ntwo \xe2\x82",
            "file.txt, byte 8, line 2: expected UTF-8, got the byte 0xE2 after \"two \"; the file ends within a \
             character, if it is UTF-8 at all"
                .to_owned(),
        ),
        (b"\xff\xfeh\0i\0", format!("file.txt, byte 0: expected UTF-8, got UTF-16; {utf16}")),
        (b"\xfe\xff\0h\0i", format!("file.txt, byte 0: expected UTF-8, got UTF-16; {utf16}")),
        (
            b"h\0i\0\n\0",
            "file.txt, byte 1, line 1: expected text, got a zero byte; is the file UTF-16, or no text at all?".to_owned(),
        ),
        (
            b"PK\x03\x04....",
            "file.txt, byte 0: expected UTF-8, got a zip archive, as .docx, .odt and .epub files are; take the text \
             out first"
                .to_owned(),
        ),
    ];
    for (bytes, message) in table {
        for unit in [Unit::Line, Unit::Paragraph, Unit::File] {
            assert_eq!(read(bytes, unit).unwrap_err(), message, "{bytes:?}");
        }
    }
}

#[test]
fn nothing_to_read_is_an_error() {
    for bytes in [&b""[..], b" \n\r\n\t", b"\xef\xbb\xbf", &gzip(b"")] {
        for unit in [Unit::Line, Unit::Paragraph, Unit::File] {
            assert_eq!(
                read(bytes, unit).unwrap_err(),
                "file.txt: expected a text, got an empty file"
            );
        }
    }
    let here = folder(&[]);
    let e = TextFiles::open(here.path(), Unit::File).unwrap_err();
    assert_eq!(
        e.to_string(),
        format!("the folder {}: expected a file, got none", here.path().display())
    );
    let e = TextFiles::open(here.path().join("none"), Unit::File).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Io);
    assert!(
        e.to_string().starts_with("cannot open ") && e.to_string().contains("No such file"),
        "{e}"
    );

    let here = folder(&[("a.txt", b""), ("b.txt", b"")]);
    let e = TextFiles::open(here.path(), Unit::Line).unwrap_err();
    assert!(
        e.to_string().ends_with(": expected a text, got 2 empty files"),
        "{e}"
    );
    let e = TextFiles::open_folder(here.path(), ".md", Unit::Line).unwrap_err();
    assert!(
        e.to_string()
            .ends_with(": expected a file that ends with \".md\", got none"),
        "{e}"
    );
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names() {
    let files: [(&str, &[u8]); 6] = [
        ("b.txt", b"two\nTWO"),
        ("a.txt", b"one"),
        ("c/d.txt.gz", &gzip(b"three")),
        ("c.md", b"four"),
        (".hidden/x.txt", b"hidden"),
        ("empty.txt", b""),
    ];
    let here = folder(&files);
    let texts = TextFiles::open_folder(here.path(), ".txt", Unit::File).unwrap();
    let names: Vec<PathBuf> = texts
        .files()
        .iter()
        .map(|f| f.strip_prefix(here.path()).unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        ["a.txt", "b.txt", "c/d.txt.gz", "empty.txt"].map(PathBuf::from)
    );
    let corpus = texts.corpus().unwrap();
    let titles: Vec<_> = corpus
        .documents()
        .iter()
        .map(|d| (d.title.as_str(), d.text.as_str()))
        .collect();
    assert_eq!(titles, [("a", "one"), ("b", "two\nTWO"), ("d", "three")]);

    let lines = TextFiles::open(here.path(), Unit::Line)
        .unwrap()
        .corpus()
        .unwrap();
    let titles: Vec<_> = lines.documents().iter().map(|d| d.title.as_str()).collect();
    assert_eq!(
        titles,
        ["a, line 1", "b, line 1", "b, line 2", "d, line 1", "c, line 1"]
    );
    let shown = TextFiles::open(here.path().join("b.txt"), Unit::Line)
        .unwrap()
        .to_string();
    assert_eq!(shown, "b: 1 file, 7 bytes, each line a document");
}

/// In mixed order, a file of several pieces gives the same texts as in order.
#[test]
fn a_mixed_order_leaves_nothing_out() {
    let mut text = String::from("\u{feff}");
    for i in 0..9_000 {
        let line = format!("{i} {}\r\n", "é".repeat(i % 40));
        text.push_str(&line);
        text.push_str(["", "", " \n", "\n\n"][i * i % 7 % 4]);
    }
    let folder = folder(&[
        ("a.txt", text.as_bytes()),
        ("b.txt.gz", &gzip(text.as_bytes())),
        ("c.txt", b"last"),
    ]);
    for unit in [Unit::Line, Unit::Paragraph, Unit::File] {
        let texts = TextFiles::open(folder.path(), unit).unwrap();
        let mixed = |seed| {
            let mut found = Vec::new();
            texts
                .each_mixed(seed, &mut |text| {
                    found.push(text.to_owned());
                    Ok(())
                })
                .unwrap();
            found
        };
        let mut in_order = documents(folder.path(), unit).unwrap();
        let mut one = mixed(1);
        assert_eq!(one, mixed(1));
        if unit != Unit::File {
            assert!(one != in_order && one != mixed(2), "{unit:?}");
        }
        one.sort();
        in_order.sort();
        assert_eq!(one, in_order, "{unit:?}");
    }
}

/// A file of one line and 40 MB. Only a piece of it is in memory at a time.
#[test]
fn a_line_without_end_comes_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one-line.txt");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    let n = 400_000;
    for i in 0..n {
        // A hundred bytes each. A careless cut would split the é.
        write!(file, "{i:>97}é ").unwrap();
    }
    file.flush().unwrap();
    for unit in [Unit::Line, Unit::Paragraph, Unit::File] {
        let (mut pieces, mut longest, mut words) = (0, 0, 0);
        TextFiles::open(&path, unit)
            .unwrap()
            .each(&mut |text| {
                pieces += 1;
                longest = longest.max(text.len());
                words += text.split_ascii_whitespace().filter(|w| w.ends_with('é')).count();
                Ok(())
            })
            .unwrap();
        assert!(
            pieces == 3 && longest <= 17 << 20,
            "{pieces} pieces, {longest} bytes"
        );
        assert_eq!(words, n);
    }
    let whole = TextFiles::open(&path, Unit::File).unwrap().corpus().unwrap();
    assert_eq!(whole.len(), 1);
}

#[test]
fn the_first_error_ends_the_reading() {
    let folder = folder(&[("file.txt", b"a\nb\nc\n")]);
    let mut seen = 0;
    let e = TextFiles::open(folder.path(), Unit::Line)
        .unwrap()
        .each(&mut |text| {
            seen += 1;
            if text == "b" {
                Err(course::Error::value("it", "a", "b"))
            } else {
                Ok(())
            }
        })
        .unwrap_err();
    assert_eq!((seen, e.to_string().as_str()), (2, "it: expected a, got b"));
}

/// In memory, streamed from a slice, and streamed from a file, with one thread and with three, the vocabulary
/// is the same.
#[test]
fn a_text_has_one_vocabulary_however_it_is_counted() {
    let texts: Vec<String> = (0..3000)
        .map(|i| (0..200).map(|j| format!("W{} ", (i * j) % 701)).collect())
        .collect();
    let folder = folder(&[("file.txt", texts.join("\n").as_bytes())]);
    let file = TextFiles::open(folder.path(), Unit::Line).unwrap();
    let plain = Vocabulary::count(texts.iter().flat_map(|t| course::corpus::words(t)), 5);
    assert_eq!(plain.tokens(), 600_000);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            assert_eq!(Vocabulary::of(&texts, 5).unwrap(), plain);
            assert_eq!(Vocabulary::of(&file, 5).unwrap(), plain);
            assert_eq!(file.corpus().unwrap().vocabulary(5), plain);
        });
    }
}

#[test]
fn a_text_that_is_already_cut_keeps_its_words() {
    let folder = folder(&[("file.txt", b"new_york is 1 , U.S. of A\n")]);
    let texts = TextFiles::open(folder.path(), Unit::Line).unwrap();
    assert_eq!(Vocabulary::of(&texts, 1).unwrap().len(), 7);
    let cut = texts.already_cut();
    assert!(Vocabulary::of(&cut, 1).unwrap().id("new_york").is_some());
    assert!(cut.corpus().unwrap().vocabulary(1).id("U.S.").is_some());
}

#[test]
fn a_corpus_shows_itself() {
    let long = "The state of the Union is good. ".repeat(4);
    let corpus = Corpus::new(
        "Speeches",
        vec![
            Document::new("First", long).with_year(1790).with_label("none"),
            Document::new("Second", "Short\nand good.").with_year(1801),
        ],
    );
    let shown = corpus.to_string();
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines[0], "Speeches: 2 documents, 31 words, 1790 to 1801");
    assert_eq!(
        lines[1].split_whitespace().collect::<Vec<_>>(),
        ["title", "year", "label", "words", "begins"]
    );
    assert!(
        lines[3].ends_with("28  The state of the Union is good. The state of…"),
        "{}",
        lines[3]
    );
    assert!(lines[4].ends_with("3  Short and good."), "{}", lines[4]);
    assert_eq!(format!("{corpus:?}"), lines[0]);
}
