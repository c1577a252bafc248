//! The limits of rolling updates, which several rules read.

use crate::formats::numbers::percent;
use crate::syntax::Node;

/// How many pods, or how many of a hundred.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    Number(i64),
    Percent(i64),
}

impl Amount {
    /// What the value says; `None` when it is neither a number nor a percentage.
    pub(super) fn of(node: Node<'_>) -> Option<Self> {
        if let Some(number) = node.as_int() {
            return Some(Self::Number(number));
        }
        let text = node.as_str().filter(|text| percent(text).is_ok())?;
        let digits = text.trim_end_matches('%').trim_start_matches('0');
        // Numbers that are too large are large enough.
        let value = if digits.is_empty() { 0 } else { digits.parse().unwrap_or(i64::MAX) };
        Some(Self::Percent(value))
    }

    pub(super) fn is_zero(self) -> bool {
        matches!(self, Self::Number(0) | Self::Percent(0))
    }
}

/// Whether a limit is zero; `default` when it is absent, `None` when it is no amount.
pub(super) fn is_zero(update: Option<Node<'_>>, field: &str, default: bool) -> Option<bool> {
    match update.and_then(|update| update.field(field)) {
        Some(node) => Amount::of(node).map(Amount::is_zero),
        None => Some(default),
    }
}
