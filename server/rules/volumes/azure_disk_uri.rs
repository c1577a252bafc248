//! The address of an Azure disk does not match its `kind`.
//!
//! The address of a managed disk starts with `/subscriptions/`, that of any other disk with
//! `https://`. Without `kind` a disk is not managed.
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
//!     azureDisk:
//!       diskName: web
//!       diskURI: /subscriptions/1/resourceGroups/shop/providers/Microsoft.Compute/disks/web
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
//!     azureDisk:
//!       diskName: web
//!       diskURI: /subscriptions/1/resourceGroups/shop/providers/Microsoft.Compute/disks/web
//!       kind: Managed
//! ```
//!
//! ## Fix
//!
//! Sets `kind: Managed`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::AZURE_DISK_VOLUME_SOURCE;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "azure-disk-uri",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[AZURE_DISK_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

const MANAGED: &str = "/subscriptions/";

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = source.field("diskURI") else { return };
    let Some(uri) = node.as_str().filter(|uri| !uri.is_empty()) else { return };
    let kind = source.field("kind");
    let (wanted, which) = match kind.map(|kind| kind.as_str()) {
        Some(Some("Managed")) => (MANAGED, "a managed disk"),
        None | Some(Some("Shared" | "Dedicated")) => ("https://", "an unmanaged disk"),
        _ => return,
    };
    if uri.starts_with(wanted) {
        return;
    }
    let diagnostic = out
        .report(node, format!("invalid address of {which}: expected it to start with `{wanted}`"));
    if uri.starts_with(MANAGED) {
        let managed = New::text("Managed");
        diagnostic
            .fix("Set `kind: Managed`", || write::put(source.node, "kind", &managed, Place::Last));
    }
}
