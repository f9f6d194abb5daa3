//! Mutants of the solutions: each has one small fault, and the judge must see it.
//!
//! A comparison is turned or loses its tie, an end moves by one, a number changes by one, two arguments are
//! swapped, a condition is negated, `min` becomes `max`. All mutants are compiled together against the
//! library, and each is judged as in a notebook: by the public cases and forty random ones. Those that pass
//! are listed in `survivors.txt`, with the reason why nobody can tell them from the solution. Any other is a
//! hole in an exercise's cases.
//!
//! A run takes a sample of each exercise's mutants, the same every time; `MUTANTS=all` takes all of them, and
//! `MUTANTS=09_attention` all of that lecture alone:
//!
//! ```console
//! $ MUTANTS=all cargo test --features cli --test course check::mutants
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use course::check::source::{Kind, pieces};
use course::check::{Exercise, exercises};

use super::built::{program, solution};

/// How many mutants of an exercise a run takes.
const SAMPLE: usize = 6;

/// A mutant that says nothing for so long does not end.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often mutants that do not compile are left out.
const ROUNDS: usize = 8;

/// Words that change places.
const SWAPPED: [(&str, &str); 9] = [
    ("min", "max"),
    ("min_by", "max_by"),
    ("any", "all"),
    ("take", "skip"),
    ("first", "last"),
    ("floor", "ceil"),
    ("starts_with", "ends_with"),
    ("is_none_or", "is_some_and"),
    ("saturating_sub", "saturating_add"),
];

/// One mutant.
struct Mutant {
    exercise: &'static Exercise,
    /// `norm: x.iter()…`: the exercise and the line that has changed.
    name: String,
    body: String,
}

/// The bodies with one fault each.
fn mutated(body: &str) -> Vec<String> {
    let all = pieces(body);
    let mut starts = Vec::with_capacity(all.len());
    let mut at = 0;
    for (_, text) in &all {
        starts.push(at);
        at += text.len();
    }
    let mut found = Vec::new();
    let mut replace =
        |from: usize, to: usize, by: &str| found.push(format!("{}{by}{}", &body[..from], &body[to..]));
    let text = |i: usize| all.get(i).map_or("", |(_, text)| *text);
    let is_space = |i: usize| all.get(i).is_some_and(|(kind, _)| *kind == Kind::Space);
    for (i, (kind, word)) in all.iter().enumerate() {
        let here = starts[i];
        let end = here + word.len();
        let spaced = i > 0 && is_space(i - 1);
        let is_binary = spaced && (is_space(i + 1) || (text(i + 1) == "=" && is_space(i + 2)));
        match (*kind, *word) {
            (Kind::Sign, sign @ ("<" | ">" | "+" | "-" | "*" | "/")) if is_binary => {
                let is_comparison = ["<", ">"].contains(&sign);
                if is_comparison {
                    let (after, turned) = match text(i + 1) == "=" {
                        true => (end + 1, ""),
                        false => (end, "="),
                    };
                    let other = if sign == "<" { ">" } else { "<" };
                    replace(here, after, &format!("{sign}{turned}"));
                    replace(here, end, other);
                } else {
                    let other = BTreeMap::from([("+", "-"), ("-", "+"), ("*", "/"), ("/", "*")])[sign];
                    replace(here, end, other);
                }
            }
            (Kind::Sign, "-") if !is_space(i + 1) && text(i + 1) != ">" => replace(here, end, ""),
            (Kind::Sign, "!") if text(i + 1) != "=" => replace(here, end, ""),
            (Kind::Sign, "=") if text(i + 1) == "=" && spaced => replace(here, end, "!"),
            (Kind::Sign, "!") if text(i + 1) == "=" => replace(here, end, "="),
            (Kind::Sign, "&") if text(i + 1) == "&" && spaced && is_space(i + 2) => {
                replace(here, end + 1, "||")
            }
            (Kind::Sign, "|") if text(i + 1) == "|" && spaced && is_space(i + 2) => {
                replace(here, end + 1, "&&")
            }
            (Kind::Sign, ".") if text(i + 1) == "." => match text(i + 2) {
                "=" => replace(here, end + 2, ".."),
                _ => replace(here, end + 1, "..="),
            },
            (Kind::Number, number) => {
                for by in changed(number) {
                    replace(here, end, &by);
                }
            }
            (Kind::Function, "len") if text(i + 1) == "(" => {
                for by in [".saturating_sub(1)", ".saturating_add(1)"] {
                    replace(end + 2, end + 2, by);
                }
            }
            (Kind::Function | Kind::Name, name) => {
                for (a, b) in SWAPPED {
                    if name == a || name == b {
                        replace(here, end, if name == a { b } else { a });
                    }
                }
            }
            (Kind::Keyword, "if") if text(i + 2) != "let" => {
                if let Some(open) = condition_ends(&all, i + 2) {
                    let condition = body[starts[i + 2]..starts[open]].trim();
                    replace(starts[i + 2], starts[open], &format!("!({condition}) "));
                }
            }
            (Kind::Sign, "(") => {
                if let Some((from, to, by)) = arguments_swapped(body, &all, &starts, i) {
                    replace(from, to, &by);
                }
            }
            _ => {}
        }
    }
    found
}

