//! The search: line by line, every open map and list that a line could belong to.
//!
//! A hypothesis is a stack of open frames with what its reading cost so far. Hypotheses that came to
//! the same stack go on together, the best few of each; those far behind the best are given up. So
//! the work grows with the lines and not with the number of readings.

use std::collections::HashMap;

use crate::actions::indent::cost::{self, TypeFacts};
use crate::actions::indent::line::{Body, Content, Line, Value};
use crate::actions::indent::stack::{Frame, FrameId, Frames, MapType, Place, Shape};
use crate::actions::indent::style::Style;
use crate::schema::ObjectType;

/// How many stacks are kept at a line, and how many readings of each.
const STACKS: usize = 40;
const READINGS: usize = 4;
/// The same for long texts, so that nobody waits for them.
const FEWER_STACKS: usize = 10;
const FEWER_READINGS: usize = 2;
const LONG: usize = 300;
/// A reading this far behind the best one at a line is given up. A missing field is only counted
/// where its map ends, so this is more than a few of them.
const BEHIND: u32 = 3200;

/// The columns that a reading gives to lines.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) cost: u32,
    /// For each line its new column; `None` for lines that are blank, comments or go along.
    pub(super) of: Vec<Option<usize>>,
    /// For each line whether it is text of a block scalar.
    pub(super) text: Vec<bool>,
    /// For each line whether its indentation is only indentation, and not part of a value.
    pub(super) own: Vec<bool>,
}

#[derive(Clone, Copy)]
pub(super) struct Hypothesis {
    pub(super) top: FrameId,
    pub(super) cost: u32,
    /// How far the line above was moved.
    pub(super) moved: i32,
    /// Whether a plain scalar may go on in the next line.
    pub(super) open: bool,
    pub(super) trail: u32,
}

/// A line that was placed, and the one before it.
struct Step {
    before: u32,
    line: u32,
    column: u32,
    text: bool,
}

