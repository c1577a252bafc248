//! A claim wants `ReadWriteOncePod` together with other modes.
//!
//! `ReadWriteOncePod` means that a single pod may use the volume, which the other modes deny.
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
//!           accessModes: [ReadWriteOncePod, ReadWriteOnce]
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
//!           accessModes: [ReadWriteOncePod]
//!           resources:
//!             requests:
//!               storage: 1Gi
//! ```

use crate::pod::Object;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::ObjectType;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "access-modes",
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    checks: &[Check::Object(&[ObjectType::named("core.v1.PersistentVolumeClaimSpec")], check)],
};

const ALONE: &str = "ReadWriteOncePod";

fn check(claim: &Object<'_>, out: &mut Findings<'_>) {
    let Some(modes) = claim.field("accessModes") else { return };
    let items = || modes.items().filter_map(|it| it.resolved()?.as_str());
    if !items().any(|mode| mode == ALONE) || items().all(|mode| mode == ALONE) {
        return;
    }
    out.report_key(modes, format!("`{ALONE}` stands alone"))
        .suggest(format!("Keep `{ALONE}`"), || {
            write::replace(modes, &New::Seq(vec![New::text(ALONE)]))
        });
}
