//! Completion: one file per kind of place. Each looks at the context and adds what fits.
//!
//! What can be written at a place belongs here. It is called by `ide` only; it must not know rules, files or editors.

mod beside;
mod common;
mod directive;
mod doubt;
mod field;
mod free;
mod guard;
mod hold;
mod manifest;
mod reference;
mod label;
mod object;
mod plain;
mod quote;
mod snippet;
mod union;
mod value;
mod variable;

use crate::pod::{Expected, Known, expected};
use crate::schema::{Type, Version, object_type};
use crate::syntax::write::Layout;
use crate::syntax::{Cursor, Node, Places};
use crate::text::{Edit, Span};

pub use directive::in_comment;
pub use plain::without_places;

/// A completion item in plain types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub kind: ItemKind,
    /// A few words beside the label, such as the type of a field.
    pub detail: String,
    /// What replaces `replace`; a snippet (`$1`, `${1:word}`, `$0`) when `snippet` is set. Lines
    /// after the first are indented by `indent` more.
    pub insert: String,
    pub snippet: bool,
    pub replace: Span,
    /// How many blanks start the line in front of `replace`.
    pub indent: usize,
    /// What changes elsewhere in the document when the item is taken.
    pub also: Vec<Edit>,
    /// What the editor sorts by.
    pub sort: String,
    pub deprecated: bool,
    /// What `resolve` needs to give the documentation.
    pub docs: Option<String>,
}

impl Item {
    /// What accepting it does, with the suggested words in the places to fill in: first the edit at the
    /// cursor, then what changes elsewhere.
    pub fn edits(&self) -> Vec<Edit> {
        let mut edits = vec![Edit::replace(self.replace, self.text())];
        edits.extend(self.also.iter().cloned());
        edits
    }

    /// The text it writes, with the suggested words in the places to fill in.
    pub fn text(&self) -> String {
        let plain = match self.snippet {
            true => without_places(&self.insert),
            false => self.insert.clone(),
        };
        match plain.contains('\n') {
            true => plain.replace('\n', &format!("\n{}", " ".repeat(self.indent))),
            false => plain,
        }
    }

    /// The item without the lines below its first one, for editors that cannot write them: a key alone.
    /// Nothing else makes sense without them.
    pub fn on_one_line(mut self) -> Option<Self> {
        if let Some(at) = self.insert.find(['\n', '\r']) {
            self.insert.truncate(at);
            let is_key = self.kind == ItemKind::Field && self.insert.ends_with(':');
            return is_key.then_some(self);
        }
        Some(self)
    }
}

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    Field,
    Value,
    Snippet,
    Reference,
    Manifest,
}

/// Where the cursor is, worked out once for all files in this folder.
pub(crate) struct CompletionCx<'a> {
    /// The text without the word that stands for what is written.
    pub(crate) text: &'a str,
    pub(crate) cursor: &'a Cursor,
    /// The word at the cursor: a key or a value.
    pub(crate) node: Node<'a>,
    /// The type of the value at the cursor; at a key that of the map around it.
    pub(crate) expected: Option<Expected>,
    pub(crate) layout: Layout<'a>,
    /// What the manifest is for.
    pub(crate) version: Version,
    /// What this and other documents make, worked out when asked for.
    pub(crate) known: &'a dyn Fn() -> Known,
}

impl CompletionCx<'_> {
    /// Whether a field name can stand at the cursor: where a key is, or where a map may start.
    pub(crate) fn at_field(&self) -> bool {
        if self.cursor.is_quoted() && !self.layout.quoted_keys {
            return false;
        }
        self.node.is_key() || (self.starts_map() && !self.in_brackets())
    }

    /// Whether the word at the cursor may become the first key of a map.
    pub(crate) fn starts_map(&self) -> bool {
        let object = matches!(self.ty(), Some(Type::Object(_)));
        object && !self.node.is_key() && self.cursor.starts_line
    }

    /// Whether an item of a list is written whose dash nobody has typed.
    pub(crate) fn adds_dash(&self) -> bool {
        self.cursor.lead.ends_with("- ")
    }

    /// Whether a key of a map with any keys can stand at the cursor.
    pub(crate) fn at_map_key(&self) -> bool {
        let map = matches!(self.ty(), Some(Type::Map(_)));
        map && (self.node.is_key() || (self.cursor.starts_line && !self.in_brackets()))
    }

    pub(crate) fn in_brackets(&self) -> bool {
        self.node.in_flow()
    }

    pub(crate) fn ty(&self) -> Option<Type> {
        self.expected.map(|expected| expected.ty)
    }

    /// The blanks in front of a line that stands `levels` deeper than the cursor's word, relative
    /// to the cursor's line.
    pub(crate) fn pad(&self, levels: usize) -> String {
        let column = self.cursor.column() + levels * self.layout.width;
        " ".repeat(column.saturating_sub(self.cursor.line_indent))
    }

    /// An item that replaces the word at the cursor.
    pub(crate) fn item(&self, label: &str, kind: ItemKind, insert: String) -> Item {
        Item {
            label: label.to_owned(),
            kind,
            detail: String::new(),
            snippet: insert.contains('$'),
            insert,
            replace: self.replaced(),
            indent: self.cursor.line_indent,
            also: Vec::new(),
            sort: label.to_owned(),
            deprecated: false,
            docs: None,
        }
    }
}

