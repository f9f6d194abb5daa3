//! Notebooks that are changed as people and programs change them. What comes out is a notebook that Jupyter
//! accepts.

use rand::Rng;

use super::pick;
use crate::git::tree::Json;

/// Lines that mean something to one of the formats on the way.
const LINES: [&str; 28] = [
    "",
    " ",
    "let x = 1;",
    "// %%",
    "// %% [markdown]",
    "//%% x",
    "// // %%",
    "# %%",
    "%%",
    "%%bash",
    "// In[3]:",
    "In[3]",
    "// <codecell>",
    ":dep x = \"1\"",
    "// :dep x",
    "//:dep",
    "// comment",
    "//",
    "# title",
    "// ---",
    "---",
    "<<<<<<< ours",
    "=======",
    ">>>>>>> theirs",
    "é 🎈 \u{2028} \u{feff}",
    "\ttab \u{1} \u{7f}",
    "carriage\rreturn",
    "ends with one\r",
];

const KEYS: [&str; 18] = [
    "x",
    "y",
    "id",
    "attachments",
    "cell_type",
    "metadata.id",
    "metadata.metadata.id",
    "a b",
    "a\"b",
    "ü",
    "",
    "a.b",
    "title",
    "x=1",
    "%%",
    "{",
    "[markdown]",
    "back\\slash",
];

/// Values as they are written.
const VALUES: [&str; 16] = [
    "null",
    "true",
    "0",
    "-1.50",
    "1e400",
    "123456789012345678901234567890",
    "NaN",
    "\"text\"",
    "\"\"",
    r#""a \"b\" \\ {x=1} é""#,
    r#""\u2028 \ud83d\ud83d""#,
    "[]",
    "{}",
    r#"[1, {"a": [null]}]"#,
    r#"{"b": {"c": 1, "a": "x"}}"#,
    "\"true\"",
];

const TAGS: [&str; 5] = ["quiz", "solution", "raises-exception", "ünïcode", "a b"];

/// A notebook with some cells of a real one, changed a little.
pub(super) fn any(real: &[Json], rng: &mut impl Rng) -> Json {
    let mut notebook = pick(rng, real);
    if let Some(Json::Array(cells)) = notebook.get_mut("cells") {
        let from = rng.random_range(0..=cells.len());
        let to = (from + rng.random_range(0..6)).min(cells.len());
        *cells = cells[from..to].to_vec();
    }
    changed(&notebook, rng)
}

/// `notebook` with up to five changes.
pub(super) fn changed(notebook: &Json, rng: &mut impl Rng) -> Json {
    let mut notebook = notebook.clone();
    for _ in 0..rng.random_range(0..6) {
        change(&mut notebook, rng);
    }
    notebook
}

fn change(notebook: &mut Json, rng: &mut impl Rng) {
    let has_ids = has_ids(notebook);
    match rng.random_range(0..20) {
        0 => return set_ids(notebook, !has_ids, rng),
        1 => {
            let (key, value) = entry(rng);
            if let Some(metadata) = notebook.get_mut("metadata") {
                put(metadata, key, value);
            }
            return;
        }
        _ => {}
    }
    let Some(Json::Array(cells)) = notebook.get_mut("cells") else {
        return;
    };
    if cells.is_empty() || rng.random_range(0..8) == 0 {
        let at = rng.random_range(0..=cells.len());
        cells.insert(at, new(has_ids, rng));
        return;
    }
    let at = rng.random_range(0..cells.len());
    match rng.random_range(0..12) {
        0 => drop(cells.remove(at)),
        1 => {
            let cell = cells.remove(at);
            let to = rng.random_range(0..=cells.len());
            cells.insert(to, cell);
        }
        2 => {
            let mut copy = cells[at].clone();
            if has_ids {
                copy.set("id", id(rng));
            }
            cells.insert(at + 1, copy);
        }
        3 => become_kind(&mut cells[at], rng),
        4 | 5 => change_metadata(&mut cells[at], rng),
        6 => run(&mut cells[at], rng),
        _ => change_source(&mut cells[at], rng),
    }
}

fn entry(rng: &mut impl Rng) -> (&'static str, Json) {
    let value = Json::read(pick(rng, &VALUES).as_bytes()).unwrap();
    (pick(rng, &KEYS), value)
}

fn has_ids(notebook: &Json) -> bool {
    matches!(notebook.get("nbformat_minor"), Some(Json::Literal(minor)) if minor == "5")
}

