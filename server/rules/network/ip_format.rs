//! An invalid IP address.
//!
//! Host aliases and name servers must be addresses, not names. Since Kubernetes 1.36 addresses with
//! leading zeros, which some programs read as octal, are refused too, and so are IPv4 addresses
//! written as IPv6.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   dnsConfig:
//!     nameservers:
//!     - 10.96.0.010
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
//!   dnsConfig:
//!     nameservers:
//!     - 10.96.0.10
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes the address to its usual form.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::address::{canonical_ip, ip, loose_ip};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::{HOST_ALIAS, POD_DNS_CONFIG};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "ip-format",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[HOST_ALIAS, POD_DNS_CONFIG], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    if object.ty == POD_DNS_CONFIG {
        let servers = object.items_of("nameservers");
        servers.filter_map(Node::resolved).for_each(|node| check_address(node, out));
        return;
    }
    match object.field("ip") {
        Some(node) => check_address(node, out),
        None => {
            out.missing(object.node, "ip", "missing field `ip` in the host alias");
        }
    }
}

fn check_address(node: Node<'_>, out: &mut Checker<'_>) {
    let Some(text) = node.as_str() else { return };
    let Err(fault) = ip(text) else { return };
    let severity = match loose_ip(text).is_ok() {
        false => Severity::Error,
        true if out.version >= Version::new(36) => Severity::Error,
        true if out.version >= Version::new(33) => Severity::Warning,
        true => return,
    };
    let name = if text.is_empty() { String::new() } else { format!(" `{text}`") };
    let diagnostic =
        out.report(node, format!("invalid address{name}: it {fault}")).severity(severity);
    if let Some(better) = canonical_ip(text) {
        diagnostic
            .suggest(format!("Change to `{better}`"), || write::replace(node, &New::text(better)));
    }
}
