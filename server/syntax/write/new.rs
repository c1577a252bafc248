//! Content to write, and how it looks in block and in flow style.

use crate::syntax::write::style::Layout;
use crate::syntax::write::tabstops;
use crate::syntax::{Entry, Kind, Node, Scalar, TemplateText, plain_scalar};

/// How many nodes aliases may add to a copy.
const MOST_COPIED: usize = 10_000;

/// What is nested deeper is not copied. No field of Kubernetes that an action moves is.
const DEEPEST_COPY: usize = 40;

/// Content to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A scalar as YAML source: `80`, `"80"`, `web`. `New::text` quotes where it has to.
    Scalar(String),
    /// YAML source of any kind that is written as it stands, in the style of the place already.
    Source(String),
    /// A text of several lines, written as a `|` block where the style allows it.
    Lines(String),
    Map(Vec<(String, New)>),
    Seq(Vec<New>),
}

impl New {
    /// A string, in quotes when it would be read as something else without.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.contains('\n') {
            return Self::Lines(text);
        }
        Self::Scalar(quoted_where_needed(&text))
    }

    /// A number, a boolean or other source of a scalar, which is not quoted.
    pub fn scalar(source: impl ToString) -> Self {
        Self::Scalar(source.to_string())
    }

    /// A map from pairs.
    pub fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A copy of what `node` says, without its comments, anchors and aliases. `None` where an alias
    /// stands for nothing, or aliases make it more than anybody wants to have written.
    pub fn of(node: Node<'_>) -> Option<Self> {
        let mut left = node.tree().len() + MOST_COPIED;
        Self::copy(node, 0, &mut left)
    }

    fn copy(node: Node<'_>, depth: usize, left: &mut usize) -> Option<Self> {
        *left = left.checked_sub(1)?;
        let node = node.resolved().filter(|_| depth < DEEPEST_COPY)?;
        // Loops: chains of iterators would take a lot of the stack at each level.
        Some(match node.kind() {
            Kind::Map { .. } => {
                let mut entries = Vec::new();
                for Entry { key, value } in node.fields() {
                    let key = key.text().unwrap_or_default().to_owned();
                    entries.push((key, Self::copy(value, depth + 1, left)?));
                }
                Self::Map(entries)
            }
            Kind::Seq { .. } => {
                let mut items = Vec::new();
                for item in node.items() {
                    items.push(Self::copy(item, depth + 1, left)?);
                }
                Self::Seq(items)
            }
            _ => Self::copy_scalar(node),
        })
    }

    fn copy_scalar(node: Node<'_>) -> Self {
        let source = node.tree().slice(node.content_span());
        match node.as_str() {
            Some(text) if source.contains(['\n', '\r']) => Self::text(text),
            _ if source.is_empty() => Self::Scalar("null".to_owned()),
            _ => Self::Scalar(source.to_owned()),
        }
    }

    /// Whether it has lines of its own in block style.
    pub(super) fn is_nested(&self) -> bool {
        match self {
            Self::Scalar(_) | Self::Source(_) | Self::Lines(_) => false,
            Self::Map(entries) => !entries.is_empty(),
            Self::Seq(items) => !items.is_empty(),
        }
    }

    /// In block style from column `indent` on. The first line has no indentation, so that it can
    /// go behind `- `; no line break at the end.
    pub(super) fn block(&self, layout: &Layout<'_>, indent: usize) -> String {
        let (pad, line) = (" ".repeat(indent), layout.line_break);
        match self {
            Self::Scalar(text) | Self::Source(text) => text.clone(),
            Self::Lines(text) => block_scalar(text, line, indent + layout.width),
            Self::Map(entries) if entries.is_empty() => "{}".to_owned(),
            Self::Seq(items) if items.is_empty() => "[]".to_owned(),
            Self::Map(entries) => {
                let entries = entries.iter().map(|entry| pair(entry, layout, indent));
                entries.collect::<Vec<_>>().join(&format!("{line}{pad}"))
            }
            Self::Seq(items) => {
                let items =
                    items.iter().map(|item| format!("- {}", item.block(layout, indent + 2)));
                items.collect::<Vec<_>>().join(&format!("{line}{pad}"))
            }
        }
    }

    /// In flow style, on one line, or with a line for each entry of the upper levels when the
    /// neighbours are written so. `depth` counts from the outermost entry.
    pub(super) fn flow(&self, layout: &Layout<'_>, depth: usize) -> String {
        let (open, close, parts) = match self {
            Self::Scalar(text) => return flow_value(text, layout),
            Self::Source(text) => return text.clone(),
            Self::Lines(text) => return double_quoted(text),
            Self::Map(entries) => ('{', '}', flow_pairs(entries, layout, depth + 1)),
            Self::Seq(items) => {
                ('[', ']', items.iter().map(|item| item.flow(layout, depth + 1)).collect())
            }
        };
        if parts.is_empty() {
            return format!("{open}{close}");
        }
        if layout.lines && self.spreads() {
            let outer = " ".repeat(layout.indent + depth * layout.width);
            let inner = " ".repeat(layout.indent + (depth + 1) * layout.width);
            let line = layout.line_break;
            let body = parts.join(&format!(",{line}{inner}"));
            // KYAML ends its last entry with a comma, JSON must not.
            let comma = if layout.quoted_keys { "" } else { "," };
            return format!("{open}{line}{inner}{body}{comma}{line}{outer}{close}");
        }
        let gap = if layout.padded && open == '{' { " " } else { "" };
        format!("{open}{gap}{}{gap}{close}", parts.join(", "))
    }

    /// Whether it is worth several lines in flow style: lists of plain words are not.
    fn spreads(&self) -> bool {
        match self {
            Self::Map(entries) => !entries.is_empty(),
            Self::Seq(items) => items.iter().any(Self::is_nested),
            _ => false,
        }
    }
}

