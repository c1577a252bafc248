//! What a rule is.

use std::fmt;

use crate::check::findings::Source;
use crate::check::{Checker, Fixes, Severity};
use crate::pod::{Container, Manifest, Object, Pod};
use crate::schema::{ObjectType, PodSecurity, Profile};

/// A rule: one kind of fault, and how to find it. All that is known of a rule stands in its `RULE`, but for
/// the manual, which is the comment of its file.
pub struct Rule {
    /// The file name in kebab-case.
    pub code: &'static str,
    /// What its findings are, unless a setting or the finding itself says otherwise.
    pub severity: Severity,
    pub when: When,
    /// The safest of its fixes; one fix may be less safe.
    pub fixes: Fixes,
    /// The checks of other linters that find the same.
    pub linters: &'static [Linter<'static>],
    /// The page about what it looks at, in Markdown.
    pub link: Option<&'static str>,
    /// The podls version that brought it.
    pub since: &'static str,
    pub checks: &'static [Check],
}

/// When a rule runs, unless a setting says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    /// With this profile.
    Profile(Profile),
    /// With these levels of the Pod Security Standards.
    PodSecurity(&'static [PodSecurity]),
    /// With either.
    ProfileOrPodSecurity(Profile, &'static [PodSecurity]),
}

impl fmt::Display for When {
    /// In Markdown: "always", "profile `strict`".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let levels = |levels: &[PodSecurity]| {
            let names: Vec<_> = levels.iter().map(|it| it.name()).collect();
            format!("`podSecurity: {}`", names.join("` or `"))
        };
        match self {
            Self::Always => f.write_str("always"),
            Self::Profile(profile) => write!(f, "profile `{}`", profile.name()),
            Self::PodSecurity(all) => f.write_str(&levels(all)),
            Self::ProfileOrPodSecurity(profile, all) => {
                write!(f, "profile `{}`, {}", profile.name(), levels(all))
            }
        }
    }
}

/// A check of another linter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linter<'a> {
    KubeLinter(&'a str),
    KubeScore(&'a str),
    Polaris(&'a str),
    Checkov(&'a str),
}

impl fmt::Display for Linter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KubeLinter(check) => write!(f, "kube-linter `{check}`"),
            Self::KubeScore(check) => write!(f, "kube-score `{check}`"),
            Self::Polaris(check) => write!(f, "Polaris `{check}`"),
            Self::Checkov(check) => write!(f, "Checkov `{check}`"),
        }
    }
}

impl Rule {
    /// What most rules have in common: the API server refuses what they find. Code, version and checks are
    /// each rule's own.
    pub const DEFAULT: Self = Self {
        code: "",
        severity: Severity::Error,
        when: When::Always,
        fixes: Fixes::None,
        linters: &[],
        link: None,
        since: "",
        checks: &[],
    };

    /// Whether it runs without being asked for.
    pub fn always_runs(&self) -> bool {
        self.when == When::Always
    }

    /// The profile that switches the rule on.
    pub fn profile(&self) -> Option<Profile> {
        match self.when {
            When::Profile(profile) | When::ProfileOrPodSecurity(profile, _) => Some(profile),
            _ => None,
        }
    }

    /// Whether it belongs to `level` of the Pod Security Standards.
    pub fn is_in_level(&self, level: PodSecurity) -> bool {
        match self.when {
            When::PodSecurity(levels) | When::ProfileOrPodSecurity(_, levels) => {
                levels.contains(&level)
            }
            When::Always | When::Profile(_) => false,
        }
    }

    /// What its findings take from it.
    pub(super) fn source(&self) -> Source {
        Source { code: self.code, severity: self.severity, fixes: self.fixes }
    }

    /// The address of `link`.
    pub fn url(&self) -> Option<&'static str> {
        self.link?.split_once("](")?.1.strip_suffix(')')
    }
}

/// What a rule looks at. The runner owns the loops, so a rule works for all kinds at once.
pub enum Check {
    /// A document, be it a manifest or not.
    Document(fn(&mut Checker<'_>)),
    /// Each object of a document, the items of a `List` one by one.
    Manifest(fn(&Manifest<'_>, &mut Checker<'_>)),
    /// Each map of any type in a built-in kind.
    AnyObject(fn(&Object<'_>, &mut Checker<'_>)),
    /// Each map of one of these types in a built-in kind.
    Object(&'static [ObjectType], fn(&Object<'_>, &mut Checker<'_>)),
    /// Each pod and pod template, those in custom kinds too.
    Pod(fn(&Pod<'_>, &mut Checker<'_>)),
    /// Each container of each pod, of all roles.
    Container(fn(&Container<'_>, &Pod<'_>, &mut Checker<'_>)),
}
