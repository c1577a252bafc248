//! Nodes are selected by a label that is deprecated.
//!
//! Newer nodes may no longer have it, and then no node matches.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   nodeSelector:
//!     beta.kubernetes.io/arch: arm64
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
//! spec:
//!   nodeSelector:
//!     kubernetes.io/arch: arm64
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to the label that replaced it.

use crate::check::{Check, Checker, Fixes, Rule, Severity, Tag};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::{NODE_SELECTOR_REQUIREMENT, POD_SPEC, TOPOLOGY_SPREAD_CONSTRAINT};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "deprecated-node-label",
    severity: Severity::Warning,
    fixes: Fixes::Safe,
    link: Some(
        "[Well-known labels](https://kubernetes.io/docs/reference/labels-annotations-taints/)",
    ),
    since: "0.1.0",
    checks: &[Check::Object(
        &[POD_SPEC, NODE_SELECTOR_REQUIREMENT, TOPOLOGY_SPREAD_CONSTRAINT],
        check,
    )],
    ..Rule::DEFAULT
};

/// The label, what replaces it, and the first version that warns.
const LABELS: [(&str, Option<&str>, u8); 8] = [
    ("beta.kubernetes.io/arch", Some("kubernetes.io/arch"), 25),
    ("beta.kubernetes.io/os", Some("kubernetes.io/os"), 25),
    ("failure-domain.beta.kubernetes.io/region", Some("topology.kubernetes.io/region"), 25),
    ("failure-domain.beta.kubernetes.io/zone", Some("topology.kubernetes.io/zone"), 25),
    ("beta.kubernetes.io/instance-type", Some("node.kubernetes.io/instance-type"), 25),
    ("app.kubernetes.io/created-by", None, 31),
    ("scheduler.alpha.kubernetes.io/preferAvoidPods", None, 31),
    ("node-role.kubernetes.io/master", Some("node-role.kubernetes.io/control-plane"), 31),
];

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    match object.ty {
        POD_SPEC => {
            for entry in object.field("nodeSelector").into_iter().flat_map(Node::fields) {
                check_key(entry.key, out);
            }
        }
        NODE_SELECTOR_REQUIREMENT if object.held_by() == "matchExpressions" => {
            object.field("key").into_iter().for_each(|key| check_key(key, out));
        }
        TOPOLOGY_SPREAD_CONSTRAINT => {
            object.field("topologyKey").into_iter().for_each(|key| check_key(key, out))
        }
        _ => {}
    }
}

fn check_key(node: Node<'_>, out: &mut Checker<'_>) {
    let text = node.text().unwrap_or_default();
    let Some((key, instead, since)) = LABELS.iter().find(|(key, _, _)| *key == text) else {
        return;
    };
    if out.version < Version::new(*since) {
        return;
    }
    let Some(instead) = instead else {
        out.report(node, format!("the node label `{key}` is deprecated")).tag(Tag::Deprecated);
        return;
    };
    out.report(node, format!("the node label `{key}` is deprecated; use `{instead}`"))
        .tag(Tag::Deprecated)
        .fix(format!("Change to `{instead}`"), || [crate::syntax::write::word(node, *instead)]);
}
