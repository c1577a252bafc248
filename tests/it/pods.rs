//! What podls knows about pods, held against what others found: the API server's quality of service
//! and roles told by hand.

use podls::pod::{Manifest, Pod};
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