/// The entries of a flow map.
pub(super) fn flow_pairs(
    entries: &[(String, New)],
    layout: &Layout<'_>,
    depth: usize,
) -> Vec<String> {
    let pair = |(key, value): &(String, New)| {
        let key = if layout.quoted_keys { double_quoted(key) } else { flow_scalar(key) };
        format!("{key}: {}", value.flow(layout, depth))
    };
    entries.iter().map(pair).collect()
}

fn pair((key, value): &(String, New), layout: &Layout<'_>, indent: usize) -> String {
    let line = layout.line_break;
    if !value.is_nested() {
        return format!("{key}: {}", value.block(layout, indent));
    }
    let indented = matches!(value, New::Map(_)) || layout.indented_lists;
    let inner = if indented { indent + layout.width } else { indent };
    let value = value.block(layout, inner);
    format!("{key}:{line}{}{value}", " ".repeat(inner))
}

fn block_scalar(text: &str, line: &str, indent: usize) -> String {
    let chomp = if text.ends_with('\n') { "" } else { "-" };
    let mut out = format!("|{chomp}");
    for row in text.trim_end_matches('\n').split('\n') {
        out.push_str(line);
        if !row.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(row);
        }
    }
    out
}

/// A value's source; a string gets quotes where its neighbours have them.
fn flow_value(source: &str, layout: &Layout<'_>) -> String {
    let bare = !source.starts_with(['"', '\'']);
    if layout.quoted_values
        && bare
        && matches!(plain_scalar(&tabstops::plain(source)), Scalar::Str(_))
    {
        return double_quoted(source);
    }
    flow_scalar(source)
}

/// A scalar's source, quoted when it holds a character that ends plain scalars in brackets.
fn flow_scalar(source: &str) -> String {
    let quoted = source.starts_with(['"', '\'']);
    // kubectl also ends one at a `?`.
    if !quoted && source.contains([',', '[', ']', '{', '}', '?']) {
        return double_quoted(source);
    }
    source.to_owned()
}

fn quoted_where_needed(marked: &str) -> String {
    let text = &*tabstops::plain(marked);
    let ends = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    let special = text.starts_with(|first: char| "-?:,[]{}#&*!|>'\"%@`".contains(first))
        && !is_dashed_word(text);
    let inner = text.contains(": ") || text.contains(" #") || text.ends_with(':');
    let control = text.chars().any(|char| char.is_control());
    let typed = !matches!(plain_scalar(text), Scalar::Str(_));
    if !(ends || special || inner || control || typed) {
        return marked.to_owned();
    }
    // The quotes of an action are the engine's own.
    let is_action = TemplateText::has_actions(marked) && marked.contains(['"', '\\']);
    match is_action && !control && !marked.contains('\'') {
        true => format!("'{marked}'"),
        false => double_quoted(marked),
    }
}

/// `-v` and `--flag` need no quotes.
fn is_dashed_word(text: &str) -> bool {
    text.starts_with('-') && text.len() > 1 && !text.starts_with("- ") && !text.starts_with("---")
}

/// `text` in double quotes.
pub(super) fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            char if char.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
