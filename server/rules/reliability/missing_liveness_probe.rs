//! A container has no liveness probe.
//!
//! A container that ends is restarted; one that no longer answers is restarted only if it has a
//! liveness probe. A bad probe does more harm than none: one that queries a database restarts all
//! pods when the database is slow. So the choice depends on the app.
//!
//! The profile `strict` switches it on.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         ports:
//!         - containerPort: 8080
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         ports:
//!         - containerPort: 8080
//!         livenessProbe:
//!           httpGet:
//!             path: /alive
//!             port: 8080
//! ```

use super::long_running::is_long_running;
use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "missing-liveness-probe",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[
        Linter::KubeLinter("no-liveness-probe"),
        Linter::KubeScore("pod-probes"),
        Linter::Polaris("livenessProbeMissing"),
        Linter::Checkov("CKV_K8S_8"),
    ],
    link: Some(pages::PROBES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let probe = container.node.field("livenessProbe");
    if container.role == Role::App && probe.is_none() && is_long_running(pod) {
        let message = format!("{} has no liveness probe", container.title());
        out.missing(container.node, "livenessProbe", message);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn only_of_what_is_started_again() {
        for (policy, mark) in [
            ("Always", "  - name: web\n    ^^^^ container `web` has no liveness probe\n"),
            ("OnFailure", "  - name: web\n"),
            ("Never", "  - name: web\n"),
        ] {
            check_rule(
                &RULE,
                &format!(
                    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  \
                     restartPolicy: {policy}\n  containers:\n{mark}"
                ),
            );
        }
    }
}
