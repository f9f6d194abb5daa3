//! Which file uses which: the modules of a source tree, the names in them, and what their paths lead to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::tokens::{Token, closed, tokens};

/// The path of a module. Its first part is the crate: `lib`, or `cli` for the program.
type Module = Vec<String>;

/// One file uses another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrow {
    pub(super) from: String,
    pub(super) line: usize,
    pub(super) to: String,
    /// The path as it is written.
    pub(super) path: String,
}

impl std::fmt::Display for Arrow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} uses {} ({})", self.from, self.line, self.to, self.path)
    }
}

/// A name that a `use` brings into a module, or `*` for all names in what the path leads to.
struct Import {
    path: Vec<String>,
    name: String,
    line: usize,
    shared: bool,
}

#[derive(Default)]
struct Scope {
    file: String,
    defined: BTreeSet<String>,
    imports: Vec<Import>,
    /// Paths within code, each with its line.
    paths: Vec<(Vec<String>, usize)>,
}

/// What a path leads to.
#[derive(Clone)]
enum Target {
    Module(Module),
    /// An item defined in this module.
    Thing(Module),
}

/// All modules in a set of sources.
pub(super) struct Sources(BTreeMap<Module, Scope>);

impl Sources {
    /// Made from these files: the path and the text of each.
    pub(super) fn new(files: &[(String, String)]) -> Self {
        let mut scopes = BTreeMap::new();
        let mut only_tests = Vec::new();
        for (path, text) in files {
            let (found, left_out) = tokens(text);
            let module = module_of(path);
            only_tests.extend(left_out.into_iter().map(|name| below(&module, &name)));
            read(path, &found, module, &mut scopes);
        }
        scopes.retain(|module, _| !only_tests.iter().any(|test| module.starts_with(test)));
        Self(scopes)
    }

    /// Every use of one file by another. Not counted are
    ///
    /// * what a file takes from the `mod.rs` of a folder that it is in: that is its frame;
    /// * what a `mod.rs` re-exports from its own children: a file that takes it there uses the child.
    pub(super) fn arrows(&self) -> Vec<Arrow> {
        let mut out = Vec::new();
        for (module, scope) in &self.0 {
            let imports = scope.imports.iter().map(|i| (&i.path, i.line, i.shared));
            let paths = scope.paths.iter().map(|(path, line)| (path, *line, false));
            for (path, line, shared) in imports.chain(paths) {
                let Some(target) = self.follow(module, path, 0) else {
                    continue;
                };
                let (Target::Module(to) | Target::Thing(to)) = target;
                let (from, to) = (&scope.file, &self.0[&to].file);
                let (here, there) = (module_of(from), module_of(to));
                if from == to || here.starts_with(&there) || (shared && there.starts_with(&here)) {
                    continue;
                }
                let arrow = Arrow {
                    from: from.clone(),
                    line,
                    to: to.clone(),
                    path: path.join("::"),
                };
                if !out.contains(&arrow) {
                    out.push(arrow);
                }
            }
        }
        out
    }

    /// What a path in `module` leads to; nothing for other crates, and for names of values and types.
    fn follow(&self, module: &Module, path: &[String], depth: usize) -> Option<Target> {
        let (first, mut rest) = path.split_first()?;
        let mut here = match first.as_str() {
            "crate" => Target::Module(module[..1].to_vec()),
            "self" => Target::Module(module.clone()),
            "super" => {
                let mut up = module.clone();
                up.pop();
                while let Some((next, others)) = rest.split_first() {
                    if next != "super" {
                        break;
                    }
                    up.pop();
                    rest = others;
                }
                Target::Module(up)
            }
            name => self.look_up(module, name, depth)?,
        };
        for name in rest {
            let Target::Module(inside) = &here else { break };
            let found = self.look_up(inside, name, depth);
            here = found.unwrap_or_else(|| Target::Thing(inside.clone()));
        }
        match &here {
            Target::Module(m) | Target::Thing(m) => self.0.contains_key(m).then_some(here),
        }
    }

    /// What a name means in a module.
    fn look_up(&self, module: &Module, name: &str, depth: usize) -> Option<Target> {
        // Only a circle of imports goes deeper, such as two that name each other.
        if depth > 8 {
            return None;
        }
        let child = below(module, name);
        if self.0.contains_key(&child) {
            return Some(Target::Module(child));
        }
        let scope = self.0.get(module)?;
        if scope.defined.contains(name) {
            return Some(Target::Thing(module.clone()));
        }
        let itself = |import: &Import| import.path.len() == 1 && import.path[0] == name;
        for import in scope.imports.iter().filter(|i| i.name == name && !itself(i)) {
            if let Some(found) = self.follow(module, &import.path, depth + 1) {
                return Some(found);
            }
        }
        for import in scope.imports.iter().filter(|i| i.name == "*") {
            if let Some(Target::Module(all)) = self.follow(module, &import.path, depth + 1)
                && &all != module
                && let Some(found) = self.look_up(&all, name, depth + 1)
            {
                return Some(found);
            }
        }
        None
    }
}

