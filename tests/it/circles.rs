//! Which files need each other. A circle of files can only be read, built and tested as one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The circles that may be there: nodes are places in a tree, and a tree hands out nodes. A new one fails, and one
/// that is gone has to be taken off the list.
const KNOWN: &[&[&str]] =
    &[&["syntax::node", "syntax::resolve", "syntax::tree", "syntax::write::style"]];

type Paths = BTreeMap<String, Vec<String>>;

/// What one module brings in, and what it hands on under its own name.
#[derive(Default)]
struct Imports {
    used: Vec<Vec<String>>,
    handed_on: Paths,
}

#[test]
fn no_new_circles_of_imports() {
    let modules = modules();
    let names: BTreeSet<&str> = modules.keys().map(String::as_str).collect();
    let imports: BTreeMap<&str, Imports> =
        modules.iter().map(|(name, text)| (name.as_str(), imports(name, text, &names))).collect();
    let needs: BTreeMap<&str, BTreeSet<&str>> = imports
        .iter()
        .map(|(name, it)| {
            let found = it.used.iter().filter_map(|path| resolved(path, &imports, 8));
            (*name, found.filter(|it| it != name).collect())
        })
        .collect();
    assert!(needs.values().map(BTreeSet::len).sum::<usize>() > 1000, "imports are not seen");
    let found = circles(&needs);
    let known: BTreeSet<Vec<&str>> = KNOWN.iter().map(|circle| circle.to_vec()).collect();
    assert_eq!(found, known);
}

/// The code of each module without tests and comments.
fn modules() -> BTreeMap<String, String> {
    fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") && !path.ends_with("server/build") {
                collect(&path, out);
            } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
                out.push(path);
            }
        }
    }
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("server");
    let mut files = Vec::new();
    collect(&server, &mut files);
    let module = |path: PathBuf| {
        let rel = path.strip_prefix(&server).unwrap().with_extension("");
        let rel = if rel.ends_with("mod") { rel.parent().unwrap() } else { &rel };
        let name: Vec<_> = rel.iter().map(|it| it.to_str().unwrap()).collect();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod").next().unwrap();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        (name.join("::"), code.collect::<Vec<_>>().join("\n"))
    };
    let mut modules: BTreeMap<_, _> = files.into_iter().map(module).collect();
    modules.retain(|name, _| !["lib", "main", "build", "testing"].contains(&name.as_str()));
    modules
}

fn imports(module: &str, text: &str, names: &BTreeSet<&str>) -> Imports {
    let mut found = Imports::default();
    for (at, _) in text.match_indices("use ") {
        let line = text[..at].rsplit('\n').next().unwrap().trim();
        if !line.is_empty() && !line.starts_with("pub") {
            continue;
        }
        let tree: String = text[at + 4..].split(';').next().unwrap().replace('\n', " ");
        for path in expanded(&tree) {
            let Some(path) = absolute(module, &path, names) else { continue };
            match line.starts_with("pub") {
                true => {
                    found.handed_on.insert(path.last().unwrap().clone(), path);
                }
                false => found.used.push(path),
            }
        }
    }
    // Paths in full, such as `crate::pod::Pod`.
    for root in ["crate::", "super::"] {
        for (at, _) in text.match_indices(root) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|char| char.is_alphanumeric() || char == ':' || char == '_')
                || text[..at].ends_with("use ")
                || text[..at].ends_with("pub(in ")
            {
                continue;
            }
            let end = text[at..].find(|it: char| !it.is_alphanumeric() && it != '_' && it != ':');
            let path = text[at..].get(..end.unwrap_or(0)).unwrap().trim_end_matches(':');
            found.used.extend(absolute(module, path, names));
        }
    }
    found
}

/// `a::{b, c::{d}}` as `a::b` and `a::c::d`.
fn expanded(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap().trim();
        return if path.is_empty() { Vec::new() } else { vec![path.to_owned()] };
    };
    let body = &rest[..rest.rfind('}').unwrap_or(rest.len())];
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for char in body.chars() {
        depth += i32::from(char == '{') - i32::from(char == '}');
        match char {
            ',' if depth == 0 => parts.push(String::new()),
            char => parts.last_mut().unwrap().push(char),
        }
    }
    let parts = parts.iter().flat_map(|part| expanded(part));
    parts.map(|part| format!("{}{part}", head.trim())).collect()
}

/// The path from the crate's root; `None` for those of other crates.
fn absolute(module: &str, path: &str, names: &BTreeSet<&str>) -> Option<Vec<String>> {
    let own: Vec<String> = module.split("::").map(str::to_owned).collect();
    let mut parts: Vec<String> = path.split("::").map(str::to_owned).collect();
    let from = match parts.first()?.as_str() {
        "crate" => Vec::new(),
        "self" => own,
        "super" => {
            let ups = parts.iter().take_while(|part| *part == "super").count();
            parts.drain(1..ups);
            own[..own.len().checked_sub(ups)?].to_vec()
        }
        first if names.contains(format!("{module}::{first}").as_str()) => {
            parts.insert(0, String::new());
            own
        }
        _ => return None,
    };
    parts.remove(0);
    Some(from.into_iter().chain(parts).filter(|part| !part.is_empty()).collect())
}

/// The module that defines what a path leads to, behind all that only hand it on.
fn resolved<'a>(
    path: &[String],
    imports: &BTreeMap<&'a str, Imports>,
    depth: usize,
) -> Option<&'a str> {
    let (len, (module, found)) = (1..=path.len())
        .rev()
        .find_map(|len| Some((len, imports.get_key_value(path[..len].join("::").as_str())?)))?;
    match path.get(len).and_then(|name| found.handed_on.get(name)) {
        Some(inner) if depth > 0 => {
            let inner: Vec<_> = inner.iter().chain(&path[len + 1..]).cloned().collect();
            resolved(&inner, imports, depth - 1)
        }
        _ => Some(module),
    }
}

/// The sets of modules that reach each other.
fn circles<'a>(needs: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<Vec<&'a str>> {
    let reach = |from: &'a str| {
        let (mut seen, mut left) = (BTreeSet::new(), vec![from]);
        while let Some(module) = left.pop() {
            let next = needs.get(module).into_iter().flatten();
            left.extend(next.copied().filter(|next| seen.insert(*next)));
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        needs.keys().map(|module| (*module, reach(module))).collect();
    let circle = |module: &&'a str| -> Vec<&'a str> {
        let with = reached[module]
            .iter()
            .filter(|it| reached.get(*it).is_some_and(|back| back.contains(module)));
        with.copied().collect()
    };
    needs.keys().map(circle).filter(|circle| circle.len() > 1).collect()
}
