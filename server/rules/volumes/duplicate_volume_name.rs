//! Two volumes of a pod have the same name.
//!
//! A mount could refer to either of them, so the API server refuses the pod. A claim template of a
//! StatefulSet silently replaces a volume of the same name; the finding is a warning there, and also
//! for two claim templates with the same name.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     emptyDir: {}
//!   - name: data
//!     configMap:
//!       name: web
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     emptyDir: {}
//!   - name: config
//!     configMap:
//!       name: web
//! ```
//!
//! ## Fix
//!
//! Removes the second volume if both have the same text. The fix is safe, since an equal volume stays.
//! Volumes that differ, and claim templates, have no fix.

use crate::check::duplicates;
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::names::label;
use crate::pod::{Pod, Volume};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-volume-name",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for (earlier, volume) in duplicates(pod.volumes.iter().map(|volume| (volume.name, volume))) {
        // Invalid names are another rule's, and the server does not compare them.
        if label(volume.name).is_ok() {
            report(volume, earlier, out);
        }
    }
}

fn report(volume: &Volume<'_>, earlier: &Volume<'_>, out: &mut Checker<'_>) {
    let name = volume.name;
    let Some(node) = name_node(volume) else { return };
    let (severity, message) = match (volume.is_claim_template, earlier.is_claim_template) {
        (false, _) => (Severity::Error, format!("duplicate volume name `{name}`")),
        (true, false) => {
            (Severity::Warning, format!("this claim template replaces the volume `{name}`"))
        }
        (true, true) => (Severity::Warning, format!("duplicate claim template name `{name}`")),
    };
    let diagnostic = out.report(node, message).severity(severity);
    let diagnostic = match name_node(earlier) {
        Some(other) => diagnostic.related(other, "the other one"),
        None => diagnostic,
    };
    if source_text(volume) == source_text(earlier) && severity == Severity::Error {
        diagnostic.fix("Remove the repetition", || write::remove(volume.node));
    }
}

fn source_text<'a>(volume: &Volume<'a>) -> &'a str {
    volume.node.tree().slice(volume.node.content_span()).trim()
}

fn name_node<'a>(volume: &Volume<'a>) -> Option<crate::syntax::Node<'a>> {
    match volume.is_claim_template {
        true => volume.node.field("metadata")?.field("name"),
        false => volume.node.field("name"),
    }
}
