//! A Job with a failure policy replaces pods that are still ending.
//!
//! The policy can judge the failure of a pod only after the pod has ended. So `podFailurePolicy`
//! requires `podReplacementPolicy: Failed`, which is then also the default.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   podReplacementPolicy: TerminatingOrFailed
//!   podFailurePolicy:
//!     rules:
//!     - action: Ignore
//!       onPodConditions:
//!       - type: DisruptionTarget
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: backup
//! spec:
//!   podReplacementPolicy: Failed
//!   podFailurePolicy:
//!     rules:
//!     - action: Ignore
//!       onPodConditions:
//!       - type: DisruptionTarget
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: backup
//!         image: restic/restic:0.17.0
//! ```
//!
//! ## Fix
//!
//! Changes the policy to `Failed`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::batch::JOB_SPEC;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "pod-replacement-policy",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[JOB_SPEC], check)],
    ..Rule::DEFAULT
};

const FIELD: &str = "podReplacementPolicy";

fn check(job: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = job.field(FIELD).filter(|_| !job.is_dropped(FIELD, out.version)) else {
        return;
    };
    let eager = node.as_str() == Some("TerminatingOrFailed");
    if eager && job.field("podFailurePolicy").is_some() {
        out.report(node, format!("invalid `{FIELD}` with a `podFailurePolicy`: expected `Failed`"))
            .fix("Change to `Failed`", || write::replace(node, &New::text("Failed")));
    }
}
