//! The API version is deprecated.
//!
//! Kubernetes still serves it with a warning, and removes it in a later version.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Endpoints
//! metadata:
//!   name: web
//! ```
//!
//! ```yaml good
//! apiVersion: discovery.k8s.io/v1
//! kind: EndpointSlice
//! metadata:
//!   name: web
//! addressType: IPv4
//! endpoints: []
//! ```
//!
//! ## Fix
//!
//! Changes to the version that replaces it.

use super::removed_api_version::{add_fix, instead};
use crate::check::{Check, Checker, Fixes, Rule, Severity, Tag};
use crate::pod::Manifest;
use crate::schema::retired;

pub(crate) static RULE: Rule = Rule {
    code: "deprecated-api-version",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(retired) = retired(manifest.api_version, manifest.kind) else { return };
    let Some(deprecated) = retired.deprecated_in.filter(|it| out.version >= *it) else { return };
    if retired.removed_in.is_some_and(|removed| out.version >= removed) {
        return;
    }
    let Some(node) = manifest.root.field("apiVersion") else { return };
    let (version, kind) = (manifest.api_version, manifest.kind);
    let message = format!("`{version}` {kind} is deprecated since Kubernetes {deprecated}");
    let diagnostic =
        out.report(node, format!("{message}{}", instead(&retired))).tag(Tag::Deprecated);
    add_fix(diagnostic, manifest, &retired);
}
