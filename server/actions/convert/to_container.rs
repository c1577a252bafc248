//! Converts a sidecar or an init container to an app container.
//!
//! It is placed after the existing app containers, and starts together with them.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: log-$0agent
//!     image: fluent/fluent-bit:5.1.1 # pinned
//!     restartPolicy: Always
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!   - name: log-agent
//!     image: fluent/fluent-bit:5.1.1 # pinned
//! ```

use crate::actions::convert::relist::{Changes, relist};
use crate::actions::{Action, ActionCx, Assist};
use crate::pod::Role;

pub(crate) static ACTION: Action = Action { id: "to-container", run, cures: &[] };

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assist(cx).into_iter().collect()
}

fn assist(cx: &ActionCx<'_>) -> Option<Assist> {
    let container = cx.picked()?;
    if !matches!(container.role, Role::Init | Role::Sidecar) {
        return None;
    }
    let mut changes = Changes::default();
    changes.drop_restarts(container.node)?;
    let edits = relist(cx.pod, &container, "containers", &changes)?;
    let title = format!("Convert `{}` to an app container{}", container.name(), changes.losses());
    Some(cx.rewrite(ACTION.id, title, edits))
}
