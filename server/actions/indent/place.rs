//! A line in a frame: what it adds, what it opens, and what that costs.

use crate::actions::indent::cost;
use crate::actions::indent::line::{Body, Content, Line, Value};
use crate::actions::indent::search::{Hypothesis, Search, Spot, is_open};
use crate::actions::indent::stack::{FrameId, MERGED, MapType, Place, Shape, key_hash};
use crate::schema::{self, Field, ObjectType, Type};

/// A key or an item where the type wants something else.
const MISFIT: u32 = 1500;
/// A scalar on a line of its own.
const OWN_LINE: u32 = 60;
pub(super) const ANY: Place = Place::Known(Type::Json);

impl Search<'_> {
    /// Tries a line in a frame, in every way in which it can stand there.
    pub(super) fn place(&mut self, spot: Spot) {
        let lines = self.lines;
        let Content::Entry { dashes, body, .. } = &lines[spot.index].content else { return };
        let frame = self.frames.get(spot.id);
        match (frame.shape, dashes.is_empty(), body) {
            (Shape::Map { .. }, true, Body::Key(key, value)) => {
                if let Some(here) = self.moved_to(&spot, frame.column) {
                    self.put_key(spot.id, &spot, here, (key, value), frame.column);
                }
            }
            (Shape::Seq(item), false, _) => {
                if let Some(here) = self.moved_to(&spot, frame.column) {
                    self.put_item(spot.id, &spot, here, item, frame.column);
                }
            }
            (Shape::Pending { .. }, ..) => self.fill(&spot),
            (Shape::Map { .. } | Shape::Seq(_), true, Body::Item(value))
                if spot.inner && spot.here.open && is_open(value) =>
            {
                self.own_line(&spot, spot.id, 0, true);
            }
            _ => {}
        }
    }

    /// The value of a key or dash on the lines below it.
    fn fill(&mut self, spot: &Spot) {
        let lines = self.lines;
        let line = &lines[spot.index];
        let Content::Entry { dashes, body, .. } = &line.content else { return };
        let frame = self.frames.get(spot.id);
        let (Shape::Pending { ty, dash }, Some(outer)) = (frame.shape, frame.outer) else { return };
        match body {
            _ if !dashes.is_empty() => {
                let (item, misfit) = item_of(ty);
                for column in self.style.list_below(frame.column, line.column, dash) {
                    let Some(mut here) = self.moved_to(spot, column) else { continue };
                    here.cost += misfit;
                    let list = self.frames.push(Some(outer), column, Shape::Seq(item));
                    self.put_item(list, spot, here, item, column);
                }
            }
            Body::Key(key, value) => {
                let (ty, misfit) = map_of(lines, ty, spot.index);
                for column in self.style.below(frame.column, line.column) {
                    let Some(mut here) = self.moved_to(spot, column) else { continue };
                    here.cost += misfit;
                    let shape = Shape::Map { ty, seen: 0, keys: 0 };
                    let map = self.frames.push(Some(outer), column, shape);
                    self.put_key(map, spot, here, (key, value), column);
                }
            }
            Body::Item(value) => {
                let cost = cost::value(ty, None, value) + OWN_LINE;
                self.own_line(spot, outer, cost, is_open(value));
            }
            Body::Nothing => {}
        }
    }

    /// A scalar, or more of one, on a line of its own.
    fn own_line(&mut self, spot: &Spot, top: FrameId, cost: u32, open: bool) {
        let line = &self.lines[spot.index];
        for column in self.style.below(self.frames.get(spot.id).column, line.column) {
            let Some(mut here) = self.moved_to(spot, column) else { continue };
            here.cost += cost;
            self.go_on(Hypothesis { top, open, ..here }, spot.index, column, false);
        }
    }

    /// With the cost of moving the line to `column`; `None` when it has to stay where it is.
    fn moved_to(&self, spot: &Spot, column: usize) -> Option<Hypothesis> {
        let mut cost = self.moved(&spot.here, spot.index, column)?;
        if !self.is_settled(spot.index, column) {
            cost += spot.passed;
        }
        Some(Hypothesis { cost: spot.here.cost + cost, ..spot.here })
    }

    /// Adds the key of a line to the map `map`. `column` is where the line starts.
    fn put_key(
        &mut self,
        map: FrameId,
        spot: &Spot,
        here: Hypothesis,
        (key, value): (&str, &Value<'_>),
        column: usize,
    ) {
        let settled = self.is_settled(spot.index, column);
        let (map, place, cost) = self.add_key(map, key, value, settled);
        let keys = self.frames.get(map).column;
        let top = self.opened(map, keys, place, value, false);
        let next = Hypothesis { top, cost: here.cost + cost, open: is_open(value), ..here };
        self.go_on(next, spot.index, column, false);
    }

    /// The map with one more key, the place of its value, and the cost.
    fn add_key(
        &mut self,
        map: FrameId,
        key: &str,
        value: &Value<'_>,
        settled: bool,
    ) -> (FrameId, Place, u32) {
        let frame = self.frames.get(map);
        let Shape::Map { ty, seen, keys } = frame.shape else { return (map, ANY, 0) };
        let (place, cost, seen, keys) = match ty {
            MapType::Object(object) => {
                let (place, cost, seen) = match object.field(key) {
                    Some(field) => {
                        let init = self.is_init(frame.outer);
                        let (place, cost, seen) = known(object, field, seen, value);
                        let rare = cost::rarity(object, key, init, value);
                        (place, cost + if settled { 0 } else { rare }, seen)
                    }
                    None if key == "<<" => (ANY, 0, seen | MERGED),
                    None => (ANY, cost::UNKNOWN, seen),
                };
                (place, cost, seen, keys)
            }
            _ => self.any_key(map, (key, value), settled),
        };
        (self.frames.replace(map, Shape::Map { ty, seen, keys }), place, cost)
    }

    /// A key of a map without known fields: what its value is, what it costs, and the keys then.
    fn any_key(
        &mut self,
        map: FrameId,
        (key, value): (&str, &Value<'_>),
        settled: bool,
    ) -> (Place, u32, u128, u32) {
        let frame = self.frames.get(map);
        let Shape::Map { ty, seen, keys } = frame.shape else { return (ANY, 0, 0, 0) };
        let place = match ty {
            MapType::Free(ty) => Place::Known(ty),
            MapType::Labels(ty) => Place::Label(ty),
            MapType::List if key == "items" => Place::Manifests,
            _ => ANY,
        };
        let mut cost = cost::free_key(ty, key) + cost::value(place, None, value);
        if self.frames.holds(keys, key) {
            cost += cost::DUPLICATE;
        } else if !settled
            && ty != MapType::List
            && self.is_known(frame.outer, &Body::Key(key, *value))
        {
            cost += if self.style.flat { cost::SHADOWED } else { cost::SHADOWED_MOVED };
        }
        if ty == MapType::Any {
            cost += cost::UNSURE;
        }
        if ty == MapType::List && !["apiVersion", "kind", "metadata", "items"].contains(&key) {
            cost += cost::UNKNOWN;
        }
        let seen = seen.wrapping_add(u128::from(key_hash(key)));
        (place, cost, seen, self.frames.add_key(keys, key))
    }

    /// Adds an item to the list `list`. `column` is where its dash goes.
    fn put_item(
        &mut self,
        mut list: FrameId,
        spot: &Spot,
        mut here: Hypothesis,
        mut item: Place,
        column: usize,
    ) {
        let lines = self.lines;
        let Content::Entry { dashes, at, body } = &lines[spot.index].content else { return };
        for dash in dashes.iter().skip(1) {
            let (inner, misfit) = item_of(item);
            here.cost += misfit;
            list = self.frames.push(Some(list), column + dash, Shape::Seq(inner));
            item = inner;
        }
        let column_of_list = self.frames.get(list).column;
        match body {
            Body::Key(key, value) => {
                let (ty, misfit) = map_of(lines, item, spot.index);
                let shape = Shape::Map { ty, seen: 0, keys: 0 };
                let map = self.frames.push(Some(list), column + at, shape);
                here.cost += misfit;
                self.put_key(map, spot, here, (key, value), column);
            }
            Body::Item(value) => {
                here.cost += cost::value(item, None, value);
                let top = self.opened(list, column_of_list, item, value, true);
                let next = Hypothesis { top, open: is_open(value), ..here };
                self.go_on(next, spot.index, column, false);
            }
            Body::Nothing => {
                let top = self.opened(list, column_of_list, item, &Value::Absent, true);
                self.go_on(Hypothesis { top, open: false, ..here }, spot.index, column, false);
            }
        }
    }

    /// The stack with what a value opens: a text, or what may follow below.
    fn opened(
        &mut self,
        top: FrameId,
        column: usize,
        ty: Place,
        value: &Value<'_>,
        dash: bool,
    ) -> FrameId {
        match value {
            Value::Absent => self.frames.push(Some(top), column, Shape::Pending { ty, dash }),
            Value::Block(_) => {
                let shape = Shape::Text { base: None, comment: false };
                self.frames.push(Some(top), column, shape)
            }
            _ => top,
        }
    }

    /// Whether the list `outer` is that of the init containers.
    fn is_init(&self, outer: Option<FrameId>) -> bool {
        let list = outer.map(|outer| self.frames.get(outer).shape);
        matches!(list, Some(Shape::Seq(Place::Init(_))))
    }
}

/// The keys of a map at a place of this type, and what it costs when no map belongs there. `index` is
/// the line on which the map starts.
pub(super) fn map_of(lines: &[Line<'_>], ty: Place, index: usize) -> (MapType, u32) {
    match ty {
        Place::Known(Type::Object(ty)) | Place::Init(Type::Object(ty)) => (MapType::Object(ty), 0),
        Place::Known(Type::Map(item)) => (MapType::Free(item.get()), 0),
        Place::Labels(ty) => (MapType::Labels(ty), 0),
        Place::Known(Type::Json) => (MapType::Any, 0),
        Place::Manifest => (manifest_at(lines, index).unwrap_or(MapType::Any), 0),
        _ => (MapType::Any, MISFIT),
    }
}

/// The type of the object that starts at a line, by the first apiVersion and kind from there on.
fn manifest_at(lines: &[Line<'_>], index: usize) -> Option<MapType> {
    let lines = lines.get(index..)?;
    let find = |wanted: &str| lines.iter().take(24).find_map(|line| line.text_of(wanted));
    schema::kind(find("apiVersion")?, find("kind")?).map(MapType::Object)
}

/// A key that is a field of the type: what its value is, what it costs, and the fields then.
pub(super) fn known(
    ty: ObjectType,
    field: Field,
    seen: u128,
    value: &Value<'_>,
) -> (Place, u32, u128) {
    const LABELS: [&str; 4] = ["labels", "matchLabels", "nodeSelector", "selector"];
    let bit = cost::position(ty, field.name()).map_or(0, |at| 1u128 << at);
    let place = match field.ty() {
        Type::Map(item) if LABELS.contains(&field.name()) => Place::Labels(item.get()),
        ty if field.name() == "initContainers" => Place::Init(ty),
        ty => Place::Known(ty),
    };
    let duplicate = if seen & bit == 0 { 0 } else { cost::DUPLICATE };
    let cost = duplicate + cost::value(place, Some(field), value);
    (place, cost, seen | bit)
}

/// The type of the items at a place of this type, and what it costs when no list belongs there.
pub(super) fn item_of(ty: Place) -> (Place, u32) {
    match ty {
        Place::Known(Type::List(item)) => (Place::Known(item.get()), 0),
        Place::Init(Type::List(item)) => (Place::Init(item.get()), 0),
        Place::Known(Type::Json) => (ANY, 0),
        Place::Manifests => (Place::Manifest, 0),
        _ => (ANY, MISFIT),
    }
}
