//! Builds podls with faults, and tells which of them the compiler refuses.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::fault::Fault;
use crate::plant::{self, Planted};
use crate::tree::{SWITCH, Tree};

/// The programs that contain the tests: those of the library first.
pub type Programs = Vec<PathBuf>;

/// The file that tells what the last build with all faults was made of.
const KEPT: &str = "build.txt";

/// A build with all of these faults, or those that do not compile.
pub fn all<'a>(tree: &Tree, faults: &[&'a Fault]) -> Result<Programs, Vec<&'a Fault>> {
    let content = content(tree, faults);
    tree.restore();
    if let Some(programs) = kept(tree, &content) {
        return Ok(programs);
    }
    let planted = plant_all(tree, faults);
    let messages = cargo(tree, &["check", "--locked", "--lib"]);
    let refused = refused(&messages, &planted);
    if !refused.is_empty() {
        return Err(refused.into_iter().map(|number| faults[number - 1]).collect());
    }
    let programs = programs(&cargo(tree, &["test", "--locked", "--no-run"]));
    tree.restore();
    let programs = programs.expect("what passes the check compiles");
    let paths = programs.iter().map(|it| format!("{}\n", it.display()));
    fs::write(tree.beside(KEPT), format!("{content}\n{}", paths.collect::<String>()))
        .expect("a file beside the copy");
    Ok(programs)
}

/// What a build with these faults is made of.
fn content(tree: &Tree, faults: &[&Fault]) -> String {
    let mut hash = DefaultHasher::new();
    let is_tool = |name: &str| name.starts_with("tests/mutants/");
    tree.files().filter(|(name, _)| !is_tool(name)).for_each(|it| it.hash(&mut hash));
    faults.iter().for_each(|it| (&it.key, &it.replacement.text).hash(&mut hash));
    include_str!("switch.rs").hash(&mut hash);
    format!("{:x}", hash.finish())
}

/// The same build of an earlier run.
fn kept(tree: &Tree, content: &str) -> Option<Programs> {
    let text = fs::read_to_string(tree.beside(KEPT)).ok()?;
    let paths = text.strip_prefix(content)?.lines().skip(1);
    Some(paths.map(PathBuf::from).collect())
}

/// A build with this fault alone, if it compiles.
pub fn one(tree: &Tree, fault: &Fault) -> Option<Programs> {
    // It replaces the program that the tests start.
    let _ = fs::remove_file(tree.beside(KEPT));
    tree.restore();
    let text = plant::built(tree.text(&fault.file), fault);
    tree.write(&fault.file, text.as_bytes());
    let programs = programs(&cargo(tree, &["test", "--locked", "--no-run"]));
    tree.restore();
    programs
}

fn plant_all<'a>(tree: &Tree, faults: &[&'a Fault]) -> BTreeMap<&'a str, Vec<Planted>> {
    let mut files: BTreeMap<&str, Vec<(usize, &Fault)>> = BTreeMap::new();
    for (number, fault) in (1..).zip(faults) {
        files.entry(&fault.file).or_default().push((number, fault));
    }
    let lib = tree.text("server/lib.rs");
    tree.write("server/lib.rs", format!("{lib}\npub(crate) mod mutant;\n").as_bytes());
    tree.write(SWITCH, include_bytes!("switch.rs"));
    let plant = |(file, faults): (&'a str, Vec<_>)| {
        let (text, places) = plant::switched(tree.text(file), &faults);
        tree.write(file, text.as_bytes());
        (file, places)
    };
    files.into_iter().map(plant).collect()
}

/// With some optimisation: the tests run more often than the compiler.
fn cargo(tree: &Tree, arguments: &[&str]) -> Vec<Value> {
    let output = Command::new("cargo")
        .args(arguments)
        .arg("--message-format=json")
        .current_dir(tree.path())
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        .env("CARGO_TARGET_DIR", tree.beside("build"))
        .stderr(Stdio::null())
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Nothing if the build failed.
fn programs(messages: &[Value]) -> Option<Programs> {
    let finished = messages.iter().find(|it| it["reason"] == "build-finished")?;
    let tests = messages.iter().filter(|it| it["profile"]["test"] == true);
    let mut tests: Vec<_> = tests
        .filter_map(|it| Some((it["target"]["kind"][0] != "lib", it["executable"].as_str()?)))
        .collect();
    tests.sort_unstable();
    let paths = tests.into_iter().map(|(_, path)| path.into()).collect();
    (finished["success"] == true).then_some(paths)
}

/// The numbers of the faults at which the compiler reports an error.
fn refused(messages: &[Value], planted: &BTreeMap<&str, Vec<Planted>>) -> Vec<usize> {
    let errors = messages.iter().map(|it| &it["message"]).filter(|it| it["level"] == "error");
    let mut refused = Vec::new();
    for error in errors.filter(|it| it["spans"].as_array().is_some_and(|it| !it.is_empty())) {
        let mut spans: Vec<_> = error["spans"].as_array().into_iter().flatten().collect();
        spans.sort_by_key(|it| it["is_primary"] != true);
        let found = spans.into_iter().find_map(|span| at(span, planted));
        refused.push(found.unwrap_or_else(|| panic!("not at a fault: {}", error["rendered"])));
    }
    refused.sort_unstable();
    refused.dedup();
    refused
}

fn at(span: &Value, planted: &BTreeMap<&str, Vec<Planted>>) -> Option<usize> {
    let offset = |key: &str| span[key].as_u64().map(|it| it as usize);
    let (start, end) = (offset("byte_start")?, offset("byte_end")?);
    let places = planted.get(span["file_name"].as_str()?)?;
    let touched = places.iter().filter(|(_, range)| start < range.end && range.start < end);
    // Of several, the one that is mostly what is reported.
    touched.min_by_key(|(_, it)| it.start.abs_diff(start) + it.end.abs_diff(end)).map(|it| it.0)
}
