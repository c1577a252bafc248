//! What tells two readings apart, and what no reading can know.

use crate::actions::indent::line::{Content, Line};
use crate::actions::indent::search::Columns;
use crate::actions::indent::style::Style;
use crate::syntax::{self, Parse, Tree};
use crate::text::Edit;

/// The first line whose place differs in two readings of `text`, and where it is in each.
pub(super) fn differs(text: &str, one: &str, two: &str) -> Option<(usize, [String; 2])> {
    let (one_tree, two_tree) = (syntax::parse(one), syntax::parse(two));
    let lines = one.split('\n').zip(two.split('\n')).zip(text.split('\n'));
    let (mut in_one, mut in_two) = (0, 0);
    for (number, ((one, two), line)) in lines.enumerate() {
        let place = |tree: &Tree, start: usize, line: &str| {
            let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
            tree.root().map(|root| root.at(start + indent).path()).unwrap_or_default()
        };
        let paths = [place(&one_tree.tree, in_one, one), place(&two_tree.tree, in_two, two)];
        if paths[0] != paths[1] && !line.trim().is_empty() {
            return Some((number, paths.map(|path| named(line, &path))));
        }
        in_one += one.len() + 1;
        in_two += two.len() + 1;
    }
    None
}

/// A line and where it stands, for a title.
fn named(line: &str, path: &str) -> String {
    let text = line.trim().trim_start_matches("- ");
    let short = text.split(": ").next().unwrap_or(text).trim_end_matches(':');
    let short: String = short.chars().take(30).collect();
    match path.strip_suffix(short.as_str()) {
        Some("") => format!("`{short}` at the top"),
        Some(outer) => format!("`{short}` in `{}`", outer.trim_end_matches('.')),
        None => format!("`{short}` in `{path}`"),
    }
}

/// The paths of texts of several lines in which no line is deeper than another, in a document that
/// has lost its indentation: they may have lost their own as well.
pub(super) fn flat_texts(
    lines: &[Line<'_>],
    columns: &Columns,
    style: Style,
    parse: &Parse,
    edits: &[Edit],
) -> Vec<String> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let from = index;
        while index < lines.len()
            && (columns.text[index] || is_blank_in_text(lines, columns, index))
        {
            index += 1;
        }
        let text: Vec<usize> = (from..index).filter(|at| columns.text[*at]).collect();
        index = index.max(from + 1);
        let Some(first) = text.first() else { continue };
        let level = text.iter().all(|at| lines[*at].column == lines[*first].column);
        let moved = columns.of[*first] != Some(lines[*first].column);
        if text.len() > 1 && level && (style.flat || (moved && lines[*first].column == 0)) {
            let start = lines[*first].span.start;
            let before = edits.iter().filter(|edit| edit.span.start <= start);
            let shift: isize = before
                .map(|edit| edit.insert.len() as isize - (edit.span.end - edit.span.start) as isize)
                .sum();
            let at = lines[*first].text.saturating_add_signed(shift);
            found.extend(parse.tree.root().map(|root| root.at(at).path()));
        }
    }
    found
}

fn is_blank_in_text(lines: &[Line<'_>], columns: &Columns, index: usize) -> bool {
    lines[index].content == Content::Blank
        && (index + 1..lines.len())
            .find(|at| lines[*at].content != Content::Blank)
            .is_some_and(|at| columns.text[at])
        && index
            .checked_sub(1)
            .is_some_and(|at| columns.text[at] || lines[at].content == Content::Blank)
}
