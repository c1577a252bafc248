//! Safe fixes keep what somebody wrote: on faulty manifests, on those that a server accepts, and on
//! slips planted into good ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use podls::check::Severity;
use podls::config::Settings;
use podls::ide::{Document, MAY_TAKE};
use podls::schema::Version;
use podls::syntax::{Node, Stream, parse};

use crate::corpus::{corpus, is_thorough};
use crate::truth::cases;

/// Codes whose safe fixes may take something away; what they take stands there a second time.
const LIST: [&str; 4] =
    ["duplicate-scheduling-gate", "duplicate-volume-name", "exit-codes", "pull-secret"];

#[test]
fn the_list_is_short() {
    let codes: Vec<_> = MAY_TAKE.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, LIST);
    assert!(MAY_TAKE.iter().all(|(_, reason)| reason.contains(" stays")));
}

#[test]
fn values_are_not_taken_away() {
    let cases = cases(11);
    let (mut fixed, mut wrong) = (0, Vec::new());
    for case in &cases {
        let (after, codes) = fix(&case.text);
        fixed += usize::from(after != case.text);
        let (old, new) = (counts(&case.text), counts(&after));
        let less = |text: &&String| new.get(*text) < old.get(*text);
        let gone: Vec<_> = old.keys().filter(less).collect();
        let sum = |of: &BTreeMap<String, usize>| of.values().sum::<usize>();
        if sum(&new) < sum(&old) && !codes.iter().any(|code| LIST.contains(code)) {
            wrong.push(format!("{}: {codes:?} {gone:?}", case.id));
        }
    }
    eprintln!("{} files, {fixed} fixed, {} lose a value", cases.len(), wrong.len());
    assert!(fixed * 20 > cases.len(), "only {fixed} of {} are fixed", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_server_accepts_stays_as_it_is() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for case in cases(11) {
        if case.verdict["verdict"] == "accept" {
            texts.push((case.id, case.text));
        }
    }
    let step = if is_thorough() { 1 } else { 19 };
    for manifest in corpus().unwrap_or_default().iter().step_by(step).filter(|it| it.accepted) {
        texts.push((manifest.name.clone(), manifest.text.clone()));
    }
    let mut wrong = Vec::new();
    for (name, text) in &texts {
        let (after, codes) = fix(text);
        if after != *text
            && leaves(&after) != leaves(text)
            && !codes.iter().all(|it| LIST.contains(it))
        {
            wrong.push(format!("{name}: {codes:?}"));
        }
    }
    eprintln!("{} accepted files, {} with other values", texts.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How the planted slips ended.
#[derive(Default, Debug)]
struct Ends {
    restored: usize,
    left: usize,
    wrong: Vec<String>,
}

impl Ends {
    fn add(&mut self, good: &str, bad: &str, what: &str) {
        match fix(bad).0 {
            after if after == good => self.restored += 1,
            after if after == bad => self.left += 1,
            _ => self.wrong.push(what.to_owned()),
        }
    }

    fn judge(&self) {
        let all = self.restored + self.left + self.wrong.len();
        eprintln!(
            "{} of {all} restored, {} left, {} wrong",
            self.restored,
            self.left,
            self.wrong.len()
        );
        assert!(self.wrong.is_empty(), "{:?}", self.wrong);
        assert!(self.restored * 10 >= all * 9, "{} of {all} restored", self.restored);
    }
}

#[test]
fn misspelt_keys_come_back() {
    let Some(texts) = good() else { return };
    let (mut random, mut ends) = (Random(1), Ends::default());
    for (text, start, word) in planted(&texts, &mut random, is_key) {
        let slip = random.misspelt(&word);
        let bad = format!("{}{slip}{}", &text[..start], &text[start + word.len()..]);
        ends.add(text, &bad, &format!("{word} as {slip}"));
    }
    ends.judge();
}

#[test]
fn misspelt_values_come_back() {
    let Some(texts) = good() else { return };
    let (mut random, mut ends) = (Random(2), Ends::default());
    for (text, start, word) in planted(&texts, &mut random, is_value) {
        let slip = random.misspelt(&word);
        let bad = format!("{}{slip}{}", &text[..start], &text[start + word.len()..]);
        // A word that may be anything is none of several values.
        let found = document(&bad).findings();
        if found.iter().any(|it| it.severity == Severity::Error && it.span.start == start) {
            ends.add(text, &bad, &format!("{word} as {slip}"));
        }
    }
    ends.judge();
}

/// A few of the words of `texts` that `wanted` takes, each with its text and its place.
fn planted<'a>(
    texts: &'a [String],
    random: &mut Random,
    wanted: fn(Node<'_>) -> bool,
) -> Vec<(&'a str, usize, String)> {
    let mut words = Vec::new();
    for text in texts {
        let stream = Stream::new(text, parse);
        for (start, document) in stream.documents() {
            let nodes = document.tree.nodes().filter(|node| wanted(*node));
            let word = |node: Node<'_>| {
                (node.content_span().start + start, node.text().unwrap_or_default().to_owned())
            };
            words.extend(nodes.map(word).map(|(at, word)| (text.as_str(), at, word)));
        }
    }
    let count = if is_thorough() { 5000 } else { 150 };
    (0..count).map(|_| words[random.below(words.len())].clone()).collect()
}

/// A key that a type has, as far as the place tells.
fn is_key(node: Node<'_>) -> bool {
    const FREE: [&str; 13] = [
        "labels",
        "annotations",
        "matchLabels",
        "nodeSelector",
        "requests",
        "limits",
        "data",
        "selector",
        "capacity",
        "options",
        "volumeAttributes",
        "stringData",
        "parameters",
    ];
    let above = || node.parent().and_then(Node::key).and_then(Node::text).unwrap_or_default();
    node.is_key()
        && is_word(node)
        && !["apiVersion", "kind", "name"].contains(&node.text().unwrap_or_default())
        && (!FREE.contains(&above())
            || ["matchLabels", "matchExpressions"].contains(&node.text().unwrap_or_default()))
}

/// A value that may be one of several.
fn is_value(node: Node<'_>) -> bool {
    let key = node.key().and_then(Node::text);
    !node.is_key()
        && is_word(node)
        && key != Some("kind")
        && node.text().is_some_and(|it| it.starts_with(|first: char| first.is_ascii_uppercase()))
}

fn is_word(node: Node<'_>) -> bool {
    let source = node.tree().slice(node.content_span());
    source.len() > 3 && source.bytes().all(|it| it.is_ascii_alphabetic())
}

/// Manifests without a fault.
fn good() -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/truth/base");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return None;
    };
    let mut paths: Vec<_> = files.flatten().map(|file| file.path()).collect();
    paths.sort();
    Some(paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect())
}

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// The word with a letter left out, doubled, added, or with two of them the wrong way round.
    fn misspelt(&mut self, word: &str) -> String {
        loop {
            let at = 1 + self.below(word.len() - 2);
            let (head, tail) = word.split_at(at);
            let slip = match self.below(5) {
                0 => format!("{head}{}", &tail[1..]),
                1 => format!("{head}{}{tail}", &tail[..1]),
                2 => format!("{head}{}{}{}", &tail[1..2], &tail[..1], &tail[2..]),
                3 => format!("{head}{}{tail}", ["a", "e", "i", "o", "x", "s"][self.below(6)]),
                _ => word.strip_suffix('s').map_or(format!("{word}s"), str::to_owned),
            };
            if slip != word {
                return slip;
            }
        }
    }
}