/// What fits at `offset` of the document `text`, which is meant for `version`. Spans are relative to
/// it. `known` gives what this and other documents make.
pub fn complete(
    text: &str,
    offset: usize,
    version: Version,
    known: &dyn Fn() -> Known,
) -> Vec<Item> {
    let mut places = Places::at(text, offset);
    let cx = |cursor| {
        let node = Cursor::node(cursor);
        let (expected, layout) = (expected(node), Layout::of(node));
        CompletionCx { text, cursor, node, expected, layout, version, known }
    };
    let starts = |item: &Item, typed: &str| item.label.trim_start_matches("- ").starts_with(typed);
    let holding = places.holding.take();
    if let Some(holding) = holding.as_ref().filter(|it| hold::is_without_key(it)) {
        let mut keys = at_cursor(&cx(holding));
        if places.is_amid_block() {
            keys.retain(|item| starts(item, &holding.typed));
        }
        return keys;
    }
    let (here, mut items) = (places.here(), Vec::new());
    for cursor in &here {
        let mut found = at_cursor(&cx(cursor));
        // Behind the items of a list, the next field of the map around is wanted more often.
        if !items.is_empty() && cursor.node().prev_sibling().is_some() {
            found.iter_mut().for_each(|item| item.sort.insert(0, '9'));
        }
        items.extend(found);
    }
    items
}

fn at_cursor(cx: &CompletionCx<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let list = cx.node.parent().and_then(expected);
    if is_second(cx.node) {
        return items;
    }
    if cx.adds_dash() && !list.is_some_and(|list| matches!(list.ty, Type::List(_))) {
        return items;
    }
    variable::complete(cx, &mut items);
    if !cx.cursor.alone || !items.is_empty() {
        return items;
    }
    // Names in the file come before fixed values, skeletons before the fields they are made of.
    manifest::complete(cx, &mut items);
    if !cx.cursor.holds_lines {
        reference::complete(cx, &mut items);
        object::complete(cx, &mut items);
        label::complete(cx, &mut items);
        value::complete(cx, &mut items);
        snippet::complete(cx, &mut items);
    }
    field::complete(cx, &mut items);
    if cx.cursor.glued {
        // Only a value of one word can stand on the line of its key.
        items.retain(|item| item.kind != ItemKind::Snippet && !item.insert.contains('\n'));
    }
    items.iter_mut().for_each(|item| finish(cx, item));
    guard::retain_harmless(cx, &mut items);
    items
}

/// Whether the value belongs to a key that the map has already: with it the other one would not count.
fn is_second(node: Node<'_>) -> bool {
    let Some(key) = node.key() else { return false };
    let name = key.text().unwrap_or_default();
    let others = || node.parent().into_iter().flat_map(|map| map.entries());
    others()
        .any(|entry| entry.key != key && entry.key.text() == Some(name) && !entry.value.is_null())
}

/// Fits an item into the text around: commas, the dash, the line ends.
fn finish(cx: &CompletionCx<'_>, item: &mut Item) {
    cx.separate(item);
    item.insert.insert_str(0, &cx.cursor.lead);
    if !item.insert.contains('\n') {
        return;
    }
    if cx.cursor.is_moved && item.snippet {
        // Editors do not agree from where the lines of a snippet count that moves its line.
        item.insert = without_places(&item.insert);
        item.snippet = false;
    }
    if cx.layout.line_break == "\r\n" {
        item.insert = item.insert.replace('\n', "\r\n");
    }
}

/// The documentation of an item in Markdown, from its `docs`: `core.v1.Container image`.
pub fn resolve(docs: &str) -> Option<String> {
    let (ty, field) = docs.split_once(' ')?;
    let (field, value) = field.split_once(' ').unwrap_or((field, ""));
    let field = object_type(ty)?.field(field)?;
    if value.is_empty() {
        return Some(crate::pod::describe(field));
    }
    field.values().find(|it| it.value == value).map(|it| it.meaning.to_owned())
}

#[cfg(test)]
mod tests;
