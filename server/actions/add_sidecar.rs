//! Adds a sidecar: a container that helps the app, such as a log agent.
//!
//! It is a native one, an init container with `restartPolicy: Always`: it starts before the app,
//! keeps running, and stops after it, so a Job can end. For versions before 1.29 it is a plain
//! container. One edit adds the container, the volume it shares with the app, and the mounts of both.
//! If the app already mounts a volume at that path, that volume is shared instead.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   conta$0iners:
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
//!   initContainers:
//!   - name: log-agent
//!     image: fluent/fluent-bit:5.1.1
//!     restartPolicy: Always
//!     args:
//!     - -i
//!     - tail
//!     - -p
//!     - path=/var/log/app/*.log
//!     - -o
//!     - stdout
//!     resources:
//!       requests:
//!         cpu: 50m
//!         memory: 64Mi
//!       limits:
//!         memory: 64Mi
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       runAsNonRoot: true
//!       runAsUser: 65534
//!       readOnlyRootFilesystem: true
//!       capabilities:
//!         drop:
//!         - ALL
//!     volumeMounts:
//!     - name: app-logs
//!       mountPath: /var/log/app
//!       readOnly: true
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!     volumeMounts:
//!     - name: app-logs
//!       mountPath: /var/log/app
//!   volumes:
//!   - name: app-logs
//!     emptyDir: {}
//! ```

use crate::actions::patterns::{TemplateKind, assists};
use crate::actions::{Action, ActionCx, Assist};

pub(crate) static ACTION: Action = Action { id: "add-sidecar", run, cures: &[] };

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assists(cx, ACTION.id, TemplateKind::Sidecar)
}
