//! Two host aliases have the same address.
//!
//! Both are written into the hosts file, but server-side apply treats them as one. One entry can
//! list several names.
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

use crate::check::duplicates;
use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::Pod;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-host-alias",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(list) = pod.spec.field("hostAliases") else { return };
    let nodes = list.items().filter_map(|item| item.resolved()?.field("ip"));
    let addresses = nodes.filter_map(|node| Some((node.as_str()?, node)));
    for (first, node) in duplicates(addresses.filter(|(text, _)| !text.is_empty())) {
        let text = node.as_str().unwrap_or_default();
        out.report(node, format!("duplicate address `{text}` in `hostAliases`"))
            .related(first, "the other alias");
    }
}
