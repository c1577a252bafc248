//! A pod or a container chooses its SELinux user, role or a type that is not for containers.
//!
//! The label decides what the processes may do on the node. `podSecurity: baseline` and `restricted`
//! switch it on.
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
//!       seLinuxOptions:
//!         type: spc_t
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
//!       seLinuxOptions:
//!         type: container_t
//!         level: s0:c123,c456
//! ```

use super::contexts::{PSS, context, holders, title};
use crate::check::{Check, Checker, Rule, When};
use crate::pod::Pod;
use crate::schema::{PodSecurity, Version};

pub(crate) static RULE: Rule = Rule {
    code: "pss-selinux",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let version = out.version;
    for holder in holders(pod) {
        let Some(options) = context(holder, "seLinuxOptions") else { continue };
        for field in ["type", "user", "role"] {
            let Some(node) = options.field(field) else { continue };
            let Some(text) = node.as_str().filter(|text| !text.is_empty()) else { continue };
            if field != "type" || !is_for_containers(text, version) {
                let whose = title(pod, holder);
                let message =
                    format!("SELinux {field} `{text}` of {whose} violates Pod Security `baseline`");
                out.report(node, message);
            }
        }
    }
}

fn is_for_containers(ty: &str, version: Version) -> bool {
    match ty {
        "container_t" | "container_init_t" | "container_kvm_t" => true,
        "container_engine_t" => version >= Version::new(31),
        _ => false,
    }
}
