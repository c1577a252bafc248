//! A volume is both mounted and used as a device, or a mount and a device have the same path.
//!
//! The `volumeMode` of a volume decides: `volumeMounts` is for file systems, `volumeDevices` for
//! block devices.
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
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!     volumeDevices:
//!     - name: data
//!       devicePath: /dev/xvda
//!   volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: db
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
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "mount-device-conflict",
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// A mount or a device: the nodes of its name and path.
#[derive(Clone, Copy)]
struct Use<'a> {
    name: Option<Node<'a>>,
    path: Option<Node<'a>>,
}

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    if container.node.field("volumeDevices").is_none() {
        return;
    }
    let mounts: Vec<_> = uses(container, "volumeMounts", "mountPath").collect();
    let devices: Vec<_> = uses(container, "volumeDevices", "devicePath").collect();
    for (these, others, other) in [(&mounts, &devices, "device"), (&devices, &mounts, "mount")] {
        for one in these {
            report(one.name, others.iter().find_map(|it| same(one.name, it.name)), other, out);
            report(one.path, last_of(others, one.path), other, out);
        }
    }
}

fn uses<'a>(
    container: &Container<'a>,
    list: &str,
    path: &'static str,
) -> impl Iterator<Item = Use<'a>> {
    let text =
        |node: Option<Node<'a>>| node.filter(|it| it.as_str().is_some_and(|t| !t.is_empty()));
    container
        .items(list)
        .map(move |it| Use { name: text(it.field("name")), path: text(it.field(path)) })
}

fn same<'a>(one: Option<Node<'_>>, other: Option<Node<'a>>) -> Option<Node<'a>> {
    other.filter(|other| one.is_some_and(|one| one.as_str() == other.as_str()))
}

/// The other use of a path. The server keeps only the last path of a volume that is used twice.
fn last_of<'a>(others: &[Use<'a>], path: Option<Node<'_>>) -> Option<Node<'a>> {
    others.iter().enumerate().find_map(|(index, it)| {
        let later = others.iter().skip(index + 1).any(|later| same(it.name, later.name).is_some());
        same(path, it.path).filter(|_| !later)
    })
}

fn report(node: Option<Node<'_>>, other: Option<Node<'_>>, kind: &str, out: &mut Checker<'_>) {
    let (Some(node), Some(other)) = (node, other) else { return };
    let text = node.as_str().unwrap_or_default();
    out.report(node, format!("`{text}` is already used as a {kind}"))
        .related(other, format!("the {kind}"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn names_and_paths_are_compared_with_their_like() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
spec:
  containers:
  - name: db
    volumeMounts:
    - name: data
      mountPath: /data
    - name: both
            ^^^^ `both` is already used as a device
      mountPath: /both
    volumeDevices:
    - name: disk
      devicePath: /disk
    - name: both
            ^^^^ `both` is already used as a mount
      devicePath: /raw
",
        );
    }
}
