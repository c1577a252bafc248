//! An annotation that was replaced by a field.
//!
//! The critical-pod annotation became a priority class, the others became fields of
//! `securityContext`. The annotation is ignored, or will be in a later version.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: runtime/default
//! spec:
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
//! Replaces a seccomp or AppArmor annotation with the field.

use super::annotations::{
    APP_ARMOR, SECCOMP, SECCOMP_POD, container, context_field, disagreement, map, text, with_prefix,
};
use crate::check::{Check, Checker, Fixes, Rule, Severity, Tag};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::write::{self, New, Place};
use crate::syntax::{Entry, Node};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "deprecated-annotation",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

/// Annotations and their replacements.
const PLAIN: [(&str, &str); 3] = [
    ("scheduler.alpha.kubernetes.io/critical-pod", "priorityClassName"),
    ("security.alpha.kubernetes.io/sysctls", "securityContext.sysctls"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "securityContext.sysctls"),
];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(map) = map(pod) else { return };
    for (name, field) in PLAIN {
        if let Some(entry) = map.entry(name) {
            let message = format!("the annotation has no effect; use `{field}`");
            out.report(entry.value, message).at(entry.key.content_span()).tag(Tag::Deprecated);
        }
    }
    let of_pod = context_field(pod.spec, "seccompProfile");
    if let Some(entry) = map.entry(SECCOMP_POD).filter(|_| of_pod.is_none()) {
        report(entry, pod.spec, "seccompProfile", out);
    }
    for (entry, name) in with_prefix(map, SECCOMP) {
        let container = container(pod, name);
        if let Some(container) =
            container.filter(|it| context_field(it.node, "seccompProfile").is_none())
        {
            report(entry, container.node, "seccompProfile", out);
        }
    }
    check_app_armor(pod, map, out);
}

/// An annotation that equals the profile of the pod is not reported.
fn check_app_armor(pod: &Pod<'_>, map: Node<'_>, out: &mut Checker<'_>) {
    const FIELD: &str = "appArmorProfile";
    let os = pod.spec.field("os").and_then(|os| os.field("name")?.as_str());
    if out.version < Version::new(30) || os == Some("windows") && !pod.is_template() {
        return;
    }
    let of_pod = context_field(pod.spec, FIELD);
    for (entry, name) in with_prefix(map, APP_ARMOR) {
        let Some(container) = container(pod, name) else { continue };
        let agrees = of_pod.zip(text(&entry)).is_some_and(|(profile, text)| {
            disagreement(profile, text, &["runtime/default"]).is_none()
        });
        if context_field(container.node, FIELD).is_none() && !agrees {
            report(entry, container.node, FIELD, out);
        }
    }
}

fn report(entry: Entry<'_>, holder: Node<'_>, field: &'static str, out: &mut Checker<'_>) {
    let message = format!("the annotation is deprecated; use `securityContext.{field}`");
    let diagnostic = out.report_absence(entry.value, message);
    let diagnostic = diagnostic.at(entry.key.content_span()).tag(Tag::Deprecated);
    if let Some(profile) = text(&entry).and_then(profile) {
        diagnostic.suggest(format!("Set `securityContext.{field}` instead"), || {
            edits(entry, holder, field, profile)
        });
    }
}

/// The profile that an annotation means.
fn profile(text: &str) -> Option<New> {
    let ty = match text {
        "runtime/default" | "docker/default" => "RuntimeDefault",
        "unconfined" => "Unconfined",
        _ => {
            let path = text.strip_prefix("localhost/")?;
            let ty = New::text("Localhost");
            return Some(New::map([("type", ty), ("localhostProfile", New::text(path))]));
        }
    };
    Some(New::map([("type", New::text(ty))]))
}

fn edits(entry: Entry<'_>, holder: Node<'_>, field: &str, profile: New) -> Vec<Edit> {
    let added = match holder.field("securityContext") {
        Some(context) => write::insert(context, field, &profile, Place::Last),
        None => {
            let context = New::map([(field, profile)]);
            write::insert(holder, "securityContext", &context, Place::Last)
        }
    };
    let Some(added) = added else { return Vec::new() };
    std::iter::once(added).chain(write::remove(entry.key)).collect()
}
