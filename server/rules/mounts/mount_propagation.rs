//! A mount propagates to the host, and its container is not privileged.
//!
//! With `Bidirectional` a container could change the mounts of the whole node, so the API server
//! requires `privileged: true`. Other containers can only receive mounts of the host.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: csi
//! spec:
//!   containers:
//!   - name: csi
//!     image: example.com/csi:1.0
//!     volumeMounts:
//!     - name: pods
//!       mountPath: /var/lib/kubelet/pods
//!       mountPropagation: Bidirectional
//!   volumes:
//!   - name: pods
//!     hostPath:
//!       path: /var/lib/kubelet/pods
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: csi
//! spec:
//!   containers:
//!   - name: csi
//!     image: example.com/csi:1.0
//!     securityContext:
//!       privileged: true
//!     volumeMounts:
//!     - name: pods
//!       mountPath: /var/lib/kubelet/pods
//!       mountPropagation: Bidirectional
//!   volumes:
//!   - name: pods
//!     hostPath:
//!       path: /var/lib/kubelet/pods
//! ```
//!
//! ## Fix
//!
//! Changes to `HostToContainer`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod};
use crate::syntax::Node;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "mount-propagation",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    let context = container.node.field("securityContext");
    let privileged = context.and_then(|it| it.field("privileged")).and_then(Node::as_bool);
    if privileged == Some(true) {
        return;
    }
    for mount in container.items("volumeMounts") {
        let Some(mode) = mount.field("mountPropagation") else { continue };
        if mode.as_str() == Some("Bidirectional") {
            let title = container.title();
            let message = format!("`Bidirectional` requires `privileged: true` in {title}");
            let diagnostic = match privileged {
                Some(_) => out.report(mode, message),
                None => out.report_absence(mode, message).missing_in(container.node),
            };
            diagnostic.suggest("Change to `HostToContainer`", || {
                [Edit::replace(mode.content_span(), "HostToContainer")]
            });
        }
    }
}
