//! What the names and the containers of our own manifests stand for: `symbols.txt`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use podls::pod::{Manifest, Occurrence, Pod, names};
use podls::syntax::{self, Parse};

use crate::generate::ensure;

const FOLDERS: [&str; 3] = ["tests/manifests", "tests/manifests/valid", "fuzz/corpus/texts"];

#[test]
fn every_symbol_is_there() {
    let mut out = String::from("Written by `cargo test`: what names and containers stand for.\n");
    for file in files(&FOLDERS) {
        let name = file.file_name().unwrap().to_string_lossy();
        writeln!(out, "\n{name}").unwrap();
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        let stream = syntax::Stream::new(&text, syntax::parse);
        stream.documents().for_each(|(_, parse)| of_document(parse, &mut out));
    }
    ensure(&[(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/symbols.txt"), out)]);
}

/// The files in these folders, sorted in each of them.
pub(crate) fn files(folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files: Vec<_> =
            fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.retain(|it| it.is_file());
        files.sort();
        found.extend(files);
    }
    found
}

fn of_document(parse: &Parse, out: &mut String) {
    let text = parse.tree.text();
    let mut symbols: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names(parse) {
        let line = text[..name.span.start].matches('\n').count() + 1;
        let defines = if name.is_definition { "defined in " } else { "" };
        symbols.entry(shown(&name)).or_default().push(format!("{defines}{line}"));
    }
    for (symbol, lines) in symbols {
        writeln!(out, "{symbol}: {}", lines.join(", ")).unwrap();
    }
    for manifest in Manifest::all(parse) {
        for role in Pod::all(&manifest).iter().flat_map(Pod::container_roles) {
            let helps = role.helps.map(|it| format!(", helps {}", it.name())).unwrap_or_default();
            let (name, label) = (role.container.name(), role.label());
            writeln!(out, "container {name}: {label}, {}{helps}", role.reason).unwrap();
        }
    }
}

fn shown(name: &Occurrence) -> String {
    let symbol = &name.symbol;
    let parts = [&symbol.of, &symbol.namespace, &symbol.object, &symbol.name];
    let parts: String =
        parts.iter().filter(|it| !it.is_empty()).map(|it| format!(" {it}")).collect();
    let scope = if symbol.is_global() { "" } else { " of its own" };
    format!("{:?}{parts}{scope}", symbol.kind)
}
