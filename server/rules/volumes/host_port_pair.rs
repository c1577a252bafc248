//! A registry of a Quobyte volume is not `host:port`.
//!
//! Several are separated by commas. Quobyte volumes do not work since Kubernetes 1.25.
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     quobyte:
//!       registry: registry.example.com
//!       volume: web
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     quobyte:
//!       registry: registry.example.com:7861
//!       volume: web
//! ```

use crate::check::{Check, Checker, Rule};
use crate::formats::address::host_port;
use crate::pod::Object;
use crate::schema::core::QUOBYTE_VOLUME_SOURCE;

pub(crate) static RULE: Rule = Rule {
    code: "host-port-pair",
    since: "0.1.0",
    checks: &[Check::Object(&[QUOBYTE_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = source.field("registry") else { return };
    let Some(list) = node.as_str().filter(|list| !list.is_empty()) else { return };
    // The server does not check the registry if the tenant is too long.
    if source.text("tenant").len() > 64 {
        return;
    }
    let wrong = list.split(',').find_map(|pair| Some((pair, host_port(pair).err()?)));
    if let Some((pair, fault)) = wrong {
        out.report(node, format!("invalid registry `{pair}`: it {fault}"));
    }
}
