//! Which maps, lists and texts are open at a line, and of which type they are.
//!
//! A stack is a chain of frames from the innermost one outwards. Stacks share their outer frames,
//! and a hash of all that matters tells whether two of them are the same.

use crate::schema::{ObjectType, Type};

/// A frame of the arena.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct FrameId(u32);

/// Something that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) outer: Option<FrameId>,
    /// The column of its keys or dashes; of what is pending, that of the key or dash it hangs on.
    pub(super) column: usize,
    pub(super) shape: Shape,
    pub(super) hash: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    Map {
        ty: MapType,
        /// The fields that are there, by their place in the type; of other maps a sum of hashes.
        seen: u128,
        /// The last key of a map with any keys: see `Frames::holds`.
        keys: u32,
    },
    /// A list of items of this type.
    Seq(Place),
    /// A key or a dash whose value may follow on the next lines.
    Pending { ty: Place, dash: bool },
    /// The text of a block scalar.
    Text {
        /// Where its lines start, and the column at which the first one stood.
        base: Option<(usize, usize)>,
        /// Whether its last line looks like a comment.
        comment: bool,
    },
}

/// The type of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Known(Type),
    /// A map whose keys and values are labels.
    Labels(Type),
    /// The value of a label.
    Label(Type),
    /// The list of init containers, or one of them.
    Init(Type),
    /// The objects of a `List`.
    Manifests,
    /// One of them.
    Manifest,
}

/// What is known about the keys of a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum MapType {
    Object(ObjectType),
    /// Any keys, with values of this type.
    Free(Type),
    /// The same, as labels have them.
    Labels(Type),
    /// A `List`.
    List,
    /// Anything.
    Any,
}

/// The bit in `seen` that says that `<<` brings in more fields.
pub(super) const MERGED: u128 = 1 << 127;

/// All frames of a search, and the keys of their maps with any keys: each with the one before it.
#[derive(Default)]
pub(super) struct Frames {
    frames: Vec<Frame>,
    keys: Vec<(u64, u32)>,
}

impl Frames {
    pub(super) fn get(&self, id: FrameId) -> Frame {
        self.frames[id.0 as usize]
    }

    pub(super) fn push(&mut self, outer: Option<FrameId>, column: usize, shape: Shape) -> FrameId {
        let around = outer.map_or(0, |outer| self.get(outer).hash);
        let hash = hash_of(around, column, &shape);
        self.frames.push(Frame { outer, column, shape, hash });
        FrameId((self.frames.len() - 1) as u32)
    }

    /// The same stack with another innermost frame.
    pub(super) fn replace(&mut self, id: FrameId, shape: Shape) -> FrameId {
        let frame = self.get(id);
        self.push(frame.outer, frame.column, shape)
    }

    /// Whether a map whose last key is `keys` has this one.
    pub(super) fn holds(&self, mut keys: u32, key: &str) -> bool {
        let wanted = key_hash(key);
        while let Some((hash, before)) =
            keys.checked_sub(1).and_then(|at| self.keys.get(at as usize))
        {
            if *hash == wanted {
                return true;
            }
            keys = *before;
        }
        false
    }

    /// The keys of a map and one more.
    pub(super) fn add_key(&mut self, keys: u32, key: &str) -> u32 {
        self.keys.push((key_hash(key), keys));
        self.keys.len() as u32
    }

    /// The frames from `id` outwards.
    pub(super) fn outwards(&self, id: FrameId) -> impl Iterator<Item = Frame> {
        std::iter::successors(Some(self.get(id)), |frame| frame.outer.map(|it| self.get(it)))
    }
}

/// FNV-1a.
pub(super) fn key_hash(key: &str) -> u64 {
    key.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

fn hash_of(around: u64, column: usize, shape: &Shape) -> u64 {
    let place = |place: &Place| match place {
        Place::Known(ty) => type_code(*ty),
        Place::Labels(ty) => type_code(*ty) ^ 0x5555,
        Place::Label(ty) => type_code(*ty) ^ 0x3333,
        Place::Init(ty) => type_code(*ty) ^ 0xAAAA,
        Place::Manifests => 1,
        Place::Manifest => 2,
    };
    let mixed =
        |hash: u64, more: u64| (hash ^ more).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
    let hash = mixed(around, column as u64 + 1);
    match shape {
        Shape::Map { ty, seen, .. } => {
            let ty = match ty {
                MapType::Object(ty) => ty.index() as u64 + 16,
                MapType::Free(ty) => type_code(*ty) << 20,
                MapType::Labels(ty) => type_code(*ty) << 21,
                MapType::List => 3,
                MapType::Any => 4,
            };
            mixed(mixed(mixed(hash, ty), *seen as u64), (*seen >> 64) as u64)
        }
        Shape::Seq(ty) => mixed(mixed(hash, 5), place(ty)),
        Shape::Pending { ty, dash } => mixed(mixed(hash, 6 + u64::from(*dash)), place(ty)),
        Shape::Text { base, comment } => {
            let base = base.map_or(0, |(base, first)| (base * 1000 + first) as u64 + 1);
            mixed(mixed(hash, 8 + u64::from(*comment)), base)
        }
    }
}

/// A number for each type, good enough to tell them apart.
fn type_code(ty: Type) -> u64 {
    match ty {
        Type::Object(object) => 1000 + object.index() as u64,
        Type::List(item) => 7 + 3 * type_code(item.get()),
        Type::Map(item) => 11 + 5 * type_code(item.get()),
        Type::String => 101,
        Type::Bool => 102,
        Type::Int32 => 103,
        Type::Int64 => 104,
        Type::Number => 105,
        Type::IntOrString => 106,
        Type::Quantity => 107,
        Type::Time => 108,
        Type::MicroTime => 109,
        Type::Bytes => 110,
        Type::Json => 111,
    }
}
