//! A pod or a container uses an AppArmor profile that is not allowed.
//!
//! Only the profile of the runtime and those on the node are allowed, as a field (from Kubernetes
//! 1.30 on) or as an annotation. `podSecurity: baseline` and `restricted` switch it on.
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
//!       appArmorProfile:
//!         type: Unconfined
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
//!       appArmorProfile:
//!         type: RuntimeDefault
//! ```
//!
//! ## Fix
//!
//! Changes it to the profile of the runtime.

use super::contexts::{PSS, context, holders, profile_type, title};
use crate::check::{Check, Checker, Fixes, Rule, When};
use crate::pod::Pod;
use crate::schema::{PodSecurity, Version};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "pss-app-armor",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    check_annotations(pod, out);
    if out.version < Version::new(30) {
        return;
    }
    for holder in holders(pod) {
        let profile = context(holder, "appArmorProfile").and_then(profile_type);
        let Some((node, ty)) = profile else { continue };
        if !matches!(ty, "RuntimeDefault" | "Localhost") {
            let diagnostic = out.report(
                node,
                format!(
                    "AppArmor profile `{ty}` of {} violates Pod Security `baseline`",
                    title(pod, holder)
                ),
            );
            if node.is_scalar() {
                diagnostic.suggest("Change to `RuntimeDefault`", || {
                    write::replace(node, &New::text("RuntimeDefault"))
                });
            }
        }
    }
}

fn check_annotations(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let annotations = pod.metadata().and_then(|metadata| metadata.field("annotations"));
    for entry in annotations.into_iter().flat_map(Node::fields) {
        if !entry.key.text().is_some_and(|key| key.starts_with(ANNOTATION)) {
            continue;
        }
        let Some(node) = entry.value.resolved() else { continue };
        let Some(text) = node.as_str() else { continue };
        if !matches!(text, "" | "runtime/default") && !text.starts_with("localhost/") {
            out.report(node, format!("AppArmor profile `{text}` violates Pod Security `baseline`"))
                .suggest("Change to `runtime/default`", || {
                    write::replace(node, &New::text("runtime/default"))
                });
        }
    }
}
