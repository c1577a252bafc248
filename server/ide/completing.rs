//! Completion in templates: an item is offered if all other values stay, however the template is printed.

use std::collections::{HashMap, HashSet};

use crate::complete::{Item, ItemKind};
use crate::ide::printed::{Values, never_empty};
use crate::schema::is_list_field;
use crate::syntax::{self, Choice, Node, TemplateText, Trust, Way};
use crate::text::{Edit, Span, apply};

/// How much text is printed and read for the items at one place, in bytes, and so many times the template.
const LEAST: usize = 192 << 10;
const TIMES: usize = 12;

/// The ways in which a template is printed: the branch of a block that is not around the cursor, and
/// whether its lists and maps hold something.
const WAYS: [(Option<usize>, bool); 3] = [(Some(0), true), (None, false), (Some(1), true)];
/// The way in which the blocks beside the cursor are printed, where the first of these gives no YAML.
const NEAR: (Option<usize>, bool) = (None, true);

/// The length of `- `.
const DASH: usize = 2;

/// Drops those of `items` at `offset` that could take something away from what `text` is made into, or
/// stand where only the template engine reads.
pub(super) fn retain_harmless(text: &str, offset: usize, items: &mut Vec<Item>) {
    if items.is_empty() || !TemplateText::has_actions(text) {
        return;
    }
    let Some(template) = TemplateText::read_part(text) else {
        // Somebody writes an action, here or elsewhere.
        items.retain(|item| !is_in_action(text, offset) && !is_before_filling(text, item));
        return;
    };
    if template.is_inside(offset) {
        items.clear();
        return;
    }
    let around = template.choice_around(offset);
    let is_in_loop = !template.loops_around(offset).is_empty();
    let mut left = LEAST + TIMES * text.len();
    let keys = keys_across_actions(text, offset);
    let mut bases: HashMap<Span, Base> = HashMap::new();
    let mut tried: HashMap<(Span, String), bool> = HashMap::new();
    items.retain(|item| {
        if item.kind == ItemKind::Manifest && is_in_loop
            || is_before_filling(text, item)
            || template.joins(item.replace.start)
        {
            return false;
        }
        let base = bases.entry(item.replace).or_insert_with(|| Base::of(text, &around, item));
        // The next round of a loop may go on in a manifest that ends this one.
        if is_in_loop && base.is_empty() {
            return false;
        }
        *tried.entry((item.replace, shape(item, &keys))).or_insert_with(|| {
            let after = apply(text, &item.edits());
            let Some(rest) = left.checked_sub(after.len() * WAYS.len()) else { return false };
            left = rest;
            base.stays_in(&after) && is_in_place(&after, &around, written(item))
        })
    });
}

/// What is printed without the word at the cursor.
struct Base<'a> {
    around: &'a Choice,
    /// What is printed where nothing is known of the blocks elsewhere.
    near: Choice,
    /// In each of `WAYS`.
    values: Vec<Option<Values>>,
    /// What is printed of the blocks beside the cursor, if all of it together is no YAML.
    beside: Option<Values>,
    /// The actions that never print an empty list or map; `None` if that is not known.
    never_empty: Option<HashSet<String>>,
}

impl<'a> Base<'a> {
    fn of(text: &str, around: &'a Choice, item: &Item) -> Self {
        let text = apply(text, &[Edit::remove(item.replace)]);
        let mut base = Self {
            around,
            near: Choice::new(),
            values: Vec::new(),
            beside: None,
            never_empty: None,
        };
        if let Some(template) = TemplateText::read_part(&text) {
            base.never_empty = never_empty(&template, text.len(), |is_full| {
                printed(&template, around, None, is_full).is_some()
            });
            let values = WAYS.iter().map(|way| base.printed(&template, around, *way));
            base.values = values.collect();
            if base.values.first().is_some_and(Option::is_none) {
                base.near = template.choice_near(item.replace.start);
                base.beside = base.printed(&template, &base.near, NEAR);
            }
        }
        base
    }

