//! Completion: one file per kind of place. Each looks at the context and adds what fits.

mod common;
mod field;
mod manifest;
mod reference;
mod label;
mod object;
mod quote;
mod skeleton;
mod value;
mod variable;

use crate::pod::{Expected, Name, expected};
use crate::schema::{Type, object_type};
use crate::syntax::write::Layout;
use crate::syntax::{Cursor, Node};
use crate::text::{Edit, Span};

/// A completion item in plain types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub kind: ItemKind,
    /// A few words beside the label, such as the type of a field.
    pub detail: String,
    /// What replaces `replace`; a snippet (`$1`, `${1:word}`, `$0`) when `snippet` is set. Lines
    /// after the first are indented relative to the line of the cursor.
    pub insert: String,
    pub snippet: bool,
    pub replace: Span,
    /// What changes elsewhere in the document when the item is taken.
    pub also: Vec<Edit>,
    /// What the editor sorts by.
    pub sort: String,
    pub deprecated: bool,
    /// What `resolve` needs to give the documentation.
    pub docs: Option<String>,
}

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    Field,
    Value,
    Skeleton,
    Reference,
    Manifest,
}

/// Where the cursor is, worked out once for all files in this folder.
pub(crate) struct CompletionCx<'a> {
    pub(crate) cursor: &'a Cursor,
    /// The word at the cursor: a key or a value.
    pub(crate) node: Node<'a>,
    /// The type of the value at the cursor; at a key that of the map around it.
    pub(crate) expected: Option<Expected>,
    pub(crate) layout: Layout<'a>,
    /// The names that the whole cluster knows, worked out when asked for.
    pub(crate) known: &'a dyn Fn() -> Vec<Name>,
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

    /// The list of which an item may stand at the cursor whose dash is not typed yet: below its
    /// key, or in line with it.
    pub(crate) fn starts_list(&self) -> Option<Expected> {
        if !self.cursor.starts_line || self.in_brackets() || self.cursor.has_colon {
            return None;
        }
        let list = match self.node.is_key() {
            false => self.expected,
            true => self.node.prev_sibling().filter(|it| it.is_null()).and_then(expected),
        };
        list.filter(|it| matches!(it.ty, Type::List(_)))
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
            also: Vec::new(),
            sort: label.to_owned(),
            deprecated: false,
            docs: None,
        }
    }
}

/// What fits at `offset` of the document `text`. Spans are relative to it. `known` gives the names that
/// this and other documents make.
pub fn complete(text: &str, offset: usize, known: &dyn Fn() -> Vec<Name>) -> Vec<Item> {
    let Some(cursor) = Cursor::at(text, offset) else { return Vec::new() };
    let node = cursor.node();
    let mut items = Vec::new();
    if is_out_of_place(text, &cursor) {
        return items;
    }
    let layout = Layout::of(node);
    let cx = CompletionCx { cursor: &cursor, node, expected: expected(node), layout, known };
    variable::complete(&cx, &mut items);
    if !cursor.alone || !items.is_empty() {
        return items;
    }
    // Names in the file come before fixed values, skeletons before the fields they are made of.
    manifest::complete(&cx, &mut items);
    reference::complete(&cx, &mut items);
    object::complete(&cx, &mut items);
    label::complete(&cx, &mut items);
    value::complete(&cx, &mut items);
    skeleton::complete(&cx, &mut items);
    field::complete(&cx, &mut items);
    if cursor.glued {
        // Only a value of one word can stand on the line of its key.
        items.retain(|item| item.kind != ItemKind::Skeleton && !item.insert.contains('\n'));
        items.iter_mut().for_each(|item| item.insert.insert(0, ' '));
    }
    items
}

/// Whether any word at the cursor would make a text that is no YAML.
fn is_out_of_place(text: &str, cursor: &Cursor) -> bool {
    let node = cursor.node();
    if node.in_flow() {
        return follows_value(text, cursor.word.start);
    }
    // Under the dashes of a file that is a list.
    let root = node.ancestors().last().unwrap_or(node);
    root.is_seq()
        && cursor.starts_line
        && cursor.column() <= usize::try_from(root.indent()).unwrap_or(0)
}

/// Whether a whole value stands in front of `at`, on the same line and with no comma behind it: `{a: []|}`.
/// Another word there would be no YAML.
fn follows_value(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
    head.ends_with(['}', ']'])
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
