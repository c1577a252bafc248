//! What is written from the code: the lists of rules and of actions, their manuals, what the rules say
//! of their examples, and the table of settings. A stale file is rewritten and fails the test, so the next run passes.

use std::fs;
use std::path::{Path, PathBuf};

use podls::check::{Finding, Fixes, Rule};
use podls::config::{KEYS, Settings};
use podls::parity::{Place, echoes, server_path};
use podls::schema::{Profile, Version};
use podls::syntax::{Stream, parse};
use serde_json::{Value, json};

const OPEN: &str = "// <written by tests/it/generate.rs>\n";
const CLOSE: &str = "// </written>\n";

const TABLE: &str = "\
<!-- Written by `cargo test`. -->

# Rules

A rule that does not always run is switched on by a profile, by a level of the Pod Security Standards, or by a setting.

| family | rule | severity | runs | fixes | other linters |
| --- | --- | --- | --- | --- | --- |
";

#[test]
fn rules() {
    let dir = root().join("server/rules");
    let families = stems(&dir, |path| path.is_dir() && !path.ends_with("tests"));
    let (mut all, mut table, mut manual) = (String::new(), String::from(TABLE), String::new());
    let mut files = Vec::new();
    for family in &families {
        let paths = sorted(&dir.join(family));
        files.push(modules(&dir.join(family), &paths, is_rule));
        for path in paths.iter().filter(|path| is_rule(path)) {
            all.push_str(&format!("    &{family}::{}::RULE,\n", stem(path)));
            manual.push_str(&section(path));
            // A new rule is not in the list before the next run.
            let code = stem(path).replace('_', "-");
            let rule = podls::rules::ALL.iter().find(|rule| rule.code == code);
            table.extend(rule.map(|rule| row(family, rule)));
            let link = rule.and_then(|rule| rule.link);
            manual.extend(link.map(|link| format!("\n{link}\n")));
        }
    }
    let list = format!(
        "//! The list of all rules. Written by `tests/it/generate.rs`.\n\n\
         use crate::check::Rule;\nuse crate::rules::{{{}}};\n\n\
         /// All rules, by family and name.\n\
         pub static ALL: &[&Rule] = &[\n{all}];\n",
        families.join(", ")
    );
    files.extend([(dir.join("list.rs"), list), (dir.join("README.md"), table + &manual)]);
    ensure(&files);
}

/// What a rule declares of itself, as a row of the table.
fn row(family: &str, rule: &Rule) -> String {
    let fixes = match rule.fixes {
        Fixes::None => "",
        Fixes::Suggested => "suggested",
        Fixes::Safe => "safe",
    };
    let linters: Vec<_> = rule.linters.iter().map(ToString::to_string).collect();
    let linters = linters.join(", ");
    let (code, severity, when) = (rule.code, rule.severity.name(), rule.when);
    format!("| {family} | [{code}](#{code}) | {severity} | {when} | {fixes} | {linters} |\n")
}

#[test]
fn actions() {
    let dir = root().join("server/actions");
    let convert = dir.join("convert");
    let (own, converting) = (sorted(&dir), sorted(&convert));
    let (mut all, mut mods) = (String::new(), String::new());
    let mut manual = String::from("<!-- Written by `cargo test`. -->\n\n# Actions\n");
    for path in own.iter().filter(|path| is_action(path)) {
        mods.push_str(&format!("mod {};\n", stem(path)));
        all.push_str(&format!("    &{}::ACTION,\n", stem(path)));
        manual.push_str(&section(path));
    }
    for path in converting.iter().filter(|path| is_action(path)) {
        all.push_str(&format!("    &convert::{}::ACTION,\n", stem(path)));
        manual.push_str(&section(path));
    }
    let list = format!("{mods}\n/// All actions.\npub static ALL: &[&Action] = &[\n{all}];\n");
    ensure(&[
        modules(&convert, &converting, is_action),
        (dir.join("mod.rs"), splice(&dir, &list)),
        (dir.join("README.md"), manual),
    ]);
}