    /// Whether nothing is printed but what the item holds.
    fn is_empty(&self) -> bool {
        self.values.iter().flatten().all(|it| it.counts.is_empty())
    }

    /// Whether all of it stays in what `after` prints.
    fn stays_in(&self, after: &str) -> bool {
        let Some(template) = TemplateText::read_part(after) else { return false };
        let each = self.values.iter().zip(WAYS).map(|(before, way)| (before, self.around, way));
        each.chain([(&self.beside, &self.near, NEAR)]).all(|(before, choice, way)| {
            let Some(before) = before else { return true };
            self.printed(&template, choice, way).is_some_and(|after| before.are_in(&after))
        })
    }

    fn printed(
        &self,
        template: &TemplateText<'_>,
        around: &Choice,
        (others, is_full): (Option<usize>, bool),
    ) -> Option<Values> {
        let never = |action: &str| self.never_empty.as_ref().is_none_or(|it| it.contains(action));
        printed(template, around, others, &|action| is_full || never(action))
    }
}

/// Where the text of an item will stand, without the blanks in front of it.
fn written(item: &Item) -> Span {
    let text = item.text();
    let inner = text.trim_start().trim_start_matches("- ");
    let start = item.replace.start + text.len() - inner.len();
    let before: usize = item
        .also
        .iter()
        .filter(|it| it.span.end <= item.replace.start)
        .map(|it| it.insert.len().saturating_sub(it.span.end - it.span.start))
        .sum();
    let len = inner.lines().next().unwrap_or_default().trim_end().len();
    Span::new(start + before, start + before + len)
}

/// Whether all that what stands at `span` belongs to is printed whenever it is: nothing of it stands in a
/// branch that is not around the cursor.
fn is_in_place(text: &str, around: &Choice, span: Span) -> bool {
    let Some(template) = TemplateText::read_part(text) else { return false };
    let branch = |block| around.get(&block).copied().or(Some(0));
    let way =
        Way { branch: &branch, is_full: &|_| true, is_opaque: false, is_list: &is_list_field };
    let Some(rendered) = template.render(&way) else { return false };
    // What is inserted may hold actions itself, but does not start with one.
    let start = Span::new(span.start, span.start + usize::from(!span.is_empty()));
    let Some(at) = rendered.printed(start) else { return true };
    let parse = syntax::parse(&rendered.text);
    let Some(root) = parse.tree.root() else { return true };
    let source = |key: Node<'_>| rendered.source(key.content_span());
    let is_around = |key| {
        let branch = source(key).and_then(|source| template.branch_at(source.start));
        branch.is_none_or(|it| around.get(&it.block) == Some(&it.index))
    };
    // A key that a loop repeats has to be one of a map that the loop repeats.
    let node = root.at(at);
    let map = node.parent().filter(|map| node.is_key() && map.is_map());
    // A key may be among those that an action brings to the map.
    let is_brought = |it: Node<'_>| it != node && source(it).is_none();
    if map.is_some_and(|map| map.entries().any(|entry| is_brought(entry.key))) {
        return false;
    }
    let first = map.and_then(|map| map.children().next());
    let holder = match first == Some(node) {
        true => map.and_then(Node::key),
        false => first,
    };
    let holder = holder.and_then(source).map(|source| template.choice_around(source.start));
    let is_repeated =
        |block: &usize| holder.as_ref().is_some_and(|holder| !holder.contains_key(block));
    // Of an object or an item, something else is printed whenever its key is.
    let object = map.filter(|it| it.key().is_none());
    let keys = object.into_iter().flat_map(Node::entries).map(|it| it.key);
    let mut others = keys.filter(|it| *it != node).peekable();
    let is_object = others.peek().is_none() || others.any(is_around);
    is_object
        && !template.loops_around(span.start).iter().any(is_repeated)
        && node.ancestors().filter_map(Node::key).all(is_around)
}

