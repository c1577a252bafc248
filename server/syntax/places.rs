//! Where on a line of its own something can be written.
//!
//! An entry of a map, an item of a list, or a key that takes the lines below: of each it is tried
//! whether the text around stays what it is.

use crate::syntax::cursor::{Cursor, PROBE};
use crate::syntax::kept::Kept;
use crate::syntax::typed::{Line, Put};
use crate::text::Edit;

/// What the word at a cursor can become.
#[derive(Debug, Default)]
pub struct Places<'a> {
    line: Option<Line<'a>>,
    /// The place of the word as it stands on its line; not asked for where another one tells that it is
    /// in no brackets.
    first: Option<Cursor>,
    /// A key that takes the lines below it.
    pub holding: Option<Cursor>,
}

impl<'a> Places<'a> {
    /// What can be written at `offset` of the document `text`.
    pub fn at(text: &'a str, offset: usize) -> Self {
        let Some(line) = Line::at(text, offset) else { return Self::default() };
        if line.is_own()
            && let Some(holding) = holding(&line)
        {
            return Self { line: Some(line), first: None, holding: Some(holding) };
        }
        let Some(first) = Cursor::of(&line, &line.put()) else { return Self::default() };
        let in_block = !line.is_own() && !first.node().in_flow();
        if in_block && line.parts_block() {
            return Self::default();
        }
        // Of a dash alone nobody can tell that it parts a list or a map in two.
        let behind_dash = in_block && !(line.word.is_empty() && line.is_amid_block());
        let holding = behind_dash.then(|| holding(&line)).flatten();
        Self { line: Some(line), first: Some(first), holding }
    }

    /// Whether the line parts a list or a map in two.
    pub fn is_amid_block(&self) -> bool {
        self.line.as_ref().is_some_and(|line| !line.is_own() && line.is_amid_block())
    }

    /// An entry or a value, an item.
    pub fn here(self) -> Vec<Cursor> {
        let Some(line) = self.line else { return Vec::new() };
        let stays = |first: &Cursor| {
            !line.is_own() || first.node().in_flow() || first.node().parent().is_none()
        };
        match self.first {
            Some(first) if stays(&first) => vec![first],
            first => on_own_line(&line, first),
        }
    }
}

fn holding(line: &Line<'_>) -> Option<Cursor> {
    let with_colon = || Cursor::of(line, &Put { colon: true, ..line.put() });
    let holding = line.has_block_below().then(with_colon).flatten()?;
    let is_key = holding.alone && holding.node().is_key() && !holding.node().in_flow();
    (is_key && Kept::around(line.text, &holding).is_yaml()).then_some(holding)
}

fn on_own_line(line: &Line<'_>, first: Option<Cursor>) -> Vec<Cursor> {
    let column = line.column();
    let awaited = line.awaited();
    let least = awaited.map_or(column, |row| row.indent.min(column));
    let kept = Kept::lines(line.text, line.start, least, &Edit::remove(line.word));
    let fits = |put: &Put, dash: bool| {
        let value = if dash { "" } else { ": x" };
        kept.keeps(&[Edit::replace(put.span, format!("{}{PROBE}{value}", put.lead))])
    };
    let placed = |column: usize, dash: bool| {
        let put = line.put_at(column, dash);
        let mut cursor = fits(&put, dash).then(|| Cursor::of(line, &put)).flatten()?;
        cursor.is_moved = column != line.column();
        cursor.is_open = is_open(line, column, dash);
        Some(cursor)
    };
    let mut here = Vec::new();
    if fits(&line.put(), false)
        && let Some(mut first) = first.or_else(|| Cursor::of(line, &line.put()))
        && first.alone
    {
        first.is_open = is_open(line, column, false);
        here.push(first);
    }
    here.extend(placed(column, true));
    if here.is_empty()
        && let Some(row) = awaited
    {
        here.extend(placed(row.indent, row.is_item()));
    }
    here
}

/// Whether what is written in `column` ends before the row below.
fn is_open(line: &Line<'_>, column: usize, dash: bool) -> bool {
    line.below()
        .is_none_or(|row| row.indent < column || (row.indent == column && (dash || !row.is_item())))
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::syntax::cursor::PROBE;
    use crate::testing::selection;

    fn places(fixture: &str) -> String {
        let (text, at) = selection(fixture);
        let mut places = Places::at(&text, at.start);
        let holding = places.holding.take();
        let path = |cursor: &crate::syntax::Cursor| {
            format!("{}@{}", cursor.node().path().replace(PROBE, "*"), cursor.column())
        };
        let mut found: Vec<String> = places.here().iter().map(path).collect();
        found.extend(holding.iter().map(|it| format!("{}:", path(it))));
        found.join(" ")
    }

    #[test]
    fn a_line_of_its_own_has_the_places_that_harm_nothing() {
        for (fixture, expected) in [
            ("a:\n  b: 1\n  $0\n  c: 2\n", "a.*@2"),
            ("a:\n  b: 1\n   $0\n  c: 2\n", ""),
            ("a:\n  b: 1\n $0\n", ""),
            ("a:\n  - b: 1\n  $0\n", "a[1]@4"),
            ("a:\n- b: 1\n$0\n", "*@0 a[1]@2"),
            ("a:\n- b: 1\n$0\n- c: 1\n", "a[1]@2 *@0:"),
            ("a:\n  $0\n- c: 1\n", "a[0]@2"),
            ("a:\n$0\n  c: 1\n", "a.*@2 *@0:"),
            ("a:\n    $0\n  c: 1\n", "a.*@2"),
            ("a:\n  $0\n", "a@2 a[0]@4"),
            ("- a: 1\n  $0\n- b: 1\n", "[0].*@2"),
            ("- a: 1\n $0\n- b: 1\n", ""),
            ("a: |\n  x\n  $0\n", ""),
            ("a: x\n  $0\n", ""),
            ("$0", "@0"),
        ] {
            assert_eq!(places(fixture), expected, "{fixture}");
        }
    }
}