#[test]
fn templates() {
    let dir = root().join("server/actions/patterns");
    let entry = |name: String| {
        format!("    (\"{}\", include_str!(\"{name}.yaml\")),\n", name.replace('_', "-"))
    };
    let all: String = stems(&dir, |path| path.extension().is_some_and(|it| it == "yaml"))
        .into_iter()
        .map(entry)
        .collect();
    let list = format!(
        "//! The list of all built-in templates. Written by `tests/it/generate.rs`.\n\n\
         /// The name and the text of each.\n\
         pub(super) static SOURCES: &[(&str, &str)] = &[\n{all}];\n"
    );
    ensure(&[(dir.join("list.rs"), list)]);
}

/// Every word of every rule: a change that no other test sees is seen in the diff of this file.
#[test]
fn findings_of_examples() {
    let mut out =
        String::from("Written by `cargo test`: what each rule says of its bad examples.\n");
    for rule in podls::rules::ALL {
        let manual = podls::rules::explain(rule.code).unwrap_or_default();
        out.push_str(&format!("\n{}\n", rule.code));
        for block in manual.split("```yaml bad\n").skip(1) {
            let block = block.split("```").next().unwrap();
            let text = block.replace("<256 KiB>", &"a".repeat(256 * 1024));
            let version = text.lines().find_map(|it| it.strip_prefix("# podls: kubernetes "));
            let version = version.and_then(Version::parse).unwrap_or_default();
            let stream = Stream::new(&text, parse);
            for (start, parse) in stream.documents() {
                for finding in podls::check::run_one(rule, parse, version) {
                    let echoes = echoes(parse, &finding);
                    out.push_str(&said(&text, finding.shifted(start), &echoes));
                }
            }
        }
    }
    ensure(&[(root().join("tests/it/findings.txt"), out)]);
}

/// A finding with its place and its fixes, of which the safe ones have a `!`.
fn said(text: &str, finding: Finding, echoes: &[Place]) -> String {
    let path = server_path(&finding);
    let Finding { span, severity, message, related, fixes, .. } = &finding;
    let line = 1 + text[..span.start].matches('\n').count();
    let source = text[span.start..span.end].lines().next().unwrap_or_default();
    let source: String = source.chars().take(60).collect();
    let mut out = format!("  {line}: `{source}` at `{path}`: {}: {message}\n", severity.name());
    out.extend(related.iter().map(|it| format!("    see: {}\n", it.message)));
    out.extend(echoes.iter().map(|it| format!("    echo: {}\n", it.path)));
    out.extend(
        fixes.iter().map(|it| format!("    fix: {}{}\n", it.title, if it.safe { "!" } else { "" })),
    );
    out
}

#[test]
fn codes_are_file_names() {
    for code in podls::rules::ALL.iter().map(|rule| rule.code) {
        assert!(podls::rules::explain(code).is_some(), "{code} is not the name of its file");
    }
}

