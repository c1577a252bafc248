//! Adds a proxy in front of the app, which receives all requests to it: for TLS, or to require a
//! login.
//!
//! Services in the same file that select the app are routed to the proxy. The app keeps its
//! address; bind it to 127.0.0.1 so that clients cannot bypass the proxy.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//! spec:
//!   containers:
//!   - name: w$0eb
//!     image: example.com/web:1
//!     ports:
//!     - containerPort: 8080
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     app: web
//!   ports:
//!   - port: 80
//!     targetPort: 8080
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//! spec:
//!   initContainers:
//!   - name: oauth2-proxy
//!     image: quay.io/oauth2-proxy/oauth2-proxy:v7.15.3
//!     restartPolicy: Always
//!     args:
//!     - --http-address=0.0.0.0:4180
//!     - --upstream=http://127.0.0.1:8080
//!     - --provider=oidc
//!     - --oidc-issuer-url=https://login.example.com
//!     - --email-domain=example.com
//!     ports:
//!     - name: oauth2-proxy
//!       containerPort: 4180
//!     env:
//!     - name: OAUTH2_PROXY_CLIENT_ID
//!       valueFrom:
//!         secretKeyRef:
//!           name: oauth2-proxy
//!           key: client-id
//!     - name: OAUTH2_PROXY_CLIENT_SECRET
//!       valueFrom:
//!         secretKeyRef:
//!           name: oauth2-proxy
//!           key: client-secret
//!     - name: OAUTH2_PROXY_COOKIE_SECRET
//!       valueFrom:
//!         secretKeyRef:
//!           name: oauth2-proxy
//!           key: cookie-secret
//!     startupProbe:
//!       httpGet:
//!         path: /ping
//!         port: 4180
//!       failureThreshold: 30
//!       periodSeconds: 1
//!     readinessProbe:
//!       httpGet:
//!         path: /ready
//!         port: 4180
//!     livenessProbe:
//!       httpGet:
//!         path: /ping
//!         port: 4180
//!     resources:
//!       requests:
//!         cpu: 20m
//!         memory: 32Mi
//!       limits:
//!         memory: 32Mi
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
//!     ports:
//!     - containerPort: 8080
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     app: web
//!   ports:
//!   - port: 80
//!     targetPort: oauth2-proxy
//! ```

use crate::actions::patterns::{TemplateKind, assists};
use crate::actions::{Action, ActionCx, Assist};

pub(crate) static ACTION: Action = Action { id: "add-proxy", run, cures: &[] };

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    assists(cx, ACTION.id, TemplateKind::Proxy)
}
