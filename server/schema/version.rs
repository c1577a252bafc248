//! Versions of Kubernetes.

use std::fmt;

/// A minor version of Kubernetes, such as 1.31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// The oldest version podls knows the fields of.
    pub const OLDEST: Self = Self(25);
    /// The newest version podls knows, and what a manifest is checked against by default.
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

    /// Reads `1.31`, `v1.31` or `v1.31.2`. `None` for everything else, and for a version that
    /// podls knows no fields of.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix('v').unwrap_or(text).split('.');
        let major = parts.next()?;
        let minor = number(parts.next()?)?;
        let patch_is_number = parts.next().is_none_or(|patch| number(patch).is_some());
        let version = Self(minor);
        let known = (Self::OLDEST..=Self::NEWEST).contains(&version);
        (major == "1" && patch_is_number && parts.next().is_none() && known).then_some(version)
    }

    /// All versions podls knows, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (Self::OLDEST.0..=Self::NEWEST.0).map(Self)
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

/// Digits only: `parse` alone would take `+31`.
fn number(text: &str) -> Option<u8> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn parses_what_people_write() {
        for text in ["1.31", "v1.31", "1.31.2", "v1.31.14"] {
            assert_eq!(Version::parse(text), Some(Version::new(31)), "{text}");
        }
        for text in ["", "1", "31", "1.24", "1.38", "2.31", "1.+31", "1.31.x", "1.31.2.3", "1.31-"]
        {
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
