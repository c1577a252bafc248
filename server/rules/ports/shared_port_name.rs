//! Two containers have a port of the same name.
//!
//! A Service that names its target port uses the first one. Probes use only the ports of their own
//! container.
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
//!     ports:
//!     - name: http
//!       containerPort: 80
//!   - name: log
//!     image: fluent/fluent-bit:3.1
//!     ports:
//!     - name: http
//!       containerPort: 2020
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
//!     ports:
//!     - name: http
//!       containerPort: 80
//!   - name: log
//!     image: fluent/fluent-bit:3.1
//!     ports:
//!     - name: http-log
//!       containerPort: 2020
//! ```

use std::collections::HashMap;

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::{Container, Pod};
use crate::schema::Version;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "shared-port-name",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if out.version < Version::new(33) {
        return;
    }
    let mut seen: HashMap<&str, (Node<'_>, &Container<'_>)> = HashMap::new();
    for container in &pod.containers {
        for node in container.items("ports").filter_map(|port| port.field("name")) {
            let Some(name) = node.as_str().filter(|name| !name.is_empty()) else { continue };
            match seen.get(name) {
                // Within one container it is an error, and another rule's.
                Some((_, owner)) if owner.node == container.node => {}
                Some((first, owner)) => {
                    out.report(
                        node,
                        format!(
                            "duplicate port name: {} has a port named `{name}` too",
                            owner.title()
                        ),
                    )
                    .related(*first, "the other port");
                }
                None => drop(seen.insert(name, (node, container))),
            }
        }
    }
}
