//! What a rule is.

use crate::pod::{Container, Manifest, Object, Pod};
use crate::rules::list::PROFILES;
use crate::rules::{Findings, Severity};
use crate::schema::{ObjectType, Profile};

/// A rule: one kind of fault, and how to find it.
pub struct Rule {
    /// The file name in kebab-case.
    pub code: &'static str,
    /// What its findings are, unless a setting or the finding itself says otherwise.
    pub severity: Severity,
    /// Whether it runs without being asked for.
    pub on: bool,
    /// The podls version that brought it.
    pub since: &'static str,
    pub checks: &'static [Check],
}

impl Rule {
    /// The profile that switches the rule on: what `PROFILE` in its file says.
    pub fn profile(&self) -> Option<Profile> {
        let found = PROFILES.iter().find(|(rule, _)| rule.code == self.code);
        found.map(|(_, profile)| *profile)
    }
}

/// What a rule looks at. The runner owns the loops, so a rule works for all kinds at once.
pub enum Check {
    /// A document, be it a manifest or not.
    Document(fn(&mut Findings<'_>)),
    /// Each object of a document, the items of a `List` one by one.
    Manifest(fn(&Manifest<'_>, &mut Findings<'_>)),
    /// Each map of any type in a built-in kind.
    AnyObject(fn(&Object<'_>, &mut Findings<'_>)),
    /// Each map of one of these types in a built-in kind.
    Object(&'static [ObjectType], fn(&Object<'_>, &mut Findings<'_>)),
    /// Each pod and pod template, those in custom kinds too.
    Pod(fn(&Pod<'_>, &mut Findings<'_>)),
    /// Each container of each pod, of all roles.
    Container(fn(&Container<'_>, &Pod<'_>, &mut Findings<'_>)),
}
