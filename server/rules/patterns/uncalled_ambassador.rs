//! No container of the pod calls an ambassador.
//!
//! The app reaches an outside service through an ambassador by calling it on localhost. The call may
//! be in a file that is not checked.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: db-proxy
//!     image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!     restartPolicy: Always
//!     args: [--port=5432, "shop:europe-west1:main"]
//!     ports:
//!     - containerPort: 5432
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://db.example.com:5432/shop
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shop
//! spec:
//!   initContainers:
//!   - name: db-proxy
//!     image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!     restartPolicy: Always
//!     args: [--port=5432, "shop:europe-west1:main"]
//!     ports:
//!     - containerPort: 5432
//!   containers:
//!   - name: shop
//!     image: registry.example.com/shop:2.4
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://localhost:5432/shop
//! ```

use crate::check::{Check, Checker, Rule, Severity, When};
use crate::pod::{Pattern, Pod};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "uncalled-ambassador",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    if pod.containers.len() < 2 {
        return;
    }
    let roles = pod.container_roles();
    let mut ambassadors =
        roles.iter().filter(|it| it.pattern == Some(Pattern::Ambassador)).peekable();
    if ambassadors.peek().is_none() {
        return;
    }
    let calls = pod.calls();
    for ambassador in ambassadors.map(|it| it.container) {
        let has_port = ambassador.items("ports").next().is_some();
        let called = calls.iter().any(|call| call.to == ambassador);
        if let Some(name) = ambassador.name_node().filter(|_| has_port && !called) {
            out.report_absence(name, "no container calls this ambassador on localhost")
                .missing_in(pod.spec);
        }
    }
}
