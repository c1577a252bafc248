//! Groups of rules that are off until somebody wants them.

/// What a group of rules is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// How much CPU and memory a container asks for and may have.
    Resources,
    /// What keeps an app up while pods and nodes come and go.
    Reliability,
    /// Which image it is that runs.
    Images,
    /// What an attacker in a container could reach.
    Hardened,
    /// What some teams ask of every pod and others do without for good reasons.
    Strict,
}

impl Profile {
    /// All profiles, in the order in which they are documented.
    pub const ALL: [Self; 5] =
        [Self::Resources, Self::Reliability, Self::Images, Self::Hardened, Self::Strict];

    /// Reads the name of a profile.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == text)
    }

    /// Its name in settings, in comments and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resources => "resources",
            Self::Reliability => "reliability",
            Self::Images => "images",
            Self::Hardened => "hardened",
            Self::Strict => "strict",
        }
    }
}

/// Some of the profiles, by default none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profiles(u8);

impl Profiles {
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn holds(self, profile: Profile) -> bool {
        self.0 & (1 << profile as u8) != 0
    }

    /// These and one more.
    #[must_use]
    pub fn with(self, profile: Profile) -> Self {
        Self(self.0 | (1 << profile as u8))
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Each of them once.
    pub fn iter(self) -> impl Iterator<Item = Profile> {
        Profile::ALL.into_iter().filter(move |profile| self.holds(*profile))
    }
}

#[cfg(test)]
mod tests {
    use super::{Profile, Profiles};

    #[test]
    fn profiles_have_names() {
        for profile in Profile::ALL {
            assert_eq!(Profile::parse(profile.name()), Some(profile));
        }
        assert_eq!(Profile::parse("Hardened"), None);
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let none = Profiles::default();
        let some = none.with(Profile::Images).with(Profile::Strict).with(Profile::Images);
        assert!(none.is_empty() && !some.is_empty());
        assert_eq!(some.iter().collect::<Vec<_>>(), [Profile::Images, Profile::Strict]);
        assert_eq!(some.or(none.with(Profile::Hardened)).iter().count(), 3);
    }
}
