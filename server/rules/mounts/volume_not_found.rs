//! A container uses a volume that the pod does not have.
//!
//! The names must match exactly, and a StatefulSet's claim templates count as volumes. Nothing is
//! reported while a volume of the pod has no name, since it may be that one.
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
//!     - name: confg
//!       mountPath: /etc/web
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
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
//!     - name: config
//!       mountPath: /etc/web
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
//! ```
//!
//! ## Fix
//!
//! Changes the name to the nearest volume, or adds a volume of that name.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names::label;
use crate::pod::{Container, Pod};
use crate::schema::Version;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::{Edit, Span, nearest};

pub(crate) static RULE: Rule = Rule {
    code: "volume-not-found",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// The types of volumes that a fix adds, with the field for the name of their content.
const FOR_MOUNTS: &[(&str, Option<&str>)] = &[
    ("emptyDir", None),
    ("configMap", Some("name")),
    ("secret", Some("secretName")),
    ("persistentVolumeClaim", Some("claimName")),
];
const FOR_DEVICES: &[(&str, Option<&str>)] = &[("persistentVolumeClaim", Some("claimName"))];
const FOR_FILES: &[(&str, Option<&str>)] = &[("emptyDir", None)];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if !is_clear(pod) {
        return;
    }
    for mount in container.items("volumeMounts") {
        check_name(mount.field("name"), FOR_MOUNTS, pod, out);
    }
    for device in container.items("volumeDevices") {
        check_name(device.field("name"), FOR_DEVICES, pod, out);
    }
    if out.version >= Version::new(35) {
        for variable in container.items("env") {
            let source = variable.field("valueFrom").and_then(|it| it.field("fileKeyRef"));
            check_name(source.and_then(|it| it.field("volumeName")), FOR_FILES, pod, out);
        }
    }
}

/// Whether all volumes of the pod have names that can be read.
fn is_clear(pod: &Pod<'_>) -> bool {
    let is_list = pod.spec.field("volumes").is_none_or(Node::is_seq);
    is_list && pod.volumes.iter().all(|volume| !volume.name.is_empty())
}

fn check_name(
    node: Option<Node<'_>>,
    sources: &'static [(&str, Option<&str>)],
    pod: &Pod<'_>,
    out: &mut Checker<'_>,
) {
    let Some(node) = node else { return };
    let Some(name) = node.as_str().filter(|name| !name.is_empty()) else { return };
    if pod.volume(name).is_some() {
        return;
    }
    if !out.knows_absence(node) {
        return;
    }
    let message = format!("cannot find volume `{name}` in this pod");
    let mut diagnostic = match has_stray_volume(pod) {
        true => out.report(node, message),
        false => out.report_absence(node, message).missing_within(place(pod)),
    };
    let known = pod.volumes.iter().map(|volume| volume.name);
    if let Some(meant) = nearest(name, known) {
        diagnostic = diagnostic
            .fix(format!("Change to `{meant}`"), || [crate::syntax::write::word(node, meant)]);
    }
    let offered = if label(name).is_ok() { sources } else { &[] };
    for (source, field) in offered {
        diagnostic = diagnostic
            .suggest(format!("Add {} volume `{name}`", with_article(source)), || {
                add(pod, name, source, *field)
            });
    }
}

/// The number of mounts that are compared with the volumes.
const MOST_MOUNTS: usize = 64;

/// Whether no container mounts one of the volumes: then a name is wrong, and no volume is missing. A volume
/// whose name is the start of a mount's name may be unfinished.
fn has_stray_volume(pod: &Pod<'_>) -> bool {
    let mounts = pod.containers.iter().flat_map(|container| {
        container.items("volumeMounts").chain(container.items("volumeDevices"))
    });
    let names = mounts.filter_map(|mount| mount.field("name")?.as_str());
    let names: Vec<_> = names.take(MOST_MOUNTS).collect();
    let is_stray = |name: &str| !names.iter().any(|it| it.starts_with(name));
    names.len() < MOST_MOUNTS
        && pod.volumes.iter().take(MOST_MOUNTS).any(|volume| is_stray(volume.name))
}

/// Where a missing volume may be written: in the list of volumes or behind it, where a StatefulSet has its
/// claim templates.
fn place(pod: &Pod<'_>) -> Span {
    let all = pod.manifest.root.field("spec").unwrap_or(pod.spec).span();
    let list = pod.spec.field("volumes").filter(|list| list.is_seq());
    Span::new(list.map_or(all.start, |list| list.span().start), all.end)
}

fn with_article(source: &str) -> String {
    let article = if source.starts_with('e') { "an" } else { "a" };
    format!("{article} `{source}`")
}

fn add(pod: &Pod<'_>, name: &str, source: &str, field: Option<&str>) -> Option<Edit> {
    let content = match field {
        Some(field) => New::map([(field, New::text(name))]),
        None => New::Map(Vec::new()),
    };
    let volume = New::map([("name", New::text(name)), (source, content)]);
    write::add(pod.spec, "volumes", &volume, Place::Last)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn a_device_is_a_claim() {
        let pod = |volumes| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - name: a\n    \
                 image: b:1\n    volumeDevices:\n    - {{name: disk, devicePath: /dev/disk}}\n{volumes}"
            )
        };
        let claim =
            "  volumes:\n  - name: disk\n    persistentVolumeClaim:\n      claimName: disk\n";
        check_fix(&RULE, &pod(""), &pod(claim));
    }

    #[test]
    fn knows_claim_templates_and_files() {
        check_rule(
            &RULE,
            "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template:
    spec:
      initContainers:
      - name: init
        image: busybox
        volumeDevices:
        - name: raw
                ^^^ cannot find volume `raw` in this pod
          devicePath: /dev/x
      containers:
      - name: db
        image: postgres:17
        volumeMounts:
        - {name: data, mountPath: /data}
        - {name: logs, mountPath: /logs}
                 ^^^^ cannot find volume `logs` in this pod
        - {name: '', mountPath: /logs}
        - {name: ${VOLUME}, mountPath: /logs}
        env:
        - name: A
          valueFrom:
            fileKeyRef: {volumeName: files, path: a, key: A}
                                     ^^^^^ cannot find volume `files` in this pod
  volumeClaimTemplates:
  - metadata: {name: data}
",
        );
    }

    #[test]
    fn waits_for_names() {
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
    - {name: logs, mountPath: /logs}
  volumes:
  - emptyDir: {}
",
        );
    }

    #[test]
    fn adds_volumes() {
        check_fix(
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
    - name: logs
      mountPath: /logs
",
            "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: nginx:1.27
    volumeMounts:
    - name: logs
      mountPath: /logs
  volumes:
  - name: logs
    emptyDir: {}
",
        );
    }
}