/// Writes the notebook as nbformat 4.5, or as 4.4, which has no ids.
fn set_ids(notebook: &mut Json, wanted: bool, rng: &mut impl Rng) {
    let minor = if wanted { "5" } else { "4" };
    notebook.set("nbformat_minor", Json::Literal(minor.to_owned()));
    let Some(Json::Array(cells)) = notebook.get_mut("cells") else {
        return;
    };
    for cell in cells {
        cell.remove("id");
        if wanted {
            cell.insert("id", id(rng));
        }
    }
}

fn id(rng: &mut impl Rng) -> Json {
    Json::from_text(&format!("{:08x}", rng.random::<u32>()))
}

fn new(has_id: bool, rng: &mut impl Rng) -> Json {
    let mut cell = Json::read(
        br#"{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": []}"#,
    )
    .unwrap();
    if has_id {
        cell.insert("id", id(rng));
    }
    if rng.random() {
        become_kind(&mut cell, rng);
    }
    change_source(&mut cell, rng);
    cell
}

fn become_kind(cell: &mut Json, rng: &mut impl Rng) {
    let kind = pick(rng, &["code", "markdown", "raw"]);
    cell.set("cell_type", Json::from_text(kind));
    for key in ["outputs", "execution_count"] {
        cell.remove(key);
    }
    if kind == "code" {
        cell.remove("attachments");
        cell.insert("execution_count", Json::Literal("null".to_owned()));
        cell.insert("outputs", Json::Array(Vec::new()));
    } else if rng.random() {
        cell.remove("attachments");
        let name = quoted(pick(rng, &["a.png", "b.png"]));
        let picture = r#"{"image/png": "iVBORw0K"}"#;
        cell.insert(
            "attachments",
            Json::read(format!("{{{name}: {picture}}}").as_bytes()).unwrap(),
        );
    }
}

fn quoted(text: &str) -> String {
    crate::git::tree::quoted(text)
}

fn change_metadata(cell: &mut Json, rng: &mut impl Rng) {
    let Some(metadata) = cell.get_mut("metadata") else {
        return;
    };
    match rng.random_range(0..3) {
        0 => {
            let (key, value) = entry(rng);
            put(metadata, key, value);
        }
        1 => metadata.remove(&inner(pick(rng, &KEYS))),
        _ => {
            let mut tags = metadata.get("tags").map(Json::items).unwrap_or_default().to_vec();
            let tag = Json::from_text(pick(rng, &TAGS));
            match tags.iter().position(|other| *other == tag) {
                Some(at) => drop(tags.remove(at)),
                None => tags.push(tag),
            }
            metadata.set("tags", Json::Array(tags));
        }
    }
}

/// A key as it is found: without its quotes, but with its escapes.
fn inner(key: &str) -> String {
    let written = quoted(key);
    written[1..written.len() - 1].to_owned()
}

/// Puts a member into an object, in the place of the old one or at the end.
fn put(object: &mut Json, key: &str, value: Json) {
    object.remove(&inner(key));
    object.set(key, value);
}

fn run(cell: &mut Json, rng: &mut impl Rng) {
    if cell.get("outputs").is_some() {
        let n: u8 = rng.random();
        cell.set("execution_count", Json::Literal(n.to_string()));
        let output = format!(r#"[{{"name": "stdout", "output_type": "stream", "text": ["{n}\n"]}}]"#);
        cell.set("outputs", Json::read(output.as_bytes()).unwrap());
    }
}

fn change_source(cell: &mut Json, rng: &mut impl Rng) {
    if rng.random_range(0..60) == 0 {
        cell.set(
            "source",
            Json::read(br#"["lone \ud800 surrogate\n", "x"]"#).unwrap(),
        );
        return;
    }
    let Some(text) = cell.get("source").and_then(Json::joined) else {
        return;
    };
    let mut lines: Vec<&str> = text.split('\n').collect();
    for _ in 0..rng.random_range(1..4) {
        let at = rng.random_range(0..lines.len());
        match rng.random_range(0..3) {
            0 if lines.len() > 1 => drop(lines.remove(at)),
            1 => lines[at] = pick(rng, &LINES),
            _ => lines.insert(at, pick(rng, &LINES)),
        }
    }
    let text = lines.join("\n");
    let source = match rng.random_range(0..4) {
        0 => Json::from_text(&text),
        _ => Json::from_lines(&text),
    };
    cell.set("source", source);
}
