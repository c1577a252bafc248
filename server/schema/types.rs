//! Object types, their fields, and the types of values.

use std::fmt;
use std::ops::Range;

use super::table::{FACTS, FIELDS, FactRow, FieldRow, REMOVED_FIELDS, TYPES, VALUES};
use super::version::Version;

/// How many object types there are: one more than the greatest `ObjectType::index`.
pub(super) const TYPE_COUNT: usize = TYPES.len();

/// A map with known fields, such as `core.v1.Container`. Cheap to copy and to compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectType(u16);

impl ObjectType {
    pub(super) fn find(name: &str) -> Option<Self> {
        let found = TYPES.binary_search_by(|row| row.name.compare(name));
        found.ok().map(|index| Self(index as u16))
    }

    pub(super) const fn at(index: u16) -> Self {
        Self(index)
    }

    /// Its number, for tables that are sorted by type.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Group, version and name: `core.v1.Pod`, `apps.v1.DeploymentSpec`, `meta.v1.ObjectMeta`.
    pub fn name(self) -> &'static str {
        TYPES.get(self.index()).map_or("", |row| row.name.text())
    }

    /// What Kubernetes says about it.
    pub fn doc(self) -> &'static str {
        TYPES.get(self.index()).map_or("", |row| row.doc.text())
    }

    /// Its fields, sorted by name.
    pub fn fields(self) -> impl ExactSizeIterator<Item = Field> + DoubleEndedIterator {
        self.range().map(|index| Field(index as u16))
    }

    /// Its fields in the order in which people write them: `apiVersion`, `kind`, `metadata` and
    /// `name` first, then what is required, `status` last.
    pub fn fields_as_written(self) -> impl Iterator<Item = Field> {
        (0..=LAST_RANK)
            .flat_map(move |rank| self.fields().filter(move |field| field.rank() == rank))
    }

    /// The field with exactly this name.
    pub fn field(self, name: &str) -> Option<Field> {
        let range = self.range();
        let rows = FIELDS.get(range.clone())?;
        let found = rows.binary_search_by(|row| row.name.compare(name)).ok()?;
        Some(Field((range.start + found) as u16))
    }

    /// A field of older versions that the newest no longer has: the first version with it, and the
    /// first without it again.
    pub fn removed_field(self, name: &str) -> Option<(Version, Version)> {
        let row = REMOVED_FIELDS
            .iter()
            .find(|row| usize::from(row.ty) == self.index() && row.name.text() == name)?;
        Some((Version::new(row.since), Version::new(row.removed)))
    }

    fn range(self) -> Range<usize> {
        TYPES.get(self.index()).map_or(0..0, |row| row.fields.into()..row.fields_end.into())
    }
}

impl fmt::Debug for ObjectType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A field of an object type. Cheap to copy and to compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(u16);

/// The row of fields that nothing is known about.
static NO_FACT: &FactRow = &FACTS[0];

/// The rank of `status`.
const LAST_RANK: u8 = 6;

