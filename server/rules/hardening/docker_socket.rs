//! A pod can talk to the container runtime of its node.
//!
//! Through the socket of Docker, containerd, CRI-O or Podman it can start any container on the node,
//! with all rights, and so is the master of it. What builds images has better means, such as
//! BuildKit without root; what looks at containers can ask the API server.
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
//!       path: /var/run/docker.sock
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
//!       path: /var/log/web
//! ```
//!
//! [hostPath](https://kubernetes.io/docs/concepts/storage/volumes/#hostpath)

use super::host_paths::host_paths;
use crate::pod::Pod;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "docker-socket",
    severity: Severity::Warning,
    on: false,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
};

pub(crate) const PROFILE: Profile = Profile::Hardened;

const SOCKETS: [&str; 6] = [
    "cri-dockerd.sock",
    "containerd.sock",
    "crio.sock",
    "docker.sock",
    "dockershim.sock",
    "podman.sock",
];

fn check(pod: &Pod<'_>, out: &mut Findings<'_>) {
    for host in host_paths(pod) {
        let name = host.path.rsplit('/').next().unwrap_or_default();
        if SOCKETS.contains(&name) {
            let message = format!("volume `{}` exposes `{name}` of the node", host.volume);
            out.report(host.node, message);
        }
    }
}
