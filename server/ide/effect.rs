//! What edits do to the values that a document holds, found out by reading the few lines around them
//! twice.

use super::leaves::{Effect, compared};
use crate::syntax::lines::{is_blank, line_end, line_start, next_line};
use crate::syntax::{Kind, Node, Tree, parse};
use crate::text::{Edit, Span, apply};

/// Some children of one collection, which stand behind each other.
pub(super) struct Run<'a> {
    pub(super) parent: Node<'a>,
    span: Span,
}

impl<'a> Run<'a> {
    /// The children that `edits` touch, and one more on each side; `inner` is a node where the first
    /// edit starts. `None` when the edits reach beyond the outermost collection, and in a text so deep
    /// that reading it again takes much memory.
    pub(super) fn around(inner: Node<'a>, edits: &[Edit]) -> Option<Self> {
        if inner.tree().is_too_deep {
            return None;
        }
        let start = edits.iter().map(|edit| edit.span.start).min()?;
        let end = edits.iter().map(|edit| edit.span.end).max()?;
        let wanted = Span::new(start, end);
        let mut unit = inner;
        let mut parent = inner.parent()?;
        while !extent(parent).contains(wanted) {
            (unit, parent) = (parent, parent.parent()?);
        }
        let first = before(unit, parent).unwrap_or_else(|| head(unit, parent));
        let mut last = unit;
        let mut more = 1;
        while let Some(next) = last.next_sibling().filter(|_| more > 0) {
            more -= usize::from((next.is_key() || !parent.is_map()) && next.span().start > end);
            last = next;
        }
        let last = if last.is_key() { last.next_sibling().unwrap_or(last) } else { last };
        let from = starts_at(first, parent).min(start);
        let mut to = last.span().end.max(end);
        if parent.kind().is_block() && to > start {
            to = next_line(parent.tree().text().as_bytes(), to - 1).max(to);
        }
        Some(Self { parent, span: Span::new(from, to) })
    }

    pub(super) fn len(&self) -> usize {
        self.span.end - self.span.start
    }

    /// What the edits do; they all lie in it.
    pub(super) fn effect(&self, edits: &[Edit]) -> Effect {
        let shifted = |edit: &Edit| Edit {
            span: Span::new(edit.span.start - self.span.start, edit.span.end - self.span.start),
            insert: edit.insert.clone(),
        };
        let edits: Vec<_> = edits.iter().map(shifted).collect();
        let source = self.parent.tree().slice(self.span);
        let before = parse(&self.alone(source));
        let after = parse(&self.alone(&apply(source, &edits)));
        if after.errors.len() > before.errors.len() {
            return Effect { unknown: true, ..Effect::default() };
        }
        compared(&before.tree, &after.tree)
    }

    /// The run as a document of its own.
    fn alone(&self, source: &str) -> String {
        match self.parent.kind() {
            Kind::Seq { flow: true } => format!("[{source}]"),
            Kind::Map { flow: true } => format!("{{{source}}}"),
            _ => {
                let text = self.parent.tree().text();
                let line = line_start(text.as_bytes(), self.span.start);
                let column = text.get(line..self.span.start).unwrap_or_default().chars().count();
                format!("{}{source}", " ".repeat(column))
            }
        }
    }
}

/// Where edits of its children lie: in blocks up to the ends of its lines.
fn extent(collection: Node<'_>) -> Span {
    let span = collection.content_span();
    if collection.parent().is_none() {
        return Span::new(0, collection.tree().text().len());
    }
    if collection.kind().is_flow() {
        return Span::new(span.start + 1, (span.start + 1).max(span.end.saturating_sub(1)));
    }
    let bytes = collection.tree().text().as_bytes();
    let line = line_start(bytes, span.start);
    let own_line =
        bytes.get(line..span.start).is_some_and(|head| head.iter().all(|it| is_blank(*it)));
    Span::new(if own_line { line } else { span.start }, next_line(bytes, span.end))
}

/// The key of the entry, or the item, that `unit` belongs to.
fn head<'a>(unit: Node<'a>, parent: Node<'a>) -> Node<'a> {
    if parent.is_map() && !unit.is_key() { unit.prev_sibling().unwrap_or(unit) } else { unit }
}

/// The entry or the item before that of `unit`.
fn before<'a>(unit: Node<'a>, parent: Node<'a>) -> Option<Node<'a>> {
    let previous = head(unit, parent).prev_sibling()?;
    Some(head(previous, parent))
}

