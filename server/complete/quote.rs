//! Quotes and commas: what JSON and KYAML want around keys and values.

use crate::complete::{CompletionCx, Item};
use crate::schema::Type;
use crate::syntax::write::New;
use crate::syntax::{Kind, Node, Style, next_sign};
use crate::text::{Edit, Span};

impl CompletionCx<'_> {
    /// What an item replaces: the word at the cursor, and the quote that a key brings along.
    pub(super) fn replaced(&self) -> Span {
        let word = self.cursor.word;
        let closes = self.cursor.after().starts_with(['"', '\'']);
        let of_key = self.node.is_key() && self.cursor.is_quoted() && !self.cursor.has_colon;
        Span::new(word.start, word.end + usize::from(of_key && closes))
    }

    /// A key with its quotes; the one in front of the cursor stands there already.
    pub(super) fn quoted_key(&self, name: &str) -> String {
        match self.node.kind() {
            Kind::Scalar(Style::DoubleQuoted) => format!("{name}\""),
            Kind::Scalar(Style::SingleQuoted) => format!("{name}'"),
            _ if self.neighbours_are_quoted(true) => format!("\"{name}\""),
            _ => name.to_owned(),
        }
    }

    /// A value with the quotes that a string has here; `value` may be a snippet.
    pub(super) fn quoted_value(&self, value: &str, ty: Type) -> String {
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        let is_string = match ty {
            Type::String | Type::Quantity => true,
            Type::IntOrString => !is_number,
            _ => false,
        };
        let bare = self.in_brackets() && !self.cursor.is_quoted();
        if is_string && bare && self.strings_are_quoted() {
            format!("\"{value}\"")
        } else {
            value.to_owned()
        }
    }

    /// A text of the user's as a value, in quotes where it would be read as something else without.
    pub(super) fn text_value(&self, text: &str) -> String {
        let value = self.quoted_value(text, Type::String);
        match New::text(text) {
            New::Scalar(safe) if value == text && !self.cursor.is_quoted() => safe,
            _ => value,
        }
    }

    pub(super) fn strings_are_quoted(&self) -> bool {
        self.neighbours_are_quoted(true) || self.neighbours_are_quoted(false)
    }

    /// Whether the nearest other keys (or strings) in brackets are in double quotes.
    pub(super) fn neighbours_are_quoted(&self, keys: bool) -> bool {
        let maps = self.node.ancestors().filter(|it| it.kind() == Kind::Map { flow: true });
        let said = maps.flat_map(|map| map.entries()).filter_map(|entry| {
            let node = if keys { entry.key } else { entry.value };
            let other = !self.cursor.is_probe(node) && node.in_flow();
            let is_string = keys || node.as_str().is_some();
            (other && is_string).then(|| node.kind() == Kind::Scalar(Style::DoubleQuoted))
        });
        said.into_iter().next().unwrap_or(false)
    }

    /// Where a value of this type starts, in brackets.
    pub(super) fn empty_value(&self, ty: Type) -> &'static str {
        match ty {
            Type::Object(_) | Type::Map(_) => "{$0}",
            Type::List(_) => "[$0]",
            Type::String | Type::Quantity | Type::Bytes if self.strings_are_quoted() => "\"$0\"",
            _ => "$0",
        }
    }

    /// The edit that puts another word in the place of a scalar of the tree and keeps its quotes.
    pub(super) fn reworded(&self, node: Node<'_>, word: &str) -> Option<Edit> {
        let source = self.cursor.tree().slice(node.content_span());
        let quotes = usize::from(source.starts_with(['"', '\'']));
        let span = self.cursor.original(node.content_span());
        let inner = Span::new(span.start + quotes, span.end.checked_sub(quotes)?);
        (node.is_scalar() && inner.start <= inner.end).then(|| Edit::replace(inner, word))
    }

    /// Gives an item in brackets the commas that part it from its neighbours.
    pub(super) fn separate(&self, item: &mut Item) {
        let is_item = self.node.parent().is_some_and(Node::is_seq);
        if !self.in_brackets() || self.cursor.has_colon || !(self.node.is_key() || is_item) {
            return;
        }
        item.also.extend(self.comma_above());
        let quoted = self.cursor.is_quoted() && !self.node.is_key();
        let end = item.replace.end;
        let behind = self.text.get(end..).unwrap_or_default();
        let closed = quoted && behind.starts_with(['"', '\'']);
        let comma = self.comma(end + usize::from(closed));
        match (comma.is_empty(), closed) {
            (true, _) => {}
            (false, true) => item.also.push(Edit::insert(end + 1, comma)),
            (false, false) => item.insert.push_str(comma),
        }
    }

    /// The comma behind a new entry that ends at `end`, where another one follows, and in KYAML where
    /// the last one has one too.
    fn comma(&self, end: usize) -> &'static str {
        let rest = self.text.get(end..).unwrap_or_default();
        let glued = !rest.starts_with([' ', '\n', '\r', '\t']);
        match next_sign(rest) {
            None | Some(',') => "",
            Some(']' | '}') => {
                let start = self.node.span().start;
                let trails = self.layout.lines && !self.layout.quoted_keys;
                let comma = self.sign_before(start).is_some_and(|(_, sign)| sign == ',');
                if trails && comma { "," } else { "" }
            }
            Some(_) if glued => ", ",
            Some(_) => ",",
        }
    }

    /// The comma that the entry above a new one lacks.
    fn comma_above(&self) -> Option<Edit> {
        let (at, sign) = self.sign_before(self.node.span().start)?;
        let lacks = !matches!(sign, '{' | '[' | ',' | ':');
        lacks.then(|| Edit::insert(at, ","))
    }

    /// The last sign in front of `start` that belongs to no comment, and where it ends.
    fn sign_before(&self, start: usize) -> Option<(usize, char)> {
        let (text, comments) = (self.cursor.tree().text(), self.cursor.tree().comments());
        let mut before = text.get(..start)?.trim_end();
        while let Some(comment) = comments.iter().find(|it| it.end == before.len()) {
            before = text.get(..comment.start)?.trim_end();
        }
        Some((before.len(), before.chars().next_back()?))
    }
}

/// Whether a node is the value of a map whose keys are the user's, such as `cpu: 1`.
pub(super) fn is_value_of_map(node: Node<'_>) -> bool {
    let map = node.parent().filter(|_| node.key().is_some());
    let expected = map.and_then(crate::pod::expected);
    expected.is_some_and(|it| matches!(it.ty, Type::Map(_)))
}
