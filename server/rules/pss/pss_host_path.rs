//! A volume is a directory of the host.
//!
//! Files that a pod writes there outlive it, and files that it reads there belong to others. Under
//! `restricted` the rule `pss-volume-types` replaces it. `podSecurity: baseline` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   volumes:
//!   - name: data
//!     hostPath:
//!       path: /data
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
//!   volumes:
//!   - name: data
//!     emptyDir: {}
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use super::contexts::PSS;
use crate::check::{Check, Checker, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::PodSecurity;

pub(crate) static RULE: Rule = Rule {
    code: "pss-host-path",
    when: When::PodSecurity(&[PodSecurity::Baseline]),
    linters: &[Linter::Polaris("hostPathSet")],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for volume in pod.volumes.iter().filter(|volume| !volume.is_claim_template) {
        if let Some(node) = volume.node.field("hostPath").filter(|node| node.is_map()) {
            let message =
                format!("`hostPath` volume `{}` violates Pod Security `baseline`", volume.name);
            out.report_key(node, message);
        }
    }
}
