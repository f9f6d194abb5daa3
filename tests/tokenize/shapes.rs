//! Hundreds of shapes of `tokenizer.json`, each read by `load` and by the `tokenizers` library itself. If one
//! of this pack's tokenizers takes a file, its numbers, positions and decoded texts are the library's. What
//! none of them does exactly was handed to the library.
//!
//! A special token is text here and a token in the library, so the library is told to treat it as text, too.
//! A token that is one byte of a character, or only the space in front, has the position of the character in
//! the library; in a unigram model, the position of all unknown characters side by side.

use course::rng;
use course::tokenize::formats::{AnyTokenizer, load};
use course::tokenize::{Pattern, Tokenizer};
use rand::Rng as _;
use rand::seq::IndexedRandom as _;
use serde_json::{Map, Value, json};

const SHAPES: u64 = 640;

/// Hard cases: spaces at all positions, `▁`, marks, characters of several bytes, added tokens, and what looks
/// like bytes or like special tokens.
const TEXTS: [&str; 44] = [
    "",
    " ",
    "  ",
    "a",
    " a",
    "a ",
    "  a  b  ",
    "hello world",
    "Hello, World!",
    "the cat sat on the mat",
    "it's IT'S don't we'll",
    "foo.bar .net ...the",
    "foo_bar\n\n  x 12345 12",
    "\ta\r\nb\n",
    "a\u{a0}b\u{2003}c",
    "naïve café ÀÉÎ",
    "e\u{301}a\u{308} n\u{303}",
    "語言 日本語テスト",
    "ab語cd",
    "🙂 👩\u{200d}🚀!",
    "▁hello ▁ ▁▁x",
    "▁",
    "a▁b",
    " ▁a",
    "x\u{0}y\u{7f}z\u{fffd}",
    "<s> hello </s>",
    "a <mask> b",
    "a<mask>b",
    "<mask>\n a",
    "  <mask>  ",
    "foo foobar barfoo foo",
    "FOO Foo fOo",
    "[CLS] the [MASK] [SEP]",
    "<0x41><0xE3>",
    "##a ## #",
    "<unk>",
    "é<unk>é",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "abababababababababab bababa",
    "can't . stop ? do not ' s",
    "ß ẞ ǅ İ ſ",
    "1234567 ½ ٣٤",
    "the\u{2028}the\u{85}the",
    "ééééüüüü ñ",
];

/// The byte-level letter for each byte, as in GPT-2's program.
fn letter(b: u8) -> char {
    let printing = |b: u8| matches!(b, 33..=126 | 161..=172 | 174..=255);
    match printing(b) {
        true => char::from(b),
        false => char::from_u32(256 + (0..b).filter(|&b| !printing(b)).count() as u32).unwrap(),
    }
}

type Rng = rng::Rng;

fn pick<'a, T>(rng: &mut Rng, all: &'a [T]) -> &'a T {
    all.choose(rng).unwrap()
}

/// Merges of the symbols in `words`, and the vocabulary with what they make. Each merge takes the pair at a
/// random position, so most often a frequent one.
fn merges(
    rng: &mut Rng,
    alphabet: Vec<String>,
    words: &[Vec<String>],
    n: usize,
) -> (Vec<String>, Vec<Value>) {
    let mut vocab = alphabet;
    let mut merges = Vec::new();
    let mut words = words.to_vec();
    let as_pairs = rng.random_bool(0.8);
    for _ in 0..n {
        let pairs: Vec<(String, String)> = (words.iter())
            .flat_map(|w| w.windows(2).map(|p| (p[0].clone(), p[1].clone())))
            .collect();
        let Some((a, b)) = pairs.choose(rng).cloned() else {
            break;
        };
        let joined = format!("{a}{b}");
        if !vocab.contains(&joined) {
            vocab.push(joined.clone());
        }
        merges.push(match as_pairs {
            true => json!([a, b]),
            false => json!(format!("{a} {b}")),
        });
        for w in &mut words {
            let mut i = 0;
            while i + 1 < w.len() {
                if w[i] == a && w[i + 1] == b {
                    w[i] = joined.clone();
                    w.remove(i + 1);
                }
                i += 1;
            }
        }
    }
    (vocab, merges)
}

