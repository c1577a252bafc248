//! The table that `build.rs` makes: rows of numbers, and one text they point into.

/// Names and docs of everything, each once.
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/text.txt"));

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// A piece of the text: where it starts and how many bytes it has.
#[derive(Clone, Copy)]
pub(super) struct Span(u32, u16);

impl Span {
    /// The text itself.
    pub(super) fn text(self) -> &'static str {
        let start = self.0 as usize;
        TEXT.get(start..start + usize::from(self.1)).unwrap_or_default()
    }

    /// The text, or `None` when there is none.
    pub(super) fn some(self) -> Option<&'static str> {
        (self.1 > 0).then(|| self.text())
    }

    /// How `self` and `text` compare, byte by byte.
    pub(super) fn compare(self, text: &str) -> std::cmp::Ordering {
        self.text().cmp(text)
    }
}

pub(super) struct TypeRow {
    pub(super) name: Span,
    pub(super) doc: Span,
    /// Its rows of `FIELDS`, sorted by name.
    pub(super) fields: u16,
    pub(super) fields_end: u16,
}

pub(super) struct FieldRow {
    pub(super) name: Span,
    pub(super) doc: Span,
    /// See `Type::of`.
    pub(super) ty: u16,
    /// Its row of `FACTS`; row 0 knows nothing.
    pub(super) fact: u16,
    pub(super) since: u8,
    pub(super) required: bool,
}

pub(super) struct FactRow {
    pub(super) default_value: Span,
    pub(super) default_text: Span,
    pub(super) note: Span,
    /// Separated by blanks.
    pub(super) keys: Span,
    /// Its rows of `VALUES`.
    pub(super) values: u16,
    pub(super) count: u16,
    pub(super) strict: bool,
    /// 0 unknown, 1 atomic, 2 set, 3 map.
    pub(super) list: u8,
}

pub(super) struct ValueRow {
    pub(super) value: Span,
    pub(super) meaning: Span,
    pub(super) gate: Span,
    pub(super) since: u8,
}

pub(super) struct KindRow {
    pub(super) api_version: Span,
    pub(super) kind: Span,
    pub(super) ty: u16,
    pub(super) namespaced: bool,
}

/// Versions are minor numbers, 0 for none.
pub(super) struct RetiredRow {
    pub(super) api_version: Span,
    pub(super) kind: Span,
    pub(super) replacement: Span,
    pub(super) replacement_kind: Span,
    pub(super) changes: Span,
    pub(super) deprecated: u8,
    pub(super) removed: u8,
    pub(super) rename_only: bool,
}

pub(super) struct RemovedFieldRow {
    pub(super) name: Span,
    pub(super) ty: u16,
    pub(super) since: u8,
    pub(super) removed: u8,
}
