//! Real manifests: what must hold on text that nobody wrote for us.
//!
//! The manifests are not part of this repository; without them these tests say so and pass.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use podls::check::Severity;
use podls::config::Settings;
use podls::ide::{DiagramFormat, Document, WorkspaceContext};
use podls::syntax::{self, Kind, Node, Tree, Trust};
use podls::text::{Span, apply};

/// A real file and the documents in it that the API server accepts.
pub(crate) struct Manifest {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) accepted: bool,
}

/// The text of a file of the corpus; `None` where the corpus is not.
pub(crate) fn text(name: &str) -> Option<&'static str> {
    corpus()?.iter().find(|it| it.name == name).map(|it| it.text.as_str())
}

/// The corpus, unpacked once; `None` where it is not.
pub(crate) fn corpus() -> Option<&'static [Manifest]> {
    static CORPUS: OnceLock<Option<Vec<Manifest>>> = OnceLock::new();
    CORPUS.get_or_init(load).as_deref()
}

/// Tells who runs the tests what they are not told by a pass.
fn note(text: &str) {
    eprintln!("{text}");
}

fn load() -> Option<Vec<Manifest>> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let packed = shared.join("manifests.tar.gz");
    if !packed.exists() {
        note(&format!("skipped: there is no {}", packed.display()));
        return None;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    fs::create_dir_all(&folder).unwrap();
    let unpacked = Command::new("tar").arg("xzf").arg(&packed).arg("-C").arg(&folder).status();
    assert!(unpacked.unwrap().success());
    let verdicts = Command::new("gzip").arg("-dc").arg(shared.join("verdicts.jsonl.gz")).output();
    let verdicts = String::from_utf8(verdicts.unwrap().stdout).unwrap();
    let manifests = verdicts.lines().map(|line| {
        let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = verdict["file"].as_str().unwrap().to_owned();
        let text = String::from_utf8_lossy(&fs::read(folder.join(&name)).unwrap()).into_owned();
        let accepted = verdict["verdict"] == "accept" && verdict["partial"] == false;
        Manifest { name, text, accepted }
    });
    Some(manifests.collect())
}

/// Path, value and span of every scalar, alias and empty collection.
fn leaves(tree: &Tree) -> Vec<(String, String, Span)> {
    let leaf = |node: &Node<'_>| {
        !node.is_key()
            && (node.is_scalar() || node.kind() == Kind::Alias || node.children().next().is_none())
    };
    let mut out: Vec<_> = tree
        .nodes()
        .filter(leaf)
        .map(|node| (node.path(), node.text().unwrap_or_default().to_owned(), node.span()))
        .collect();
    out.sort();
    out
}

/// Whether there is time for all of the corpus: `.ci/run` asks for it in a step of its own.
pub(crate) fn is_thorough() -> bool {
    std::env::var_os("PODLS_THOROUGH").is_some()
}

/// The exact parser and the tolerant one check each other.
#[test]
fn both_parsers_see_the_same() {
    let Some(corpus) = corpus() else { return };
    let (mut documents, mut differ) = (0, Vec::new());
    for manifest in corpus {
        let stream = syntax::Stream::new(&manifest.text, |text| {
            (syntax::parse(text), syntax::parse_tolerant(text))
        });
        for (start, document) in stream.documents() {
            let (exact, (tolerant, faults)) = &**document;
            if exact.trust != Trust::Exact {
                continue;
            }
            documents += 1;
            let (left, right) = (leaves(&exact.tree), leaves(tolerant));
            let comments = exact.tree.comments() == tolerant.comments();
            if left != right || !faults.is_empty() || !comments {
                let first = left.iter().zip(&right).find(|(a, b)| a != b);
                differ.push(format!(
                    "{} at byte {start}: {first:?} {faults:?} comments {comments}",
                    manifest.name
                ));
            }
        }
    }
    eprintln!("{documents} documents, {} differ\n{}", differ.len(), differ.join("\n"));
    assert!(documents > 1000);
    assert!(differ.len() * 200 < documents, "{} of {documents} differ", differ.len());
}