const WORDS: &str = "hello world the cat sat on the mat foo bar foobar it 's n't 12 345 é ü 語 言 ab abab aa";

fn numbered(vocab: &[String]) -> Value {
    let pairs = vocab.iter().zip(0..).map(|(t, id)| (t.clone(), json!(id)));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn byte_model(rng: &mut Rng, special: &[&str]) -> Value {
    let words: Vec<Vec<String>> = WORDS
        .split(' ')
        .flat_map(|w| [w.to_owned(), format!(" {w}")])
        .map(|w| w.bytes().map(|b| letter(b).to_string()).collect())
        .collect();
    let mut alphabet: Vec<String> = special.iter().map(|s| (*s).to_owned()).collect();
    alphabet.extend((0..=255).map(|b| letter(b).to_string()));
    let n = rng.random_range(0..60);
    let (vocab, merges) = merges(rng, alphabet, &words, n);
    json!({
        "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
        "end_of_word_suffix": null, "fuse_unk": rng.random_bool(0.5), "byte_fallback": false,
        "ignore_merges": rng.random_bool(0.3), "vocab": numbered(&vocab), "merges": merges,
    })
}

fn character_model(rng: &mut Rng, special: &[&str]) -> Value {
    let words: Vec<Vec<String>> = WORDS
        .split(' ')
        .flat_map(|w| [w.to_owned(), format!("▁{w}")])
        .map(|w| w.chars().map(String::from).collect())
        .collect();
    let fallback = rng.random_bool(0.5);
    let mut alphabet: Vec<String> = vec!["<unk>".to_owned()];
    alphabet.extend(special.iter().map(|s| (*s).to_owned()));
    if fallback {
        alphabet.extend((0..=255).map(|b| format!("<0x{b:02X}>")));
        if rng.random_bool(0.1) {
            alphabet.pop();
        }
    }
    for c in "▁helowrdtcasnmfbi'12345éü語.,T".chars() {
        alphabet.push(c.to_string());
    }
    if rng.random_bool(0.1) {
        alphabet.push(" ".to_owned());
    }
    let n = rng.random_range(0..50);
    let known: Vec<Vec<String>> = (words.into_iter())
        .filter(|w| w.iter().all(|c| alphabet.contains(c)))
        .collect();
    let (vocab, merges) = merges(rng, alphabet, &known, n);
    let unk = match rng.random_bool(0.85) {
        true => json!("<unk>"),
        false => Value::Null,
    };
    json!({
        "type": "BPE", "dropout": null, "unk_token": unk, "continuing_subword_prefix": null,
        "end_of_word_suffix": null, "fuse_unk": rng.random_bool(0.5), "byte_fallback": fallback,
        "ignore_merges": rng.random_bool(0.2), "vocab": numbered(&vocab), "merges": merges,
    })
}

fn wordpiece_model(rng: &mut Rng, special: &[&str]) -> Value {
    let mut vocab: Vec<String> = ["[PAD]", "[UNK]"].map(String::from).into();
    vocab.extend(special.iter().map(|s| (*s).to_owned()));
    for c in "abcdefghijklmnopqrstuvwxyzTHW'.,?!12345<>[]#".chars() {
        vocab.push(c.to_string());
        if rng.random_bool(0.9) {
            vocab.push(format!("##{c}"));
        }
    }
    for w in [
        "hello", "world", "the", "##at", "foo", "##bar", "foobar", "cat", "##llo", "日", "##本", "cafe",
        "café",
    ] {
        if rng.random_bool(0.8) && !vocab.iter().any(|v| v == w) {
            vocab.push(w.to_owned());
        }
    }
    json!({
        "type": "WordPiece", "unk_token": "[UNK]",
        "continuing_subword_prefix": if rng.random_bool(0.95) { "##" } else { "@@" },
        "max_input_chars_per_word": pick(rng, &[100, 100, 5, 1]), "vocab": numbered(&vocab),
    })
}

fn unigram_model(rng: &mut Rng, special: &[&str]) -> Value {
    let mut vocab: Vec<(String, f64)> = vec![("<unk>".to_owned(), 0.0)];
    vocab.extend(special.iter().map(|s| ((*s).to_owned(), 0.0)));
    let fallback = rng.random_bool(0.4);
    if fallback {
        vocab.extend((0..=255).map(|b| (format!("<0x{b:02X}>"), 0.0)));
    }
    let parts = "▁ h e l o w r d t c a s n m f b i ▁the ▁cat ▁hello hello wor ld ▁w at ▁foo bar foobar ab aba ▁a é 語 ▁▁ s▁on n't";
    for part in parts.split(' ') {
        if rng.random_bool(0.9) {
            vocab.push((part.to_owned(), -rng.random_range(1.0..12.0)));
        }
    }
    json!({"type": "Unigram", "unk_id": 0, "vocab": vocab, "byte_fallback": fallback})
}

/// A file of a kind that this pack reads, and alternatives for each of its parts.
fn shape(rng: &mut Rng) -> (&'static str, Value) {
    let kind = *pick(rng, &["bytes", "characters", "wordpiece", "unigram"]);
    // Special tokens in the model, and those that are only in the list of added tokens.
    let special: [&[&str]; 4] = [&[], &["<s>", "</s>"], &["<mask>"], &["foo"]];
    let inside = *pick(rng, &special);
    let model = match kind {
        "bytes" => byte_model(rng, inside),
        "characters" => character_model(rng, inside),
        "wordpiece" => wordpiece_model(rng, inside),
        _ => unigram_model(rng, inside),
    };
    let n = model["vocab"]
        .as_object()
        .map_or_else(|| model["vocab"].as_array().unwrap().len(), Map::len);
    let replace = json!({"type": "Replace", "pattern": {"String": " "}, "content": "▁"});
    let prepend = json!({"type": "Prepend", "prepend": "▁"});
    let regex = |from: &str, to: &str| json!({"type": "Replace", "pattern": {"Regex": from}, "content": to});
    let bert = |a: bool, b: bool, c: Value, d: bool| json!({"type": "BertNormalizer", "clean_text": a, "handle_chinese_chars": b, "strip_accents": c, "lowercase": d});
    let both = json!({"type": "Sequence", "normalizers": [prepend, replace]});
    let collapsing = json!({"type": "Sequence", "normalizers": [
        regex("[ ▁]+$", ""), regex("^ +", ""), regex(" {2,}", " "), prepend,
    ]});
    let normalizers = [
        Value::Null,
        replace.clone(),
        prepend.clone(),
        both.clone(),
        collapsing.clone(),
        json!({"type": "Sequence", "normalizers": [replace, prepend]}),
        json!({"type": "Sequence", "normalizers": [prepend, replace, prepend]}),
        json!({"type": "Sequence", "normalizers": []}),
        json!({"type": "NFC"}),
        json!({"type": "Lowercase"}),
        json!({"type": "Strip", "strip_left": true, "strip_right": true}),
        bert(true, true, Value::Null, true),
        bert(true, false, json!(false), true),
        bert(false, true, json!(true), false),
        bert(false, false, Value::Null, false),
    ];
    let metaspace = |scheme: &str, split: bool| json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": split});
    let bytes = |prefix: bool, regex: bool| json!({"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": true, "use_regex": regex});
    let split = |p: Value, behavior: &str, invert: bool| json!({"type": "Split", "pattern": p, "behavior": behavior, "invert": invert});
    let by = |p: Pattern| json!({"Regex": p.expression()});
    let sequence = |all: Vec<Value>| json!({"type": "Sequence", "pretokenizers": all});
    let behaviors = [
        "Isolated",
        "Removed",
        "MergedWithNext",
        "MergedWithPrevious",
        "Contiguous",
    ];
    let patterns = [
        Pattern::Gpt2,
        Pattern::Cl100k,
        Pattern::O200k,
        Pattern::Llama3,
        Pattern::Qwen2,
        Pattern::Lines,
    ];
    let (p, q) = (*pick(rng, &patterns), *pick(rng, &patterns));
    let (behavior, invert) = (*pick(rng, &behaviors), rng.random_bool(0.5));
    let pre_tokenizers = [
        Value::Null,
        metaspace("always", true),
        metaspace("never", true),
        metaspace("first", true),
        metaspace("always", false),
        metaspace("never", false),
        json!({"type": "Metaspace", "replacement": "_", "prepend_scheme": "always", "split": true}),
        split(json!({"String": " "}), behavior, false),
        split(json!({"String": " "}), "MergedWithPrevious", invert),
        json!({"type": "BertPreTokenizer"}),
        json!({"type": "Whitespace"}),
        json!({"type": "WhitespaceSplit"}),
        bytes(false, true),
        bytes(false, false),
        bytes(true, true),
        sequence(vec![split(by(p), "Isolated", false), bytes(false, false)]),
        sequence(vec![split(by(p), "Removed", true), bytes(false, false)]),
        sequence(vec![split(by(p), behavior, invert), bytes(false, false)]),
        sequence(vec![split(by(p), "Isolated", false), bytes(false, true)]),
        sequence(vec![
            split(by(p), "Isolated", false),
            split(by(q), "Isolated", false),
            bytes(false, false),
        ]),
        sequence(vec![bytes(false, true), split(by(p), "Isolated", false)]),
        sequence(vec![
            json!({"type": "Digits", "individual_digits": true}),
            bytes(false, true),
        ]),
        sequence(vec![
            split(json!({"Regex": r"\p{N}{1,3}"}), "Isolated", false),
            bytes(false, false),
        ]),
        sequence(vec![
            json!({"type": "WhitespaceSplit"}),
            metaspace("always", true),
        ]),
    ];
    let post = |trim: bool| json!({"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": trim, "use_regex": true});
    let template = json!({
        "type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {},
    });
    let post_processors = [
        Value::Null,
        post(false),
        post(true),
        template.clone(),
        json!({"type": "BertProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0]}),
        json!({"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0], "trim_offsets": true, "add_prefix_space": false}),
        json!({"type": "Sequence", "processors": [post(false), template]}),
    ];
    let joining = |bytes: bool, strip: bool| {
        let mut steps = vec![json!({"type": "Replace", "pattern": {"String": "▁"}, "content": " "})];
        steps.extend(bytes.then(|| json!({"type": "ByteFallback"})));
        steps.push(json!({"type": "Fuse"}));
        steps.extend(strip.then(|| json!({"type": "Strip", "content": " ", "start": 1, "stop": 0})));
        json!({"type": "Sequence", "decoders": steps})
    };
    let decoders = [
        Value::Null,
        bytes(true, true),
        metaspace("always", true),
        metaspace("never", true),
        joining(true, true),
        joining(false, true),
        joining(true, false),
        joining(false, false),
        json!({"type": "WordPiece", "prefix": "##", "cleanup": true}),
        json!({"type": "WordPiece", "prefix": "##", "cleanup": false}),
        json!({"type": "WordPiece", "prefix": "@@", "cleanup": false}),
        json!({"type": "Fuse"}),
        json!({"type": "BPEDecoder", "suffix": "</w>"}),
        json!({"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}),
    ];
    let fallback = model["byte_fallback"] == json!(true);
    let mut parts: [usize; 4] = match kind {
        "bytes" => [0, *pick(rng, &[12, 13, 15, 15, 16]), *pick(rng, &[0, 1, 3, 6]), 1],
        "characters" => {
            let (n, pre) = *pick(rng, &[(0, 1), (1, 0), (1, 7), (3, 0), (5, 0), (3, 7)]);
            [
                n,
                pre,
                *pick(rng, &[0, 3, 4]),
                if fallback {
                    *pick(rng, &[4, 6])
                } else {
                    *pick(rng, &[2, 4, 5, 7])
                },
            ]
        }
        "wordpiece" => [
            *pick(rng, &[0, 11, 12, 13, 14]),
            9,
            *pick(rng, &[0, 3, 4]),
            *pick(rng, &[8, 9]),
        ],
        _ => {
            let (n, pre) = *pick(rng, &[(0, 1), (0, 4), (0, 2), (0, 5), (2, 2), (4, 2), (4, 5)]);
            [
                n,
                pre,
                *pick(rng, &[0, 3]),
                if fallback {
                    *pick(rng, &[4, 6])
                } else {
                    *pick(rng, &[2, 4, 5, 7])
                },
            ]
        }
    };
    // In half of the files, one or two parts are taken from anywhere.
    let lists = [
        normalizers.as_slice(),
        &pre_tokenizers,
        &post_processors,
        &decoders,
    ];
    for _ in 0..*pick(rng, &[0, 0, 0, 1, 1, 2]) {
        let i = rng.random_range(0..4);
        parts[i] = rng.random_range(0..lists[i].len());
    }
    let odd = rng.random_bool(0.25);
    let added = |content: &str, id: usize, rng: &mut Rng| {
        let mut flag = |often: f64| odd && rng.random_bool(often);
        json!({
            "id": id, "content": content, "single_word": flag(0.3), "lstrip": flag(0.3), "rstrip": flag(0.3),
            "normalized": flag(0.4), "special": !flag(0.4),
        })
    };
    let mut all: Vec<Value> = Vec::new();
    for content in inside {
        let id = match &model["vocab"] {
            Value::Object(vocab) => vocab[*content].as_u64().unwrap() as usize,
            list => (list.as_array().unwrap().iter())
                .position(|p| p[0] == *content)
                .unwrap(),
        };
        all.push(added(content, id, rng));
    }
    if rng.random_bool(0.3) {
        let all_new: [&[&str]; 4] = [&["<mask>"], &["FOO", "bar"], &["é"], &["token 1", "  "]];
        let outside = *pick(rng, &all_new);
        let new = outside.iter().filter(|c| !inside.contains(c));
        for (i, content) in new.enumerate() {
            all.push(added(content, n + i, rng));
        }
    }
    let [a, b, c, d] = parts;
    let file = json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": all, "normalizer": normalizers[a],
        "pre_tokenizer": pre_tokenizers[b], "post_processor": post_processors[c], "decoder": decoders[d], "model": model,
    });
    (kind, file)
}

/// Whether two positions are the same, apart from the differences named at the top of this file.
fn same_place(text: &str, token: &str, ours: (usize, usize), theirs: (usize, usize)) -> bool {
    let floor = |i: usize| (0..=i).rev().find(|&i| text.is_char_boundary(i)).unwrap();
    let ceil = |i: usize| (i..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap();
    let widened = (floor(ours.0), ceil(ours.1));
    let first = text.get(ours.0..).and_then(|rest| rest.chars().next());
    let added_space = ours.0 == ours.1 && theirs == (ours.0, ours.0 + first.map_or(0, char::len_utf8));
    let byte = token.starts_with("<0x") && theirs.0 <= ours.0 && ours.1 <= theirs.1;
    ours == theirs || widened == theirs || added_space || byte
}

#[test]
fn what_load_gives_is_what_the_library_gives() {
    let folder = std::env::temp_dir().join(format!("course-shapes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (mut ours_read, mut library_read, mut refused) = ([0; 4], 0, 0);
    let mut wrong: Vec<String> = Vec::new();
    for i in 0..SHAPES {
        let mut rng = rng::stream(17, i);
        let (kind, file) = shape(&mut rng);
        let text = file.to_string();
        let Ok(mut theirs) = text.parse::<tokenizers::Tokenizer>() else {
            refused += 1;
            continue;
        };
        let path = folder.join("tokenizer.json");
        std::fs::write(&path, &text).unwrap();
        let ours = load(&path).unwrap();
        let by_library = matches!(ours, AnyTokenizer::Hf(_));
        match kind {
            _ if by_library => library_read += 1,
            "bytes" => ours_read[0] += 1,
            "characters" => ours_read[1] += 1,
            "wordpiece" => ours_read[2] += 1,
            _ => ours_read[3] += 1,
        }
        theirs.set_encode_special_tokens(!by_library);
        let special: Vec<&str> = (file["added_tokens"].as_array().unwrap().iter())
            .map(|t| t["content"].as_str().unwrap())
            .collect();
        let shown = || {
            let part = |name: &str| file[name].to_string();
            let mut model = file["model"].clone();
            model
                .as_object_mut()
                .unwrap()
                .retain(|name, _| name != "vocab" && name != "merges");
            format!(
                "{i} {kind}\n  {model}\n  {}\n  {}\n  {}\n  {}\n  {}",
                part("added_tokens"),
                part("normalizer"),
                part("pre_tokenizer"),
                part("post_processor"),
                part("decoder"),
            )
        };
        let mut differs = |what: &str, text: &str, got: String, expected: String| {
            wrong.push(format!(
                "{what} of {text:?}: got {got}, expected {expected}\n{}",
                shown()
            ));
        };
        for text in TEXTS {
            // A unigram model finds its special pieces in texts if the library reads it, but not here.
            if kind == "unigram" && !by_library && special.iter().any(|s| text.contains(s)) {
                continue;
            }
            let Ok(e) = theirs.encode(text, false) else {
                continue;
            };
            let (ids, tokens) = (ours.ids(text), ours.encode(text));
            if ids != e.get_ids() {
                differs(
                    "ids",
                    text,
                    format!("{ids:?}"),
                    format!("{:?} {:?}", e.get_ids(), e.get_tokens()),
                );
                break;
            }
            assert_eq!(tokens.ids(), ids, "{text:?} {}", shown());
            let places: Vec<(usize, usize)> = tokens.spans().iter().map(|r| (r.start, r.end)).collect();
            let right = |i: usize| same_place(text, &e.get_tokens()[i], places[i], e.get_offsets()[i]);
            if !(0..ids.len()).all(right) {
                differs(
                    "places",
                    text,
                    format!("{places:?}"),
                    format!("{:?} {:?}", e.get_offsets(), e.get_tokens()),
                );
                break;
            }
            let (back, expected) = (ours.decode(&ids).unwrap(), theirs.decode(&ids, false).unwrap());
            if back != expected {
                differs("decoding", text, format!("{back:?}"), format!("{expected:?}"));
                break;
            }
        }
        for _ in 0..20 {
            let ids: Vec<u32> = (0..rng.random_range(1..6))
                .map(|_| rng.random_range(0..ours.vocab_size() as u32))
                .filter(|&id| ours.token_bytes(id).is_some())
                .collect();
            let (back, expected) = (ours.decode(&ids).unwrap(), theirs.decode(&ids, false).unwrap());
            if back != expected {
                let names: Vec<_> = ids.iter().map(|&id| ours.token_text(id).unwrap()).collect();
                differs(
                    "decoding",
                    &format!("{names:?}"),
                    format!("{back:?}"),
                    format!("{expected:?}"),
                );
                break;
            }
        }
        for t in file["added_tokens"].as_array().unwrap() {
            let content = t["content"].as_str().unwrap();
            assert_eq!(
                ours.token_id(content),
                theirs.token_to_id(content),
                "{content:?} {}",
                shown()
            );
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(
        wrong.is_empty(),
        "{} of {SHAPES} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(6)].join("\n")
    );
    // Each of this pack's tokenizers has read many files, and so has the library. Few files were refused by
    // the library.
    assert!(ours_read.iter().all(|&n| n >= 40), "{ours_read:?}");
    assert!(
        library_read >= 150 && refused <= SHAPES / 8,
        "{library_read} {refused}"
    );
}
