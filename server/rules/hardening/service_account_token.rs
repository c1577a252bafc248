//! A pod gets a token for the API server that it probably does not need.
//!
//! The token of the service account is mounted into each container, where an attacker can use it.
//! Most apps never call the API server and do not need it: `automountServiceAccountToken: false`.
//! Pods with a service account of their own are not reported, since they probably need its rights.
//!
//! The profile `hardened` switches it on.
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
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   automountServiceAccountToken: false
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
//!   serviceAccountName: operator
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Sets `automountServiceAccountToken: false`.

use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When};
use crate::pod::Pod;
use crate::schema::Profile;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "service-account-token",
    severity: Severity::Information,
    when: When::Profile(Profile::Hardened),
    fixes: Fixes::Suggested,
    linters: &[Linter::Polaris("automountServiceAccountToken"), Linter::Checkov("CKV_K8S_38")],
    link: Some(
        "[Service accounts](https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

const FIELD: &str = "automountServiceAccountToken";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let spec = pod.spec;
    let account =
        ["serviceAccountName", "serviceAccount"].into_iter().find_map(|it| spec.field(it));
    let default =
        account.is_none_or(|it| it.as_str().is_some_and(|it| ["", "default"].contains(&it)));
    if !default || spec.field(FIELD).is_some() {
        return;
    }
    let message = "a token for the API server is mounted into the pod";
    out.missing(spec, FIELD, message).suggest(format!("Set `{FIELD}: false`"), || {
        let no = New::scalar(false);
        write::insert(spec, FIELD, &no, Place::First)
    });
}
