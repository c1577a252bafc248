//! How each line stands: which key or item it belongs to by its column, and whether the types know
//! it there.
//!
//! This is a plain walk over the lines, of a text that is broken as well as of one that is not. Below
//! a key that is unknown or that belongs nowhere, no line is known.

use crate::actions::indent::cost;
use crate::actions::indent::line::{Body, Content, Line, Value};
use crate::actions::indent::place::{ANY, item_of, known, map_of};
use crate::actions::indent::stack::{MapType, Place};
use crate::schema::ObjectType;
use crate::text::nearest;

/// A value that costs this much does not fit.
const MISFIT: u32 = 800;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Standing {
    /// Blank, a comment, a marker, or more of the value above.
    #[default]
    Aside,
    /// A field of the type that is there, or an item of a list.
    Known,
    /// A key of a map that takes any.
    Free,
    /// A key where no type says what belongs there.
    Anything,
    /// A key that is there already.
    Twice,
    /// A key that is not one of the type, or that stands below such a one.
    Unknown,
    /// No map and no list that is open is at its column.
    Astray,
    /// Text of a block scalar.
    Text,
}

/// How a line stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stand {
    pub(super) standing: Standing,
    /// The line of the key or the item that it belongs to.
    pub(super) owner: Option<usize>,
    /// The type of the map that its key is in.
    pub(super) map: Option<ObjectType>,
    /// Whether its value is of another type.
    pub(super) misfit: bool,
    /// Whether its key is there already.
    pub(super) twice: bool,
    /// Whether its value should follow on the next lines, and does not.
    pub(super) empty: bool,
}

impl Stand {
    pub(super) fn is_known(&self) -> bool {
        matches!(self.standing, Standing::Known | Standing::Free | Standing::Anything)
    }

    /// Whether a line of an old text stands where it can hardly be meant to.
    pub(super) fn is_misplaced(&self) -> bool {
        matches!(self.standing, Standing::Unknown | Standing::Astray)
    }
}

/// What is open at a line.
struct Open<'a> {
    /// The column of its keys or dashes; of a value and of a text that of the key or dash.
    column: usize,
    shape: Shape,
    /// The line of the key or the item that it is the value of.
    line: Option<usize>,
    known: bool,
    /// The keys of a map, and their lines.
    keys: Vec<(&'a str, usize)>,
}

#[derive(Clone, Copy)]
enum Shape {
    Map(MapType),
    Seq(Place),
    /// What follows a key or a dash on the next lines.
    Value {
        ty: Place,
        dash: bool,
    },
    /// The text of a block scalar, and the column of its lines.
    Text(Option<usize>),
    /// Lines that belong nowhere.
    Astray,
}

/// How each of `lines` stands in an object of type `root`, when it is at its column of `columns`.
pub(super) fn standings(
    lines: &[Line<'_>],
    columns: &[usize],
    root: MapType,
    root_column: usize,
) -> Vec<Stand> {
    let found = vec![Stand::default(); lines.len()];
    let mut walk = Walk { lines, columns, open: Vec::new(), found, plain: None };
    walk.push(root_column, Shape::Map(root), None, true);
    let mut at = 0;
    while at < lines.len() {
        at = walk.line(at);
    }
    while walk.open.last().is_some() {
        walk.pop();
    }
    walk.found
}

struct Walk<'w, 'a> {
    lines: &'w [Line<'a>],
    columns: &'w [usize],
    open: Vec<Open<'a>>,
    found: Vec<Stand>,
    /// The line of a plain scalar that may go on in the next line.
    plain: Option<usize>,
}

