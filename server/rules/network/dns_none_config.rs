//! `dnsPolicy: None` without name servers.
//!
//! With this policy the pod gets no name servers from the cluster, so it requires a `dnsConfig` with
//! at least one item in `nameservers`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   dnsPolicy: None
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
//!   dnsPolicy: None
//!   dnsConfig:
//!     nameservers:
//!     - 10.0.0.10
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Adds a `dnsConfig` or its `nameservers`, with the address `10.96.0.10`. It is a suggestion: this is the
//! usual address of the cluster's DNS, but your cluster may have another one.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "dns-none-config",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.spec.field("dnsPolicy").and_then(Node::as_str) != Some("None") {
        return;
    }
    let servers = || New::Seq(vec![New::text("10.96.0.10")]);
    let Some(config) = pod.spec.field("dnsConfig") else {
        let message = "`dnsPolicy: None` requires `dnsConfig`";
        let diagnostic = out.unset(pod.spec, "dnsConfig", message);
        diagnostic.suggest("Add a `dnsConfig`", || {
            let new = New::map([("nameservers", servers())]);
            write::put(pod.spec, "dnsConfig", &new, Place::After("dnsPolicy"))
        });
        return;
    };
    let none = |list: Node<'_>| list.is_seq() && list.items().next().is_none();
    if config.is_map() && config.field("nameservers").is_none_or(none) {
        let message = "`dnsPolicy: None` requires at least one item in `nameservers`";
        let diagnostic = out.unset(config, "nameservers", message);
        diagnostic.suggest("Add `nameservers`", || {
            write::put(config, "nameservers", &servers(), Place::First)
        });
    }
}
