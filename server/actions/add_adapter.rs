//! Adds an adapter: a sidecar that converts data of the app to a common format, such as metrics.
//!
//! For an app whose image is known, only the exporters made for it are offered.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: cache
//! spec:
//!   containers:
//!   - name: ca$0che
//!     image: redis:8
//!     ports:
//!     - containerPort: 6379
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: cache
//! spec:
//!   initContainers:
//!   - name: redis-exporter
//!     image: oliver006/redis_exporter:v1.88.0
//!     restartPolicy: Always
//!     ports:
//!     - name: metrics
//!       containerPort: 9121
//!     env:
//!     - name: REDIS_ADDR
//!       value: redis://127.0.0.1:6379
//!     - name: REDIS_EXPORTER_WEB_LISTEN_ADDRESS
//!       value: ":9121"
//!     livenessProbe:
//!       httpGet:
//!         path: /health
//!         port: 9121
//!     resources:
//!       requests:
//!         cpu: 10m
//!         memory: 32Mi
//!       limits:
//!         memory: 32Mi
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       runAsNonRoot: true
//!       runAsUser: 59000
//!       readOnlyRootFilesystem: true
//!       capabilities:
//!         drop:
//!         - ALL
//!   containers:
//!   - name: cache
//!     image: redis:8
//!     ports:
//!     - containerPort: 6379
//! ```

use crate::actions::patterns::{TemplateKind, assists};
use crate::actions::{Action, ActionCx, Assist};

pub(crate) static ACTION: Action = Action { id: "add-adapter", run, cures: &[] };

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assists(cx, ACTION.id, TemplateKind::Adapter)
}
