//! What a repair has to show before anyone sees it.
//!
//! The text shows that indentation was lost: a line is at the column of no open map or list, lines
//! are at the edge below a key that has lost its value, or one block was shifted. Other errors are
//! no reason to move anything. And the repair is safe to accept: every line that is known where it
//! stands stays there and belongs to the same line as before, every line that is not known becomes
//! known, and texts keep their bytes.

use crate::actions::indent::line::{Body, Content, Line, Value};
use crate::actions::indent::search::Columns;
use crate::actions::indent::stack::MapType;
use crate::actions::indent::standing::{Stand, Standing, resembles, standings};
use crate::actions::indent::style::Style;

/// How a text stands before anything is moved.
pub(super) struct Evidence<'l, 'a> {
    lines: &'l [Line<'a>],
    root: MapType,
    style: Style,
    before: Vec<Stand>,
    /// For each line whether it may move.
    loose: Vec<bool>,
    /// Whether a line stands where no YAML can have it.
    broken: bool,
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
        let is_new = |columns: &Columns| {
            let Some(after) = self.after(columns, selected) else { return false };
            let places = after.iter().map(|it| (it.owner, it.standing)).collect();
            let is_new = !seen.contains(&places);
            if is_new {
                seen.push(places);
            }
            is_new || self.is_as_it_was(columns)
        };
        let mut found = found;
        found.retain(is_new);
        found
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
    fn is_row(&self, row: usize) -> bool {
        self.before[row].standing != Standing::Aside
    }

    fn row_behind(&self, row: usize) -> Option<usize> {
        (row + 1..self.lines.len()).find(|row| self.is_row(*row))
    }

    fn row_before(&self, row: usize) -> Option<usize> {
        (0..row).rev().find(|row| self.is_row(*row))
    }

    fn belongs(&self, row: usize, owner: usize) -> bool {
        self.before[row].owner == Some(owner)
    }

    fn is_item(&self, row: usize) -> bool {
        matches!(&self.lines[row].content, Content::Entry { dashes, .. } if !dashes.is_empty())
    }
}

/// A reading beside the text as it is.
struct Change<'c, 'l, 'a> {
    evidence: &'c Evidence<'l, 'a>,
    columns: &'c [usize],
    after: &'c [Stand],
}

