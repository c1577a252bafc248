//! What a text shows of its indentation before anything is moved: which lines may move at all, and
//! whether some of it was lost. Other errors are no reason to move anything.

use crate::actions::indent::line::{Content, Line};
use crate::actions::indent::stack::MapType;
use crate::actions::indent::standing::{Stand, Standing, standings};
use crate::actions::indent::style::Style;

/// How a text stands before anything is moved.
pub(super) struct Evidence<'l, 'a> {
    pub(super) lines: &'l [Line<'a>],
    pub(super) root: MapType,
    pub(super) style: Style,
    /// How each line stands.
    pub(super) before: Vec<Stand>,
    /// For each line whether it may move.
    pub(super) loose: Vec<bool>,
    /// Whether a line stands where no YAML can have it.
    pub(super) broken: bool,
    /// Whether items follow a key that has lost its list.
    items: bool,
}

impl<'l, 'a> Evidence<'l, 'a> {
    pub(super) fn of(lines: &'l [Line<'a>], root: MapType, style: Style) -> Self {
        let columns: Vec<_> = lines.iter().map(|line| line.column).collect();
        let before = standings(lines, &columns, root, style.root);
        let astray = |(line, stand): (&Line<'_>, &Stand)| {
            stand.standing == Standing::Astray || line.is_tabbed()
        };
        let broken = lines.iter().zip(&before).any(astray);
        let mut loose: Vec<bool> = Vec::with_capacity(lines.len());
        for (line, stand) in lines.iter().zip(&before) {
            let is_loose = match (stand.standing, stand.owner) {
                _ if style.flat || line.is_tabbed() => true,
                (Standing::Unknown | Standing::Astray | Standing::Twice, _) => true,
                (Standing::Aside, None) => true,
                // Below a key that is there twice, too: it may have to move with it.
                (_, Some(owner)) => loose[owner],
                _ => false,
            };
            loose.push(is_loose);
        }
        let mut evidence = Self { lines, root, style, before, loose, broken, items: false };
        evidence.loosen_items();
        evidence
    }

    /// Items that follow a key without its list may be those of the list, although some of their
    /// keys are known in the items of the outer list as well.
    fn loosen_items(&mut self) {
        for key in 0..self.lines.len() {
            let Content::Entry { at, .. } = &self.lines[key].content else { continue };
            let Some(first) = self.row_behind(key).filter(|_| self.before[key].empty) else {
                continue;
            };
            let column = self.lines[first].column;
            if !self.is_item(first) || column >= self.lines[key].column + at {
                continue;
            }
            let inside = |row: usize| {
                let line = &self.lines[row];
                line.column > column || (line.column == column && self.is_item(row))
            };
            let end = (first..self.lines.len())
                .find(|row| self.is_row(*row) && !inside(*row))
                .unwrap_or(self.lines.len());
            let wrong = |row: &usize| {
                let stand = &self.before[*row];
                stand.is_misplaced() || (stand.misfit && self.is_item(*row))
            };
            let Some(last) = (first..end).rev().find(wrong) else { continue };
            let next =
                (last + 1..end).find(|row| self.is_item(*row) && self.lines[*row].column == column);
            self.loose[first..next.unwrap_or(end)].fill(true);
            self.items = true;
        }
    }

    /// Whether the text shows that indentation was lost.
    pub(super) fn shows_loss(&self) -> bool {
        let unknown =
            |row: usize| matches!(self.before[row].standing, Standing::Unknown | Standing::Twice);
        if self.style.flat {
            let any = self.root == MapType::Any || (0..self.lines.len()).any(unknown);
            return any && self.before.iter().any(|it| it.empty);
        }
        let shifted = |row: usize| {
            unknown(row)
                && (self.row_behind(row).is_some_and(|next| self.belongs(next, row))
                    || self.row_before(row).is_some_and(|key| self.before[key].empty))
        };
        self.broken || self.items || (0..self.lines.len()).any(shifted)
    }

    /// Whether so much of the text is out of place that it is worth a word when nothing helps.
    pub(super) fn is_much(&self) -> bool {
        let rows = (0..self.lines.len()).filter(|row| self.is_row(*row));
        let (all, loose) =
            rows.fold((0, 0), |(all, loose), row| (all + 1, loose + usize::from(self.loose[row])));
        loose * 2 > all
    }

    /// For each line whether it has to stay where it is.
    pub(super) fn fixed(&self, selected: &[bool]) -> Vec<bool> {
        self.loose.iter().zip(selected).map(|(loose, selected)| !(*loose && *selected)).collect()
    }

    /// Whether a line stands for itself.
    pub(super) fn is_row(&self, row: usize) -> bool {
        self.before[row].standing != Standing::Aside
    }

    pub(super) fn row_behind(&self, row: usize) -> Option<usize> {
        (row + 1..self.lines.len()).find(|row| self.is_row(*row))
    }

    pub(super) fn row_before(&self, row: usize) -> Option<usize> {
        (0..row).rev().find(|row| self.is_row(*row))
    }

    pub(super) fn belongs(&self, row: usize, owner: usize) -> bool {
        self.before[row].owner == Some(owner)
    }

    pub(super) fn is_item(&self, row: usize) -> bool {
        matches!(&self.lines[row].content, Content::Entry { dashes, .. } if !dashes.is_empty())
    }
}
