//! A pod or container is in the root group.
//!
//! Files of group 0 are often accessible to the group. Images that run as any user, as on OpenShift,
//! need this group.
//!
//! The profile `strict` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     fsGroup: 0
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
//!   securityContext:
//!     fsGroup: 10001
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::Pod;
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "root-group",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::KubeLinter("run-as-non-root")],
    link: Some(pages::SECURITY_CONTEXTS),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for holder in std::iter::once(pod.spec).chain(pod.containers.iter().map(|it| it.node)) {
        let Some(context) = holder.field("securityContext") else { continue };
        let single = ["runAsGroup", "fsGroup"].into_iter().filter_map(|it| context.field(it));
        let several = context.items_of("supplementalGroups");
        for node in single.chain(several).filter(|it| it.as_int() == Some(0)) {
            out.report(node, "group 0 is the group of root");
        }
    }
}
