//! Texts that look like manifests, made of bytes.

use podls::text::Span;

use super::input::{Choices, LONGEST, floor};
use super::words::{MARKS, keys, values};

/// Manifests to start from.
const SEEDS: &[&str] = &[
    include_str!("../../tests/manifests/adapter.yaml"),
    include_str!("../../tests/manifests/ambassador.yaml"),
    include_str!("../../tests/manifests/faulty.yaml"),
    include_str!("../../tests/manifests/sidecar-init.yaml"),
    include_str!("../../tests/manifests/valid/01-pod-single.yaml"),
    include_str!("../../tests/manifests/valid/03-pod-sidecar-native.yaml"),
    include_str!("../../tests/manifests/valid/06-pod-init-chain.yaml"),
    include_str!("../../tests/manifests/valid/07-pod-env.yaml"),
    include_str!("../../tests/manifests/valid/16-pod-windows-crlf.yaml"),
    include_str!("../../tests/manifests/valid/18-pod-json.yaml"),
    include_str!("../../tests/manifests/valid/19-pod-unicode.yaml"),
    include_str!("../../tests/manifests/valid/20-deploy-web.yaml"),
    include_str!("../../tests/manifests/valid/21-deploy-multidoc.yaml"),
    include_str!("../../tests/manifests/valid/29-job-plain.yaml"),
    include_str!("../../tests/manifests/valid/30-cronjob.yaml"),
    include_str!("../../tests/manifests/valid/32-list.yaml"),
    include_str!("../../tests/manifests/valid/33-deploy-merge.yaml"),
    include_str!("../../tests/manifests/valid/35-pod-line.yaml"),
    include_str!("../../tests/manifests/valid/37-cronjob-flow.yaml"),
];

/// A text as the first choice wants it: the bytes as they are, one of ours with changes, or lines of keys
/// and values. Without choices it is the bytes.
pub(super) fn text(bytes: &[u8], choices: &mut Choices<'_>) -> String {
    let kind = if choices.are_chance() { 0 } else { choices.byte() % 3 };
    let mut text = match kind {
        0 => String::from_utf8_lossy(bytes).into_owned(),
        1 => changed(seed(choices), &mut Choices::of(bytes)),
        _ => lines(&mut Choices::of(bytes)),
    };
    text.truncate(floor(&text, LONGEST));
    text
}

/// One of our manifests, cut to a length that leaves room for changes.
fn seed(choices: &mut Choices<'_>) -> &'static str {
    let text = choices.pick(SEEDS);
    &text[..floor(text, LONGEST * 3 / 4)]
}

/// `text` with changes of the kinds that people and tools make.
fn changed(text: &str, choices: &mut Choices<'_>) -> String {
    let mut text = text.to_owned();
    while !choices.is_empty() {
        let at = choices.place(&text);
        let line = line_at(&text, at);
        match choices.below(9) {
            0 => text.insert_str(at, choices.pick(MARKS)),
            1 => text.insert_str(line.start, &pair(choices, 0)),
            2 => text.replace_range(line.start..line.end, ""),
            3 => text.replace_range(at..line.end.max(at), choices.pick(values())),
            4 => text.truncate(at),
            5 => {
                let copy = text[line.start..line.end].to_owned();
                let to = choices.place(&text);
                text.insert_str(line_at(&text, to).start, &copy);
            }
            6 => text.insert_str(line.start, &" ".repeat(choices.below(6))),
            7 => {
                let blanks = text[line.start..line.end].len()
                    - text[line.start..line.end].trim_start_matches(' ').len();
                let less = choices.below(blanks + 1);
                text.replace_range(line.start..line.start + less, "");
            }
            _ => text.insert_str(at, choices.pick(keys())),
        }
        if text.len() > LONGEST {
            break;
        }
    }
    text
}

/// The line of `at` with its end.
fn line_at(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
    let end = text[at..].find('\n').map_or(text.len(), |it| at + it + 1);
    Span::new(start, end)
}

/// Lines of keys and values, each as deep as it may be.
fn lines(choices: &mut Choices<'_>) -> String {
    let heads = ["apiVersion: v1\nkind: Pod\n", "apiVersion: apps/v1\nkind: Deployment\n", ""];
    let mut text = choices.pick(&heads).to_owned();
    let mut depth = 0_usize;
    while !choices.is_empty() && text.len() < LONGEST {
        let kind = choices.byte();
        depth = match kind >> 5 {
            0 | 1 => depth + 2,
            2 => depth.saturating_sub(usize::from(kind) % 5),
            3 => 0,
            _ => depth,
        };
        match kind % 8 {
            0 => text.push_str(&format!("{}- {}", " ".repeat(depth), pair(choices, 0))),
            1 => text.push_str(&format!("{}{}:\n", " ".repeat(depth), choices.pick(keys()))),
            2 => text.push_str(&format!("{}- {}\n", " ".repeat(depth), choices.pick(values()))),
            3 => text.push_str(choices.pick(MARKS)),
            _ => text.push_str(&pair(choices, depth)),
        }
    }
    text
}

/// A line with a key and a value.
fn pair(choices: &mut Choices<'_>, depth: usize) -> String {
    format!("{}{}: {}\n", " ".repeat(depth), choices.pick(keys()), choices.pick(values()))
}

/// A piece to insert.
pub(super) fn piece(choices: &mut Choices<'_>) -> String {
    match choices.below(5) {
        0 => String::new(),
        1 => choices.pick(keys()).to_owned(),
        2 => choices.pick(values()).to_owned(),
        3 => pair(choices, 2),
        _ => choices.pick(MARKS).to_owned(),
    }
}
