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
                (Standing::Unknown | Standing::Astray, _) => true,
                (Standing::Text | Standing::Aside, Some(owner)) => loose[owner],
                (Standing::Aside, None) => true,
                _ => false,
            };
            loose.push(is_loose);
        }
        let mut evidence = Self { lines, root, style, before, loose, broken };
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
            let unknown = |row: &usize| self.before[*row].standing == Standing::Unknown;
            let Some(last) = (first..end).rev().find(unknown) else { continue };
            let next =
                (last + 1..end).find(|row| self.is_item(*row) && self.lines[*row].column == column);
            self.loose[first..next.unwrap_or(end)].fill(true);
        }
    }

    /// Whether the text shows that indentation was lost.
    pub(super) fn shows_loss(&self) -> bool {
        let unknown = |row: usize| self.before[row].standing == Standing::Unknown;
        if self.style.flat {
            let any = self.root == MapType::Any || (0..self.lines.len()).any(unknown);
            return any && self.before.iter().any(|it| it.empty);
        }
        let shifted = |row: usize| {
            unknown(row)
                && (self.row_behind(row).is_some_and(|next| self.belongs(next, row))
                    || self.row_before(row).is_some_and(|key| self.before[key].empty))
        };
        self.broken || (0..self.lines.len()).any(shifted)
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

    /// Whether a reading keeps what it has to keep.
    pub(super) fn allows(&self, columns: &Columns, selected: &[bool]) -> bool {
        let at = |row: usize| columns.of[row].unwrap_or(self.lines[row].column);
        let columns: Vec<_> = (0..self.lines.len()).map(at).collect();
        let after = standings(self.lines, &columns, self.root, self.style.root);
        if self.style.flat {
            let known = |stands: &[Stand]| stands.iter().filter(|it| it.is_known()).count();
            return known(&after) >= known(&self.before);
        }
        let change = Change { evidence: self, columns: &columns, after: &after };
        change.keeps_known(selected) && change.keeps_texts() && change.has_a_reason()
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
                (true, _) => !selected[row] || self.is_cured(row),
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
            Standing::Unknown | Standing::Astray => false,
        }
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

    /// Whether everything that moves is at a break, or a block that was shifted as a whole.
    fn has_a_reason(&self) -> bool {
        let Evidence { lines, style, broken, .. } = self.evidence;
        let runs = self.runs();
        if *broken {
            return !runs.is_empty()
                && runs.iter().all(|run| self.is_break(run) || self.is_block(run));
        }
        let at_the_edge = || runs.iter().all(|run| lines[run[0]].column == style.root);
        match &runs[..] {
            [] => false,
            [run] => self.is_block(run),
            _ => at_the_edge() && runs.iter().all(|run| self.is_block(run)),
        }
    }

    /// The lines that move, those that follow each other together.
    fn runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let mut open = false;
        for row in (0..self.columns.len()).filter(|row| self.evidence.is_row(*row)) {
            if !self.is_moved(row) {
                open = false;
                continue;
            }
            match runs.last_mut() {
                Some(run) if open => run.push(row),
                _ => runs.push(vec![row]),
            }
            open = true;
        }
        runs
    }

    /// Whether a run has a line that belongs nowhere, or is beside one.
    fn is_break(&self, run: &[usize]) -> bool {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
        let beside = [self.evidence.row_before(*first), self.evidence.row_behind(*last)];
        let mut rows = run.iter().copied().chain(beside.into_iter().flatten());
        rows.any(|row| {
            let line = &self.evidence.lines[row];
            self.evidence.before[row].standing == Standing::Astray || line.is_tabbed()
        })
    }

    /// Whether a run moves by one distance and is the value that the key above it has lost, or a key
    /// with all that is below it.
    fn is_block(&self, run: &[usize]) -> bool {
        let Some((first, rest)) = run.split_first() else { return false };
        let within = |owner: Option<usize>| owner.is_some_and(|it| run.contains(&it));
        let together = rest.iter().all(|row| self.shift(*row) == self.shift(*first));
        let above = self.evidence.row_before(*first);
        let lost = above.is_some_and(|key| {
            let owns = |row: &usize| {
                let owner = self.after[*row].owner;
                owner == Some(key) || within(owner)
            };
            self.evidence.before[key].empty && run.iter().all(owns)
        });
        let whole =
            !rest.is_empty() && rest.iter().all(|row| within(self.evidence.before[*row].owner));
        together && (lost || whole)
    }
}