impl Field {
    fn row(self) -> &'static FieldRow {
        FIELDS.get(usize::from(self.0)).unwrap_or(&FIELDS[0])
    }

    fn fact(self) -> &'static FactRow {
        FACTS.get(usize::from(self.row().fact)).unwrap_or(NO_FACT)
    }

    /// Its key in a manifest.
    pub fn name(self) -> &'static str {
        self.row().name.text()
    }

    /// What Kubernetes says about it.
    pub fn doc(self) -> &'static str {
        self.row().doc.text()
    }

    /// What its value has to be.
    pub fn ty(self) -> Type {
        Type::of(self.row().ty)
    }

    /// Whether OpenAPI of the newest version requires it. The API server requires more, and some
    /// of it depends on other fields; that is for the rules to know.
    pub fn required(self) -> bool {
        self.row().required
    }

    /// The first version that has it. 1.25 stands for that or an older one, and for types outside
    /// of pods and workloads it means "not known".
    pub fn since(self) -> Version {
        Version::new(self.row().since)
    }

    /// What leaving it out means, in words or as a value: for people.
    pub fn default(self) -> Option<&'static str> {
        self.fact().default_text.some()
    }

    /// The YAML text that means the same as leaving it out, where that does not depend on anything
    /// else: `30`, `ClusterFirst`, `false`.
    pub fn default_value(self) -> Option<&'static str> {
        self.fact().default_value.some()
    }

    /// What else there is to know: one sentence, in our words.
    pub fn note(self) -> Option<&'static str> {
        self.fact().note.some()
    }

    /// The values it may have; of a list the items, of a map the keys. A `<...>` in a value stands
    /// for something the user fills in. Empty when any value will do or none are known.
    pub fn values(self) -> impl ExactSizeIterator<Item = EnumValue> {
        let fact = self.fact();
        let start = usize::from(fact.values);
        let rows = VALUES.get(start..start + usize::from(fact.count)).unwrap_or_default();
        rows.iter().map(|row| EnumValue {
            value: row.value.text(),
            meaning: row.meaning.text(),
            gate: row.gate.some(),
            since: Version::new(row.since),
        })
    }

    /// Whether the API server refuses every value that is not one of `values`.
    pub fn strict(self) -> bool {
        self.fact().strict
    }

    /// How the items of this list are merged, when known.
    pub fn list_kind(self) -> Option<ListKind> {
        match self.fact().list {
            1 => Some(ListKind::Atomic),
            2 => Some(ListKind::Set),
            3 => Some(ListKind::Map),
            _ => None,
        }
    }

    /// The keys that tell the items of this list apart. In a `ListKind::Map` the API server means
    /// them so; in other lists they are only what a reader goes by. `metadata.name` is a path.
    pub fn merge_keys(self) -> impl Iterator<Item = &'static str> {
        self.fact().keys.text().split_ascii_whitespace()
    }

    fn rank(self) -> u8 {
        match self.name() {
            "apiVersion" => 0,
            "kind" => 1,
            "metadata" => 2,
            "name" => 3,
            "status" if !self.required() => LAST_RANK,
            _ if self.required() => 4,
            _ => 5,
        }
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One of the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnumValue {
    pub value: &'static str,
    /// What it does: half a sentence, in our words.
    pub meaning: &'static str,
    /// The feature gate that has to be on.
    pub gate: Option<&'static str>,
    /// The first version that takes it; 1.25 stands for that or an older one.
    pub since: Version,
}

/// How server-side apply merges a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Replaced as a whole.
    Atomic,
    /// Every item is its own key.
    Set,
    /// Items with equal merge keys are the same item, and there may be only one of them.
    Map,
}

/// What a value has to be for the API server to decode it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    String,
    Bool,
    /// A whole number of 32 bits with a sign.
    Int32,
    /// A whole number of 64 bits with a sign.
    Int64,
    /// Any number.
    Number,
    /// A whole number of 32 bits, or a string.
    IntOrString,
    /// A number, or a string such as `500m` or `1Gi`: see `formats::quantity`.
    Quantity,
    /// A string with date and time as RFC 3339 has it.
    Time,
    /// The same with microseconds.
    MicroTime,
    /// A string with base64 in it.
    Bytes,
    /// Anything.
    Json,
    Object(ObjectType),
    List(ItemType),
    /// A map with any keys.
    Map(ItemType),
}

/// The type of the items of a list or of the values of a map. `get` gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ItemType(u16);

impl ItemType {
    /// The type itself.
    pub fn get(self) -> Type {
        Type::of(self.0)
    }
}

impl fmt::Debug for ItemType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl Type {
    /// The low 12 bits say what is inside: a scalar below 16, else an object type. The two bits
    /// above say what it is wrapped in, the next two what the wrapped thing is wrapped in.
    fn of(code: u16) -> Self {
        let base = code & 0xFFF;
        let item = ItemType(base | (code >> 2 & 0x3000));
        match (code >> 12 & 3, base) {
            (1, _) => Self::List(item),
            (2, _) => Self::Map(item),
            (_, 0) => Self::String,
            (_, 1) => Self::Bool,
            (_, 2) => Self::Int32,
            (_, 3) => Self::Int64,
            (_, 4) => Self::Number,
            (_, 5) => Self::IntOrString,
            (_, 6) => Self::Quantity,
            (_, 7) => Self::Time,
            (_, 8) => Self::MicroTime,
            (_, 9) => Self::Bytes,
            (_, 10..16) => Self::Json,
            (_, object) => Self::Object(ObjectType(object - 16)),
        }
    }

    /// The type of the items of a list or of the values of a map.
    pub fn item(self) -> Option<Self> {
        match self {
            Self::List(item) | Self::Map(item) => Some(item.get()),
            _ => None,
        }
    }

    /// The object type, if it is one.
    pub fn object(self) -> Option<ObjectType> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    /// As a reader of the docs would say it: `list of core.v1.Container`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::String => "string",
            Self::Bool => "boolean",
            Self::Int32 | Self::Int64 => "integer",
            Self::Number => "number",
            Self::IntOrString => "integer or string",
            Self::Quantity => "quantity",
            Self::Time | Self::MicroTime => "time",
            Self::Bytes => "base64",
            Self::Json => "any value",
            Self::Object(object) => object.name(),
            Self::List(item) => return write!(f, "list of {}", item.get()),
            Self::Map(item) => return write!(f, "map of {}", item.get()),
        };
        f.write_str(name)
    }
}
