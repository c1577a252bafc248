//! What in settings cannot be used.

use std::fmt;

/// One thing that cannot be used. Displayed as a sentence about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// The keys that lead to it from the top.
    pub keys: Vec<String>,
    /// Whether it is the value that is wrong, not the last key.
    pub in_value: bool,
    /// Line and column, both from 1 on, where the keys do not tell: the text is not YAML.
    pub place: Option<(usize, usize)>,
    pub message: String,
}

impl Fault {
    pub(super) fn key(keys: &[&str], message: String) -> Self {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Self { keys, message, ..Self::default() }
    }

    pub(super) fn value(keys: &[&str], message: String) -> Self {
        Self { in_value: true, ..Self::key(keys, message) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
