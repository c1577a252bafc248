//! A small fault: what it changes, and how it is planted.

use std::ops::Range;

/// Stands in a replacement for the condition that the fault is switched on.
pub const ON: &str = "\u{1}on\u{1}";

#[derive(Clone)]
pub struct Replacement {
    pub range: Range<usize>,
    pub text: String,
}

pub struct Fault {
    /// The same while the code around it stays, whatever its line.
    pub key: String,
    pub file: String,
    pub line: usize,
    /// The function or constant that has it.
    pub item: String,
    /// What is changed, for people.
    pub what: String,
    pub replacement: Replacement,
}

impl Fault {
    /// Whether it can be one of several in a build.
    pub fn is_switched(&self) -> bool {
        self.replacement.text.contains(ON)
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        let (one, two) = (&self.replacement.range, &other.replacement.range);
        let inside = |point: usize, range: &Range<usize>| range.start < point && point < range.end;
        self.file == other.file
            && (one.start < two.end && two.start < one.end
                || one.is_empty() && inside(one.start, two)
                || two.is_empty() && inside(two.start, one)
                || one == two && !one.is_empty())
    }

    pub fn title(&self) -> String {
        format!("{}:{}: {} in `{}`", self.file, self.line, self.what, self.item)
    }
}
