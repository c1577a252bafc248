//! A probe or a hook names a host.
//!
//! The kubelet then sends requests from the node to this host; `localhost` is the node itself. The
//! rule applies from Kubernetes 1.34 on. `podSecurity: baseline` and `restricted` switch it on.
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
//!     livenessProbe:
//!       httpGet:
//!         host: localhost
//!         port: 80
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
//!     livenessProbe:
//!       httpGet:
//!         port: 80
//! ```
//!
//! ## Fix
//!
//! Removes `host`; the default is the address of the pod.

use super::contexts::PSS;
use crate::check::{Check, Checker, Fixes, Rule, When};
use crate::pod::{Container, Pod};
use crate::schema::{PodSecurity, Version};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-host-probes",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..PSS
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    if out.version < Version::new(34) {
        return;
    }
    let lifecycle = container.node.field("lifecycle");
    let hooks = ["postStart", "preStop"].into_iter().filter_map(|hook| lifecycle?.field(hook));
    for handler in container.probes().map(|(_, probe)| probe).chain(hooks) {
        for action in ["httpGet", "tcpSocket"] {
            let host = handler.field(action).and_then(|action| action.field("host"));
            if let Some(node) = host.filter(|host| host.as_str().is_some_and(|it| !it.is_empty())) {
                out.report(node, format!("`host` of `{action}` violates Pod Security `baseline`"))
                    .suggest("Remove `host`", || write::remove(node));
            }
        }
    }
}
