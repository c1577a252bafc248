//! A claim combines `ReadWriteOncePod` with other access modes.
//!
//! `ReadWriteOncePod` allows only one pod to use the volume, which contradicts the other modes.
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
//!
//! ## Fix
//!
//! Leaves `ReadWriteOncePod` as the only access mode. It is a suggestion, since several pods may need
//! the volume.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::PERSISTENT_VOLUME_CLAIM_SPEC;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "access-modes",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[PERSISTENT_VOLUME_CLAIM_SPEC], check)],
    ..Rule::DEFAULT
};

const ALONE: &str = "ReadWriteOncePod";
const OTHERS: [&str; 3] = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"];

fn check(claim: &Object<'_>, out: &mut Checker<'_>) {
    let Some(modes) = claim.field("accessModes") else { return };
    let holds = |mode: &str| {
        let mut items = modes.items().filter_map(|it| it.resolved()?.as_str());
        items.any(|it| it == mode)
    };
    // Modes that do not exist are another rule's.
    if !holds(ALONE) || !OTHERS.into_iter().any(holds) {
        return;
    }
    out.report_key(modes, format!("`{ALONE}` cannot be combined with other access modes"))
        .suggest("Remove the other access modes", || {
            write::replace(modes, &New::Seq(vec![New::text(ALONE)]))
        });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn compares_only_modes_that_exist() {
        check_rule(
            &RULE,
            "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  volumeClaimTemplates:
  - metadata: {name: one}
    spec: {accessModes: [ReadWriteOncePod, RWX]}
  - metadata: {name: two}
    spec: {accessModes: [ReadWriteOncePod, ReadWriteOncePod]}
  - metadata: {name: three}
    spec:
      accessModes: [ReadWriteMany, ReadWriteOncePod]
      ^^^^^^^^^^^ `ReadWriteOncePod` cannot be combined with other access modes
",
        );
    }
}
