//! An IPv6 address is written in an unusual way.
//!
//! It works, but a comparison of the text fails: `FE80::0001` is `fe80::1`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   dnsConfig:
//!     nameservers:
//!     - 2001:DB8::0001
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
//!     - 2001:db8::1
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes the address to its usual form.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::address::{canonical_ip, ip};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "ip-not-canonical",
    severity: Severity::Information,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if out.version < Version::new(33) {
        return;
    }
    let aliases = pod.spec.items_of("hostAliases");
    let aliases = aliases.filter_map(|alias| alias.resolved()?.field("ip"));
    let servers = pod.spec.field("dnsConfig").and_then(|config| config.field("nameservers"));
    let servers = servers.into_iter().flat_map(Node::items).filter_map(Node::resolved);
    for node in aliases.chain(servers) {
        let Some(text) = node.as_str().filter(|text| text.contains(':')) else { continue };
        let Some(usual) = canonical_ip(text).filter(|usual| ip(text).is_ok() && usual != text)
        else {
            continue;
        };
        out.report(node, format!("the address is not in its canonical form, `{usual}`"))
            .fix(format!("Change to `{usual}`"), || write::replace(node, &New::text(&*usual)));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn aliases_and_name_servers() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostAliases:
  - ip: 0:0::1
        ^^^^^^ the address is not in its canonical form, `::1`
  - ip: 10.0.0.1
  dnsConfig:
    nameservers:
    - 0:0::2
      ^^^^^^ the address is not in its canonical form, `::2`
"#,
        );
    }
}
