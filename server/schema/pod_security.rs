//! Levels of the Pod Security Standards.

/// How much a namespace lets its pods do.
///
/// [Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PodSecurity {
    /// Everything: what a namespace without labels does.
    #[default]
    Privileged,
    /// What is not known to reach the host.
    Baseline,
    /// What is good practice for every pod.
    Restricted,
}

impl PodSecurity {
    /// The names of the levels, the weakest first.
    pub const NAMES: [&str; 3] = ["privileged", "baseline", "restricted"];

    /// Reads the name of a level.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Privileged, Self::Baseline, Self::Restricted]
            .into_iter()
            .find(|level| level.name() == text)
    }

    /// Its name in settings and in the labels of namespaces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PodSecurity;

    #[test]
    fn levels_have_names() {
        for name in PodSecurity::NAMES {
            assert_eq!(PodSecurity::parse(name).map(PodSecurity::name), Some(name));
        }
        assert_eq!(PodSecurity::parse("Baseline"), None);
    }
}