#[test]
fn settings() {
    let defaults = serde_json::to_value(Settings::default()).unwrap();
    let mut table = String::from("| setting | what it does | default |\n| --- | --- | --- |\n");
    for (name, docs) in documented_settings() {
        table.push_str(&format!("| `{name}` | {docs} | `{}` |\n", defaults[&name]));
    }
    let path = root().join("editors/README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (open, close) = ("<!-- written by tests/it/generate.rs -->\n\n", "\n<!-- /written -->\n");
    let (before, rest) = text.split_once(open).unwrap();
    let (_, after) = rest.split_once(close).unwrap();
    ensure(&[(path, format!("{before}{open}{table}{close}{after}"))]);
}

#[test]
fn settings_of_vs_code() {
    let path = root().join("editors/vscode/package.json");
    let package: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let properties = &package["contributes"]["configuration"]["properties"];
    for (name, docs) in documented_settings() {
        let property = &properties[format!("podls.{name}")];
        assert_eq!(property["markdownDescription"], docs, "podls.{name} in package.json");
    }
    let newest_first = Version::all().rev().map(|version| json!(version.to_string()));
    let versions: Vec<_> = [Value::Null].into_iter().chain(newest_first).collect();
    assert_eq!(properties["podls.kubernetesVersion"]["enum"], json!(versions));
    let profiles = &properties["podls.profiles"]["items"]["enum"];
    assert_eq!(*profiles, json!(Profile::ALL.map(Profile::name)));
    for level in properties["podls.rules"]["additionalProperties"]["enum"].as_array().unwrap() {
        let problems = Settings::default().apply(&json!({"rules": {"a": level}}), &["a"]);
        assert!(problems.is_empty(), "{problems:?}");
    }
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
}

/// The fields of `Settings` that users can set, with their doc comments in one line.
fn documented_settings() -> Vec<(String, String)> {
    let source = fs::read_to_string(root().join("server/config/mod.rs")).unwrap();
    let (_, fields) = source.split_once("pub struct Settings {\n").unwrap();
    let (fields, _) = fields.split_once("\n}").unwrap();
    let (mut found, mut docs, mut skip) = (Vec::new(), Vec::new(), false);
    for line in fields.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("/// ") {
            docs.push(doc);
        } else if line == "#[serde(skip)]" {
            skip = true;
        } else if let Some(field) = line.strip_prefix("pub ") {
            let (name, _) = field.split_once(':').unwrap();
            if !skip {
                found.push((camel_case(name), docs.join(" ")));
            }
            (docs, skip) = (Vec::new(), false);
        }
    }
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, KEYS);
    found
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap().to_owned();
    words.fold(first, |name, word| format!("{name}{}{}", word[..1].to_uppercase(), &word[1..]))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Writes the files that are not what they should be, and fails for them.
#[track_caller]
pub(crate) fn ensure(files: &[(PathBuf, String)]) {
    let stale = files.iter().filter(|(path, text)| {
        let stale = fs::read_to_string(path).unwrap_or_default() != *text;
        if stale {
            fs::write(path, text).unwrap();
        }
        stale
    });
    let stale: Vec<_> = stale.map(|(path, _)| path.display().to_string()).collect();
    assert!(stale.is_empty(), "rewritten, run the tests again: {}", stale.join(", "));
}

/// Files of a family that hold no rule hold what several of its rules share.
fn is_rule(path: &Path) -> bool {
    fs::read_to_string(path).unwrap().contains("static RULE: Rule")
}

fn is_action(path: &Path) -> bool {
    fs::read_to_string(path).unwrap().contains("static ACTION: Action")
}

/// The `mod.rs` of a folder: what it says about itself, and its files. Those that are listed are seen
/// by the list.
fn modules(dir: &Path, paths: &[PathBuf], listed: fn(&Path) -> bool) -> (PathBuf, String) {
    let file = dir.join("mod.rs");
    let text = fs::read_to_string(&file).unwrap();
    let docs: Vec<_> = text.lines().take_while(|line| line.starts_with("//!")).collect();
    let line = |path: &PathBuf| match listed(path) {
        true => format!("pub(super) mod {};\n", stem(path)),
        false => format!("mod {};\n", stem(path)),
    };
    let mods: String = paths.iter().map(line).collect();
    (file, format!("{}\n\n{mods}", docs.join("\n")))
}

/// The Rust files of a folder but its `mod.rs`.
fn sorted(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(dir).unwrap().map(|it| it.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "rs") && !path.ends_with("mod.rs"));
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

fn stems(dir: &Path, keep: fn(&Path) -> bool) -> Vec<String> {
    let paths = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut out: Vec<_> = paths.filter(|path| keep(path)).map(|path| stem(&path)).collect();
    out.sort();
    out
}

/// The `//!` comment of a file under a heading of its name in kebab-case, which its own stand below.
fn section(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let docs = text.lines().map_while(|line| line.strip_prefix("//!"));
    let docs: Vec<_> = docs.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let docs = docs.join("\n").replace("\n## ", "\n### ");
    format!("\n## {}\n\n{docs}\n", stem(path).replace('_', "-"))
}

fn splice(dir: &Path, list: &str) -> String {
    let text = fs::read_to_string(dir.join("mod.rs")).unwrap();
    let (before, rest) = text.split_once(OPEN).unwrap();
    let (_, after) = rest.split_once(CLOSE).unwrap();
    format!("{before}{OPEN}{list}{CLOSE}{after}")
}
