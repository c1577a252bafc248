//! An invalid search domain.
//!
//! A search domain is a DNS name in lower case, since Kubernetes 1.33 also with underscores, or a
//! single dot.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   dnsConfig:
//!     searches:
//!     - Shop.example.com
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
//!     searches:
//!     - shop.example.com
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes it to the most likely domain.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names::{subdomain, subdomain_underscore};
use crate::formats::suggest::{Format, suggest};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::POD_DNS_CONFIG;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "dns-search-format",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[POD_DNS_CONFIG], check)],
    ..Rule::DEFAULT
};

fn check(config: &Object<'_>, out: &mut Checker<'_>) {
    let relaxed = out.version >= Version::new(33);
    let searches = config.items_of("searches");
    for node in searches.filter_map(Node::resolved) {
        let Some(text) = node.as_str() else { continue };
        let verdict = match relaxed {
            true => subdomain_underscore(text),
            false => subdomain(text.strip_suffix('.').unwrap_or(text)),
        };
        let Err(fault) = verdict else { continue };
        let name = if text.is_empty() { String::new() } else { format!(" `{text}`") };
        let diagnostic = out.report(node, format!("invalid search domain{name}: it {fault}"));
        if let Some(made) = suggest(text, Format::Subdomain) {
            diagnostic
                .suggest(format!("Change to `{made}`"), || write::replace(node, &New::text(made)));
        }
    }
}
