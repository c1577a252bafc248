//! A container can change its own files.
//!
//! Whoever breaks into it can put programs there. With `readOnlyRootFilesystem: true` only volumes
//! can be written to, so what the app writes, such as `/tmp`, needs an `emptyDir`. Pods for Windows
//! cannot have it.
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
//! Makes the root file system read-only. Directories that the app writes to have to be added as
//! volumes.
//!
//! [Security contexts](https://kubernetes.io/docs/tasks/configure-pod-container/security-context/)

use crate::pod::{Container, Pod, Role};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::Profile;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "read-only-root-filesystem",
    severity: Severity::Information,
    on: false,
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

pub(crate) const PROFILE: Profile = Profile::Hardened;

const PATH: [&str; 2] = ["securityContext", "readOnlyRootFilesystem"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Findings<'_>) {
    if container.role == Role::Ephemeral || pod.is_windows() {
        return;
    }
    let node = container.node;
    let message = format!("{} can write to its root file system", container.title());
    let said = node.field(PATH[0]).and_then(|it| it.field(PATH[1]));
    let draft = match said {
        Some(said) if said.as_bool() == Some(false) => out.report(said, message),
        Some(_) => return,
        None => out.lacking(node, &PATH, message),
    };
    draft.suggest("Set `readOnlyRootFilesystem: true`", || {
        let yes = New::Scalar("true".to_owned());
        write::set(node, &PATH, &yes).into_iter().collect()
    });
}
