//! Readings as texts, judged by the rules as well, the best first.

use crate::actions::indent::compare;
use crate::actions::indent::line::{Content, Line};
use crate::actions::indent::search::Columns;
use crate::actions::indent::style::Style;
use crate::check::Severity;
use crate::rules;
use crate::schema::Version;
use crate::syntax::write::New;
use crate::syntax::{self, Trust};
use crate::text::{Edit, Span, apply};

/// What an error costs that the rules find in a reading.
const ERROR: u32 = 400;
/// What it costs when a reading is no YAML.
const NO_YAML: u32 = 3_000;

/// A reading that could be the right one.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) cost: u32,
    /// Whether it is YAML.
    pub(super) exact: bool,
    pub(super) text: String,
    pub(super) edits: Vec<Edit>,
    pub(super) texts: Vec<String>,
    pub(super) ends_in_text: bool,
}

/// The readings, each value once, the best first; those that come after the best one by `margin` are
/// left out.
pub(super) fn readings(
    text: &str,
    lines: &[Line<'_>],
    style: Style,
    (found, margin): (&[Columns], u32),
    version: Version,
) -> Vec<Candidate> {
    let mut all: Vec<(Candidate, Option<New>)> = Vec::new();
    for columns in found {
        // What the rules say can only make it worse.
        if all.iter().any(|(best, _)| best.cost + margin <= columns.cost) {
            break;
        }
        let edits = edits(lines, columns);
        let after = apply(text, &edits);
        if all.iter().any(|(other, _)| other.text == after) {
            continue;
        }
        let parse = syntax::parse(&after);
        let Some(root) = parse.tree.root() else { continue };
        let findings = rules::run(&parse, version, false);
        let errors = findings.iter().filter(|it| it.severity == Severity::Error).count() as u32;
        let exact = parse.trust == Trust::Exact;
        let broken = if exact { 0 } else { NO_YAML };
        let cost = columns.cost + errors * ERROR + broken;
        let texts = compare::flat_texts(lines, columns, style, &parse, &edits);
        let ends_in_text = ends_in_text(lines, columns);
        let value = New::of(root);
        all.push((Candidate { cost, exact, text: after, edits, texts, ends_in_text }, value));
    }
    all.sort_by_key(|(it, _)| it.cost);
    let mut kept: Vec<(Candidate, Option<New>)> = Vec::new();
    for (candidate, value) in all {
        // Of readings with the same value the cheapest is kept, and the text as it is.
        if candidate.text == text || !kept.iter().any(|(_, other)| *other == value) {
            kept.push((candidate, value));
        }
    }
    kept.into_iter().map(|(candidate, _)| candidate).collect()
}

fn ends_in_text(lines: &[Line<'_>], columns: &Columns) -> bool {
    let written = |at: &usize| !matches!(lines[*at].content, Content::Blank | Content::Marker);
    (0..lines.len()).rev().find(written).is_some_and(|at| columns.text[at])
}

/// The edits that put each line at its column. What is text of somebody keeps its own blanks.
fn edits(lines: &[Line<'_>], columns: &Columns) -> Vec<Edit> {
    let each = lines.iter().enumerate().filter_map(|(index, line)| {
        let place = columns.of[index]?;
        let blanks = Span::new(line.span.start, line.text);
        let is_entry = matches!(line.content, Content::Entry { .. } | Content::Comment);
        if is_entry && columns.own[index] {
            let same = place == line.column && blanks.end - blanks.start == place;
            return (!same).then(|| Edit::replace(blanks, " ".repeat(place)));
        }
        let start = blanks.start;
        match place.checked_sub(line.column) {
            Some(0) => None,
            Some(more) => Some(Edit::replace(Span::at(start), " ".repeat(more))),
            None => {
                let less = (line.column - place).min(line.blanks);
                Some(Edit::replace(Span::new(start, start + less), String::new()))
            }
        }
    });
    each.collect()
}

/// Fills in the columns that the search leaves open: those of what goes along with other lines, and
/// of comments.
pub(super) fn complete(lines: &[Line<'_>], columns: &mut Columns) {
    columns.own =
        (0..lines.len()).map(|at| columns.of[at].is_some() && !columns.text[at]).collect();
    for (index, line) in lines.iter().enumerate() {
        let Some(place) = columns.of[index] else { continue };
        if columns.text[index] {
            blank_lines(lines, columns, index, place);
            continue;
        }
        let places = columns.of.iter_mut().zip(lines).take(line.next).skip(index + 1);
        for (of, more) in places {
            *of = along(more, line.column, place);
        }
    }
    // From the end, since a comment belongs to what stands below it.
    let places = &mut columns.of;
    let mut below: Option<(usize, usize)> = None;
    for index in (0..lines.len()).rev() {
        let line = &lines[index];
        if line.content == Content::Comment && places[index].is_none() {
            let above = (0..index).rev().find_map(|at| Some((lines[at].column, places[at]?)));
            places[index] = Some(comment(line.column, above, below));
            columns.own[index] = true;
        } else if let Some(place) = places[index] {
            below = Some((line.column, place));
        }
    }
}

/// Lines of nothing but blanks belong to the text above them, when more of it follows. One that is as
/// wide as the text will be was left where it was when the text was moved.
fn blank_lines(lines: &[Line<'_>], columns: &mut Columns, text: usize, place: usize) {
    let is_blank = |at: &usize| lines[*at].content == Content::Blank;
    let next = (text + 1..lines.len()).find(|at| !is_blank(at));
    if next.is_none_or(|next| !columns.text[next]) {
        return;
    }
    for at in (text + 1..lines.len()).take_while(is_blank) {
        let column = lines[at].column;
        if column > 0 && column != place {
            columns.of[at] = Some((column + place).saturating_sub(lines[text].column));
        }
    }
}

/// A further line of a value in brackets or quotes: it moves with the first, and stays inside.
fn along(line: &Line<'_>, from: usize, to: usize) -> Option<usize> {
    if line.content == Content::Blank || from == to {
        return None;
    }
    Some((line.column + to).saturating_sub(from).max(to + 1))
}

/// The column of a comment: that of the line whose column it had.
fn comment(column: usize, above: Option<(usize, usize)>, below: Option<(usize, usize)>) -> usize {
    match (above, below) {
        (_, Some((from, to))) if from == column => to,
        (Some((from, to)), _) if from == column && below.is_some() => to,
        (Some((from, to)), _) if from != column => (column + to).saturating_sub(from),
        _ => column,
    }
}