/// Half-typed text: some files, cut at every 97th byte, or at fewer places where time is short.
#[test]
fn a_cut_file_is_no_trouble() {
    let Some(corpus) = corpus() else { return };
    let settings = Arc::new(Settings::default());
    let step = if is_thorough() { 97 } else { 997 };
    for manifest in corpus.iter().step_by(23) {
        for at in (0..manifest.text.len().min(6000)).step_by(step) {
            let Some(text) = manifest.text.get(..at) else { continue };
            let document = Document::new(text, &settings);
            document.findings();
            document.actions(Span::at(at));
            document.completions(at);
            document.hover(at);
            document.symbols();
            document.hints(Span::new(0, at));
            document.folds();
            if at % 5 == 0 {
                document.diagrams(DiagramFormat::Svg);
                document.diagrams(DiagramFormat::Text);
            }
        }
    }
}

/// Whatever an action offers can be accepted: the result is YAML, keeps every byte that it does
/// not replace, and has no new error.
#[test]
fn actions_are_safe_to_accept() {
    let Some(corpus) = corpus() else { return };
    let settings = Arc::new(Settings::default());
    let (mut files, mut applied, mut wrong) = (0, BTreeMap::new(), Vec::new());
    // Large files say little that small ones do not, and cost most of the time.
    let small = corpus.iter().filter(|it| it.accepted && it.text.len() < 8_000);
    for manifest in small.step_by(if is_thorough() { 1 } else { 16 }) {
        files += 1;
        let document = Document::new(&manifest.text, &settings);
        let before = errors(&document);
        // All that can be added, beyond the few that are offered.
        for (index, place) in document.pods().iter().enumerate() {
            let at = Span::at(place.apps[0].1);
            let choices = document.choices(at, WorkspaceContext::default()).into_iter();
            let part = if is_thorough() { 3 } else { 40 };
            for choice in choices.skip((files + index) % part).step_by(part) {
                *applied.entry(choice.name.clone()).or_insert(0) += 1;
                let after = apply(&manifest.text, &choice.edits);
                if let Some(fault) = fault(&manifest.text, &after, &before) {
                    wrong.push(format!("{} {index}, {}: {fault}", manifest.name, choice.name));
                }
            }
        }
        for at in places(&manifest.text) {
            for offer in document.actions(Span::at(at)) {
                *applied.entry(offer.title.clone()).or_insert(0) += 1;
                let after = apply(&manifest.text, &offer.edits);
                // A comment inside a field that an action drops goes with it.
                let fault = fault(&manifest.text, &after, &before)
                    .filter(|it| !(offer.title.contains("(drops") && it.ends_with("is gone")));
                if let Some(fault) = fault {
                    wrong.push(format!("{} at {at}, {}: {fault}", manifest.name, offer.title));
                }
            }
        }
    }
    eprintln!("{files} files, applied {applied:#?}");
    assert!(applied.len() > 20, "only {} things to do", applied.len());
    assert!(files >= if is_thorough() { 500 } else { 30 }, "only {files} files");
    assert!(
        wrong.is_empty(),
        "{} faults\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}

/// The places of the keys where containers are added: specs, lists and the first containers.
fn places(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let stream = syntax::Stream::new(text, syntax::parse);
    for (start, parse) in stream.documents() {
        let keys = parse.tree.nodes().filter(|node| {
            node.is_key() && matches!(node.text(), Some("containers" | "initContainers" | "spec"))
        });
        for key in keys {
            let items = key.next_sibling().into_iter().flat_map(Node::items);
            let items: Vec<_> = items.take(2).map(|item| start + item.span().start).collect();
            let at_key = items.is_empty().then(|| start + key.span().start);
            found.extend(items.into_iter().chain(at_key));
        }
    }
    found
}

fn errors(document: &Document) -> Vec<String> {
    let findings = document.findings().into_iter();
    let errors = findings.filter(|it| it.severity == Severity::Error);
    errors.map(|it| format!("{} {}", it.code, it.message)).collect()
}

fn fault(text: &str, after: &str, before: &[String]) -> Option<String> {
    let settings = Arc::new(Settings::default());
    let comments = |text: &str| -> Vec<String> {
        let stream = syntax::Stream::new(text, syntax::parse);
        let each = stream.documents().flat_map(|(_, parse)| {
            let tree = &parse.tree;
            tree.comments().iter().map(|it| tree.slice(*it).to_owned()).collect::<Vec<_>>()
        });
        each.collect()
    };
    let document = Document::new(after, &settings);
    let new: Vec<_> = errors(&document).into_iter().filter(|it| !before.contains(it)).collect();
    if !new.is_empty() {
        return Some(format!("new errors {new:?}\n{after}"));
    }
    let (before, after) = (comments(text), comments(after));
    if let Some(gone) = before.iter().find(|comment| !after.contains(comment)) {
        return Some(format!("the comment {gone} is gone"));
    }
    None
}
