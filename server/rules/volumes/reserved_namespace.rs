//! An option of a FlexVolume has a name that belongs to Kubernetes.
//!
//! The kubelet passes options of its own under `kubernetes.io` and `k8s.io`.
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
//!     flexVolume:
//!       driver: example.com/disk
//!       options:
//!         kubernetes.io/size: 1Gi
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
//!     flexVolume:
//!       driver: example.com/disk
//!       options:
//!         example.com/size: 1Gi
//! ```

use crate::check::{Check, Checker, Rule};
use crate::pod::Object;
use crate::schema::core::FLEX_VOLUME_SOURCE;

pub(crate) static RULE: Rule = Rule {
    code: "reserved-namespace",
    since: "0.1.0",
    checks: &[Check::Object(&[FLEX_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    for entry in source.field("options").into_iter().flat_map(|options| options.fields()) {
        let key = entry.key.text().unwrap_or_default();
        let domain = key.split('/').next().unwrap_or_default().to_ascii_lowercase();
        let domain = ["kubernetes.io", "k8s.io"].into_iter().find(|it| is_below(&domain, it));
        if let Some(owner) = domain {
            out.report(entry.key, format!("`{key}` is in the reserved namespace `{owner}`"));
        }
    }
}

/// Whether a domain is `owner` or one of its subdomains.
fn is_below(domain: &str, owner: &str) -> bool {
    let before = domain.strip_suffix(owner);
    before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
}
