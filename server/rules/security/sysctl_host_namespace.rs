//! A pod that uses a namespace of the node sets a sysctl of that namespace.
//!
//! The sysctl would change the node: network sysctls with `hostNetwork: true`, those of
//! inter-process communication with `hostIPC: true`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostNetwork: true
//!   securityContext:
//!     sysctls:
//!     - name: net.core.somaxconn
//!       value: "1024"
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
//!     sysctls:
//!     - name: net.core.somaxconn
//!       value: "1024"
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule};
use crate::formats::vocabulary::{dotted_sysctl, sysctl};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "sysctl-host-namespace",
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const IPC: [&str; 10] = [
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
    "kernel.shm",
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.msg",
];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let (network, ipc) = (pod.flag("hostNetwork"), pod.flag("hostIPC"));
    if !network && !ipc || out.version < Version::new(29) {
        return;
    }
    let settings = pod.spec.field("securityContext").and_then(|it| it.field("sysctls"));
    let settings = settings.into_iter().flat_map(Node::items).filter_map(Node::resolved);
    for node in settings.filter_map(|it| it.field("name")) {
        let Some(text) = node.as_str().filter(|text| sysctl(text).is_ok()) else { continue };
        let name = dotted_sysctl(text);
        let of_ipc = name.starts_with("fs.mqueue.") || IPC.contains(&&*name);
        let field = match (network && name.starts_with("net."), ipc && of_ipc) {
            (true, _) => "hostNetwork",
            (_, true) => "hostIPC",
            _ => continue,
        };
        let message = format!("sysctl `{text}` cannot be combined with `{field}: true`");
        let diagnostic = out.report(node, message);
        if let Some(flag) = pod.spec.field(field) {
            diagnostic.related(flag, format!("`{field}`"));
        }
    }
}
