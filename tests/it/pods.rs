//! What podls knows about pods, held against what others found: the API server's quality of service
//! and roles told by hand.

use podls::pod::{Manifest, Pattern, Pod};
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

/// The class of every accepted pod is the one that the API server gives it.
#[test]
fn quality_of_service_is_the_servers() {
    let (mut same, mut wrong) = (0, Vec::new());
    for file in
        ["corpus/verdicts.jsonl.gz", "truth/kubernetes-cases.jsonl.gz", "truth/mutations.jsonl.gz"]
    {
        let Some(lines) = truth::lines(file) else { return };
        for case in lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            let name = case["file"].as_str().or(case["id"].as_str()).unwrap();
            let docs = case["docs"].as_array().or(case["verdict"]["docs"].as_array());
            for doc in docs.into_iter().flatten().filter(|doc| doc["verdict"] == "accept") {
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
    assert!(same > 900, "only {same} pods");
}

/// A container of a real manifest, and what it is for, told by hand.
struct Label<'a> {
    file: &'a str,
    document: u64,
    container: &'a str,
    role: &'a str,
}

fn labels() -> impl Iterator<Item = Label<'static>> {
    let lines = include_str!("../roles.tsv").lines().filter(|line| !line.starts_with('#'));
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

/// Roles are those that were told by hand before there was a recogniser. Init containers and apps
/// that run alone are too easy to count.
#[test]
fn roles_are_those_told_by_hand() {
    let Some(verdicts) = truth::lines("corpus/verdicts.jsonl.gz") else { return };
    let verdicts: Vec<Value> =
        verdicts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // Only the document itself: some files have hundreds.
    let part = |label: &Label<'_>, text: &str| {
        let file = verdicts.iter().find(|it| it["file"] == label.file)?;
        let docs = file["docs"].as_array()?;
        let doc = docs.iter().find(|doc| doc["docIndex"] == label.document)?;
        let (start, end) = (doc["startLine"].as_u64()? as usize, doc["endLine"].as_u64()? as usize);
        Some(text.split_inclusive('\n').take(end).skip(start - 1).collect::<String>())
    };
    let (mut all, mut hard, mut wrong) = (Score::default(), Score::default(), Vec::new());
    for label in labels() {
        let Label { file, document, container, role } = label;
        let Some(text) = corpus::text(file) else { return };
        let asked = with_pod(&part(&label, text).unwrap(), 1, |pod| {
            let found = pod.roles();
            let it = found.iter().find(|it| it.container.name() == container).unwrap();
            let running = |it: &&podls::pod::Container<'_>| it.role != podls::pod::Role::Init;
            let is_hard =
                running(&&it.container) && pod.containers.iter().filter(running).count() > 1;
            let said = it.pattern.map(|it| if it == Pattern::Proxy { "proxy" } else { it.name() });
            for score in [Some(&mut all), is_hard.then_some(&mut hard)].into_iter().flatten() {
                score.asked += 1;
                score.said += usize::from(said.is_some());
                score.right += usize::from(said == Some(role));
            }
            if said != Some(role) {
                let said = said.unwrap_or("unknown");
                let reason = &it.reason;
                wrong.push(format!("{file} #{document} {container}: {role}, not {said}, {reason}"));
            }
        });
        assert!(asked, "no pod in {file} #{document}");
    }
    eprintln!("{}", wrong.join("\n"));
    eprintln!("all: {}\nthose that run together: {}", all.percent(), hard.percent());
    assert!(hard.asked > 150, "only {} containers", hard.asked);
    assert!(hard.right * 100 >= hard.said * 95, "{} of {}", hard.right, hard.said);
    assert!(
        (hard.asked - hard.said) * 100 <= hard.asked * 30,
        "{} unknown",
        hard.asked - hard.said
    );
}
