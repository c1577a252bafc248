//! What a repair has to show before anyone sees it.
//!
//! It is safe to accept: every line that is known where it stands stays there and belongs to the
//! same line as before, every line that is not becomes known, texts keep their bytes, and what moves
//! is at a break, or a block that was shifted.

use crate::actions::indent::evidence::Evidence;
use crate::actions::indent::line::{Body, Content, Value};
use crate::actions::indent::search::Columns;
use crate::actions::indent::standing::{Stand, Standing, resembles, standings};

/// What it costs that a line is torn from the one to which it belonged.
const TORN: u32 = 200;

impl Evidence<'_, '_> {
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

    /// Whether a key is there twice before and after: that is no fault of indentation.
    fn is_twice(&self, row: usize) -> bool {
        self.evidence.before[row].twice && self.after[row].standing == Standing::Twice
    }

    fn is_slip(&self, row: usize, was: &Stand) -> bool {
        let Content::Entry { body: Body::Key(key, _), .. } = &self.evidence.lines[row].content
        else {
            return false;
        };
        let unknown = was.standing == Standing::Unknown;
        unknown && was.map.is_some_and(|map| resembles(map, key))
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
