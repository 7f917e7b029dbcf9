//! What each source file uses of the crate, read off its `use` trees and inline paths. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};

/// A path through the modules, without the leading `crate`.
type ModulePath = Vec<String>;

/// One source file.
struct File {
    /// Where it is, from the root of the repository.
    path: String,
    /// What its code uses.
    uses: Vec<ModulePath>,
    /// What it re-exports: the name, and where that comes from.
    exports: BTreeMap<String, ModulePath>,
}

/// All files of the crate by their module paths.
pub(super) struct Imports(BTreeMap<ModulePath, File>);

impl Imports {
    /// Reads the code of every file in `src`, given with its path and without tests and comments.
    pub(super) fn read(sources: &[(String, String)]) -> Imports {
        let modules: BTreeSet<ModulePath> = sources.iter().map(|(path, _)| module(path)).collect();
        let files = sources.iter().map(|(path, code)| {
            let at = module(path);
            let mut file = File { path: path.clone(), uses: Vec::new(), exports: BTreeMap::new() };
            let (statements, rest) = use_statements(code);
            for (is_export, tree) in statements {
                for used in flatten(&tree) {
                    let Some(used) = absolute(&at, &used, &modules) else { continue };
                    match used.last().cloned() {
                        Some(name) if is_export => {
                            file.exports.insert(name, used);
                        }
                        _ => file.uses.push(used),
                    }
                }
            }
            file.uses.extend(inline_paths(&rest).iter().filter_map(|used| absolute(&at, used, &modules)));
            (at, file)
        });
        Imports(files.collect())
    }

    /// The file that defines what `used` names, re-exports followed.
    fn owner(&self, used: &[String]) -> Option<&ModulePath> {
        let mut used = used.to_vec();
        // A chain of re-exports is short; the bound keeps a faulty one from going round.
        for _ in 0..5 {
            let known =
                (0..=used.len()).rev().find(|n| self.0.contains_key(used.get(..*n).unwrap_or_default()))?;
            let (module, file) = self.0.get_key_value(used.get(..known)?)?;
            let Some(origin) = used.get(known).and_then(|name| file.exports.get(name)) else {
                return Some(module);
            };
            used = origin.iter().chain(used.get(known + 1..)?).cloned().collect();
        }
        None
    }

    /// Every use of one file by another: who, whom, and the path of the file that uses.
    ///
    /// Re-exports count only with `and_exports`: they are a dependency between layers, and no use by the file.
    pub(super) fn edges(&self, and_exports: bool) -> Vec<(ModulePath, ModulePath, &str)> {
        let mut edges = Vec::new();
        for (module, file) in &self.0 {
            let exported = file.exports.values().filter(|_| and_exports);
            let owners = file.uses.iter().chain(exported).filter_map(|used| self.owner(used));
            edges.extend(
                owners
                    .filter(|owner| *owner != module)
                    .map(|owner| (module.clone(), owner.clone(), file.path.as_str())),
            );
        }
        edges.sort();
        edges.dedup();
        edges
    }
}

/// The module of `src/a/b.rs` is `a::b`; that of `src/lib.rs` is the root.
fn module(path: &str) -> ModulePath {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    if inner == "lib" { Vec::new() } else { inner.split('/').map(str::to_owned).collect() }
}

/// The `use` statements, whether each is a re-export, and the code without them.
fn use_statements(code: &str) -> (Vec<(bool, String)>, String) {
    let (mut statements, mut rest) = (Vec::new(), String::new());
    let mut open: Option<(bool, String)> = None;
    for line in code.lines() {
        let statement = match open.take() {
            Some((is_export, tree)) => Some((is_export, tree + line.trim())),
            None => {
                let (visibility, tree) = match line.trim().split_once("use ") {
                    Some((before, tree)) => (before.trim(), tree),
                    None => ("none", ""),
                };
                let is_use =
                    visibility.is_empty() || visibility.starts_with("pub") && !visibility.contains(' ');
                is_use.then(|| (!visibility.is_empty(), tree.to_owned()))
            }
        };
        match statement {
            Some((is_export, tree)) => match tree.trim_end().strip_suffix(';') {
                Some(tree) => statements.push((is_export, tree.to_owned())),
                None => open = Some((is_export, tree)),
            },
            None => rest = rest + line + "\n",
        }
    }
    (statements, rest)
}

/// Every path of a `use` tree.
fn flatten(tree: &str) -> Vec<ModulePath> {
    let tree = tree.trim();
    let Some((before, inner)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return if path.is_empty() { Vec::new() } else { vec![segments(path)] };
    };
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let prefix = segments(before);
    let mut depth = 0;
    let parts = inner.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    let parts = parts.flat_map(flatten);
    parts.map(|part| prefix.iter().cloned().chain(part).collect()).collect()
}

/// The paths in code that begin with `crate::`, `super::` or a module: `crate::a::b`, `rows::parse`.
fn inline_paths(code: &str) -> Vec<ModulePath> {
    let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    words.filter(|word| word.contains("::")).map(segments).filter(|path| path.len() > 1).collect()
}

fn segments(path: &str) -> ModulePath {
    path.split("::").map(str::trim).filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}

/// A path as seen from the root; `None` if it leads out of the crate.
fn absolute(at: &[String], path: &[String], modules: &BTreeSet<ModulePath>) -> Option<ModulePath> {
    let mut base = at.to_vec();
    let mut rest = path;
    match rest.first()?.as_str() {
        "crate" => {
            base.clear();
            rest = rest.get(1..)?;
        }
        "super" | "self" => {
            while let Some(word @ ("super" | "self")) = rest.first().map(String::as_str) {
                if word == "super" {
                    base.pop();
                }
                rest = rest.get(1..)?;
            }
        }
        // A module of this file, or a library.
        name => {
            let inner: ModulePath = base.iter().cloned().chain([name.to_owned()]).collect();
            if !modules.contains(&inner) {
                return None;
            }
        }
    }
    // `use a::b::{self}`: the module itself.
    Some(base.into_iter().chain(rest.iter().filter(|segment| *segment != "self").cloned()).collect())
}
