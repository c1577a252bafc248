//! Two devices of one container have the same volume or the same path.
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
//!     - name: log
//!       devicePath: /dev/xvda
//!   volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: data
//!   - name: log
//!     persistentVolumeClaim:
//!       claimName: log
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
//!     - name: log
//!       devicePath: /dev/xvdb
//!   volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: data
//!   - name: log
//!     persistentVolumeClaim:
//!       claimName: log
//! ```

use crate::check::duplicates;
use crate::check::{Check, Checker, Rule};
use crate::formats::paths::no_backstep;
use crate::pod::{Container, Pod};

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-device",
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    for field in ["name", "devicePath"] {
        let nodes = container.items("volumeDevices").filter_map(|device| device.field(field));
        let texts = nodes.filter_map(|node| Some((node.as_str()?, node)));
        // A path with `..` is refused itself, and not compared with others.
        let kept = texts.filter(|(text, _)| !text.is_empty() && no_backstep(text).is_ok());
        for (first, node) in duplicates(kept) {
            let value = node.as_str().unwrap_or_default();
            let title = container.title();
            out.report(node, format!("duplicate `{field}` `{value}` in {title}"))
                .related(first, "the first device");
        }
    }
}
