//! A pod can access a sensitive directory of its node.
//!
//! `/etc` contains the passwords of the node, `/var/lib/kubelet` the secrets of all pods on it, and
//! `/dev` and `/proc` show everything that happens there. Only complete directories are reported,
//! since a single file or directory in them may be harmless.
//!
//! The profile `hardened` switches it on.
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
//!     - name: host
//!       mountPath: /host
//!   volumes:
//!   - name: host
//!     hostPath:
//!       path: /etc
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
//!     - name: host
//!       mountPath: /host
//!   volumes:
//!   - name: host
//!     hostPath:
//!       path: /etc/localtime
//! ```

use super::host_paths::{HostPath, host_paths};
use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::Pod;
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "sensitive-host-path",
    severity: Severity::Warning,
    when: When::Profile(Profile::Hardened),
    linters: &[Linter::KubeLinter("sensitive-host-mounts")],
    link: Some(pages::HOST_PATH),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const DIRECTORIES: [&str; 22] = [
    "/",
    "/boot",
    "/dev",
    "/etc",
    "/etc/kubernetes",
    "/etc/kubernetes/pki",
    "/home",
    "/lib",
    "/lib64",
    "/proc",
    "/root",
    "/run",
    "/sys",
    "/usr",
    "/var",
    "/var/lib",
    "/var/lib/containerd",
    "/var/lib/docker",
    "/var/lib/etcd",
    "/var/lib/kubelet",
    "/var/lib/kubelet/pods",
    "/var/run",
];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for host in host_paths(pod) {
        if DIRECTORIES.contains(&host.path) {
            let HostPath { volume, path, .. } = host;
            let message = format!("volume `{volume}` exposes `{path}` of the node");
            out.report(host.node, message);
        }
    }
}