/// The piece with the brace, or the arrow of a match arm, that follows a condition.
fn condition_ends(all: &[(Kind, &str)], from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, (_, text)) in all.iter().enumerate().skip(from) {
        match *text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.checked_sub(1)?,
            "{" if depth == 0 => return Some(i),
            "=" if depth == 0 && all.get(i + 1).is_some_and(|(_, next)| *next == ">") => return Some(i),
            _ => {}
        }
    }
    None
}

/// A number, a little more and a little less.
fn changed(number: &str) -> Vec<String> {
    if let Ok(n) = number.replace('_', "").parse::<u64>() {
        return [Some(n + 1), n.checked_sub(1)]
            .into_iter()
            .flatten()
            .map(|n| n.to_string())
            .collect();
    }
    let digits = number.trim_end_matches("_f32").trim_end_matches("_f64");
    let tail = &number[digits.len()..];
    let Ok(x) = digits.parse::<f64>() else {
        return Vec::new();
    };
    // Tolerances are not exercises.
    if x != 0.0 && x < 1e-2 {
        return Vec::new();
    }
    [x + 1.0, x - 1.0]
        .map(|x| format!("{x:?}{tail}"))
        .map(|x| if x.starts_with('-') { format!("({x})") } else { x })
        .to_vec()
}

/// The two arguments of the call whose bracket is piece `open`, the other way round.
fn arguments_swapped(
    body: &str,
    all: &[(Kind, &str)],
    starts: &[usize],
    open: usize,
) -> Option<(usize, usize, String)> {
    let is_call = open > 0 && matches!(all[open - 1].0, Kind::Function);
    if !is_call {
        return None;
    }
    let (mut depth, mut commas) = (0, Vec::new());
    for (i, (_, text)) in all.iter().enumerate().skip(open) {
        match *text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            "," if depth == 1 => commas.push(starts[i]),
            "|" if depth == 1 => return None,
            _ => {}
        }
        if depth == 0 {
            let [comma] = commas.as_slice() else { return None };
            let (from, to) = (starts[open] + 1, starts[i]);
            let (first, second) = (body[from..*comma].trim(), body[comma + 1..to].trim());
            return (first != second && !second.is_empty()).then(|| (from, to, format!("{second}, {first}")));
        }
    }
    None
}

/// The lines of `body` that `other` does not have.
fn difference(body: &str, other: &str) -> String {
    let lines = body.lines().zip(other.lines());
    let new: Vec<&str> = lines.filter(|(a, b)| a != b).map(|(_, b)| b.trim()).collect();
    new.join(" ")
}

/// The mutants of an exercise, each once.
fn mutants(exercise: &'static Exercise) -> Vec<Mutant> {
    let solution = solution(exercise);
    let mut seen = BTreeSet::new();
    mutated(&solution.body)
        .into_iter()
        .filter(|body| *body != solution.body)
        .map(|body| Mutant {
            exercise,
            name: format!("{}: {}", exercise.name(), difference(&solution.body, &body)),
            body,
        })
        .filter(|mutant| seen.insert(mutant.name.clone()))
        .collect()
}

/// A number that only depends on the text (FNV-1a), for a sample that stays the same.
fn hash(text: &str) -> u32 {
    text.bytes().fold(2_166_136_261, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
    })
}

/// Why each survivor may survive: a line with `#` is the reason for the lines below it.
fn excused() -> BTreeMap<String, String> {
    let mut reason = String::new();
    let mut all = BTreeMap::new();
    for line in include_str!("survivors.txt")
        .lines()
        .filter(|line| !line.is_empty())
    {
        match line.strip_prefix("# ") {
            Some(text) => reason = text.to_owned(),
            None => {
                assert!(!reason.is_empty(), "{line}: a survivor needs a reason");
                assert!(
                    all.insert(line.to_owned(), reason.clone()).is_none(),
                    "{line}: twice"
                );
            }
        }
    }
    all
}

/// What becomes of a mutant.
#[derive(Clone, Copy, PartialEq, Debug)]
enum End {
    Killed,
    Endless,
    Survived,
}