/// Where the text of a child starts: at its dash, or at its key.
fn starts_at(child: Node<'_>, parent: Node<'_>) -> usize {
    let start = child.span().start;
    let text = child.tree().text();
    let start = if parent.is_seq() && parent.kind().is_block() {
        text.get(parent.span().start..start)
            .and_then(|it| it.rfind('-'))
            .map_or(start, |at| parent.span().start + at)
    } else {
        start
    };
    if !parent.kind().is_block() {
        return start;
    }
    let line = line_start(text.as_bytes(), start);
    let own_line = text.get(line..start).is_some_and(|head| head.bytes().all(is_blank));
    if own_line { line } else { start }
}

/// Whether the edits change nothing but comments and empty lines.
pub(super) fn is_of_comments(tree: &Tree, inner: Option<Node<'_>>, edits: &[Edit]) -> bool {
    let bytes = tree.text().as_bytes();
    let empty = |text: &str| {
        text.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
    };
    let inside = |span: Span| {
        inner.is_some_and(|it| {
            it.is_scalar() && it.span().start < span.end && span.start < it.span().end
        })
    };
    edits.iter().all(|edit| {
        let upto = tree.comments().partition_point(|it| it.start <= edit.span.start);
        let comment = upto.checked_sub(1).and_then(|at| tree.comments().get(at));
        if comment.is_some_and(|it| it.contains(edit.span)) {
            return true;
        }
        // Few edits come as far as the lines, which may be long.
        empty(&edit.insert) && !inside(edit.span) && {
            let start = line_start(bytes, edit.span.start);
            let lines = Span::new(start, line_end(bytes, edit.span.end));
            tree.slice(edit.span).trim_start().starts_with('#') || empty(tree.slice(lines))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Effect, Run};
    use crate::syntax::parse;
    use crate::text::{Edit, Span};

    /// What putting `new` in the place of the text between the bars does, in letters.
    fn effect(text: &str, new: &str) -> String {
        let (head, rest) = text.split_once('|').unwrap();
        let (old, tail) = rest.split_once('|').unwrap();
        let parse = parse(&format!("{head}{old}{tail}"));
        let span = Span::new(head.len(), head.len() + old.len());
        let edits = [Edit::replace(span, new)];
        let inner = parse.tree.root().unwrap().at(span.start);
        let Effect { takes, changes, adds, empties, doubles, fills, unknown, .. } =
            Run::around(inner, &edits).unwrap().effect(&edits);
        let marks = [
            (takes, "takes"),
            (changes, "changes"),
            (adds, "adds"),
            (empties, "empties"),
            (doubles, "doubles"),
            (fills, "fills"),
            (unknown, "unknown"),
        ];
        let said: Vec<_> = marks.into_iter().filter(|(is, _)| *is).map(|(_, it)| it).collect();
        said.join(" ")
    }

    #[test]
    fn tells_what_happens_to_values() {
        let mut wrong = Vec::new();
        for (text, new, expected) in [
            ("a:\n- b: |x|  # c\n  c: y\n", "'x'", ""),
            ("a:\n- b: |x|\n  c: y\n", "z", "changes"),
            ("a:\n- b: |1|\n  c: y\n", "\"1\"", "changes"),
            ("a:\n- |b|: x\n  c: y\n", "d", "changes"),
            ("a:\n- |b|: x\n  c: y\n", "c", "changes doubles"),
            ("a:\n- b: x\n|  c: y\n|", "", "takes changes"),
            ("a:\n- |b: x\n  |c: y\n", "", "takes changes"),
            ("a:\n|- b: x\n  c: y\n|- c: 1\n", "", "takes changes"),
            ("a:\n  b:| \n    c: y|\nd: 1\n", " {}", "takes changes adds empties"),
            ("a:\n- b: x\n  c: y\n||d: 1\n", "  e: z\n", "adds"),
            ("a: {b: x, |c: y|}\n", "d: 1", "takes changes adds"),
            ("a: {b: x, |c: y, |d: 1}\n", "", "takes changes"),
            ("a: [x, |y|]\n", "z", "changes"),
            ("a:\n- |b|\n- c\n", "name: b", "changes"),
            ("a:\n  b:||\n  c: 1\n", " {}", "changes"),
            ("a:\n  b:\n  c: 1||\n", "\n  b: {}", "adds doubles"),
            ("a: x-|<b>|\nc: d\n", "b", "changes fills"),
            ("a:\n  |b-$X|: 1\n", "b-x", "changes fills"),
            ("a: |x|\n", "[", "unknown"),
        ] {
            let found = effect(text, new);
            if found != expected {
                wrong.push(format!("{text:?} {new:?}: {found}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
