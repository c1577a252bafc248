//! One YAML document of a file, read and checked once.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::check::{self, Directives, Finding};
use crate::ide::scope::{Scope, Target};
use crate::ide::templated;
use crate::pod::enforced_by;
use crate::rules;
use crate::schema::PodSecurity;
use crate::syntax::{self, Parse, Templated, Trust};

/// One YAML document, and what was found out about it.
#[derive(Debug)]
pub(super) struct Analysis {
    pub(super) parse: Parse,
    pub(super) directives: Directives,
    /// The namespace it makes and the level that this enforces, if it does.
    pub(super) enforces: Option<(String, PodSecurity)>,
    /// What its findings are for, and they. Computed when first asked for.
    findings: OnceLock<(Target, Vec<Finding>)>,
}

impl Analysis {
    pub(super) fn new(text: &str) -> Self {
        let parse = syntax::parse(text);
        let directives = Directives::of(&parse);
        let enforces = enforced_by(&parse);
        Self { parse, directives, enforces, findings: OnceLock::new() }
    }

    /// Whether nobody has asked for its findings yet.
    pub(super) fn is_unchecked(&self) -> bool {
        self.findings.get().is_none()
    }

    /// The findings for the target that it has in `scope`, those the comments allow left out. They are kept
    /// for the target they were first asked for; another one is rare: it comes with an edit of the
    /// comment.
    pub(super) fn findings(&self, scope: &Scope) -> Cow<'_, [Finding]> {
        let target = scope.target_of(&self.parse);
        let (kept, findings) = self.findings.get_or_init(|| (target, self.run(scope, target)));
        if *kept == target { Cow::Borrowed(findings) } else { Cow::Owned(self.run(scope, target)) }
    }

    fn run(&self, scope: &Scope, target: Target) -> Vec<Finding> {
        let (selection, fragment) = (&scope.selection_for(target), scope.settings().fragment);
        let check = |parse: &Parse| check::run(selection, parse, target.version, fragment);
        let text = self.parse.tree.text();
        let is_template = self.parse.templated != Templated::No;
        let whatever_the_values = is_template.then(|| templated::findings(text, &check)).flatten();
        let mut findings = whatever_the_values.unwrap_or_else(|| check(&self.parse));
        // Where the text is not plain YAML, rules are silent about much.
        let silent = self.parse.trust != Trust::Exact || self.parse.templated != Templated::No;
        let unused = self.directives.unused(&findings).filter(|_| !silent);
        let unused: Vec<_> =
            unused.filter_map(|allow| rules::unused_allow(allow, selection)).collect();
        findings.retain(|finding| !self.directives.allow(finding));
        check::drop_ignored(&mut findings, &self.parse, selection);
        findings.extend(unused);
        // Sorts only the keys: a second list of thousands of findings would take megabytes.
        findings.sort_by_cached_key(|finding| finding.span);
        findings.shrink_to_fit();
        findings
    }
}
