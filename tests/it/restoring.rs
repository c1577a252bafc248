//! What is deleted can be completed again: entries of real manifests, in the styles that people write.

use std::sync::Arc;

use podls::complete::Item;
use podls::config::Settings;
use podls::ide::Document;
use podls::syntax::{self, Kind, Node, Tree, Trust};
use podls::text::{Edit, apply};

use crate::completing::{Leaves, keeps, leaves, manifests};
use crate::corpus::{corpus, is_thorough};

/// How an entry was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Its value is typed again behind the key.
    Scalar,
    /// With all that stood below it.
    Whole,
    /// The key alone: the children still stand there.
    Key,
}

/// A manifest without one of its entries.
struct Gap {
    text: String,
    cursor: usize,
    key: String,
    path: String,
    /// The value as it was written.
    value: String,
    cut: Cut,
    /// Whether it stood in quotes.
    quoted: bool,
}

impl Gap {
    /// `text` without `span`, with `blanks` in its place.
    fn new(
        text: &str,
        key: Node<'_>,
        span: (usize, usize),
        blanks: &str,
        cut: Cut,
    ) -> Option<Self> {
        let value = key.next_sibling()?;
        let written = &text[value.span().start..value.span().end];
        Some(Self {
            text: format!("{}{blanks}{}", &text[..span.0], &text[span.1..]),
            cursor: span.0 + blanks.len(),
            key: key.text()?.to_owned(),
            path: value.path(),
            value: written.trim_end().to_owned(),
            cut,
            quoted: text[key.span().start..].starts_with('"'),
        })
    }
}

/// The entries of `text` that can be taken out.
fn gaps(text: &str, tree: &Tree) -> Vec<Gap> {
    let keys = tree.nodes().filter(|node| node.is_key() && is_known(*node));
    let found = keys.flat_map(|key| match key.in_flow() {
        true => vec![in_brackets(text, key)],
        false => in_block(text, key),
    });
    found.flatten().collect()
}

/// Whether the schema knows the field at a path of this manifest.
fn is_known(node: Node<'_>) -> bool {
    node.parent().and_then(podls::pod::expected).is_some_and(|it| {
        it.ty.object().is_some_and(|ty| node.text().is_some_and(|key| ty.field(key).is_some()))
    })
}

