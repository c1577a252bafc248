//! A seccomp annotation is not valid, or contradicts the field.
//!
//! The annotations have no effect since Kubernetes 1.27, but the API server still reads them: the
//! value is `runtime/default`, `docker/default`, `unconfined` or `localhost/` and a path, and must
//! match `securityContext.seccompProfile`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: default
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: unconfined
//! spec:
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//! spec:
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the annotation.

use super::annotations::{
    Disagreement, SECCOMP, SECCOMP_POD, container, context_field, disagreement, map, text,
    with_prefix,
};
use crate::check::{Check, Checker, DiagnosticBuilder, Echo, Fixes, Rule};
use crate::formats::paths::descending;
use crate::pod::Pod;
use crate::syntax::{Entry, Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "seccomp-annotation",
    fixes: Fixes::Suggested,
    link: Some("[Seccomp](https://kubernetes.io/docs/tutorials/security/seccomp/)"),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const DEFAULTS: [&str; 2] = ["runtime/default", "docker/default"];
const FIELD: &str = "seccompProfile";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(map) = map(pod) else { return };
    if let Some(entry) = map.entry(SECCOMP_POD) {
        check_annotation(entry, context_field(pod.spec, FIELD), out);
    }
    for (entry, name) in with_prefix(map, SECCOMP) {
        let container = container(pod, name);
        check_annotation(entry, container.and_then(|it| context_field(it.node, FIELD)), out);
    }
}

/// A text that is not a profile does not match the field either.
fn echo_disagreement(diagnostic: DiagnosticBuilder<'_>, profile: Node<'_>, text: &str) {
    if let Some(disagreement) = disagreement(profile, text, &DEFAULTS) {
        let node = profile.field(field_of(disagreement)).unwrap_or(profile);
        diagnostic.echo(Echo::At(node.id()));
    }
}

fn field_of(disagreement: Disagreement) -> &'static str {
    if disagreement == Disagreement::Type { "type" } else { "localhostProfile" }
}

fn check_annotation(entry: Entry<'_>, profile: Option<Node<'_>>, out: &mut Checker<'_>) {
    let Some(text) = text(&entry) else { return };
    let valid = text == "unconfined"
        || DEFAULTS.contains(&text)
        || text.strip_prefix("localhost/").is_some_and(|path| descending(path).is_ok());
    let remove = || write::remove(entry.key);
    if !valid {
        let diagnostic = out
            .report(entry.value, format!("`{text}` is not a valid seccomp profile"))
            .suggest("Remove the annotation", remove);
        if let Some(profile) = profile {
            echo_disagreement(diagnostic, profile, text);
        }
        return;
    }
    let Some(profile) = profile else { return };
    let Some(disagreement) = disagreement(profile, text, &DEFAULTS) else { return };
    let node = profile.field(field_of(disagreement)).unwrap_or(profile);
    out.report(node, format!("the profile differs from the annotation, `{text}`"))
        .related(entry.value, "the annotation")
        .suggest("Remove the annotation", remove);
}
