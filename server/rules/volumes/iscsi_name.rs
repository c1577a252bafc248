//! The name of an iSCSI target or initiator has an invalid format.
//!
//! The format is `iqn.<year>-<month>.<domain>:<name>`, or `eui.` and 16, or `naa.` and 32 letters or
//! digits. With a name for the initiator, the name of the volume and the portal together have at
//! most 63 bytes.
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
//!     iscsi:
//!       targetPortal: 10.0.0.1:3260
//!       iqn: storage.disk1
//!       lun: 0
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
//!     iscsi:
//!       targetPortal: 10.0.0.1:3260
//!       iqn: iqn.2001-04.com.example:storage.disk1
//!       lun: 0
//! ```

use crate::check::{Check, Checker, Rule};
use crate::formats::vocabulary::iscsi;
use crate::pod::Object;
use crate::schema::core::ISCSI_VOLUME_SOURCE;

pub(crate) static RULE: Rule = Rule {
    code: "iscsi-name",
    since: "0.1.0",
    checks: &[Check::Object(&[ISCSI_VOLUME_SOURCE], check)],
    ..Rule::DEFAULT
};

/// The most bytes of `<volume>:<portal>`, which becomes the name of an interface.
const LONGEST: usize = 64;

fn check(source: &Object<'_>, out: &mut Checker<'_>) {
    for field in ["iqn", "initiatorName"] {
        let Some(node) = source.field(field) else { continue };
        let Some(name) = node.as_str().filter(|name| !name.is_empty() || field != "iqn") else {
            continue;
        };
        if let Err(fault) = iscsi(name) {
            out.report(node, format!("invalid iSCSI name `{name}`: it {fault}"));
        }
    }
    let Some(volume) = source.parent.filter(|_| source.field("initiatorName").is_some()) else {
        return;
    };
    let length = volume.text("name").len() + 1 + source.text("targetPortal").len();
    if let Some(name) = volume.field("name").filter(|_| length > LONGEST) {
        let message = format!(
            "the volume name and its portal have {length} bytes together: expected at most {LONGEST}"
        );
        out.report(name, message);
    }
}