pub(super) struct Search<'a> {
    pub(super) lines: &'a [Line<'a>],
    pub(super) style: Style,
    /// For each line whether it has to stay where it is.
    pub(super) fixed: &'a [bool],
    pub(super) frames: Frames,
    types: HashMap<ObjectType, TypeFacts>,
    steps: Vec<Step>,
    waiting: Vec<Vec<Hypothesis>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(lines: &'a [Line<'a>], style: Style, fixed: &'a [bool]) -> Self {
        Self {
            lines,
            style,
            fixed,
            frames: Frames::default(),
            types: HashMap::new(),
            steps: vec![Step { before: 0, line: 0, column: 0, text: false }],
            waiting: vec![Vec::new(); lines.len() + 1],
        }
    }

    /// The best readings of the document as an object of type `root`, the best first.
    pub(super) fn run(mut self, root: MapType) -> Vec<Columns> {
        let top =
            self.frames.push(None, self.style.root, Shape::Map { ty: root, seen: 0, keys: 0 });
        let first = Hypothesis { top, cost: 0, moved: 0, open: false, trail: 0 };
        self.waiting[0].push(first);
        for index in 0..self.lines.len() {
            let here = std::mem::take(&mut self.waiting[index]);
            for hypothesis in self.kept(here) {
                self.advance(hypothesis, index);
            }
        }
        let last = std::mem::take(&mut self.waiting[self.lines.len()]);
        let mut ended: Vec<_> = last.into_iter().map(|it| (self.end_all(&it), it)).collect();
        ended.sort_by_key(|(cost, _)| *cost);
        ended.truncate(3 * READINGS);
        ended.into_iter().map(|(cost, it)| self.columns(cost, &it)).collect()
    }

    /// The hypotheses worth going on with.
    fn kept(&self, mut here: Vec<Hypothesis>) -> Vec<Hypothesis> {
        here.sort_by_key(|it| it.cost);
        let Some(best) = here.first().map(|it| it.cost) else { return here };
        let (stacks, readings) = match self.lines.len() > LONG {
            true => (FEWER_STACKS, FEWER_READINGS),
            false => (STACKS, READINGS),
        };
        let mut counts: HashMap<(u64, i32, bool), usize> = HashMap::new();
        here.retain(|it| {
            let moved = if self.style.flat { 0 } else { it.moved };
            let key = (self.frames.get(it.top).hash, moved, it.open);
            let full = counts.len() >= stacks && !counts.contains_key(&key);
            if it.cost > best + BEHIND || full {
                return false;
            }
            let count = counts.entry(key).or_default();
            *count += 1;
            *count <= readings
        });
        here
    }

    fn advance(&mut self, hypothesis: Hypothesis, index: usize) {
        let lines = self.lines;
        let top = self.frames.get(hypothesis.top);
        let in_text = matches!(top.shape, Shape::Text { .. });
        match &lines[index].content {
            Content::Blank | Content::Marker => {
                self.waiting[index + 1].push(Hypothesis { open: false, ..hypothesis });
            }
            Content::Comment => {
                let mut behind = Hypothesis { open: false, ..hypothesis };
                if in_text {
                    self.as_text(&hypothesis, index, 0);
                    behind.cost += self.end(&top);
                    behind.top = top.outer.unwrap_or(hypothesis.top);
                }
                self.waiting[index + 1].push(behind);
            }
            Content::Strange if in_text => self.as_text(&hypothesis, index, 0),
            Content::Strange => {}
            Content::Entry { dashes, body, .. } => {
                if in_text {
                    let known = self.is_known(top.outer, body);
                    self.as_text(&hypothesis, index, cost::text(dashes.len(), body, known));
                }
                self.as_entry(hypothesis, index);
            }
        }
    }

    /// The line as the text of the block scalar that is open.
    fn as_text(&mut self, hypothesis: &Hypothesis, index: usize, cost: u32) {
        let line = &self.lines[index];
        let frame = self.frames.get(hypothesis.top);
        let Shape::Text { base, .. } = frame.shape else { return };
        let comment = line.content == Content::Comment;
        let (bases, first) = match base {
            Some((base, first)) => (vec![base], first),
            None => (self.bases(hypothesis, frame.column, line.column), line.column),
        };
        for base in bases {
            let less = if line.column < first { 200 } else { 0 };
            // Where the header says how deep the text is, the first line can be the deepest.
            let along = (line.column + base).saturating_sub(first);
            let column = if along > frame.column { along } else { base };
            let Some(moved) = self.moved(hypothesis, index, column) else { continue };
            let shape = Shape::Text { base: Some((base, first)), comment };
            let top = self.frames.replace(hypothesis.top, shape);
            let next =
                Hypothesis { top, cost: hypothesis.cost + cost + less + moved, ..*hypothesis };
            self.go_on(next, index, column, true);
        }
    }

    /// Where a text may start whose first line stands at `column`: where texts do, or moved with its
    /// header.
    fn bases(&self, hypothesis: &Hypothesis, outer: usize, column: usize) -> Vec<usize> {
        let mut bases = self.style.below(outer, column);
        let along = column.saturating_add_signed(hypothesis.moved as isize);
        if !self.style.flat && along > outer && !bases.contains(&along) {
            bases.push(along);
        }
        bases
    }

    /// The line in each of the frames that are open: what is further in ends there.
    fn as_entry(&mut self, hypothesis: Hypothesis, index: usize) {
        let (mut id, mut here, mut passed) = (hypothesis.top, hypothesis, 0);
        let limit = hypothesis.cost + BEHIND;
        loop {
            let frame = self.frames.get(id);
            self.place(Spot { id, index, here, passed, inner: id == hypothesis.top });
            here.cost += self.end(&frame);
            passed += self.passed(&frame, index);
            match frame.outer {
                Some(outer) if here.cost <= limit => id = outer,
                _ => return,
            }
        }
    }

    /// What it costs to pass over a map that has this key as well.
    fn passed(&self, frame: &Frame, index: usize) -> u32 {
        match &self.lines[index].content {
            Content::Entry { dashes, body, .. } if dashes.is_empty() && has(frame, body) => {
                cost::PASSED
            }
            _ => 0,
        }
    }

    /// Whether an open map lacks this key and has a field for it.
    pub(super) fn is_known(&self, from: Option<FrameId>, body: &Body<'_>) -> bool {
        let mut frames = from.into_iter().flat_map(|id| self.frames.outwards(id));
        frames.any(|frame| has(&frame, body))
    }

    fn end_all(&mut self, hypothesis: &Hypothesis) -> u32 {
        let open: Vec<_> = self.frames.outwards(hypothesis.top).collect();
        hypothesis.cost + open.iter().map(|frame| self.end(frame)).sum::<u32>()
    }

    /// What it costs that `frame` ends here.
    fn end(&mut self, frame: &Frame) -> u32 {
        let Shape::Map { ty: MapType::Object(ty), seen, .. } = frame.shape else {
            return cost::end(&frame.shape);
        };
        let outer = frame.outer.map(|outer| self.frames.get(outer).shape);
        let of_root = matches!(outer, Some(Shape::Map { ty: MapType::Object(outer), .. })
            if outer.field("apiVersion").is_some());
        let facts = self.types.entry(ty).or_insert_with(|| TypeFacts::of(ty));
        cost::end_of_map(facts, ty, seen, of_root)
    }

    /// Whether a line stays at its column, in a document whose columns say something. Where it could
    /// stand as well does not matter then.
    pub(super) fn is_settled(&self, index: usize, column: usize) -> bool {
        !self.style.flat && self.lines[index].column == column
    }

    /// What it costs to move a line to `column`; `None` when it has to stay where it is.
    pub(super) fn moved(&self, from: &Hypothesis, index: usize, column: usize) -> Option<u32> {
        let line = &self.lines[index];
        if column == line.column {
            return Some(0);
        }
        if self.fixed.get(index).copied().unwrap_or(false) {
            return None;
        }
        let moved = column as i32 - line.column as i32;
        Some(self.style.cost_of_move(line.column, moved == from.moved))
    }

    /// Notes where a line is placed; the next line goes on from there.
    pub(super) fn go_on(&mut self, from: Hypothesis, index: usize, column: usize, text: bool) {
        let line = &self.lines[index];
        let step = Step { before: from.trail, line: index as u32, column: column as u32, text };
        self.steps.push(step);
        let trail = (self.steps.len() - 1) as u32;
        let moved = column as i32 - line.column as i32;
        let next = if text { index + 1 } else { line.next };
        self.waiting[next].push(Hypothesis { trail, moved, ..from });
    }

    fn columns(&self, cost: u32, hypothesis: &Hypothesis) -> Columns {
        let (mut of, mut text) = (vec![None; self.lines.len()], vec![false; self.lines.len()]);
        let mut at = hypothesis.trail;
        while let Some(step) = self.steps.get(at as usize).filter(|_| at > 0) {
            of[step.line as usize] = Some(step.column as usize);
            text[step.line as usize] = step.text;
            at = step.before;
        }
        Columns { cost, of, text, own: Vec::new() }
    }
}

/// A frame in which a line is tried.
pub(super) struct Spot {
    pub(super) id: FrameId,
    pub(super) index: usize,
    /// With the costs of everything that ends before the line.
    pub(super) here: Hypothesis,
    /// What it costs to have passed over maps that have its key as well.
    pub(super) passed: u32,
    /// Whether it is the innermost frame.
    pub(super) inner: bool,
}

/// Whether the frame is a map of a known type that lacks this key and has a field for it.
fn has(frame: &Frame, body: &Body<'_>) -> bool {
    let Shape::Map { ty: MapType::Object(ty), seen, .. } = frame.shape else { return false };
    let Body::Key(key, value) = body else { return false };
    let Some(field) = ty.field(key) else { return false };
    let free = cost::position(ty, key).is_some_and(|at| seen & (1 << at) == 0);
    free && cost::value(Place::Known(field.ty()), Some(field), value) == 0
}

/// Whether a plain scalar ends a line, which may go on in the next one.
pub(super) fn is_open(value: &Value<'_>) -> bool {
    matches!(value, Value::Plain(..))
}
