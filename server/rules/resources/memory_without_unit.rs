//! Memory or storage without a unit is a number of bytes.
//!
//! `memory: 512` is 512 bytes, too little for any container to start. The rule reports amounts of
//! less than a mebibyte without a suffix, except zero.
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
//!     resources:
//!       limits:
//!         memory: 512
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
//!     resources:
//!       limits:
//!         memory: 512Mi
//! ```
//!
//! ## Fix
//!
//! Adds the most likely unit.

use super::lists::{amount_of, lists};
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::Object;
use crate::schema::core::{PERSISTENT_VOLUME_CLAIM_SPEC, POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "memory-without-unit",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    link: Some(
        "[Units of memory](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory)",
    ),
    since: "0.1.0",
    checks: &[
        Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check),
        Check::Object(&[PERSISTENT_VOLUME_CLAIM_SPEC], check_claim),
    ],
    ..Rule::DEFAULT
};

const MEBIBYTE: u32 = 1 << 20;

fn check(resources: &Object<'_>, out: &mut Checker<'_>) {
    for list in lists(resources, out.version) {
        for name in ["memory", "ephemeral-storage"] {
            if let Some(amount) = amount_of(Some(list), name) {
                check_amount(amount.value, name, out);
            }
        }
    }
}

fn check_claim(claim: &Object<'_>, out: &mut Checker<'_>) {
    let resources = claim.field("resources");
    for list in ["requests", "limits"] {
        let amount = resources.and_then(|it| it.field(list)?.field("storage"));
        if let Some(node) = amount {
            check_amount(node, "storage", out);
        }
    }
}

fn check_amount(node: Node<'_>, name: &str, out: &mut Checker<'_>) {
    let text = node.text().unwrap_or_default().trim();
    let bytes = text.parse::<u32>().unwrap_or_default();
    if bytes == 0 || bytes >= MEBIBYTE || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let meant = format!("{bytes}{}", if name == "storage" { "Gi" } else { "Mi" });
    let title = format!("Change to `{meant}`");
    out.report(node, format!("`{text}` means {bytes} bytes of {name}"))
        .suggest(title, || write::replace(node, &New::text(meant)));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn what_has_a_unit_or_is_much_is_fine() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: a
    resources:
      limits: {memory: 134217728, ephemeral-storage: '64'}
                                                     ^^^^ `64` means 64 bytes of ephemeral-storage
      requests: {memory: 0, cpu: 4}
  - name: b
    image: b
    resources: {limits: {memory: 100k}, requests: {memory: 1e3}}
",
        );
    }
}
