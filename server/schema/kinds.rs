//! Built-in kinds, and what became of their older versions.

use super::table::{KINDS, KindRow, RETIRED, RetiredRow};
use super::types::ObjectType;
use super::version::Version;

/// A kind that the newest Kubernetes serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub api_version: &'static str,
    pub kind: &'static str,
    pub ty: ObjectType,
    /// Whether its objects live in namespaces.
    pub namespaced: bool,
}

impl Kind {
    fn of(row: &KindRow) -> Self {
        Self {
            api_version: row.api_version.text(),
            kind: row.kind.text(),
            ty: ObjectType::at(row.ty),
            namespaced: row.namespaced,
        }
    }
}

/// All built-in kinds, sorted by kind, then apiVersion. Without the lists (`PodList`).
pub fn kinds() -> impl ExactSizeIterator<Item = Kind> {
    KINDS.iter().map(Kind::of)
}

/// The type of `kind` in `api_version`, when it is built in. Case matters, as it does for the API
/// server.
pub fn kind(api_version: &str, kind: &str) -> Option<ObjectType> {
    let order =
        |row: &KindRow| row.kind.compare(kind).then_with(|| row.api_version.compare(api_version));
    let found = KINDS.binary_search_by(order).ok()?;
    KINDS.get(found).map(|row| ObjectType::at(row.ty))
}

/// A version of a kind that is deprecated or gone, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retired {
    /// The first version that calls it deprecated, when known.
    pub deprecated_in: Option<Version>,
    /// The first version that does not serve it any more; `None` while it is served.
    pub removed_in: Option<Version>,
    /// The apiVersion to use instead.
    pub replacement: Option<&'static str>,
    /// The kind to use instead, when that is another one too.
    pub replacement_kind: Option<&'static str>,
    /// Whether nothing but the apiVersion has to change.
    pub rename_only: bool,
    /// What else has to change, or why there is no replacement. Half a sentence.
    pub changes: Option<&'static str>,
}

impl Retired {
    fn of(row: &RetiredRow) -> Self {
        let version = |minor: u8| (minor > 0).then(|| Version::new(minor));
        Self {
            deprecated_in: version(row.deprecated),
            removed_in: version(row.removed),
            replacement: row.replacement.some(),
            replacement_kind: row.replacement_kind.some(),
            rename_only: row.rename_only,
            changes: row.changes.some(),
        }
    }
}

/// What became of this version of this kind, when it is deprecated or gone.
pub fn retired(api_version: &str, kind: &str) -> Option<Retired> {
    let order = |row: &RetiredRow| {
        row.kind.compare(kind).then_with(|| row.api_version.compare(api_version))
    };
    let found = RETIRED.binary_search_by(order).ok()?;
    RETIRED.get(found).map(Retired::of)
}

/// All of them: the version, the kind, and what became of it.
pub fn all_retired() -> impl Iterator<Item = (&'static str, &'static str, Retired)> {
    RETIRED.iter().map(|row| (row.api_version.text(), row.kind.text(), Retired::of(row)))
}

/// A version of a kind that the newest Kubernetes no longer serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The first version without it.
    pub removed_in: Version,
    pub deprecated_in: Option<Version>,
    /// The apiVersion to use instead, if there is one.
    pub replacement: Option<&'static str>,
}

/// When this version of this kind went away. `retired` knows more.
pub fn removed(api_version: &str, kind: &str) -> Option<Removed> {
    let retired = retired(api_version, kind)?;
    Some(Removed {
        removed_in: retired.removed_in?,
        deprecated_in: retired.deprecated_in,
        replacement: retired.replacement,
    })
}
