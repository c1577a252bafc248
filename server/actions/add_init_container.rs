//! Adds an init container: it runs to its end before the app starts.
//!
//! It goes behind the init containers that are there: they run in the order in which they stand.
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
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: git-clone
//!     image: registry.k8s.io/git-sync/git-sync:v4.7.1
//!     args:
//!     - --repo=https://example.com/org/repository.git
//!     - --ref=main
//!     - --depth=1
//!     - --root=/content
//!     - --link=current
//!     - --one-time
//!     resources:
//!       requests:
//!         cpu: 20m
//!         memory: 64Mi
//!       limits:
//!         memory: 64Mi
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       runAsNonRoot: true
//!       runAsUser: 65533
//!       readOnlyRootFilesystem: true
//!       capabilities:
//!         drop:
//!         - ALL
//!     volumeMounts:
//!     - name: content
//!       mountPath: /content
//!     - name: git-clone-tmp
//!       mountPath: /tmp
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!     volumeMounts:
//!     - name: content
//!       mountPath: /content
//!       readOnly: true
//!   volumes:
//!   - name: content
//!     emptyDir: {}
//!   - name: git-clone-tmp
//!     emptyDir: {}
//! ```

use crate::actions::patterns::{Pattern, offers};
use crate::actions::{Action, ActionCx, Offer};

pub(crate) static ACTION: Action = Action { id: "add-init-container", run };

fn run(cx: &ActionCx<'_>) -> Vec<Offer> {
    offers(cx, ACTION.id, Pattern::Init, "Add init container")
}
