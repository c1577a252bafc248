//! Adds an ambassador: a sidecar on localhost through which the app calls another service.
//!
//! It is placed before all other init containers, since they may need it, and has a startup probe,
//! so that the app starts when it is ready. Variables of the app that contain the address of the
//! service are changed to localhost.
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
//!     - name: DATABASE_URL
//!       value: postgres://app@db.example.com/shop
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: pgbouncer
//!     image: edoburu/pgbouncer:v1.25.2-p0
//!     restartPolicy: Always
//!     ports:
//!     - name: pgbouncer
//!       containerPort: 5432
//!     env:
//!     - name: DB_HOST
//!       value: db.example.com
//!     - name: DB_PORT
//!       value: "5432"
//!     - name: DB_USER
//!       value: app
//!     - name: DB_PASSWORD
//!       valueFrom:
//!         secretKeyRef:
//!           name: postgres
//!           key: password
//!     - name: AUTH_TYPE
//!       value: scram-sha-256
//!     - name: POOL_MODE
//!       value: transaction
//!     - name: LISTEN_PORT
//!       value: "5432"
//!     startupProbe:
//!       tcpSocket:
//!         port: 5432
//!       failureThreshold: 30
//!       periodSeconds: 1
//!     resources:
//!       requests:
//!         cpu: 50m
//!         memory: 32Mi
//!       limits:
//!         memory: 32Mi
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       runAsNonRoot: true
//!       runAsUser: 70
//!       capabilities:
//!         drop:
//!         - ALL
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://app@127.0.0.1:5432/shop
//! ```

use crate::actions::patterns::{TemplateKind, assists};
use crate::actions::{Action, ActionCx, Assist};

pub(crate) static ACTION: Action = Action { id: "add-ambassador", run, cures: &[] };

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assists(cx, ACTION.id, TemplateKind::Ambassador)
}
