//! A capability has an unknown name.
//!
//! The API server accepts any text. Container runtimes expect the names of Linux without `CAP_`, and
//! do not start a container with any other name. They accept lower case, but Pod Security does not:
//! `all` is not `ALL` for it.
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
//!     securityContext:
//!       capabilities:
//!         add: [CAP_NET_ADMIN]
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
//!     securityContext:
//!       capabilities:
//!         add: [NET_ADMIN]
//! ```
//!
//! ## Fix
//!
//! Changes to the most likely name.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::vocabulary::capability;
use crate::pod::Object;
use crate::schema::core::CAPABILITIES;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "unknown-capability",
    severity: Severity::Warning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[CAPABILITIES], check)],
    ..Rule::DEFAULT
};

fn check(capabilities: &Object<'_>, out: &mut Checker<'_>) {
    for list in ["add", "drop"] {
        let items = capabilities.items_of(list);
        for node in items.filter_map(Node::resolved) {
            let Some(text) = node.as_str() else { continue };
            let Err(fault) = capability(text) else { continue };
            let plain = text.trim().to_ascii_uppercase();
            let plain = plain.strip_prefix("CAP_").unwrap_or(&plain);
            // The API server checks this one, and so does another rule.
            if text == "CAP_SYS_ADMIN" && list == "add" {
                continue;
            }
            let diagnostic = match plain == text.to_ascii_uppercase() && capability(plain).is_ok() {
                true => {
                    let message = format!("`{text}` does not match `{plain}` for Pod Security");
                    out.report(node, message).severity(Severity::Hint)
                }
                false => out.report(node, format!("capability `{text}` {fault}")),
            };
            if capability(plain).is_ok() {
                diagnostic.fix(format!("Change to `{plain}`"), || {
                    write::replace(node, &New::text(plain))
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn capitals_alone_make_no_capability() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
spec:
  containers:
  - name: web
    securityContext:
      capabilities:
        add: [NET_RAW, CAP_NET_RAW, FLY, fly]
                       ^^^^^^^^^^^ capability `CAP_NET_RAW` has the prefix `CAP_`, which container runtimes add
                                    ^^^ capability `FLY` is not a capability of Linux
                                         ^^^ capability `fly` is not a capability of Linux
",
        );
    }
}
