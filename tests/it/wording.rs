//! No phrase that `server/rules/STYLE.md` advises against is in text for users: messages and titles of
//! fixes, manuals, pages, READMEs, templates and help texts.

use std::fs;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The phrases between the last fences of the guide.
fn phrases() -> Vec<String> {
    let guide = read("server/rules/STYLE.md");
    let (_, list) = guide.rsplit_once("```text\n").unwrap();
    list.lines().take_while(|line| *line != "```").map(str::to_owned).collect()
}

/// The lines of all files below `folder` that end in `ending` and are `chosen`.
fn lines(folder: &Path, ending: &str, chosen: fn(&str) -> bool, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            lines(&path, ending, chosen, out);
        } else if path.to_string_lossy().ends_with(ending) {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(root()).unwrap().display();
            out.extend(
                text.lines().filter(|line| chosen(line)).map(|line| format!("{name}: {line}")),
            );
        }
    }
}

/// The text outside of fences, without line breaks: a phrase may go across one.
fn prose(name: &str, manual: &str) -> String {
    let outside = manual.split("\n```").step_by(2);
    let text = outside.collect::<Vec<_>>().join(" ");
    format!("{name}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The manuals and pages in Markdown.
const PAGES: [&str; 13] = [
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "editors/README.md",
    "editors/helix/README.md",
    "editors/neovim/README.md",
    "editors/vscode/README.md",
    "editors/zed/README.md",
    "fuzz/README.md",
    "server/README.md",
    "server/actions/README.md",
    "server/rules/README.md",
];

/// All text for users, in pieces that begin with their source.
fn read_by_people() -> Vec<String> {
    let mut all: Vec<_> = read("tests/it/findings.txt").lines().map(str::to_owned).collect();
    for path in PAGES {
        let text = read(path);
        all.extend(text.split("\n## ").map(|part| prose(path, part)));
    }
    let is_message = |line: &str| line.trim_start().starts_with('^');
    lines(&root().join("server/rules"), ".rs", is_message, &mut all);
    lines(&root().join("server/schema/data"), "enums.yaml", |_| true, &mut all);
    let is_about = |line: &str| ["about:", "title:"].iter().any(|key| line.starts_with(key));
    lines(&root().join("server/actions/patterns"), ".yaml", is_about, &mut all);
    lines(&root().join("server/features/pages"), ".md", |_| true, &mut all);
    for command in ["", "check", "fix", "add", "graph", "rules", "explain", "serve"] {
        let args = [command, "--help"].into_iter().filter(|it| !it.is_empty());
        let run = Command::new(env!("CARGO_BIN_EXE_podls")).args(args).output();
        let help = String::from_utf8(run.unwrap().stdout).unwrap();
        all.push(prose(command, &help));
    }
    all
}

#[test]
fn phrases_of_the_guide_are_nowhere() {
    let (phrases, all) = (phrases(), read_by_people());
    assert!(phrases.len() > 20 && all.len() > 1000, "{} and {}", phrases.len(), all.len());
    let found: Vec<_> = all
        .iter()
        .flat_map(|text| {
            let wrong = phrases.iter().filter(|phrase| text.contains(phrase.as_str()));
            wrong.map(move |phrase| {
                let (before, _) = text.split_once(phrase.as_str()).unwrap();
                let near: Vec<_> = before.chars().rev().take(60).collect();
                let near: String = near.into_iter().rev().collect();
                format!("{phrase}: {}: {near}", text.split(": ").next().unwrap())
            })
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_readme_shows_what_podls_says() {
    let readme = read("README.md");
    let (_, shown) = readme.split_once("$ podls check tests/manifests\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_podls"))
        .current_dir(root())
        .args(["check", "tests/manifests"])
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    let findings: Vec<_> = shown.trim_end().split("\n\n").collect();
    assert!(findings.len() > 1);
    for finding in findings {
        assert!(said.contains(&format!("{finding}\n\n")), "{finding}");
    }
}