/// With the version of Kubernetes that judged the cases: an older one does not have all of their kinds.
fn document(text: &str) -> Document {
    let kubernetes_version = Version::parse("1.37").unwrap();
    Document::new(text, &Arc::new(Settings { kubernetes_version, ..Settings::default() }))
}

/// The text after the safe fixes, and their codes.
fn fix(text: &str) -> (String, Vec<&'static str>) {
    let (after, done) = document(text).fixed(false);
    (after.text().to_string(), done.into_iter().map(|it| it.code).collect())
}

/// How often each scalar stands there.
fn counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (_, value) in leaves(text) {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// The path and the type and text of each scalar.
fn leaves(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, document) in Stream::new(text, parse).documents() {
        let values = document.tree.nodes().filter(|node| !node.is_key() && node.is_scalar());
        found.extend(values.map(|node| (node.path(), format!("{:?}", node.scalar()))));
    }
    found
}

/// What people and programs write where something else is to stand.
const PLACEHOLDERS: [&str; 9] = [
    "<Name>",
    "__NAME__",
    "$NAME",
    "${NAME}",
    "\"@Name@\"",
    "\"%NAME%\"",
    "\"#{Name}#\"",
    "My_<App>",
    "a-__Month__",
];

/// Also the suggested fixes leave placeholders where they are, wherever these stand.
#[test]
fn placeholders_stay() {
    let step = if is_thorough() { 3 } else { 211 };
    let (mut number, mut wrong) = (0, Vec::new());
    for (name, text) in crate::completing::manifests() {
        let parse = parse(&text);
        let scalars = parse.tree.nodes().filter(|node| node.is_scalar() && !node.is_key());
        for node in scalars.filter(|node| node.text().is_some_and(|text| !text.contains('\n'))) {
            number += 1;
            if number % step != 0 {
                continue;
            }
            let span = node.content_span();
            let placeholder = PLACEHOLDERS[(number / step) % PLACEHOLDERS.len()];
            let bare = placeholder.trim_matches('"');
            let quoted = format!("\"{bare}\"");
            let put = if node.in_flow() { &quoted } else { placeholder };
            let faulty = format!("{}{put}{}", &text[..span.start], &text[span.end..]);
            let document = Document::new(&faulty, &Arc::new(Settings::default()));
            let (after, done) = document.fixed(true);
            if !after.text().to_string().contains(bare) {
                let titles: Vec<_> = done.into_iter().map(|it| it.title).collect();
                wrong.push(format!("{name}: `{put}` at {}: {titles:?}", node.path()));
            }
        }
    }
    eprintln!("{} placeholders, {} are gone", number / step, wrong.len());
    assert!(number / step > 20 && wrong.is_empty(), "{}", wrong.join("\n"));
}
