//! A sysctl has an invalid name, or is set twice.
//!
//! Names are words of `a-z`, `0-9`, `-` and `_` with dots or slashes in between. The kubelet decides
//! which sysctls it allows.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     sysctls:
//!     - name: Net.core.somaxconn
//!       value: "1024"
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
//!   securityContext:
//!     sysctls:
//!     - name: net.core.somaxconn
//!       value: "1024"
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes the name to lower case.

use std::collections::HashMap;

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::vocabulary::sysctl;
use crate::pod::Object;
use crate::schema::core::POD_SECURITY_CONTEXT;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "sysctl-name",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[POD_SECURITY_CONTEXT], check)],
    ..Rule::DEFAULT
};

fn check(context: &Object<'_>, out: &mut Checker<'_>) {
    let Some(list) = context.field("sysctls") else { return };
    let mut known: HashMap<&str, Node<'_>> = HashMap::new();
    for item in list.items() {
        let Some(node) = name_of(item) else { continue };
        let Some(text) = node.as_str().filter(|text| !text.is_empty()) else { continue };
        let first = *known.entry(text).or_insert(node);
        if let Err(fault) = sysctl(text) {
            let lower = text.to_ascii_lowercase();
            let diagnostic = out.report(node, format!("invalid sysctl `{text}`: it {fault}"));
            if sysctl(&lower).is_ok() {
                diagnostic.fix(format!("Change to `{lower}`"), || {
                    write::replace(node, &New::text(lower))
                });
            }
            continue;
        }
        if first != node {
            out.report(node, format!("duplicate sysctl `{text}`"))
                .related(first, "the other setting")
                .suggest("Remove it", || write::remove(item));
        }
    }
}

fn name_of(item: Node<'_>) -> Option<Node<'_>> {
    item.resolved()?.field("name")
}