impl Change<'_, '_, '_> {
    /// Whether what is known stays as it is, and whatever else is selected becomes known.
    fn keeps_known(&self, selected: &[bool]) -> bool {
        let Evidence { lines, before, loose, .. } = self.evidence;
        let empty = |stands: &[Stand]| stands.iter().filter(|it| it.empty).count();
        let row = |row: usize| {
            let (was, is) = (&before[row], &self.after[row]);
            match (loose[row], was.standing) {
                (true, _) => !selected[row] || self.is_cured(row) || self.is_twice(row),
                (false, Standing::Aside) => true,
                (false, _) => {
                    let same = is.standing == was.standing && is.owner == was.owner;
                    same && self.columns[row] == lines[row].column
                }
            }
        };
        (0..lines.len()).all(row) && empty(self.after) <= empty(before)
    }

    /// Whether a line that was not known is known now.
    fn is_cured(&self, row: usize) -> bool {
        let (was, is) = (&self.evidence.before[row], &self.after[row]);
        let fits = !is.misfit || !self.is_moved(row);
        match is.standing {
            Standing::Known => fits,
            // Any key fits there, also one that is misspelt where it stands.
            Standing::Free => fits && !self.is_slip(row, was),
            Standing::Anything => is.owner.is_some_and(|owner| self.evidence.loose[owner]),
            Standing::Text | Standing::Aside => true,
            Standing::Unknown | Standing::Astray | Standing::Twice => false,
        }
    }

    /// Whether a line is there twice before and after: that is no fault of indentation.
    fn is_twice(&self, row: usize) -> bool {
        let (was, is) = (&self.evidence.before[row], &self.after[row]);
        let twice = was.standing == Standing::Twice && is.standing == Standing::Twice;
        twice && was.owner == is.owner && !self.is_moved(row)
    }

    fn is_slip(&self, row: usize, was: &Stand) -> bool {
        let Content::Entry { body: Body::Key(key, _), .. } = &self.evidence.lines[row].content
        else {
            return false;
        };
        was.map.is_some_and(|map| resembles(map, key))
    }

    /// Whether the lines of each text move together, and not away from a header that says by how
    /// much they are indented.
    fn keeps_texts(&self) -> bool {
        let mut last: Option<(usize, isize)> = None;
        for (row, stand) in self.after.iter().enumerate() {
            let Some(owner) = stand.owner.filter(|_| stand.standing == Standing::Text) else {
                continue;
            };
            let shift = self.shift(row);
            let fits = match last.filter(|(of, _)| *of == owner) {
                Some((_, first)) => shift == first,
                None => !self.is_indicated(owner) || shift == self.shift(owner),
            };
            let was_text = self.evidence.before[row].standing == Standing::Text;
            if !fits || (was_text && !self.evidence.belongs(row, owner)) {
                return false;
            }
            last = Some((owner, shift));
        }
        true
    }

    fn is_indicated(&self, header: usize) -> bool {
        let Content::Entry { body, .. } = &self.evidence.lines[header].content else {
            return false;
        };
        matches!(body, Body::Key(_, Value::Block(Some(_))) | Body::Item(Value::Block(Some(_))))
    }

    fn shift(&self, row: usize) -> isize {
        self.columns[row] as isize - self.evidence.lines[row].column as isize
    }

    fn is_moved(&self, row: usize) -> bool {
        self.shift(row) != 0 || self.evidence.lines[row].is_tabbed()
    }

    /// Whether everything that moves is at a break, or a block that was shifted.
    fn has_a_reason(&self) -> bool {
        let Evidence { lines, style, broken, .. } = self.evidence;
        let groups = self.groups();
        if *broken {
            let moved = |group: &Group| self.is_break(group) || group.reason.is_some();
            return !groups.is_empty() && groups.iter().all(moved);
        }
        let at_the_edge = |group: &Group| lines[group.first].column == style.root;
        !groups.is_empty()
            && groups.iter().all(|group| group.reason.is_some())
            && (groups.len() == 1 || groups.iter().all(at_the_edge))
    }

    /// The lines that move, those that were shifted together in one group.
    fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let rows = (0..self.columns.len()).filter(|row| self.evidence.is_row(*row));
        for row in rows.filter(|row| self.is_moved(*row)) {
            match groups.last_mut().filter(|group| self.is_of(group, row)) {
                Some(group) => group.last = row,
                None => {
                    groups.push(Group { first: row, last: row, reason: self.reason(row) });
                }
            }
        }
        groups
    }

    /// Why `row` and what moves with it were shifted, and did not go wrong in another way.
    fn reason(&self, row: usize) -> Option<Reason> {
        let above = self.evidence.row_before(row).filter(|key| self.evidence.before[*key].empty);
        let below = self.evidence.row_behind(row);
        match above {
            Some(key) if self.after[row].owner == Some(key) => Some(Reason::Lost(key)),
            _ => below.filter(|below| self.evidence.belongs(*below, row)).map(|_| Reason::Block),
        }
    }

    fn is_of(&self, group: &Group, row: usize) -> bool {
        let before = &self.evidence.before;
        match group.reason {
            Some(Reason::Lost(key)) => is_below(self.after, row, key),
            Some(Reason::Block) => is_below(before, row, group.first),
            None => self.evidence.row_before(row) == Some(group.last),
        }
    }

    /// Whether a line of a group belongs nowhere, or one beside it.
    fn is_break(&self, group: &Group) -> bool {
        let before = self.evidence.row_before(group.first).unwrap_or(group.first);
        let behind = self.evidence.row_behind(group.last).unwrap_or(group.last);
        (before..=behind).any(|row| {
            let line = &self.evidence.lines[row];
            self.evidence.before[row].standing == Standing::Astray || line.is_tabbed()
        })
    }
}

/// Lines that were shifted together: the first and the last one that move.
struct Group {
    first: usize,
    last: usize,
    reason: Option<Reason>,
}

#[derive(Clone, Copy)]
enum Reason {
    /// They are what a key above has lost.
    Lost(usize),
    /// The first is a key, and the others stand below it.
    Block,
}

/// Whether a line belongs to `owner`, or to what does.
fn is_below(stands: &[Stand], row: usize, owner: usize) -> bool {
    let mut owners = std::iter::successors(stands[row].owner, |row| stands[*row].owner);
    owners.any(|it| it == owner)
}
