//! The API version was removed.
//!
//! Kubernetes no longer serves it, so the manifest cannot be applied. Usually only the `apiVersion`
//! must change; the message lists the fields that changed too. In templates and partial files the
//! finding is a warning, since they may support older clusters.
//!
//! ```yaml bad
//! apiVersion: apps/v1beta2
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to the version that replaced it.

use crate::check::{Check, Checker, DiagnosticBuilder, Fixes, Rule, Severity};
use crate::pod::Manifest;
use crate::schema::{Retired, retired};
use crate::syntax::Templated;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "removed-api-version",
    fixes: Fixes::Safe,
    link: Some(
        "[Deprecated API migration guide](https://kubernetes.io/docs/reference/using-api/deprecation-guide/)",
    ),
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(retired) = retired(manifest.api_version, manifest.kind) else { return };
    let Some(removed) = retired.removed_in.filter(|removed| out.version >= *removed) else {
        return;
    };
    let Some(node) = manifest.root.field("apiVersion") else { return };
    let (version, kind) = (manifest.api_version, manifest.kind);
    let message = format!("`{version}` {kind} is not served since Kubernetes {removed}");
    let message = format!("{message}{}", instead(&retired));
    // A template may keep the lines of a version for the clusters that still have it.
    let templated = out.fragment || out.parse.templated != Templated::No;
    let mut diagnostic = out.report(node, message);
    if templated {
        diagnostic = diagnostic.severity(Severity::Warning);
    }
    add_fix(diagnostic, manifest, &retired);
}

/// The replacement and other changes, for the end of a message.
pub(super) fn instead(retired: &Retired) -> String {
    let mut text = match (retired.replacement, retired.replacement_kind) {
        (Some(version), Some(kind)) => format!("; use `{version}` {kind}"),
        (Some(version), None) => format!("; use `{version}`"),
        (None, _) => String::new(),
    };
    if let Some(changes) = retired.changes {
        text.push_str(&format!(" ({changes})"));
    }
    text
}

/// Offers to write the replacement.
pub(super) fn add_fix(
    diagnostic: DiagnosticBuilder<'_>,
    manifest: &Manifest<'_>,
    retired: &Retired,
) {
    let Some(version) = retired.replacement else { return };
    let title = format!("Change to `{version}`");
    let edits = || -> Vec<Edit> {
        let pairs = [("apiVersion", Some(version)), ("kind", retired.replacement_kind)];
        let edits = pairs.into_iter().filter_map(|(field, text)| {
            write::replace(manifest.root.field(field)?, &New::text(text?))
        });
        edits.collect()
    };
    if retired.rename_only {
        diagnostic.fix(title, edits);
    } else {
        diagnostic.suggest(title, edits);
    }
}
