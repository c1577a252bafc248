//! What a text shows of its indentation before anything is moved: which lines may move at all, and
//! whether some of it was lost. Other errors are no reason to move anything.

use crate::actions::indent::guard::Change;
use crate::actions::indent::line::{Content, Line};
use crate::actions::indent::search::Columns;
use crate::actions::indent::stack::MapType;
use crate::actions::indent::standing::{Stand, Standing, standings};
use crate::actions::indent::style::Style;

/// What it costs that a line is torn from the one to which it belonged.
const TORN: u32 = 200;

/// How a text stands before anything is moved.
pub(super) struct Evidence<'l, 'a> {
    pub(super) lines: &'l [Line<'a>],
    root: MapType,
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

    /// The readings that keep what they have to keep, the best first, and of those that put every line
    /// below the same one the best.
    pub(super) fn allowed(&self, found: Vec<Columns>, selected: &[bool]) -> Vec<Columns> {
        let mut seen: Vec<Vec<(Option<usize>, Standing)>> = Vec::new();
        let mut allowed = Vec::new();
        for mut columns in found {
            let Some(after) = self.after(&columns, selected) else { continue };
            let places = after.iter().map(|it| (it.owner, it.standing)).collect();
            if seen.contains(&places) && !self.is_as_it_was(&columns) {
                continue;
            }
            seen.push(places);
            columns.cost += self.torn(&after) * TORN;
            allowed.push(columns);
        }
        allowed.sort_by_key(|it| it.cost);
        allowed
    }

    /// How many lines are torn from a map of which the type is known: a block that was shifted is
    /// still one block. A map with any keys tells nothing of which ones were in it.
    fn torn(&self, after: &[Stand]) -> u32 {
        if self.style.flat {
            return 0;
        }
        let mut typed = vec![false; after.len()];
        for (row, stand) in after.iter().enumerate().filter(|(_, stand)| stand.map.is_some()) {
            let map = if self.is_item(row) { Some(row) } else { stand.owner };
            if let Some(map) = map {
                typed[map] = true;
            }
        }
        let pairs = self.before.iter().zip(after);
        let torn = pairs
            .filter(|(was, is)| was.owner != is.owner && was.owner.is_some_and(|map| typed[map]));
        torn.count() as u32
    }

    fn is_as_it_was(&self, columns: &Columns) -> bool {
        let mut each = self.lines.iter().zip(&columns.of);
        each.all(|(line, place)| place.is_none_or(|place| place == line.column))
    }

    /// How the lines stand in a reading, if it keeps what it has to keep.
    fn after(&self, columns: &Columns, selected: &[bool]) -> Option<Vec<Stand>> {
        let at = |row: usize| columns.of[row].unwrap_or(self.lines[row].column);
        let columns: Vec<_> = (0..self.lines.len()).map(at).collect();
        let after = standings(self.lines, &columns, self.root, self.style.root);
        if self.style.flat {
            let known = |stands: &[Stand]| stands.iter().filter(|it| it.is_known()).count();
            return (known(&after) >= known(&self.before)).then_some(after);
        }
        let change = Change { evidence: self, columns: &columns, after: &after };
        let fits = change.keeps_known(selected) && change.keeps_texts() && change.has_a_reason();
        fits.then_some(after)
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

    fn is_item(&self, row: usize) -> bool {
        matches!(&self.lines[row].content, Content::Entry { dashes, .. } if !dashes.is_empty())
    }
}