impl<'a> Walk<'_, 'a> {
    fn push(&mut self, column: usize, shape: Shape, line: Option<usize>, known: bool) {
        self.open.push(Open { column, shape, line, known, keys: Vec::new() });
    }

    fn pop(&mut self) -> Option<Open<'a>> {
        let open = self.open.pop()?;
        if let (Shape::Value { .. }, Some(line)) = (open.shape, open.line) {
            self.found[line].empty = true;
        }
        Some(open)
    }

    /// Reads a line; the result is the line to go on with.
    fn line(&mut self, at: usize) -> usize {
        let lines = self.lines;
        match &lines[at].content {
            Content::Blank => at + 1,
            _ if self.is_text(at) => at + 1,
            Content::Comment | Content::Marker => at + 1,
            Content::Strange => {
                self.found[at].standing = Standing::Anything;
                at + 1
            }
            Content::Entry { .. } => {
                self.entry(at);
                lines[at].next
            }
        }
    }

    fn is_text(&mut self, at: usize) -> bool {
        let here = self.columns[at];
        let Some(Open { shape: Shape::Text(base), column, line, .. }) = self.open.last_mut() else {
            return false;
        };
        let is_text = here > *column && here >= *base.get_or_insert(here);
        if is_text {
            self.found[at] = Stand { standing: Standing::Text, owner: *line, ..Stand::default() };
        } else {
            self.open.pop();
        }
        is_text
    }

    fn entry(&mut self, at: usize) {
        let lines = self.lines;
        let Content::Entry { dashes, body, .. } = &lines[at].content else { return };
        let (here, dash) = (self.columns[at], !dashes.is_empty());
        self.close(here, dash);
        let Some(top) = self.open.last() else { return };
        match (top.shape, body) {
            (Shape::Value { .. }, _) => self.fill(at),
            (Shape::Seq(_), _) if dash && top.column == here => self.item(at),
            (Shape::Map(_), Body::Key(key, value)) if !dash && top.column == here => {
                self.key(at, key, value);
            }
            (Shape::Astray, _) => {
                let astray = top.column == here;
                self.lost(at, if astray { Standing::Astray } else { Standing::Unknown });
            }
            (_, Body::Item(_)) if !dash && top.column < here && self.plain.is_some() => {
                self.found[at].owner = self.plain;
            }
            (Shape::Map(_), _) if !dash && top.column == here => {
                self.plain = None;
                self.found[at].standing = Standing::Anything;
            }
            _ => {
                self.push(here, Shape::Astray, None, false);
                self.lost(at, Standing::Astray);
            }
        }
    }

    /// Closes what ends above a line at column `here`.
    fn close(&mut self, here: usize, dash: bool) {
        while let [.., outer, top] = &self.open[..] {
            let ends = match top.shape {
                Shape::Text(_) => true,
                Shape::Value { dash: of_item, .. } => {
                    here < top.column || (here == top.column && (of_item || !dash))
                }
                Shape::Seq(_) if top.column == here && !dash => {
                    matches!(outer.shape, Shape::Map(_)) && outer.column == here
                }
                _ => top.column > here,
            };
            if !ends {
                return;
            }
            self.pop();
        }
    }

    /// A line that belongs nowhere, or below such a one. Its text is still no line of its own.
    fn lost(&mut self, at: usize, standing: Standing) {
        let lines = self.lines;
        self.plain = None;
        self.found[at].standing = standing;
        let Content::Entry { at: offset, body, .. } = &lines[at].content else { return };
        if let Body::Key(_, value @ Value::Block(_)) | Body::Item(value @ Value::Block(_)) = body {
            self.value(at, self.columns[at] + offset, ANY, value, false);
        }
    }

    /// The value of a key or a dash above.
    fn fill(&mut self, at: usize) {
        let lines = self.lines;
        let Content::Entry { dashes, body, .. } = &lines[at].content else { return };
        let Some(Open { shape: Shape::Value { ty, .. }, line, known, .. }) = self.open.pop() else {
            return;
        };
        let (shape, misfit) = if dashes.is_empty() {
            let (map, misfit) = map_of(lines, ty, at);
            (Shape::Map(map), misfit)
        } else {
            let (item, misfit) = item_of(ty);
            (Shape::Seq(item), misfit)
        };
        let is_scalar = dashes.is_empty() && !matches!(body, Body::Key(..));
        if is_scalar {
            self.plain = line;
            self.found[at].owner = line;
            return;
        }
        if let Some(owner) = line.filter(|_| known && misfit > 0) {
            let owner = &mut self.found[owner];
            owner.misfit = true;
            if owner.standing == Standing::Free {
                owner.standing = Standing::Unknown;
            }
        }
        self.push(self.columns[at], shape, line, known && misfit == 0);
        match body {
            _ if !dashes.is_empty() => self.item(at),
            Body::Key(key, value) => self.key(at, key, value),
            _ => {}
        }
    }

    fn item(&mut self, at: usize) {
        let lines = self.lines;
        let Content::Entry { dashes, at: offset, body } = &lines[at].content else { return };
        let here = self.columns[at];
        let Some((mut item, mut known)) = self.list() else { return };
        let owner = self.open.last().and_then(|list| list.line);
        for dash in dashes.iter().skip(1) {
            let (inner, misfit) = item_of(item);
            (item, known) = (inner, known && misfit == 0);
            self.push(here + dash, Shape::Seq(item), Some(at), known);
        }
        let standing = if known { Standing::Known } else { Standing::Unknown };
        self.found[at] = Stand { standing, owner, ..Stand::default() };
        match body {
            Body::Key(key, value) => {
                let (map, misfit) = map_of(lines, item, at);
                let known = known && misfit == 0;
                self.push(here + offset, Shape::Map(map), Some(at), known);
                self.key(at, key, value);
                self.found[at].owner = owner;
            }
            Body::Item(value) => {
                self.found[at].misfit = cost::value(item, None, value) >= MISFIT;
                let column = here + dashes.last().copied().unwrap_or_default();
                self.value(at, column, item, value, true);
            }
            Body::Nothing => {
                let column = here + dashes.last().copied().unwrap_or_default();
                self.value(at, column, item, &Value::Absent, true);
            }
        }
    }

    /// The items of the innermost list, and whether they are known.
    fn list(&self) -> Option<(Place, bool)> {
        let top = self.open.last()?;
        let Shape::Seq(item) = top.shape else { return None };
        Some((item, top.known))
    }

    fn key(&mut self, at: usize, key: &'a str, value: &Value<'_>) {
        let Some(top) = self.open.last_mut() else { return };
        let Shape::Map(ty) = top.shape else { return };
        let first = top.keys.iter().find(|(other, _)| *other == key).map(|(_, line)| *line);
        let (place, mut standing, misfit) = stands(ty, key, value);
        if !top.known {
            standing = Standing::Unknown;
        }
        let map = match ty {
            MapType::Object(object) => Some(object),
            _ => None,
        };
        // An item that starts with a field of something else is something else.
        if let Some(object) = map.filter(|_| top.keys.is_empty() && top.line == Some(at)) {
            top.known &= standing != Standing::Unknown || resembles(object, key);
        }
        top.keys.push((key, at));
        let (column, owner) = (top.column, top.line);
        let twice = first.is_some();
        if let Some(first) = first.filter(|_| standing != Standing::Unknown) {
            // Below a key that has lost its value, the first one is what was lost.
            match self.found[..first].iter().rposition(|it| it.standing != Standing::Aside) {
                Some(above) if self.found[above].empty => {
                    self.found[first].standing = Standing::Twice;
                }
                _ => standing = Standing::Twice,
            }
        }
        self.found[at] = Stand { standing, owner, map, misfit, twice, empty: false };
        self.value(at, column, place, value, false);
    }

    /// What the value of the key or the dash at `column` opens.
    fn value(&mut self, at: usize, column: usize, ty: Place, value: &Value<'_>, dash: bool) {
        let stand = &self.found[at];
        let known = stand.is_known() || stand.standing == Standing::Twice;
        self.plain = matches!(value, Value::Plain(..)).then_some(at);
        match value {
            Value::Absent => self.push(column, Shape::Value { ty, dash }, Some(at), known),
            Value::Block(indent) => {
                let base = indent.map(|indent| column + indent);
                self.push(column, Shape::Text(base), Some(at), known);
            }
            _ => {}
        }
    }
}

