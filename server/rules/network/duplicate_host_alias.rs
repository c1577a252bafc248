//! Two host aliases have the same address.
//!
//! Both are written into the hosts file, but server-side apply takes them for one. One entry can have
//! many names.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostAliases:
//!   - ip: 10.0.0.1
//!     hostnames: [a.example.com]
//!   - ip: 10.0.0.1
//!     hostnames: [b.example.com]
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
//!   hostAliases:
//!   - ip: 10.0.0.1
//!     hostnames: [a.example.com, b.example.com]
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::pod::Pod;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-host-alias",
    severity: Severity::Warning,
    on: true,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

fn check(pod: &Pod<'_>, out: &mut Findings<'_>) {
    let Some(list) = pod.spec.field("hostAliases") else { return };
    for (index, item) in list.items().enumerate() {
        let Some(node) = address(item) else { continue };
        let Some(text) = node.as_str().filter(|text| !text.is_empty()) else { continue };
        let mut earlier = list.items().take(index).filter_map(address);
        if let Some(first) = earlier.find(|it| it.as_str() == Some(text)) {
            out.report(node, format!("another alias has the address `{text}` too"))
                .related(first, "the other alias");
        }
    }
}

fn address(item: Node<'_>) -> Option<Node<'_>> {
    item.resolved()?.field("ip")
}
