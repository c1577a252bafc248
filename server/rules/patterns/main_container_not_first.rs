//! The first container of the pod is a helper.
//!
//! `kubectl logs` and `kubectl exec` use the first container, unless the annotation
//! `kubectl.kubernetes.io/default-container` names another one. In most cases that should be the
//! app.
//!
//! The profile `strict` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   containers:
//!   - name: db-proxy
//!     image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!     args: [--port=5432, "shop:europe-west1:main"]
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://localhost:5432/shop
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//!   annotations:
//!     kubectl.kubernetes.io/default-container: shop
//! spec:
//!   containers:
//!   - name: db-proxy
//!     image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!     args: [--port=5432, "shop:europe-west1:main"]
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://localhost:5432/shop
//! ```

use crate::check::{Check, Checker, Rule, Severity, When};
use crate::pod::{Pattern, Pod, Role};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "main-container-not-first",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    link: Some(
        "[Well-known annotations](https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const ANNOTATION: &str = "kubectl.kubernetes.io/default-container";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let annotations = pod.metadata().and_then(|metadata| metadata.field("annotations"));
    if annotations.is_some_and(|it| it.field(ANNOTATION).is_some()) {
        return;
    }
    let roles = pod.container_roles();
    let mut apps = roles.iter().filter(|it| it.container.role == Role::App);
    let Some(first) = apps.next().filter(|it| it.pattern.is_some_and(Pattern::is_helper)) else {
        return;
    };
    let Some(main) = apps.find(|it| !it.pattern.is_some_and(Pattern::is_helper)) else { return };
    if let Some(name) = first.container.name_node() {
        let title = main.container.title();
        out.report(name, format!("kubectl selects this container by default instead of {title}"));
    }
}
