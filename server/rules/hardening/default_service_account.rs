//! A pod uses the default service account of its namespace.
//!
//! All pods of a namespace that name no service account share `default`, so a right that is granted
//! for one of them applies to all of them. Pods that get no token are not reported.
//!
//! The profile `strict` switches it on.
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
//!   serviceAccountName: web
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

use crate::check::{Check, Checker, Linter, Rule, Severity, When};
use crate::pod::Pod;
use crate::schema::Profile;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "default-service-account",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::KubeLinter("default-service-account"), Linter::Checkov("CKV_K8S_41")],
    link: Some(
        "[Service accounts](https://kubernetes.io/docs/concepts/security/service-accounts/)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let spec = pod.spec;
    let token = spec.field("automountServiceAccountToken").and_then(Node::as_bool);
    if token == Some(false) {
        return;
    }
    let account =
        ["serviceAccountName", "serviceAccount"].into_iter().find_map(|it| spec.field(it));
    let message = "the pod runs as the service account `default`";
    match account {
        None => {
            out.missing(spec, "serviceAccountName", message);
        }
        Some(node) if node.as_str().is_some_and(|name| ["", "default"].contains(&name)) => {
            out.report(node, message);
        }
        Some(_) => {}
    }
}
