//! What podls knows about pods, held against what others found: the API server's quality of service
//! and roles told by hand.

use std::sync::Arc;

use podls::check::Severity;
use podls::config::Settings;
use podls::ide::{Document, page, page_names};
use podls::pod::{Container, Manifest, Pattern, Pod, Role};
use podls::schema;
use podls::syntax::{self, Parse, Stream};
use serde_json::Value;

use crate::{corpus, truth};

/// Calls `check` for the pod of the document that starts on `line`, from 1 on; whether there is one.
fn with_pod(text: &str, line: usize, check: impl FnOnce(&Pod<'_>)) -> bool {
    let at: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let stream: Stream<Parse> = Stream::new(text, syntax::parse);
    let Some((start, parse)) = stream.document_at(at) else { return false };
    // Items of a `List` have lines of their own; other documents can begin with a comment.
    let manifests = Manifest::all(parse);
    let line_end = text[at..].find('\n').map_or(text.len(), |len| at + len);
    let before = |it: &&Manifest<'_>| start + it.root.span().start <= line_end;
    let manifest = manifests.iter().rfind(before).or(manifests.first());
    manifest.and_then(|it| Pod::all(it).pop()).as_ref().map(check).is_some()
}

/// Nothing is wrong with the examples of the pages about patterns.
#[test]
fn examples_of_pages_are_fine() {
    for name in page_names() {
        let text = page(name).unwrap();
        let example = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
        let document = Document::new(example.unwrap(), &Arc::new(Settings::default()));
        let findings = document.findings().into_iter();
        let worse: Vec<_> = findings.filter(|it| it.severity <= Severity::Warning).collect();
        assert!(worse.is_empty(), "{name}: {worse:?}");
    }
}

/// Whether the server accepts it as a kind that is built in. It also takes `/v1` for `v1`.
fn is_pod(doc: &Value) -> bool {
    let text = |key: &str| doc[key].as_str().unwrap_or_default();
    doc["verdict"] == "accept" && schema::kind(text("apiVersion"), text("kind")).is_some()
}

/// The class of every accepted pod is the one that the API server gives it.
#[test]
fn quality_of_service_is_the_servers() {
    let (mut same, mut wrong) = (0, Vec::new());
    let shared = ["corpus/verdicts.jsonl.gz", "truth/kubernetes-cases.jsonl.gz"];
    for lines in shared.into_iter().filter_map(truth::lines).chain([truth::own_lines()]) {
        for case in lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            let name = case["file"].as_str().or(case["id"].as_str()).unwrap();
            let docs = case["docs"].as_array().or(case["verdict"]["docs"].as_array());
            for doc in docs.into_iter().flatten().filter(|doc| is_pod(doc)) {
                let Some(class) = doc["qosClass"].as_str() else { continue };
                let text = case["yaml"].as_str().or_else(|| corpus::text(name)).unwrap();
                let mut ours = None;
                let line = doc["startLine"].as_u64().unwrap() as usize;
                with_pod(text, line, |pod| ours = pod.qos().map(|qos| qos.class.name()));
                match ours == Some(class) {
                    true => same += 1,
                    false => wrong.push(format!("{name} line {line}: {class}, not {ours:?}")),
                }
            }
        }
    }
    eprintln!("{same} of {} classes are the server's", same + wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(same > 300, "only {same} pods");
}

/// A container of a real manifest, and what it is for, told by hand.
struct Label<'a> {
    file: &'a str,
    document: u64,
    container: &'a str,
    role: &'a str,
}

/// The labels that were there before the recogniser, and those that were told later.
const LABELS: [&str; 2] = [include_str!("../roles.tsv"), include_str!("../roles-later.tsv")];

fn labels(file: &'static str) -> impl Iterator<Item = Label<'static>> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let [file, document, container, role] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        Label { file, document: document.parse().unwrap(), container, role }
    })
}

/// How often podls was asked, said something, and was right.
#[derive(Default)]
struct Score {
    asked: usize,
    said: usize,
    right: usize,
}

impl Score {
    fn percent(&self) -> String {
        let percent = |part: usize, of: usize| part as f64 * 100.0 / of as f64;
        let right = percent(self.right, self.said);
        let unknown = percent(self.asked - self.said, self.asked);
        format!("{} containers, {right:.1} % right, {unknown:.1} % unknown", self.asked)
    }
}

/// Roles are those told by hand.
#[test]
fn roles_are_those_told_by_hand() {
    let Some(verdicts) = truth::lines("corpus/verdicts.jsonl.gz") else { return };
    let verdicts: Vec<Value> =
        verdicts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (labels, least) in LABELS.into_iter().zip([150, 40]) {
        let mut score = Score::default();
        for label in self::labels(labels) {
            let part = part(&verdicts, &label).unwrap();
            let asked = with_pod(&part, 1, |pod| judge(pod, &label, &mut score));
            assert!(asked, "no pod in {} #{}", label.file, label.document);
        }
        let Score { asked, said, right } = score;
        eprintln!("of those that run together: {}", score.percent());
        assert!(asked >= least, "only {asked} containers");
        assert!(right * 100 >= said * 95, "{right} of {said}");
        assert!((asked - said) * 100 <= asked * 30, "{said} of {asked}");
    }
}

/// The document that a label speaks of. Only that: some files have hundreds.
fn part(verdicts: &[Value], label: &Label<'_>) -> Option<String> {
    let file = verdicts.iter().find(|it| it["file"] == label.file)?;
    let docs = file["docs"].as_array()?;
    let doc = docs.iter().find(|doc| doc["docIndex"] == label.document)?;
    let (start, end) = (doc["startLine"].as_u64()? as usize, doc["endLine"].as_u64()? as usize);
    let text = corpus::text(label.file)?;
    Some(text.split_inclusive('\n').take(end).skip(start - 1).collect())
}

/// Init containers, and apps that run alone, are too easy to count.
fn judge(pod: &Pod<'_>, label: &Label<'_>, score: &mut Score) {
    let found = pod.container_roles();
    let found = found.iter().find(|it| it.container.name() == label.container).unwrap();
    let said = found.pattern.map(|it| if it == Pattern::Proxy { "proxy" } else { it.name() });
    let running = |it: &&Container<'_>| it.role != Role::Init;
    if !running(&&found.container) || pod.containers.iter().filter(running).count() < 2 {
        assert_eq!(said, Some(label.role));
        return;
    }
    score.asked += 1;
    score.said += usize::from(said.is_some());
    score.right += usize::from(said == Some(label.role));
    if said != Some(label.role) {
        let Label { file, document, container, role } = label;
        let (said, reason) = (said.unwrap_or("unknown"), &found.reason);
        eprintln!("{file} #{document} {container}: {role}, not {said}, {reason}");
    }
}
