//! Adds an ambassador: a sidecar through which the app talks to other services on localhost.
//!
//! It goes in front of all other init containers, since they may need it, and has a startup probe,
//! so that the app starts when it is ready. Variables of the app that name the other service are led
//! to localhost.
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
//!     - name: DB_HOST
//!       value: db.example.com
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: cloud-sql-proxy
//!     image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.25.3
//!     restartPolicy: Always
//!     args:
//!     - --port=5432
//!     - --structured-logs
//!     - --exit-zero-on-sigterm
//!     - --health-check
//!     - --http-address=0.0.0.0
//!     - --http-port=9801
//!     - project:region:instance
//!     ports:
//!     - name: cloud-sql
//!       containerPort: 5432
//!     startupProbe:
//!       httpGet:
//!         path: /startup
//!         port: 9801
//!       failureThreshold: 60
//!       periodSeconds: 1
//!     resources:
//!       requests:
//!         cpu: 100m
//!         memory: 128Mi
//!       limits:
//!         memory: 128Mi
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       runAsNonRoot: true
//!       runAsUser: 65532
//!       readOnlyRootFilesystem: true
//!       capabilities:
//!         drop:
//!         - ALL
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!     env:
//!     - name: DB_HOST
//!       value: 127.0.0.1
//!     - name: DB_PORT
//!       value: "5432"
//! ```

use crate::actions::patterns::{Pattern, offers};
use crate::actions::{Action, ActionCx, Offer};

pub(crate) static ACTION: Action = Action { id: "add-ambassador", run };

fn run(cx: &ActionCx<'_>) -> Vec<Offer> {
    offers(cx, ACTION.id, Pattern::Ambassador, "Add ambassador")
}
