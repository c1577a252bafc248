//! Names that are free: a skeleton suggests none that stands beside it already.

use crate::complete::CompletionCx;
use crate::complete::reference::pod_around;
use crate::syntax::Node;

/// The fields of an item whose value no other item of the list may have.
const KEYS: [&str; 2] = ["name", "mountPath"];

/// The lines of a skeleton, with other words where its own are taken.
pub(super) fn with_free_words(cx: &CompletionCx<'_>, lines: &[&str]) -> Vec<String> {
    let free = |line: &&str| {
        let word = KEYS.iter().find_map(|key| suggested(line, key));
        let Some((key, word)) = word else { return (*line).to_owned() };
        let next = (2..100).map(|number| numbered(word, number));
        let mut words = std::iter::once(word.to_owned()).chain(next);
        let taken = |it: &String| is_taken(cx, key, it);
        match words.find(|it| !taken(it)) {
            Some(found) => line.replacen(word, &found, 1),
            None => (*line).to_owned(),
        }
    };
    lines.iter().map(free).collect()
}

/// The word of the line `name: ${1:word}`, with its key.
fn suggested<'a>(line: &'a str, key: &'static str) -> Option<(&'static str, &'a str)> {
    let place = line.strip_prefix(key)?.strip_prefix(": ${")?.trim_start_matches(char::is_numeric);
    Some((key, place.strip_prefix(':')?.strip_suffix('}')?))
}

fn numbered(word: &str, number: usize) -> String {
    let is_variable = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    format!("{word}{}{number}", if is_variable { '_' } else { '-' })
}

/// Whether an item of the list around the cursor has the word; of containers, any of the pod.
fn is_taken(cx: &CompletionCx<'_>, key: &str, word: &str) -> bool {
    let list = cx.node.ancestors().find(|it| it.is_seq());
    let has = |item: Node<'_>| item.field(key).and_then(Node::text) == Some(word);
    if list.is_some_and(|list| list.items().any(has)) {
        return true;
    }
    let of_containers = list
        .and_then(Node::key)
        .and_then(Node::text)
        .is_some_and(|key| ["containers", "initContainers", "ephemeralContainers"].contains(&key));
    let pod = if of_containers && key == "name" { pod_around(cx.node) } else { None };
    pod.is_some_and(|pod| pod.containers.iter().any(|it| it.name() == word))
}
