//! A pod can talk to the container runtime of its node.
//!
//! Through the socket of Docker, containerd, CRI-O or Podman it can start any container on the node,
//! with all rights, and so control the node. To build images, use a tool such as rootless BuildKit;
//! to inspect containers, use the API server.
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

use super::host_paths::host_paths;
use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::Pod;
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "docker-socket",
    severity: Severity::Warning,
    when: When::Profile(Profile::Hardened),
    linters: &[Linter::KubeLinter("docker-sock"), Linter::Checkov("CKV_K8S_27")],
    link: Some(pages::HOST_PATH),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const SOCKETS: [&str; 6] = [
    "cri-dockerd.sock",
    "containerd.sock",
    "crio.sock",
    "docker.sock",
    "dockershim.sock",
    "podman.sock",
];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    for host in host_paths(pod) {
        let name = host.path.rsplit('/').next().unwrap_or_default();
        if SOCKETS.contains(&name) {
            let message = format!("volume `{}` exposes `{name}` of the node", host.volume);
            out.report(host.node, message);
        }
    }
}
