//! A Secret is exposed in environment variables.
//!
//! Every process of the container inherits them, crash reports and debug pages print them, and they
//! do not follow changes of the Secret. A Secret that is mounted as a volume has none of these
//! problems.
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

use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "secrets-as-env",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::KubeLinter("read-secret-from-env-var"), Linter::Checkov("CKV_K8S_35")],
    link: Some(pages::SECRETS),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let sources =
        container.items("env").filter_map(|it| it.field("valueFrom")?.field("secretKeyRef"));
    let whole = container.items("envFrom").filter_map(|it| it.field("secretRef"));
    for node in sources.chain(whole) {
        out.report_key(node, format!("{} reads a Secret from its environment", container.title()));
    }
}
