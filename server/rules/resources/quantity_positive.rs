//! The storage request of a claim is zero or less.
//!
//! The size of a volume must be greater than 0.
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
//!   volumes:
//!   - name: data
//!     ephemeral:
//!       volumeClaimTemplate:
//!         spec:
//!           accessModes: [ReadWriteOnce]
//!           resources:
//!             requests:
//!               storage: 0
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
//!   volumes:
//!   - name: data
//!     ephemeral:
//!       volumeClaimTemplate:
//!         spec:
//!           accessModes: [ReadWriteOnce]
//!           resources:
//!             requests:
//!               storage: 1Gi
//! ```
//!
//! ## Fix
//!
//! Changes the request to `1Gi`. It is a suggestion: only you can tell how much storage is needed.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, quantity};
use crate::schema::core::PERSISTENT_VOLUME_CLAIM_SPEC;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "quantity-positive",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[PERSISTENT_VOLUME_CLAIM_SPEC], check)],
    ..Rule::DEFAULT
};

fn check(claim: &Object<'_>, out: &mut Checker<'_>) {
    let requests = claim.field("resources").and_then(|it| it.field("requests"));
    let Some(node) = requests.and_then(|it| it.field("storage")) else { return };
    let Some(size) = quantity(node) else { return };
    if size.is_zero() || size.is_negative() {
        out.report(node, "invalid value for `storage`: expected more than 0")
            .suggest("Change to `1Gi`", || write::replace(node, &New::text("1Gi")));
    }
}
