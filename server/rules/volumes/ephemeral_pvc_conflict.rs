//! A volume uses the claim of an ephemeral volume of the same pod.
//!
//! An ephemeral volume gets a claim named `<pod>-<volume>`, which no other volume can use. Only Pods
//! are checked, since the names of pods made from templates are unknown.
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
//!     ephemeral:
//!       volumeClaimTemplate:
//!         spec:
//!           accessModes: [ReadWriteOnce]
//!           resources:
//!             requests:
//!               storage: 1Gi
//!   - name: other
//!     persistentVolumeClaim:
//!       claimName: web-data
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
//!   - name: other
//!     persistentVolumeClaim:
//!       claimName: web-files
//! ```

use std::collections::HashMap;

use crate::check::{Check, Checker, Rule};
use crate::pod::{Pod, Workload};

pub(crate) static RULE: Rule = Rule {
    code: "ephemeral-pvc-conflict",
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(name) = pod.manifest.name().filter(|_| pod.workload == Some(Workload::Pod)) else {
        return;
    };
    let ephemeral = pod.volumes.iter().rev().filter(|it| it.source == "ephemeral");
    let owners: HashMap<_, _> = ephemeral.map(|it| (it.name, it)).collect();
    for volume in pod.volumes.iter().filter(|it| it.source == "persistentVolumeClaim") {
        let claim = volume.node.field("persistentVolumeClaim");
        let Some(claim) = claim.and_then(|it| it.field("claimName")) else { continue };
        let made = claim.as_str().and_then(|it| it.strip_prefix(name)?.strip_prefix('-'));
        if let Some(owner) = made.filter(|it| !it.is_empty()).and_then(|it| owners.get(it)) {
            let place = owner.node.field("name").unwrap_or(owner.node);
            let message = format!("this claim belongs to the ephemeral volume `{}`", owner.name);
            out.report(claim, message).related(place, "the ephemeral volume");
        }
    }
}