/// Whether a key that the type does not have may be one of its fields, misspelt.
pub(super) fn resembles(ty: ObjectType, key: &str) -> bool {
    nearest(key, ty.fields().map(|field| field.name())).is_some()
}

/// How a key stands in a map: what its value is, and whether the value is something else.
fn stands(ty: MapType, key: &str, value: &Value<'_>) -> (Place, Standing, bool) {
    match ty {
        MapType::Object(object) => match object.field(key) {
            Some(field) => {
                let (place, cost, _) = known(object, field, 0, value);
                (place, Standing::Known, cost >= MISFIT)
            }
            None if key == "<<" => (ANY, Standing::Known, false),
            None => (ANY, Standing::Unknown, false),
        },
        MapType::Free(_) | MapType::Labels(_) => {
            let place = match ty {
                MapType::Labels(ty) => Place::Label(ty),
                MapType::Free(ty) => Place::Known(ty),
                _ => ANY,
            };
            let cost = cost::value(place, None, value).max(2 * cost::free_key(ty, key));
            (place, Standing::Free, cost >= MISFIT)
        }
        MapType::List => match key {
            "items" => (Place::Manifests, Standing::Known, false),
            "apiVersion" | "kind" | "metadata" => (ANY, Standing::Known, false),
            _ => (ANY, Standing::Unknown, false),
        },
        MapType::Any => (ANY, Standing::Anything, false),
    }
}
