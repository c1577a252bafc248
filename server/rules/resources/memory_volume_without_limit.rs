//! A volume in memory may grow until the container is out of memory.
//!
//! Files in an `emptyDir` with `medium: Memory` count as memory of the containers that wrote them,
//! and without `sizeLimit` they may take all memory of the pod or the node. With a limit, writing
//! fails instead.
//!
//! The profile `resources` switches it on.
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
//!     volumeMounts:
//!     - name: cache
//!       mountPath: /cache
//!   volumes:
//!   - name: cache
//!     emptyDir:
//!       medium: Memory
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
//!     volumeMounts:
//!     - name: cache
//!       mountPath: /cache
//!   volumes:
//!   - name: cache
//!     emptyDir:
//!       medium: Memory
//!       sizeLimit: 64Mi
//! ```

use crate::check::{Check, Checker, Rule, Severity, When};
use crate::pod::Pod;
use crate::schema::Profile;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "memory-volume-without-limit",
    severity: Severity::Information,
    when: When::Profile(Profile::Resources),
    link: Some("[emptyDir](https://kubernetes.io/docs/concepts/storage/volumes/#emptydir)"),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for volume in &pod.volumes {
        let Some(empty) = volume.node.field("emptyDir").filter(|it| it.is_map()) else { continue };
        let medium = empty.field("medium").and_then(Node::as_str);
        if medium == Some("Memory") && empty.field("sizeLimit").is_none() {
            let message =
                format!("volume `{}` with `medium: Memory` has no `sizeLimit`", volume.name);
            out.missing(empty, "sizeLimit", message);
        }
    }
}