/// Judges the mutants of a program one after the other. Where one does not end, or takes the program with
/// it, the program is started again at the next.
fn judged(built: &Path, n: usize) -> Vec<End> {
    let mut ends = Vec::new();
    while ends.len() < n {
        let mut child = Command::new(built)
            .arg(ends.len().to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (tell, heard) = mpsc::channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let mut begun = ends.len();
        while let Ok(line) = heard.recv_timeout(PATIENCE) {
            if let Ok(number) = line.parse() {
                begun = number;
            } else if line.starts_with('"') {
                let is_right = line.contains(": right, all");
                let is_endless = line.contains(": timed out after");
                ends.push(match (is_right, is_endless) {
                    (true, _) => End::Survived,
                    (_, true) => End::Endless,
                    _ => End::Killed,
                });
                if is_endless {
                    break; // Its thread goes on: start again without it.
                }
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        if begun == ends.len() && begun < n {
            ends.push(End::Endless); // It began and took the program with it.
        }
    }
    ends
}

#[test]
fn every_mutant_of_a_solution_is_found_or_excused() {
    let which = std::env::var("MUTANTS").unwrap_or_default();
    let mut chosen = Vec::new();
    let mut known = BTreeSet::new();
    for exercise in exercises() {
        let mut all = mutants(exercise);
        known.extend(all.iter().map(|mutant| mutant.name.clone()));
        match which.as_str() {
            "" => {
                all.sort_by_key(|mutant| hash(&mutant.name));
                all.truncate(SAMPLE);
            }
            "all" => {}
            lecture if lecture == exercise.lecture() => {}
            _ => all.clear(),
        }
        chosen.extend(all);
    }
    assert!(known.len() > 10 * exercises().len(), "{} mutants", known.len());
    let excused = excused();
    for name in excused.keys() {
        assert!(known.contains(name), "survivors.txt: there is no mutant {name:?}");
    }

    let folder = tempfile::tempdir().unwrap();
    let mut round = 0;
    let built = loop {
        let modules: Vec<String> = chosen.iter().map(module).collect();
        match program(folder.path(), &modules, "") {
            Ok(built) => break built,
            Err(told) => {
                let wrong = broken(&told);
                round += 1;
                assert!(!wrong.is_empty() && round < ROUNDS, "{told}");
                let mut at = 0..;
                chosen.retain(|_| !wrong.contains(&at.next().unwrap()));
            }
        }
    };
    let ends = judged(&built, chosen.len());
    let count = |end: End| ends.iter().filter(|other| **other == end).count();
    println!(
        "{} mutants: {} killed, {} without an end, {} survive",
        chosen.len(),
        count(End::Killed),
        count(End::Endless),
        count(End::Survived)
    );
    let mut faults = Vec::new();
    for (mutant, end) in chosen.iter().zip(&ends) {
        match (end, excused.contains_key(&mutant.name)) {
            (End::Survived, false) => {
                faults.push(format!("no case tells it from the solution: {}", mutant.name))
            }
            (End::Killed, true) => faults.push(format!(
                "a case finds it, survivors.txt excuses it: {}",
                mutant.name
            )),
            _ => {}
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The module of a mutant.
fn module(mutant: &Mutant) -> String {
    let solution = solution(mutant.exercise);
    let name = mutant.exercise.name();
    format!(
        "fn my_{} {{\n{}}}\npub fn report() -> course::check::Report {{ check::{name}(my_{name}) }}",
        solution.head, mutant.body
    )
}

/// The modules in which rustc finds an error.
fn broken(told: &str) -> BTreeSet<usize> {
    let errors = told.lines().filter(|line| line.contains(": error"));
    errors
        .filter_map(|line| line.strip_prefix('v')?.split('.').next()?.parse().ok())
        .collect()
}

#[test]
fn each_kind_of_fault_is_made() {
    let made = |body: &str| mutated(body);
    assert_eq!(made("a < b"), ["a <= b", "a > b"]);
    assert_eq!(made("a >= b"), ["a > b", "a <= b"]);
    assert_eq!(made("x += y - z"), ["x -= y - z", "x += y + z"]);
    assert_eq!(made("0..k"), ["1..k", "0..=k"]);
    assert_eq!(made("f(a, b)"), ["f(b, a)"]);
    assert_eq!(made("x.min(1.0)"), ["x.max(1.0)", "x.min(2.0)", "x.min(0.0)"]);
    assert_eq!(made("Vec::<f32>::new() as Vec<f32>"), Vec::<String>::new());
    assert_eq!(made("|x| -> f32 { -x }"), ["|x| -> f32 { x }"]);
    assert_eq!(made("if x { y }"), ["if !(x) { y }"]);
}
