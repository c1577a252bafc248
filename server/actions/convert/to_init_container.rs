//! Converts a container or a sidecar to an init container.
//!
//! It then runs to its end before the app starts. Init containers have no probes, no hooks and no
//! `resizePolicy`; the title lists what is dropped. It is placed after the existing init containers.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!     - name: web
//!       image: example.com/web:1
//!     - name: migr$0ate
//!       image: example.com/migrate:1
//!       livenessProbe:
//!         exec:
//!           command: [alive]
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!     - name: migrate
//!       image: example.com/migrate:1
//!   containers:
//!     - name: web
//!       image: example.com/web:1
//! ```

use crate::actions::convert::relist::{Changes, is_last_app, relist};
use crate::actions::{Action, ActionCx, Assist};
use crate::pod::Role;

pub(crate) static ACTION: Action = Action { id: "to-init-container", run, cures: &[] };

/// What the API server refuses in init containers that do not keep running.
const FORBIDDEN: [&str; 5] =
    ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resizePolicy"];

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assist(cx).into_iter().collect()
}

fn assist(cx: &ActionCx<'_>) -> Option<Assist> {
    let container = cx.picked()?;
    let fits = matches!(container.role, Role::App | Role::Sidecar);
    if !fits || is_last_app(cx.pod, &container) {
        return None;
    }
    let mut changes = Changes::default();
    changes.drop_fields(container.node, &FORBIDDEN, true)?;
    changes.drop_restarts(container.node)?;
    let edits = relist(cx.pod, &container, "initContainers", &changes)?;
    let title = format!("Convert `{}` to an init container{}", container.name(), changes.losses());
    Some(cx.rewrite(ACTION.id, title, edits))
}
