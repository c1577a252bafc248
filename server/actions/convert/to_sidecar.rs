//! Converts a container or an init container to a native sidecar.
//!
//! A native sidecar is an init container with `restartPolicy: Always`: it starts before the app, keeps
//! running, and stops after it, so a Job can end. It keeps its probes and hooks. It is placed after
//! the existing init containers; move those that need it below it. The last app container cannot be
//! converted, since a pod needs one.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!   # Ships the logs.
//!   - name: log-ag$0ent
//!     image: fluent/fluent-bit:5.1.1
//!     livenessProbe:
//!       tcpSocket:
//!         port: 2020
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   # Ships the logs.
//!   - name: log-agent
//!     image: fluent/fluent-bit:5.1.1
//!     restartPolicy: Always
//!     livenessProbe:
//!       tcpSocket:
//!         port: 2020
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//! ```

use crate::actions::convert::relist::{Changes, is_last_app, relist};
use crate::actions::{Action, ActionCx, Assist};
use crate::pod::Role;
use crate::schema::Version;

pub(crate) static ACTION: Action = Action {
    id: "to-sidecar",
    run,
    cures: &["container-restart-policy", "endless-helper-in-job", "init-calls-app"],
};

/// The first version in which an init container can keep running without a gate being set.
const NATIVE_SIDECARS: Version = Version::new(29);

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assist(cx).into_iter().collect()
}

fn assist(cx: &ActionCx<'_>) -> Option<Assist> {
    let container = cx.picked()?;
    let fits = matches!(container.role, Role::App | Role::Init) && cx.version >= NATIVE_SIDECARS;
    if !fits || is_last_app(cx.pod, &container) {
        return None;
    }
    let mut changes = Changes::default();
    changes.always(container.node)?;
    changes.drop_fields(container.node, &["restartPolicyRules"], true)?;
    let edits = relist(cx.pod, &container, "initContainers", &changes)?;
    let title = format!("Convert `{}` to a sidecar{}", container.name(), changes.losses());
    Some(cx.rewrite(ACTION.id, title, edits))
}
