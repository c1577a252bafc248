//! Repairs the indentation of a manifest that was lost or moved: pasted from a web page, every line
//! at column 0, or one block too far to the right.
//!
//! The types decide what belongs where: `image` after `- name: web` makes it a container and not a
//! port. A search tries each line in every map and list that is open there, and counts the faults:
//! unknown keys, missing and duplicate ones, values of another type, and lines that move away from
//! their place. If two readings remain possible, both are offered.

mod compare;
mod cost;
mod evidence;
mod guard;
mod line;
mod place;
mod reading;
mod search;
mod stack;
mod standing;
mod style;

use crate::actions::indent::evidence::Evidence;
use crate::actions::indent::line::{Content, Line};
use crate::actions::indent::search::Search;
use crate::actions::indent::stack::MapType;
use crate::actions::indent::style::Style;
use crate::actions::{Assist, AssistKind};
use crate::schema::{self, Version};
use crate::syntax::{Parse, Templated, Trust};
use crate::text::{Edit, Span};

/// Longer documents are not repaired: a menu must not wait for them.
const MOST_LINES: usize = 2_000;
/// Two readings this near each other are both offered: where no line says where it was, and where
/// lines do, less than what it costs to move one that is right.
const NEAR_FLAT: u32 = 420;
const NEAR: u32 = 90;
/// How much better than the current text a reading must be.
const BETTER: u32 = 500;
/// A reading that costs more than this is none: where nothing tells what the lines were, and where
/// much of it is left.
const WORST_FLAT: u32 = 4_000;
const WORST: u32 = 8_000;

/// What can be done about the indentation of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// It is right, or nothing better was found.
    Fine,
    /// Why no repair is possible.
    Unknown(&'static str),
    /// One reading, or the two best when both are possible.
    Readings(Vec<Reading>),
}

/// A way to read a document whose indentation is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub edits: Vec<Edit>,
    /// Where it differs from the other reading, if there is one: a line, from 0 on, and in words.
    pub differs: Option<(usize, String)>,
    /// The paths of texts of several lines whose own indentation may have been lost as well.
    pub texts: Vec<String>,
    /// Whether it ends inside of a text, which a `---` of that text may have cut off.
    pub ends_in_text: bool,
}

/// How the indentation of a document can be repaired. With `selection` only the lines it touches
/// are moved.
pub fn repair(parse: &Parse, selection: Option<Span>, version: Version) -> Repair {
    let text = parse.seen();
    if parse.templated != Templated::No {
        return Repair::Unknown("it is a template");
    }
    let Some(lines) = line::lines(text, MOST_LINES) else {
        return Repair::Unknown("it is too long");
    };
    let (style, root) = (Style::of(&lines), root(&lines));
    let evidence = Evidence::of(&lines, root.unwrap_or(MapType::Any), style);
    if !evidence.shows_loss() {
        return Repair::Fine;
    }
    let Some(root) = root else {
        return Repair::Unknown("its kind is unknown");
    };
    let selected: Vec<bool> =
        lines.iter().map(|line| selection.is_none_or(|it| line.span.touches(it))).collect();
    let fixed = evidence.fixed(&selected);
    let mut found = Search::new(&lines, style, &fixed).run(root);
    found.iter_mut().for_each(|columns| reading::complete(&lines, columns));
    let found = evidence.allowed(found, &selected);
    let margin = if style.flat { BETTER } else { NEAR };
    let mut readings = reading::readings(text, &lines, style, (&found, margin), version);
    // Where only some lines may move, others can still be broken.
    let partial = selection.is_some() && parse.trust != Trust::Exact;
    readings.retain(|it| it.exact || partial);
    if readings.is_empty() && !evidence.is_much() {
        return Repair::Fine;
    }
    chosen(text, readings, style.flat)
}

/// The type of the object, by its apiVersion and kind: the outermost ones, then the first.
fn root(lines: &[Line<'_>]) -> Option<MapType> {
    let find = |wanted: &str| {
        let found = lines.iter().filter_map(|line| {
            let Content::Entry { dashes, .. } = &line.content else { return None };
            let text = line.text_of(wanted).filter(|_| dashes.is_empty())?;
            Some((line.column, text))
        });
        found.min_by_key(|(column, _)| *column).map(|(_, text)| text)
    };
    let (api_version, kind) = (find("apiVersion")?, find("kind")?);
    if (api_version, kind) == ("v1", "List") {
        return Some(MapType::List);
    }
    let ty = schema::kind(api_version, kind).or_else(|| {
        let retired = schema::retired(api_version, kind)?;
        schema::kind(retired.replacement?, retired.replacement_kind.unwrap_or(kind))
    });
    ty.map(MapType::Object)
}

/// The best reading, and the second best where that is as good.
fn chosen(text: &str, mut readings: Vec<reading::Candidate>, flat: bool) -> Repair {
    let (near, worst) = if flat { (NEAR_FLAT, WORST_FLAT) } else { (NEAR, WORST) };
    let Some(best) = readings.first() else {
        return Repair::Unknown("no indentation fits its content");
    };
    let cost = best.cost;
    let same = |it: &&reading::Candidate| it.text == text;
    let now = readings.iter().find(same).map(|it| it.cost);
    if flat && now.is_some_and(|now| now < cost + BETTER) {
        return Repair::Fine;
    }
    if cost > worst {
        return Repair::Unknown("no indentation fits its content");
    }
    readings.retain(|it| it.cost < cost + near && it.text != text);
    readings.truncate(2);
    let differs = match &readings[..] {
        [first, second] => compare::differs(text, &first.text, &second.text),
        _ => None,
    };
    let differs =
        differs.map_or([None, None], |(line, [one, two])| [Some((line, one)), Some((line, two))]);
    let each = readings.into_iter().zip(differs).map(|(it, differs)| Reading {
        edits: it.edits,
        differs,
        texts: it.texts,
        ends_in_text: it.ends_in_text,
    });
    Repair::Readings(each.collect())
}

/// The repairs as offers.
pub fn assists(parse: &Parse, selection: Span, version: Version) -> Vec<Assist> {
    let text = parse.tree.text();
    let several =
        text.get(selection.start..selection.end).is_some_and(|it| it.contains(['\n', '\r']));
    let part = several.then(|| repair(parse, Some(selection), version));
    let repair = match part {
        Some(Repair::Readings(readings)) => Repair::Readings(readings),
        _ => repair(parse, None, version),
    };
    let Repair::Readings(readings) = repair else { return Vec::new() };
    readings.into_iter().map(assist).collect()
}

fn assist(reading: Reading) -> Assist {
    let mut title = "Repair indentation".to_owned();
    if let Some((_, differs)) = &reading.differs {
        title = format!("{title}: {differs}");
    }
    if let [first, ..] = &reading.texts[..] {
        title = format!("{title} (check the text in `{first}`)");
    }
    Assist::new("repair-indentation", AssistKind::RepairIndentation, title, reading.edits)
}

#[cfg(test)]
mod tests;
