//! A volume is used as a raw device, but volumes of its type cannot be one.
//!
//! Only claims can be block devices: `persistentVolumeClaim` and `ephemeral`. The `volumeMode` of
//! the claim is not checked.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: db
//! spec:
//!   containers:
//!   - name: db
//!     image: postgres:17
//!     volumeDevices:
//!     - name: data
//!       devicePath: /dev/xvda
//!   volumes:
//!   - name: data
//!     emptyDir: {}
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: db
//! spec:
//!   containers:
//!   - name: db
//!     image: postgres:17
//!     volumeDevices:
//!     - name: data
//!       devicePath: /dev/xvda
//!   volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: db
//! ```

use crate::check::{Check, Checker, Rule};
use crate::pod::{Container, Pod};

pub(crate) static RULE: Rule = Rule {
    code: "device-volume-type",
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    for device in container.items("volumeDevices") {
        let Some(node) = device.field("name") else { continue };
        let Some(name) = node.as_str().filter(|name| !name.is_empty()) else { continue };
        let Some(volume) = pod.volume(name) else { continue };
        if !matches!(volume.source, "persistentVolumeClaim" | "ephemeral") {
            let source = volume.source;
            out.report(
                node,
                format!("volume `{name}` cannot be used as a device: its type is `{source}`"),
            )
            .related(volume.node, "the volume");
        }
    }
}
