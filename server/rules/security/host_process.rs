//! A Windows pod mixes host process containers with others.
//!
//! Either all containers of a pod are host processes or none is, and a pod of host processes must
//! use the host network. The values of the pod and of its containers must agree.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   os:
//!     name: windows
//!   securityContext:
//!     windowsOptions:
//!       hostProcess: true
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
//!   os:
//!     name: windows
//!   hostNetwork: true
//!   securityContext:
//!     windowsOptions:
//!       hostProcess: true
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Sets `hostNetwork: true`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "host-process",
    fixes: Fixes::Suggested,
    link: Some(
        "[HostProcess pods](https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let of_pod = flag(pod.spec);
    // A value of a wrong type is another rule's, and could be either.
    let says = |it: &Container<'_>| match flag(it.node).or(of_pod) {
        Some(flag) => flag.as_bool(),
        None => Some(false),
    };
    for container in &pod.containers {
        let own = flag(container.node).filter(|it| it.as_bool().is_some());
        let Some(own) = own else { continue };
        let Some(outer) = of_pod.filter(|it| it.as_bool() != own.as_bool()) else { continue };
        let message =
            format!("`hostProcess` of {} differs from that of the pod", container.title());
        out.report(own, message).related(outer, "the value of the pod");
    }
    if !pod.containers.iter().any(|it| says(it) == Some(true)) {
        return;
    }
    if let Some(other) = pod.containers.iter().find(|it| says(it) == Some(false)) {
        let place = flag(other.node).or_else(|| other.name_node()).unwrap_or(other.node);
        let message =
            format!("`hostProcess` must be the same in all containers: {} differs", other.title());
        out.report_key(pod.spec, message).path(pod.spec.path()).related(place, "this container");
    }
    check_network(pod, out);
}

fn flag(holder: Node<'_>) -> Option<Node<'_>> {
    holder.field("securityContext")?.field("windowsOptions")?.field("hostProcess")
}

fn check_network(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let network = pod.spec.field("hostNetwork");
    if network.is_some_and(|network| network.as_bool() != Some(false)) {
        return;
    }
    let message = "`hostProcess: true` requires `hostNetwork: true`";
    let yes = New::scalar(true);
    match network {
        Some(node) => out
            .report(node, message)
            .suggest("Set `hostNetwork: true`", || write::replace(node, &yes)),
        None => {
            out.missing(pod.spec, "hostNetwork", message).suggest("Set `hostNetwork: true`", || {
                write::insert(pod.spec, "hostNetwork", &yes, Place::First)
            })
        }
    };
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn all_or_none() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
^^^^ `hostProcess` must be the same in all containers: container `b` differs
  hostNetwork: true
  securityContext:
    windowsOptions: {hostProcess: true}
  containers:
  - name: a
  - name: b
    securityContext:
      windowsOptions: {hostProcess: false}
                                    ^^^^^ `hostProcess` of container `b` differs from that of the pod
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
^^^^ `hostProcess` must be the same in all containers: container `b` differs
  hostNetwork: true
  containers:
  - name: a
    securityContext:
      windowsOptions: {hostProcess: true}
  - name: b
"#,
        );
    }
}
