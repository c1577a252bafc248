//! A pod adds names to its hosts file.
//!
//! `hostAliases` overrides DNS for this pod only, and does not follow a change of the address. A
//! Service does the same for all pods, and follows such changes.
//!
//! The profile `strict` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostAliases:
//!   - ip: 192.0.2.10
//!     hostnames:
//!     - db.example.com
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
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule, Severity, When};
use crate::pod::Pod;
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "host-aliases",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    link: Some(
        "[Host aliases](https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(aliases) = pod.spec.field("hostAliases") else { return };
    if aliases.items().next().is_some() {
        out.report_key(aliases, "`hostAliases` sets host names outside of DNS");
    }
}
