//! An init container calls a sidecar that starts after it.
//!
//! Init containers and sidecars start in the order in which they are written, and an init container
//! has to end before the next one starts. A sidecar that it calls on localhost must come before it.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: migrate
//!     image: registry.example.com/shop-migrate:2.4
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://localhost:5432/shop
//!   - name: db-proxy
//!     image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!     restartPolicy: Always
//!     args: [--port=5432, "shop:europe-west1:main"]
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: db-proxy
//!     image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!     restartPolicy: Always
//!     args: [--port=5432, "shop:europe-west1:main"]
//!   - name: migrate
//!     image: registry.example.com/shop-migrate:2.4
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://localhost:5432/shop
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//! ```

use crate::check::{Check, Checker, Rule, Severity, pages};
use crate::pod::{Pod, Role};

pub(crate) static RULE: Rule = Rule {
    code: "sidecar-after-user",
    severity: Severity::Warning,
    link: Some(pages::SIDECAR_CONTAINERS),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    // Most pods have no plain init container in front of a sidecar, and need no look at their calls.
    let early = pod.containers.iter().position(|it| it.role == Role::Init);
    let late = pod.containers.iter().rposition(|it| it.role == Role::Sidecar);
    if early.zip(late).is_none_or(|(early, late)| early > late) {
        return;
    }
    for call in pod.calls() {
        let is_late = call.to.role == Role::Sidecar && call.to.index > call.from.index;
        if call.from.role != Role::Init || !is_late {
            continue;
        }
        let message = format!("{} is called here before it starts", call.to.title());
        let diagnostic = out.report(call.node, message);
        if let Some(name) = call.to.name_node() {
            diagnostic.related(name, "it starts here");
        }
    }
}