/// An entry of a block map: with what is below it, or its key alone.
fn in_block(text: &str, key: Node<'_>) -> Vec<Option<Gap>> {
    let Some(value) = key.next_sibling() else { return Vec::new() };
    let start = text[..key.span().start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = |at: usize| text[at..].find(['\r', '\n']).map_or(text.len(), |len| at + len);
    let end = text[..value.span().end.max(key.span().end)].trim_end().len();
    let cut = if value.is_scalar() { Cut::Scalar } else { Cut::Whole };
    let gap = |end: usize, cut| Gap::new(text, key, (key.span().start, line_end(end)), "", cut);
    let is_alone = key.parent().is_some_and(|map| map.entries().count() == 1);
    let lead = text[start..key.span().start].trim_start_matches([' ', '-']);
    if !lead.is_empty()
        || value.is_null()
        || (is_alone && key.parent().and_then(Node::parent).is_none())
    {
        return Vec::new();
    }
    let mut found = vec![gap(end, cut)];
    let block = (value.is_map() || value.is_seq()) && !value.in_flow();
    let own_lines = block && value.span().start > line_end(key.span().start);
    if own_lines && value.children().next().is_some_and(|it| !it.in_flow()) {
        found.push(gap(key.span().end, Cut::Key));
    }
    found
}

/// An entry in brackets, with the comma behind it.
fn in_brackets(text: &str, key: Node<'_>) -> Option<Gap> {
    let value = key.next_sibling()?;
    let behind = text[value.span().end..].strip_prefix(',');
    let end = value.span().end + usize::from(behind.is_some());
    let blanks = behind.map_or(0, |it| it.len() - it.trim_start_matches(' ').len());
    let cut = if value.is_scalar() { Cut::Scalar } else { Cut::Whole };
    Gap::new(text, key, (key.span().start, end + blanks), "", cut)
}

/// The text with the entry back, and with its value where the item leaves a place for it.
fn back(text: &str, item: &Item, gap: &Gap) -> String {
    let mut edits = item.edits();
    if gap.cut == Cut::Scalar && item.snippet && item.insert.matches('$').count() == 1 {
        let quotes = gap.value.starts_with(['"', '\'']) && item.insert.contains("\"$0\"");
        let place = if quotes { "\"$0\"" } else { "$0" };
        edits[0] = Edit::replace(item.replace, item.insert.replace(place, &gap.value));
    }
    apply(text, &edits)
}

/// Whether the text with the entry back says what it said before.
fn restores(gap: &Gap, before: &Leaves, after: &str) -> bool {
    if gap.cut != Cut::Whole {
        return leaves(after).as_ref() == Some(before);
    }
    let parse = syntax::parse(after);
    let back = parse.tree.nodes().any(|node| !node.is_key() && node.path() == gap.path);
    let rest = leaves(&gap.text);
    parse.trust == Trust::Exact && back && rest.is_none_or(|rest| keeps(&rest, after))
}

/// The text after the key was typed to `typed` and completed; `None` when it was not offered.
fn completed(gap: &Gap, typed: &str) -> Option<String> {
    let (head, tail) = gap.text.split_at(gap.cursor);
    let quote = if gap.quoted && !typed.is_empty() { "\"" } else { "" };
    let text = format!("{head}{quote}{typed}{quote}{tail}");
    let document = Document::new(&text, &Arc::new(Settings::default()));
    let items = document.completions(gap.cursor + quote.len() + typed.len());
    let of_key = |item: &&Item| item.label.trim_start_matches("- ") == gap.key;
    Some(back(&text, items.iter().find(of_key)?, gap))
}

#[derive(Default)]
struct Score {
    tried: usize,
    /// Offered before anything is typed.
    at_once: usize,
    /// Offered with two letters.
    begun: usize,
    /// Right when taken at the first of both that offers it.
    restored: usize,
    missed: Vec<String>,
}

impl Score {
    fn add(&mut self, name: &str, gap: &Gap, before: &Leaves) {
        self.tried += 1;
        // Where the lines below could go on with what is above, their key comes with its first letters.
        let at_once = completed(gap, "");
        let begun = completed(gap, gap.key.get(..2).unwrap_or_default());
        let how = [at_once.is_some(), begun.is_some()];
        self.at_once += usize::from(how[0]);
        self.begun += usize::from(how[1]);
        let right = at_once.or(begun).is_some_and(|after| restores(gap, before, &after));
        self.restored += usize::from(right);
        if how != [true, true] || !right {
            let cut = gap.cut;
            self.missed
                .push(format!("{name} {} {cut:?}: offered {how:?}, right {right}", gap.path));
        }
    }
}

#[test]
fn what_is_deleted_can_be_completed_again() {
    let Some(corpus) = corpus() else { return };
    let seeds = if is_thorough() { 7..12 } else { 7..8 };
    let wanted = if is_thorough() { 1_500 } else { 40 };
    let real = corpus.iter().filter(|it| it.accepted && it.text.len() < 20_000);
    let real: Vec<_> = real.map(|it| (it.name.clone(), it.text.clone())).collect();
    // In brackets few people write; our own manifests have all styles.
    let own = manifests();
    let mut sums = [0; 4];
    for seed in seeds {
        let (mut state, mut score) = (seed, Score::default());
        let mut next = |below: usize| {
            state = 6_364_136_223_846_793_005_u64
                .wrapping_mul(state)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below.max(1)
        };
        while score.tried < wanted {
            let usable = if next(4) == 0 { &own } else { &real };
            let (name, text) = &usable[next(usable.len())];
            let (Some(before), parse) = (leaves(text), syntax::parse(text)) else { continue };
            let one = syntax::Stream::new(text, |_| ()).documents().count() == 1;
            let aliases = parse.tree.nodes().any(|node| node.kind() == Kind::Alias);
            if !one || parse.trust != Trust::Exact || aliases {
                continue;
            }
            let gaps = gaps(text, &parse.tree);
            let Some(gap) = gaps.get(next(gaps.len())) else { continue };
            score.add(name, gap, &before);
        }
        let Score { tried, at_once, begun, restored, missed } = score;
        eprintln!(
            "{tried} entries: offered at once {at_once}, with two letters {begun}, restored {restored}\n{}",
            missed.join("\n")
        );
        for (sum, of_seed) in sums.iter_mut().zip([tried, at_once, begun, restored]) {
            *sum += of_seed;
        }
    }
    // One seed draws more keys than another that nothing but their children shows.
    let [tried, counts @ ..] = sums;
    assert!(counts.iter().all(|it| it * 1_000 >= tried * 995), "{counts:?} of {tried}");
}
