//! No container mounts the claims of a StatefulSet.
//!
//! Each pod still gets its own volume, which costs money and is never used.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: web
//! spec:
//!   volumeClaimTemplates:
//!   - metadata:
//!       name: data
//!     spec:
//!       accessModes: [ReadWriteOnce]
//!       resources:
//!         requests:
//!           storage: 1Gi
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: web
//! spec:
//!   volumeClaimTemplates:
//!   - metadata:
//!       name: data
//!     spec:
//!       accessModes: [ReadWriteOnce]
//!       resources:
//!         requests:
//!           storage: 1Gi
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         volumeMounts:
//!         - name: data
//!           mountPath: /data
//! ```

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::Pod;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "unused-claim-template",
    severity: Severity::Warning,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for volume in pod.volumes.iter().filter(|it| it.is_claim_template && !it.name.is_empty()) {
        let lists = ["volumeMounts", "volumeDevices"];
        let mut uses = pod
            .containers
            .iter()
            .flat_map(|container| lists.into_iter().flat_map(move |list| container.items(list)));
        let name =
            |mount: Node<'_>| mount.field("name").and_then(Node::as_str) == Some(volume.name);
        if pod.containers.is_empty() || uses.any(name) {
            continue;
        }
        if let Some(node) = volume.node.field("metadata").and_then(|it| it.field("name")) {
            out.report_absence(node, format!("unused claim template `{}`", volume.name))
                .missing_in(pod.template);
        }
    }
}
