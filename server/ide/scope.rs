//! What the documents of a file are checked for, and by which rules.

use std::sync::Arc;

use crate::check::{Finding, Selection, Severity};
use crate::config::{Level, Namespaces, Settings};
use crate::pod::namespace_of;
use crate::rules;
use crate::schema::{PodSecurity, Profiles, Version};
use crate::syntax::Parse;

/// What a file is for, by its comments and the settings. Findings depend on nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) version: Version,
    pub(super) pod_security: PodSecurity,
    pub(super) profiles: Profiles,
}

/// The settings of a file, what it is for, and the rules that find what is wrong for that.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    settings: Arc<Settings>,
    target: Target,
    selection: Selection,
    /// What namespaces enforce, unless a comment says what the file is for.
    namespaces: Arc<Namespaces>,
}

impl Scope {
    pub(super) fn new(settings: &Arc<Settings>, target: Target, namespaces: Namespaces) -> Self {
        let selection = selection(settings, target);
        let namespaces = Arc::new(namespaces);
        Self { settings: Arc::clone(settings), target, selection, namespaces }
    }

    /// The same settings for a file that is for something else now.
    pub(super) fn with(&self, target: Target, namespaces: Namespaces) -> Self {
        let (selection, namespaces) = (self.selection_for(target), Arc::new(namespaces));
        Self { settings: Arc::clone(&self.settings), target, selection, namespaces }
    }

    pub(super) fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    pub(super) fn target(&self) -> Target {
        self.target
    }

    pub(super) fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The rules that run for `target`.
    pub(super) fn selection_for(&self, target: Target) -> Selection {
        let rules = |target: Target| (target.pod_security, target.profiles);
        match rules(target) == rules(self.target) {
            true => self.selection.clone(),
            false => selection(&self.settings, target),
        }
    }

    /// What the document `parse` of the file is for: its namespace may enforce a level of its own.
    pub(super) fn target_of(&self, parse: &Parse) -> Target {
        if self.namespaces.is_empty() {
            return self.target;
        }
        let level = namespace_of(parse).and_then(|name| self.namespaces.get(name));
        let level = level.copied();
        Target { pod_security: level.unwrap_or(self.target.pod_security), ..self.target }
    }

    /// The finding as the settings want it; `None` when they want it off.
    pub(super) fn leveled(&self, finding: &Finding) -> Option<Finding> {
        let mut finding = finding.clone();
        finding.severity = match self.settings.rules.get(finding.code) {
            None => finding.severity,
            Some(Level::Off) => return None,
            Some(Level::Hint) => Severity::Hint,
            Some(Level::Information) => Severity::Information,
            Some(Level::Warning) => Severity::Warning,
            Some(Level::Error) => Severity::Error,
        };
        Some(finding)
    }
}

/// The rules that are on by themselves, by the level of pod security, by a profile or by a setting.
fn selection(settings: &Settings, target: Target) -> Selection {
    let no_more = target.pod_security == PodSecurity::Privileged && target.profiles.is_empty();
    if settings.rules.is_empty() && no_more {
        return rules::standard();
    }
    rules::select(|rule| match settings.rules.get(rule.code) {
        Some(level) => *level != Level::Off,
        None => {
            let wanted = |profile| target.profiles.holds(profile);
            rule.always_runs()
                || rule.is_in_level(target.pod_security)
                || rule.profile().is_some_and(wanted)
        }
    })
}
