//! A container can write to its root file system.
//!
//! An attacker can put programs there. With `readOnlyRootFilesystem: true` only volumes can be
//! written to, so what the app writes, such as `/tmp`, needs an `emptyDir`. Pods for Windows do not
//! support it.
//!
//! The profile `hardened` switches it on.
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
//!     securityContext:
//!       readOnlyRootFilesystem: true
//! ```
//!
//! ## Fix
//!
//! Makes the root file system read-only, optionally with a volume at `/tmp`. Other directories that
//! the app writes to must be added as volumes.

use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "read-only-root-filesystem",
    severity: Severity::Information,
    when: When::Profile(Profile::Hardened),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeLinter("no-read-only-root-fs"),
        Linter::KubeScore("container-security-context"),
        Linter::KubeScore("container-security-context-readonlyrootfilesystem"),
        Linter::Polaris("notReadOnlyRootFilesystem"),
        Linter::Checkov("CKV_K8S_22"),
    ],
    link: Some(pages::SECURITY_CONTEXTS),
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

const VOLUME: &str = "tmp";
const TMP: &str = "/tmp";

const PATH: [&str; 2] = ["securityContext", "readOnlyRootFilesystem"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role == Role::Ephemeral || pod.is_windows() {
        return;
    }
    let node = container.node;
    let message = format!("{} has a writable root file system", container.title());
    let said = node.field(PATH[0]).and_then(|it| it.field(PATH[1]));
    let diagnostic = match said {
        Some(said) if said.as_bool() == Some(false) => out.report(said, message),
        Some(_) => return,
        None => out.missing(node, &PATH.join("."), message),
    };
    diagnostic
        .suggest("Set `readOnlyRootFilesystem: true`", || {
            write::set(node, &PATH, &New::scalar(true))
        })
        .suggest("Set `readOnlyRootFilesystem: true` with a volume at `/tmp`", || {
            with_volume(node, pod).unwrap_or_default()
        });
}

/// The edits that make all but `/tmp` read-only; `None` where something is at `/tmp` already, or has
/// the name of the volume.
fn with_volume(container: Node<'_>, pod: &Pod<'_>) -> Option<Vec<Edit>> {
    let mounts = container.get("volumeMounts");
    let mut paths = mounts
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|it| it.resolved()?.field("mountPath")?.as_str());
    if paths.any(|path| path.starts_with(TMP)) || pod.volume(VOLUME).is_some() {
        return None;
    }
    let mount = New::map([("name", New::text(VOLUME)), ("mountPath", New::text(TMP))]);
    let volume = New::map([("name", New::text(VOLUME)), ("emptyDir", New::Map(Vec::new()))]);
    let context = New::map([(PATH[1], New::scalar(true))]);
    let mut edits = match (container.get(PATH[0]), mounts) {
        // Two entries at one place are one edit.
        (None, None) => {
            let entries = [(PATH[0], context), ("volumeMounts", New::Seq(vec![mount]))];
            let entries = entries.map(|(key, value)| (key.to_owned(), value)).into();
            vec![write::insert_all(container, entries, Place::After("image"))?]
        }
        (Some(held), None) => {
            let mounts = New::Seq(vec![mount]);
            let place = Place::After("image");
            vec![set_in(held)?, write::insert(container, "volumeMounts", &mounts, place)?]
        }
        (None, Some(list)) => vec![
            write::insert(container, PATH[0], &context, Place::After("image"))?,
            write::push(list, &mount)?,
        ],
        (Some(held), Some(list)) => vec![set_in(held)?, write::push(list, &mount)?],
    };
    edits.push(match pod.spec.get("volumes") {
        Some(list) => write::push(list, &volume)?,
        // At the start, since the container may end where the pod ends.
        None => write::insert(
            pod.spec,
            "volumes",
            &New::Seq(vec![volume]),
            Place::Before("containers"),
        )?,
    });
    Some(edits)
}

fn set_in(context: Node<'_>) -> Option<Edit> {
    write::set(context, &[PATH[1]], &New::scalar(true))
}

#[cfg(test)]
mod tests {
    use super::{RULE, VOLUME};
    use crate::check::run_one;
    use crate::schema::Version;
    use crate::syntax::parse;
    use crate::testing::check_fix;
    use crate::text::apply;

    const HEAD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n";

    /// The pod after the second fix.
    fn fixed(spec: &str) -> String {
        let text = format!("{HEAD}{spec}");
        let found = run_one(&RULE, &parse(&text), Version::NEWEST);
        let edits = &found[0].fixes[1].edits;
        apply(&text, edits).strip_prefix(HEAD).unwrap().to_owned()
    }

    #[test]
    fn a_volume_comes_with_it() {
        assert_eq!(
            fixed("  containers:\n  - name: a\n    image: a\n"),
            "  volumes:\n  - name: tmp\n    emptyDir: {}\n  containers:\n  - name: a\n    image: a\n    \
             securityContext:\n      readOnlyRootFilesystem: true\n    volumeMounts:\n    - name: tmp\n      \
             mountPath: /tmp\n"
        );
        let spec = "  containers:\n  - image: a\n    securityContext: {runAsUser: 7}\n    volumeMounts:\n    \
                    - name: b\n      mountPath: /b\n  volumes:\n  - name: b\n";
        assert_eq!(
            fixed(spec),
            "  containers:\n  - image: a\n    securityContext: {runAsUser: 7, readOnlyRootFilesystem: true}\n    \
             volumeMounts:\n    - name: b\n      mountPath: /b\n    - name: tmp\n      mountPath: /tmp\n  \
             volumes:\n  - name: b\n  - name: tmp\n    emptyDir: {}\n"
        );
    }

    #[test]
    fn a_volume_that_is_there_is_left_alone() {
        let spec =
            format!("  containers: [{{name: a, image: a}}]\n  volumes: [{{name: {VOLUME}}}]\n");
        let text = format!("{HEAD}{spec}");
        assert_eq!(run_one(&RULE, &parse(&text), Version::NEWEST)[0].fixes.len(), 1);
    }

    #[test]
    fn what_is_false_becomes_true() {
        let with = |value: &str| {
            let context = format!("{{readOnlyRootFilesystem: {value}}}");
            format!("{HEAD}  containers:\n  - {{image: a, securityContext: {context}}}\n")
        };
        check_fix(&RULE, &with("false"), &with("true"));
    }
}
