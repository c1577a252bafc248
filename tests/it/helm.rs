//! Real Helm as the judge: what is offered in the templates of `tests/chart` does the same in all of their
//! renderings. `PODLS_HELM` names the render server; without it this says so and passes.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::{env, fs};

use podls::ide::{Document, WorkspaceContext};
use podls::text::{Edit, Span, apply};
use serde_json::{Value, json};

use crate::templates_completed::values;

type Values = BTreeMap<String, usize>;

/// The render server.
struct Helm {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    chart: PathBuf,
}

impl Helm {
    fn start() -> Option<Self> {
        let Some(server) = env::var_os("PODLS_HELM") else {
            eprintln!("skipped: PODLS_HELM does not name the render server");
            return None;
        };
        let mut command = Command::new(server);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let chart = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chart");
        let mut helm = Self { child, input, output, chart };
        helm.ask(&json!({"chart": helm.chart}));
        Some(helm)
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.input, "{question}").unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// What `file` with this text is rendered to, for each set of values; `None` where that is an error or
    /// no YAML.
    fn render(&mut self, file: &str, text: &str) -> Vec<Option<Values>> {
        let question = json!({"chart": self.chart, "file": file, "text": text});
        let answer = self.ask(&question);
        let errors = answer["err"].as_array().cloned().unwrap_or_default();
        let texts = answer["out"].as_array().cloned().unwrap_or_default();
        let each = texts.iter().zip(errors);
        each.map(|(text, error)| values(text.as_str()?).filter(|_| error == "")).collect()
    }
}

impl Drop for Helm {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn templates() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chart/templates");
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let files = files.filter(|it| it.extension().is_some_and(|it| it == "yaml"));
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        (format!("templates/{name}"), fs::read_to_string(&path).unwrap())
    };
    let mut all: Vec<_> = files.map(read).collect();
    all.sort();
    all
}

/// What of `before` is gone, and what is new.
fn difference(before: &Values, after: &Values) -> (Values, Values) {
    let more = |one: &Values, other: &Values| {
        let each = one.iter().filter_map(|(value, count)| {
            let more = count.saturating_sub(other.get(value).copied().unwrap_or_default());
            (more > 0).then(|| (value.clone(), more))
        });
        each.collect::<Values>()
    };
    (more(before, after), more(after, before))
}

#[test]
fn what_is_offered_does_the_same_with_all_values() {
    let Some(mut helm) = Helm::start() else { return };
    let (mut judged, mut files) = (0, 0);
    for (file, text) in templates() {
        let document = Document::new(&text, &Arc::default());
        let before = helm.render(&file, &text);
        assert!(before.iter().any(Option::is_some), "{file} is not rendered");
        files += 1;
        let mut offers: BTreeMap<String, (Vec<Edit>, bool)> = BTreeMap::new();
        for (at, _) in text.match_indices("name: ").chain(text.match_indices("containers:")) {
            let at = Span::at(at);
            for it in document.actions_around(at, WorkspaceContext::default()) {
                let adds = it.title.starts_with("Add");
                offers.insert(it.title, (it.edits, adds));
            }
            for it in document.choices(at, WorkspaceContext::default()) {
                offers.insert(it.title, (it.edits, true));
            }
        }
        for (title, (edits, adds)) in offers {
            let after = helm.render(&file, &apply(&text, &edits));
            let mut same = None;
            for (before, after) in before.iter().zip(after) {
                let Some(before) = before else { continue };
                let Some(after) = after else { panic!("{file}: {title} breaks it") };
                let (lost, new) = difference(before, &after);
                assert!(!adds || lost.is_empty(), "{file}: {title} takes {lost:?} away");
                let change = (lost, new);
                assert!(
                    same.as_ref().is_none_or(|same| *same == change),
                    "{file}: {title} depends on values: {same:?} {change:?}"
                );
                same = Some(change);
            }
            judged += 1;
        }
    }
    eprintln!("{judged} edits of {files} templates do the same with all values");
    assert!(judged > 300, "{judged}");
}

#[test]
fn what_is_completed_keeps_all_values() {
    let Some(mut helm) = Helm::start() else { return };
    let mut judged = 0;
    for (file, text) in templates() {
        let before = helm.render(&file, &text);
        let mut starts: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        starts.pop();
        for start in starts {
            let (above, below) = (text[..start].lines().last(), text[start..].lines().next());
            let indent = |line: &str| line.len() - line.trim_start().len();
            let (above, below) = (indent(above.unwrap_or("")), indent(below.unwrap_or("")));
            let mut columns = vec![above, above + 2, below];
            columns.sort_unstable();
            columns.dedup();
            for column in columns {
                let written =
                    format!("{}{}\n{}", &text[..start], " ".repeat(column), &text[start..]);
                let document = Document::new(&written, &Arc::default());
                let mut seen = Vec::new();
                for item in document.completions(start + column) {
                    let kind = (item.kind, item.insert.contains('\n'), item.insert.ends_with(':'));
                    if seen.contains(&kind) {
                        continue;
                    }
                    seen.push(kind);
                    let after = apply(&written, &item.edits());
                    for (before, after_it) in before.iter().zip(helm.render(&file, &after)) {
                        let Some(before) = before else { continue };
                        let place = format!("{file}: {}\n{after}", item.label);
                        let Some(after_it) = after_it else { panic!("{place}") };
                        assert!(difference(before, &after_it).0.is_empty(), "{place}");
                    }
                    judged += 1;
                }
            }
        }
    }
    eprintln!("{judged} items keep all values");
    assert!(judged > 300, "{judged}");
}
