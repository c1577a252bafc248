//! What the menus offer at our own manifests, and what they then write: `assists.txt`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use podls::actions::{Assist, AssistKind, WorkspaceContext};
use podls::config::Settings;
use podls::ide::Document;
use podls::text::{Edit, Span};

use crate::generate::ensure;
use crate::symbols::files;

/// Where menus differ: at the start of an object, a pod or a container, and inside of one.
const PLACES: [&str; 7] = ["kind:", "spec:", "- name:", "image:", "containers:", "{", "- {"];

#[test]
fn every_menu_is_there() {
    let mut out = String::from("Written by `cargo test`: what menus offer, and what it writes.\n");
    for file in files(&["tests/manifests", "tests/manifests/valid"]) {
        let name = file.file_name().unwrap().to_string_lossy();
        writeln!(out, "\n{name}").unwrap();
        of_file(&fs::read_to_string(&file).unwrap(), &mut out);
    }
    ensure(&[(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/assists.txt"), out)]);
}

/// Each offer once, with the lines that have it.
fn of_file(text: &str, out: &mut String) {
    let document = Document::new(text, &Arc::new(Settings::default()));
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut start = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let content = line.trim_start();
        if PLACES.iter().any(|it| content.starts_with(it)) {
            let place = Span::at(start + line.len() - content.len());
            let menu = document.actions_around(place, WorkspaceContext::default());
            for assist in menu.iter().filter(|it| it.kind != AssistKind::QuickFix) {
                found.entry(shown(text, assist)).or_default().push(number);
            }
        }
        start += line.len();
    }
    for (assist, lines) in found {
        let lines: Vec<_> = lines.iter().map(usize::to_string).collect();
        writeln!(out, "at {}: {assist}", lines.join(" ")).unwrap();
    }
}

fn shown(text: &str, assist: &Assist) -> String {
    let edits = assist.edits.iter().map(|edit| format!("\n  {}", edited(text, edit)));
    format!("{}{}", assist.title, edits.collect::<String>())
}

/// The place of an edit, and what it writes: all of it if that is a line or two.
fn edited(text: &str, edit: &Edit) -> String {
    let [start, end] = [edit.span.start, edit.span.end].map(|at| {
        let line = text[..at].rfind('\n').map_or(0, |it| it + 1);
        format!("{}:{}", text[..at].matches('\n').count() + 1, at - line)
    });
    let shown: String = edit.insert.chars().take(120).collect();
    let more = edit.insert.len() - shown.len();
    let more = if more > 0 { format!(" and {more} bytes") } else { String::new() };
    format!("{start}-{end} {shown:?}{more}")
}
