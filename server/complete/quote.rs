//! Quotes and commas: what JSON and KYAML want around keys and values.

use crate::complete::CompletionCx;
use crate::schema::Type;
use crate::syntax::write::New;
use crate::syntax::{Kind, Node, Style};
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

    /// The comma behind a new entry in brackets that another one follows.
    pub(super) fn comma(&self) -> &'static str {
        let rest = self.cursor.tree().text().get(self.node.span().end..).unwrap_or_default();
        let next = rest.trim_start().chars().next();
        let follows = next.is_some_and(|next| next.is_alphanumeric() || "\"'{$".contains(next));
        if self.in_brackets() && (follows || self.cursor.parted) { "," } else { "" }
    }

    /// The comma that the entry above a new one lacks.
    pub(super) fn comma_above(&self) -> Option<Edit> {
        let start = self.node.span().start;
        let before = self.cursor.tree().text().get(..start)?;
        let above = before.trim_end();
        let line = above.rsplit(['\n', '\r']).next()?;
        let lacks = !above.is_empty() && !above.ends_with(['{', '[', ',', ':']);
        let own_line = before.get(above.len()..)?.contains(['\n', '\r']);
        let fits = self.in_brackets() && lacks && own_line && !line.contains('#');
        fits.then(|| Edit::insert(above.len(), ","))
    }
}

/// Whether a node is the value of a map whose keys are the user's, such as `cpu: 1`.
pub(super) fn is_value_of_map(node: Node<'_>) -> bool {
    let map = node.parent().filter(|_| node.key().is_some());
    let expected = map.and_then(crate::pod::expected);
    expected.is_some_and(|it| matches!(it.ty, Type::Map(_)))
}
