//! The data source of a claim is invalid.
//!
//! Without an `apiGroup` the source can only be another PersistentVolumeClaim; a snapshot needs the
//! group of snapshots. A group must not contain a version. `dataSource` is an older form of
//! `dataSourceRef`: if both are set, they must name the same object.
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
//!     ephemeral:
//!       volumeClaimTemplate:
//!         spec:
//!           accessModes: [ReadWriteOnce]
//!           dataSource:
//!             kind: VolumeSnapshot
//!             name: nightly
//!           resources:
//!             requests:
//!               storage: 1Gi
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
//!     ephemeral:
//!       volumeClaimTemplate:
//!         spec:
//!           accessModes: [ReadWriteOnce]
//!           dataSource:
//!             apiGroup: snapshot.storage.k8s.io
//!             kind: VolumeSnapshot
//!             name: nightly
//!           resources:
//!             requests:
//!               storage: 1Gi
//! ```
//!
//! ## Fix
//!
//! Adds the group of snapshots, or removes the version from a group.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names::{label, subdomain};
use crate::pod::Object;
use crate::schema::{Version, core};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "data-source",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[
        Check::Object(
            &[core::TYPED_LOCAL_OBJECT_REFERENCE, core::TYPED_OBJECT_REFERENCE],
            check_source,
        ),
        Check::Object(&[core::PERSISTENT_VOLUME_CLAIM_SPEC], check_claim),
    ],
    ..Rule::DEFAULT
};

const SNAPSHOTS: &str = "snapshot.storage.k8s.io";

fn check_source(source: &Object<'_>, out: &mut Checker<'_>) {
    if source.parent.is_none_or(|parent| parent.ty != core::PERSISTENT_VOLUME_CLAIM_SPEC) {
        return;
    }
    let kind = source.text("kind");
    if source.text("apiGroup").is_empty() {
        if let Some(node) = source.field("kind").filter(|_| !is_claim(kind)) {
            check_kind(source, node, kind, out);
        }
    } else if let Some(node) = source.field("apiGroup") {
        check_group(node, source.text("apiGroup"), out);
    }
    if let Some(node) = source.field("namespace") {
        let text = node.as_str().filter(|text| !text.is_empty());
        if let Some((text, Err(fault))) = text.map(|text| (text, label(text))) {
            out.report(node, format!("invalid namespace `{text}`: it {fault}"));
        }
    }
}

/// An absent kind is another rule's.
fn is_claim(kind: &str) -> bool {
    kind.is_empty() || kind == "PersistentVolumeClaim"
}

fn check_kind(source: &Object<'_>, node: Node<'_>, kind: &str, out: &mut Checker<'_>) {
    let diagnostic = out.report_absence(node, format!("`{kind}` requires `apiGroup`"));
    if kind == "VolumeSnapshot" {
        diagnostic.fix(format!("Add `apiGroup: {SNAPSHOTS}`"), || {
            let new = New::text(SNAPSHOTS);
            write::insert(source.node, "apiGroup", &new, Place::Before("kind"))
        });
    }
}

fn check_group(node: Node<'_>, group: &str, out: &mut Checker<'_>) {
    let Err(fault) = subdomain(group) else { return };
    if out.version < Version::new(29) {
        return;
    }
    let diagnostic = out.report(node, format!("invalid API group `{group}`: it {fault}"));
    if let Some((group, _)) = group.split_once('/').filter(|(group, _)| subdomain(group).is_ok()) {
        diagnostic.fix(format!("Change to `{group}`"), || write::replace(node, &New::text(group)));
    }
}

fn check_claim(claim: &Object<'_>, out: &mut Checker<'_>) {
    let (Some(source), Some(reference)) = (claim.field("dataSource"), claim.field("dataSourceRef"))
    else {
        return;
    };
    let namespace = text(reference, "namespace");
    let same = |field: &str| text(source, field) == text(reference, field);
    let fields = ["apiGroup", "kind", "name"];
    let message = match fields.iter().find(|field| !same(field)) {
        _ if !namespace.is_empty() => {
            "`dataSource` cannot be combined with a namespace in `dataSourceRef`".to_owned()
        }
        Some(field) => format!("`dataSource` and `dataSourceRef` differ in `{field}`"),
        None => return,
    };
    let other = reference.key().unwrap_or(reference);
    out.report_key(source, message)
        .related(other, "the other source")
        .suggest("Remove `dataSource`", || write::remove(source));
}

fn text<'a>(source: Node<'a>, field: &str) -> &'a str {
    source.field(field).and_then(Node::as_str).unwrap_or_default()
}