/// The values of what is printed; `None` where that is no YAML.
fn printed(
    template: &TemplateText<'_>,
    around: &Choice,
    others: Option<usize>,
    is_full: &dyn Fn(&str) -> bool,
) -> Option<Values> {
    let branch = |block| around.get(&block).copied().or(others);
    let way = Way { branch: &branch, is_full, is_opaque: false, is_list: &is_list_field };
    let parse = syntax::parse(&template.render(&way)?.text);
    let mut values = Values::default();
    values.collect(&parse.tree);
    (parse.trust == Trust::Exact).then_some(values)
}

/// Whether the last action in front of `offset` in its line is open, or opens there.
fn is_in_action(text: &str, offset: usize) -> bool {
    let head = text.get(..offset).unwrap_or_default();
    let is_amid = head.ends_with('{') && text[head.len()..].starts_with('{');
    let head = if is_amid { &text[..=offset] } else { head };
    let line = head.rsplit('\n').next().unwrap_or_default();
    let opens = [("{{", "}}"), ("{%", "%}")];
    opens.iter().any(|(open, close)| line.rfind(open) > line.rfind(close))
}

/// Whether the item goes between a key without a value and a line that fills it.
fn is_before_filling(text: &str, item: &Item) -> bool {
    let above = text.get(..item.replace.start).unwrap_or_default().trim_end();
    let below = text.get(item.replace.end..).unwrap_or_default();
    let is_own_line = below.lines().next().is_none_or(|rest| rest.trim().is_empty());
    let next = below.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let next = next.trim();
    let fills = next.starts_with("{{")
        && ["toYaml", "include", "template", "tpl", "indent"].iter().any(|it| next.contains(it));
    is_own_line && fills && above.ends_with(':')
}

/// The keys around `offset` that a line of actions separates from it. With some values they are keys of the
/// same map.
fn keys_across_actions(text: &str, offset: usize) -> HashSet<&str> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let (above, below) = text.split_at(start);
    let blanks = below.bytes().take_while(|byte| *byte == b' ').count();
    let column = blanks.min(offset - start);
    let up = keys_behind_actions(above.lines().rev(), column);
    let down = keys_behind_actions(below.lines().skip(1), column);
    up.chain(down).collect()
}

fn keys_behind_actions<'a>(
    lines: impl Iterator<Item = &'a str>,
    column: usize,
) -> impl Iterator<Item = &'a str> {
    let texts = lines.map(|line| (line.len() - line.trim_start().len(), line.trim_start()));
    let texts = texts.filter(|(_, text)| !text.is_empty());
    let is_action = |text: &str| text.starts_with("{{");
    let beside = texts.take_while(move |(at, text)| is_action(text) || at + DASH >= column);
    let behind = beside.skip_while(move |(_, text)| !is_action(text));
    behind.map(|(_, text)| key_of(text)).filter(|key| !key.is_empty())
}

/// The key of a line without its indentation; empty if it has none.
fn key_of(line: &str) -> &str {
    let inner = line.trim_start_matches("- ");
    inner.split_once(':').map_or("", |(key, _)| key)
}

/// The lines of an item, without its words. Keys in `keys` are kept: the printed text must not contain them
/// twice.
fn shape(item: &Item, keys: &HashSet<&str>) -> String {
    let text = item.text();
    if TemplateText::has_actions(&text) {
        return text;
    }
    let line = |line: &str| {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let inner = text.trim_start_matches("- ");
        let value = inner.split_once(": ").map_or_else(
            || if inner.trim_end().ends_with(':') { "key" } else { "word" },
            |(_, value)| if value.trim().is_empty() { "key" } else { "pair" },
        );
        let known = Some(key_of(text)).filter(|key| keys.contains(key)).unwrap_or_default();
        format!("{indent}{}{value}{known}\n", text.len() - inner.len())
    };
    let mut shape: String = text.lines().map(line).collect();
    for edit in &item.also {
        shape.push_str(&format!("{:?}", edit.span));
    }
    shape
}
