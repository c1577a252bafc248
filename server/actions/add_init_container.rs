//! Adds an init container: it runs to its end before the app starts.
//!
//! It is placed after the existing init containers: they run in the order of the list.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: w$0eb
//!     image: example.com/web:1
//!     env:
//!     - name: USERS_URL
//!       value: http://users:8080/v1
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: wait-for-service
//!     image: busybox:1.38.0
//!     command:
//!     - sh
//!     - -c
//!     - |
//!         for attempt in $(seq 60); do
//!           nc -z -w 2 users 8080 && exit 0
//!           sleep 2
//!         done
//!         exit 1
//!     resources:
//!       requests:
//!         cpu: 10m
//!         memory: 16Mi
//!       limits:
//!         memory: 16Mi
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       runAsNonRoot: true
//!       runAsUser: 65534
//!       readOnlyRootFilesystem: true
//!       capabilities:
//!         drop:
//!         - ALL
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!     env:
//!     - name: USERS_URL
//!       value: http://users:8080/v1
//! ```

use crate::actions::patterns::{TemplateKind, assists};
use crate::actions::{Action, ActionCx, Assist};

pub(crate) static ACTION: Action = Action { id: "add-init-container", run, cures: &[] };

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assists(cx, ACTION.id, TemplateKind::InitContainer)
}
