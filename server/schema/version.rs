//! Versions of Kubernetes.

use std::fmt;

/// A minor version of Kubernetes, such as 1.31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// The oldest version podls knows the fields of.
    pub const OLDEST: Self = Self(25);
    /// The newest version podls knows the fields of.
    pub const NEWEST: Self = Self(37);

    /// Version 1.`minor`, which may be older or newer than what podls knows: kinds were removed
    /// long before 1.25.
    pub const fn new(minor: u8) -> Self {
        Self(minor)
    }

    /// The 31 of 1.31.
    pub const fn minor(self) -> u8 {
        self.0
    }

    /// Reads `1.31`, and what clusters say of themselves: `v1.31.4-gke.100`. `None` for everything
    /// else, and for a version that podls knows no fields of.
    pub fn parse(text: &str) -> Option<Self> {
        let minor = text.trim().trim_start_matches('v').strip_prefix("1.")?;
        let digits = minor.find(|char: char| !char.is_ascii_digit()).unwrap_or(minor.len());
        let (number, rest) = minor.split_at(digits);
        let version = Self(number.parse().ok()?);
        let known = (Self::OLDEST..=Self::NEWEST).contains(&version);
        let ends = rest.is_empty() || rest.starts_with(['.', '-', '+']);
        (known && ends).then_some(version)
    }

    /// All versions podls knows, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (Self::OLDEST.0..=Self::NEWEST.0).map(Self)
    }
}

impl Default for Version {
    /// What a manifest is checked against by default: the newest version whose validation is known
    /// from its code, and not from its types alone.
    fn default() -> Self {
        Self(36)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn parses_what_people_write() {
        for text in ["1.31", "v1.31", "1.31.2", "v1.31.4-gke.100", "1.31+"] {
            assert_eq!(Version::parse(text), Some(Version::new(31)), "{text}");
        }
        for text in ["", "1", "31", "1.24", "1.38", "2.31", "1.+31", "1.31x", "1.999", "latest"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn is_ordered_and_shown_like_a_version() {
        assert!(Version::OLDEST < Version::NEWEST);
        assert_eq!(Version::all().count(), 13);
        assert_eq!(Version::new(30).to_string(), "1.30");
    }
}
