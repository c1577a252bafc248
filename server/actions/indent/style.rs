//! How a document is indented, as far as that is left.

use std::collections::HashMap;

use crate::actions::indent::line::{Body, Content, Line, Value};

/// What a line costs that moves by another distance than the line above it.
const MOVED: u32 = 100;
/// What a line costs that moves along with the line above it.
const MOVED_ALONG: u32 = 5;

#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Whether no indentation is left at all: then it says nothing about where a line belongs.
    pub(super) flat: bool,
    /// The column of the outermost keys.
    pub(super) root: usize,
    /// By how much a map is deeper than its key.
    width: usize,
    /// By how much a list is deeper than its key.
    list: usize,
}

impl Style {
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let entries = || lines.iter().filter(|line| matches!(line.content, Content::Entry { .. }));
        let root = entries().next().map_or(0, |line| line.column);
        let flat = entries().all(|line| line.column == root);
        if flat {
            return Self { flat, root: 0, width: 2, list: 0 };
        }
        let least = entries().map(|line| line.column).min().unwrap_or_default();
        let (mut maps, mut lists) = (HashMap::new(), HashMap::new());
        for (line, below) in entries().zip(entries().skip(1)) {
            let Some(column) = open_key(line) else { continue };
            let Some(deeper) = below.column.checked_sub(column) else { continue };
            let Content::Entry { dashes, .. } = &below.content else { continue };
            let counts = if dashes.is_empty() { &mut maps } else { &mut lists };
            *counts.entry(deeper).or_insert(0usize) += 1;
        }
        maps.remove(&0);
        lists.retain(|deeper, _| *deeper < 8);
        Self { flat, root: least, width: most(&maps).unwrap_or(2), list: most(&lists).unwrap_or(0) }
    }

    /// Where a map or a text below a key or dash at `outer` may stand, when its first line stands
    /// at `column` now.
    pub(super) fn below(&self, outer: usize, column: usize) -> Vec<usize> {
        let usual = outer + self.width;
        if self.flat || column <= outer || column == usual {
            return vec![usual];
        }
        vec![column, usual]
    }

    /// The same for a list; `dash` says that it is the item of another list.
    pub(super) fn list_below(&self, outer: usize, column: usize, dash: bool) -> Vec<usize> {
        let least = outer + usize::from(dash);
        let usual = if dash { outer + self.width } else { outer + self.list };
        let mut columns = vec![usual];
        if !self.flat {
            if column >= least {
                columns.push(column);
            }
            if !dash {
                columns.push(if self.list == 0 { outer + self.width } else { outer });
            }
            columns.sort_unstable();
            columns.dedup();
        }
        columns
    }

    /// What it costs to move a line that stands at `column`; `along` says that the line above moves
    /// by as much.
    pub(super) fn cost_of_move(&self, column: usize, along: bool) -> u32 {
        match along {
            _ if self.flat => 0,
            true => MOVED_ALONG,
            // Lines at the edge are there because that is where lost indentation leads.
            false if column == 0 => MOVED / 4,
            false => MOVED,
        }
    }
}

/// The column of the key of a line whose value stands on the next ones.
fn open_key(line: &Line<'_>) -> Option<usize> {
    match &line.content {
        Content::Entry { at, body: Body::Key(_, Value::Absent), .. } => Some(line.column + at),
        _ => None,
    }
}

/// The number that was counted most often, the smaller one of two.
fn most(counts: &HashMap<usize, usize>) -> Option<usize> {
    let best = counts.iter().max_by_key(|(deeper, count)| (**count, std::cmp::Reverse(**deeper)));
    best.map(|(deeper, _)| *deeper)
}
