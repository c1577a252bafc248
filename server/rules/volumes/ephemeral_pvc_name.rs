//! The claim of an ephemeral volume would get a name that is too long.
//!
//! The claim is named `<pod>-<volume>`, and names have at most 253 bytes. Only Pods are checked,
//! since the names of pods made from templates are unknown.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     ephemeral:
//!       volumeClaimTemplate:
//!         spec:
//!           accessModes: [ReadWriteOnce]
//!           resources:
//!             requests:
//!               storage: 1Gi
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
//!     ephemeral:
//!       volumeClaimTemplate:
//!         spec:
//!           accessModes: [ReadWriteOnce]
//!           resources:
//!             requests:
//!               storage: 1Gi
//! ```

use crate::check::{Check, Checker, Rule};
use crate::formats::names::subdomain;
use crate::pod::{Pod, Workload};

pub(crate) static RULE: Rule = Rule {
    code: "ephemeral-pvc-name",
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

const LONGEST: usize = 253;

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(name) = pod.manifest.name().filter(|_| pod.workload == Some(Workload::Pod)) else {
        return;
    };
    for volume in pod.volumes.iter().filter(|it| it.source == "ephemeral") {
        let length = name.len() + 1 + volume.name.len();
        if length <= LONGEST || subdomain(name).is_err() {
            continue;
        }
        if let Some(node) = volume.node.field("name") {
            let message = format!(
                "the name of the claim made for this volume has {length} bytes: expected at most {LONGEST}"
            );
            out.report(node, message);
        }
    }
}
