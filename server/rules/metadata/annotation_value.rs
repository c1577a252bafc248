//! An annotation has an invalid value.
//!
//! The API server reads a few annotations of pods: the one that marks static pods, which require a
//! `nodeName`; the old form of tolerations, which must be valid JSON although it no longer has an
//! effect; and the deletion cost of a pod, a whole number of 32 bits without a plus sign or leading
//! zeros.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     controller.kubernetes.io/pod-deletion-cost: "+5"
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
//!   annotations:
//!     controller.kubernetes.io/pod-deletion-cost: "5"
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the sign or the zeros of the number, or removes the annotation.

use super::annotations::{map, text};
use super::old_tolerations;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::numbers::deletion_cost;
use crate::pod::Pod;
use crate::syntax::Entry;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "annotation-value",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const MIRROR: &str = "kubernetes.io/config.mirror";
const TOLERATIONS: &str = "scheduler.alpha.kubernetes.io/tolerations";
const COST: &str = "controller.kubernetes.io/pod-deletion-cost";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(map) = map(pod) else { return };
    if let Some(entry) = map.entry(MIRROR) {
        check_mirror(pod, entry, out);
    }
    if let Some(entry) = map.entry(TOLERATIONS) {
        check_tolerations(entry, out);
    }
    if let Some(entry) = map.entry(COST) {
        check_cost(entry, out);
    }
}

fn check_mirror(pod: &Pod<'_>, entry: Entry<'_>, out: &mut Checker<'_>) {
    let node_name = pod.spec.field("nodeName").map(|name| name.as_str().unwrap_or("?"));
    if node_name.unwrap_or_default().is_empty() {
        out.report_absence(entry.key, "this annotation of static pods requires `nodeName`")
            .missing_in(pod.template)
            .suggest("Remove the annotation", || write::remove(entry.key));
    }
}

/// The server validates these tolerations, although they have no effect.
fn check_tolerations(entry: Entry<'_>, out: &mut Checker<'_>) {
    let Some(json) = text(&entry).filter(|json| !json.is_empty()) else { return };
    let Some((place, fault)) = old_tolerations::fault(json) else { return };
    let which = place.map_or("annotation".to_owned(), |place| format!("toleration {place}"));
    out.report(entry.value, format!("invalid {which}: it {fault}"))
        .suggest("Remove the annotation", || write::remove(entry.key));
}

fn check_cost(entry: Entry<'_>, out: &mut Checker<'_>) {
    let Some(cost) = text(&entry) else { return };
    let Err(fault) = deletion_cost(cost) else { return };
    let name = if cost.is_empty() { String::new() } else { format!(" `{cost}`") };
    let diagnostic = out.report(entry.value, format!("invalid deletion cost{name}: it {fault}"));
    if let Ok(number) = cost.trim().parse::<i32>() {
        diagnostic.fix(format!("Change to `{number}`"), || {
            write::replace(entry.value, &New::text(number.to_string()))
        });
    }
}
