//! A recursively read-only mount is not read-only itself, or has mount propagation.
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
//!       recursiveReadOnly: Enabled
//!   volumes:
//!   - name: host
//!     hostPath:
//!       path: /mnt
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
//!       readOnly: true
//!       recursiveReadOnly: Enabled
//!   volumes:
//!   - name: host
//!     hostPath:
//!       path: /mnt
//! ```
//!
//! ## Fix
//!
//! Adds `readOnly: true`, or removes `mountPropagation`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::VOLUME_MOUNT;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

const FIELD: &str = "recursiveReadOnly";

pub(crate) static RULE: Rule = Rule {
    code: "recursive-read-only",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[VOLUME_MOUNT], check)],
    ..Rule::DEFAULT
};

fn check(mount: &Object<'_>, out: &mut Checker<'_>) {
    let Some(mode) = mount.field(FIELD) else { return };
    if !matches!(mode.as_str(), Some("Enabled" | "IfPossible"))
        || mount.is_dropped(FIELD, out.version)
    {
        return;
    }
    let read_only = mount.field("readOnly");
    if read_only.is_none_or(|it| it.as_bool() == Some(false)) {
        out.report(mode, format!("`{FIELD}` requires `readOnly: true`"))
            .suggest("Add `readOnly: true`", || make_read_only(mount));
    }
    let Some(propagation) = mount.field("mountPropagation") else { return };
    if propagation.as_str().is_some_and(|it| it != "None") {
        out.report(mode, format!("`{FIELD}` cannot be combined with `mountPropagation`"))
            .related(propagation, "the propagation")
            .suggest("Remove `mountPropagation`", || write::remove(propagation));
    }
}

fn make_read_only(mount: &Object<'_>) -> Option<Edit> {
    let value = New::scalar(true);
    write::put(mount.node, "readOnly", &value, Place::Before(FIELD))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn does_not_propagate() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: nginx:1.27
    volumeMounts:
    - name: host
      mountPath: /host
      readOnly: true
      recursiveReadOnly: IfPossible
                         ^^^^^^^^^^ `recursiveReadOnly` cannot be combined with `mountPropagation`
      mountPropagation: HostToContainer
    - name: other
      mountPath: /other
      readOnly: false
      recursiveReadOnly: Disabled
      mountPropagation: HostToContainer
",
        );
    }
}