/// For each group of files that use each other, the shortest circle.
pub(super) fn circles(arrows: &[Arrow]) -> Vec<Vec<Arrow>> {
    let mut next: BTreeMap<&str, Vec<&Arrow>> = BTreeMap::new();
    for arrow in arrows {
        next.entry(&arrow.from).or_default().push(arrow);
    }
    let (mut out, mut told): (Vec<Vec<Arrow>>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    for &start in next.keys() {
        if told.contains(start) {
            continue;
        }
        // Breadth first: the path on which each file was reached.
        let mut ways: BTreeMap<&str, Vec<&Arrow>> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            for &arrow in next.get(at).into_iter().flatten() {
                if !ways.contains_key(arrow.to.as_str()) {
                    let mut way = ways.get(at).cloned().unwrap_or_default();
                    way.push(arrow);
                    ways.insert(&arrow.to, way);
                    queue.push_back(&arrow.to);
                }
            }
        }
        if let Some(circle) = ways.get(start) {
            told.extend(circle.iter().map(|arrow| arrow.from.clone()));
            out.push(circle.iter().map(|&arrow| arrow.clone()).collect());
        }
    }
    out
}

/// `src/a/b.rs` and `src/a/b/mod.rs` are the module `a::b` of the library, `src/cli/a.rs` is `a` of the
/// program.
pub(super) fn module_of(file: &str) -> Module {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let (root, path) = match path.strip_prefix("cli/") {
        Some(path) => ("cli", path),
        None => ("lib", path),
    };
    let parts = path
        .split('/')
        .filter(|part| !matches!(*part, "mod" | "lib" | "main"));
    [root].into_iter().chain(parts).map(str::to_owned).collect()
}

fn below(module: &Module, name: &str) -> Module {
    let mut child = module.clone();
    child.push(name.to_owned());
    child
}

/// Reads the tokens of a module, and of the modules written inside it.
fn read(file: &str, tokens: &[Token], module: Module, scopes: &mut BTreeMap<Module, Scope>) {
    let mut scope = Scope {
        file: file.to_owned(),
        ..Scope::default()
    };
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let before = |i: usize| if i == 0 { "" } else { text(i - 1) };
    let (mut i, mut depth) = (0, 0_usize);
    while i < tokens.len() {
        match text(i) {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "use" => {
                let end = i + tokens[i..].iter().take_while(|t| t.text != ";").count();
                let shared = matches!(before(i), "pub" | ")");
                tree(&tokens[i + 1..end], &[], shared, &mut scope.imports);
                i = end;
            }
            "mod" if text(i + 2) == "{" && tokens[i + 1].is_name() => {
                let end = i + 2 + closed(&tokens[i + 2..]);
                read(file, &tokens[i + 3..end - 1], below(&module, text(i + 1)), scopes);
                i = end - 1;
            }
            "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static" if depth == 0 => {
                scope.defined.insert(text(i + 1).to_owned());
            }
            "macro_rules" if text(i + 1) == "!" => {
                scope.defined.insert(text(i + 2).to_owned());
            }
            _ if tokens[i].is_name() && text(i + 1) == "::" && !matches!(before(i), "::" | ".") => {
                let line = tokens[i].line;
                let mut path = vec![text(i).to_owned()];
                while text(i + 1) == "::" && tokens.get(i + 2).is_some_and(Token::is_name) {
                    i += 2;
                    path.push(text(i).to_owned());
                }
                scope.paths.push((path, line));
            }
            _ => {}
        }
        i += 1;
    }
    scopes.insert(module, scope);
}

/// Reads what is between `use` and `;`. `path` is the part that has already been read.
fn tree(tokens: &[Token], path: &[String], shared: bool, out: &mut Vec<Import>) {
    let mut path = path.to_vec();
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        match token.text.as_str() {
            "{" => {
                let inside = &tokens[i + 1..i + closed(&tokens[i..]) - 1];
                let mut from = 0;
                while from < inside.len() {
                    let mut to = from;
                    while to < inside.len() && inside[to].text != "," {
                        to += if inside[to].text == "{" {
                            closed(&inside[to..])
                        } else {
                            1
                        };
                    }
                    tree(&inside[from..to], &path, shared, out);
                    from = to + 1;
                }
                return;
            }
            "as" => break,
            "::" => {}
            "self" if !path.is_empty() => {}
            name => path.push(name.to_owned()),
        }
        i += 1;
    }
    let renamed = tokens.get(i + 1).map(|t| t.text.clone());
    let all = path.last().is_some_and(|last| last == "*");
    let name = renamed.or_else(|| path.last().cloned()).unwrap_or_default();
    if all {
        path.pop();
    }
    if !path.is_empty() {
        out.push(Import {
            line: tokens[0].line,
            path,
            name,
            shared,
        });
    }
}
