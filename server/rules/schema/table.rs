//! Tables of rules that apply to many fields.
//!
//! Such a rule is a list of rows by type. It is called only for the types in its list, and finds
//! its rows by a binary search.

use crate::schema::ObjectType;

/// The rows of one type.
pub(super) type Rows<R> = (ObjectType, &'static [R]);

/// The types in a table, for `Check::Object`. A table that is not sorted stops the build.
pub(super) const fn types<R, const N: usize>(table: &[Rows<R>]) -> [ObjectType; N] {
    let mut found = [table[0].0; N];
    let mut at = 1;
    while at < N {
        found[at] = table[at].0;
        assert!(found[at - 1].index() < found[at].index(), "tables are sorted by type");
        at += 1;
    }
    found
}

/// The rows of `ty`.
pub(super) fn rows<R>(table: &'static [Rows<R>], ty: ObjectType) -> &'static [R] {
    let found = table.binary_search_by_key(&ty.index(), |row| row.0.index());
    found.ok().and_then(|at| table.get(at)).map_or(&[], |row| row.1)
}
