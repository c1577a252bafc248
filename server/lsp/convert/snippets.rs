//! Edits with places to fill in, as the snippets of the protocol's version 3.18.

use serde_json::{Value, json};

use crate::ide::Tabstop;
use crate::lsp::snapshot::Snapshot;
use crate::text::{Edit, Span};

/// `edits` in the order of their places, with those at one place made one, so that no editor can carry
/// them out in another order; and `tabstops`, numbered from top to bottom. Plain edits and those with
/// snippets are both made from this.
pub(super) fn arranged(
    document: &Snapshot,
    edits: &[Edit],
    tabstops: &[(usize, Tabstop)],
) -> (Vec<Edit>, Vec<(usize, Tabstop)>) {
    let mut order: Vec<usize> = (0..edits.len()).collect();
    order.sort_by_key(|index| edits[*index].span);
    let (mut all, mut places): (Vec<Edit>, Vec<(usize, Tabstop)>) = (Vec::new(), Vec::new());
    for index in order {
        let edit = &edits[index];
        let (edit, mut shift) = unindented(document, edit).unwrap_or_else(|| (edit.clone(), 0));
        match all.last_mut().filter(|it| it.span.is_empty() && it.span.end == edit.span.start) {
            Some(last) => {
                shift += last.insert.len();
                last.span = edit.span;
                last.insert.push_str(&edit.insert);
            }
            None => all.push(edit),
        }
        let here = tabstops.iter().filter(|(of, _)| *of == index);
        let shifted = |it: &Tabstop| Tabstop { span: it.span.shifted(shift), ..*it };
        places.extend(here.map(|(_, it)| (all.len() - 1, shifted(it))));
    }
    number_from_top(&mut places);
    (all, places)
}

/// Editors visit places by their numbers; those with the same number are one.
fn number_from_top(tabstops: &mut [(usize, Tabstop)]) {
    tabstops.sort_by_key(|(edit, stop)| (*edit, stop.span));
    let mut seen: Vec<usize> = Vec::new();
    for (_, stop) in tabstops {
        let number = seen.iter().position(|it| *it == stop.number).unwrap_or_else(|| {
            seen.push(stop.number);
            seen.len() - 1
        });
        stop.number = number + 1;
    }
}

/// `edits` as `TextEdit`s and `SnippetTextEdit`s; `tabstops` are the places to fill in, with the index of
/// their edit. Nothing where the editor could spoil one of the edits.
///
/// The protocol does not say whether lines of a snippet are indented like the one they go into. VS
/// Code does that, with plain edits beside a snippet too. It changes nothing at the start of a line,
/// nor in a text of one line.
pub(super) fn snippets(
    document: &Snapshot,
    edits: &[Edit],
    tabstops: &[(usize, Tabstop)],
) -> Option<Vec<Value>> {
    let mut written = Vec::with_capacity(edits.len());
    for (index, edit) in edits.iter().enumerate() {
        let (edit, shift) = unindented(document, edit)?;
        let here = tabstops.iter().filter(|(of, _)| *of == index);
        let here: Vec<Tabstop> =
            here.map(|(_, it)| Tabstop { span: it.span.shifted(shift), ..*it }).collect();
        let range = document.range(edit.span);
        written.push(match here.is_empty() {
            true => json!({"range": range, "newText": edit.insert}),
            false => {
                let value = snippet(&edit.insert, &here);
                json!({"range": range, "snippet": {"kind": "snippet", "value": value}})
            }
        });
    }
    Some(written)
}

/// An edit that does the same as `edit` and stays what it is if its lines are indented like the one it
/// goes into, and by how many bytes its text has moved. What is written between the indentation and the
/// first word of a line, and ends with that indentation, goes in front of both.
fn unindented(document: &Snapshot, edit: &Edit) -> Option<(Edit, usize)> {
    let text = document.document.text();
    let (line, _) = text.line_col(edit.span.start);
    let start = text.line_span(line).start;
    let before = text.slice(Span::new(start, edit.span.start));
    if !before.starts_with(char::is_whitespace) || !edit.insert.contains('\n') {
        return Some((edit.clone(), 0));
    }
    let rest = edit.insert.strip_suffix(before.as_ref())?;
    let moves = before.trim().is_empty() && edit.span.is_empty();
    moves.then(|| (Edit::insert(start, format!("{before}{rest}")), before.len()))
}

/// `text` as a snippet with `tabstops`, which do not overlap and come in their order.
fn snippet(text: &str, tabstops: &[Tabstop]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    let between = |from: usize, to: usize| escaped(text.get(from..to).unwrap_or_default());
    for Tabstop { number, span } in tabstops {
        out.push_str(&between(at, span.start));
        out.push_str(&format!("${{{number}:{}}}", between(span.start, span.end)));
        at = span.end;
    }
    out.push_str(&between(at, text.len()));
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_to_fill_in_become_a_snippet() {
        let stop = |number, start, end| Tabstop { number, span: Span::new(start, end) };
        let text = "a: ${x} b\\ main, main";
        let snippet = snippet(text, &[stop(1, 11, 15), stop(2, 15, 15), stop(1, 17, 21)]);
        assert_eq!(snippet, "a: \\${x\\} b\\\\ ${1:main}${2:}, ${1:main}");
    }
}
