//! An init container calls an app container on localhost.
//!
//! App containers start when all init containers have ended, so nothing answers. Convert the called
//! container to a sidecar and move it before the init container, or call another pod through its
//! Service.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: warm-up
//!     image: curlimages/curl:8.16.0
//!     args: ["http://localhost:8080/warm-up"]
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     ports:
//!     - containerPort: 8080
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: wait-for-stock
//!     image: curlimages/curl:8.16.0
//!     args: ["http://stock:8080/healthz"]
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     ports:
//!     - containerPort: 8080
//! ```

use crate::check::{Check, Checker, Rule, Severity, pages};
use crate::pod::{Pod, Role};

pub(crate) static RULE: Rule = Rule {
    code: "init-calls-app",
    severity: Severity::Warning,
    link: Some(pages::INIT_CONTAINERS),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.containers.iter().all(|it| it.role != Role::Init) {
        return;
    }
    for call in pod.calls_before_start() {
        let message = format!("{} is called before it starts", call.to.title());
        let diagnostic = out.report(call.node, message);
        if let Some(name) = call.to.name_node() {
            diagnostic.related(name, "it starts when all init containers have ended");
        }
    }
}
