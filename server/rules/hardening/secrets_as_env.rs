//! A Secret is in environment variables.
//!
//! Every process of the container inherits them, crash reports and debug pages print them, and they
//! stay as they were when the Secret changes. A Secret that is mounted as a volume has none of that.
//!
//! The profile `strict` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: DB_PASSWORD
//!       valueFrom:
//!         secretKeyRef:
//!           name: db
//!           key: password
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     envFrom:
//!     - secretRef:
//!         name: db
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: db
//!       mountPath: /etc/db
//!       readOnly: true
//!   volumes:
//!   - name: db
//!     secret:
//!       secretName: db
//! ```
//!
//! [Secrets](https://kubernetes.io/docs/concepts/configuration/secret/)

use crate::pod::{Container, Pod};
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "secrets-as-env",
    severity: Severity::Hint,
    on: false,
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

pub(crate) const PROFILE: Profile = Profile::Strict;

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Findings<'_>) {
    let sources =
        container.items("env").filter_map(|it| it.field("valueFrom")?.field("secretKeyRef"));
    let whole = container.items("envFrom").filter_map(|it| it.field("secretRef"));
    for node in sources.chain(whole) {
        out.report_key(node, format!("{} reads a Secret from its environment", container.title()));
    }
}
