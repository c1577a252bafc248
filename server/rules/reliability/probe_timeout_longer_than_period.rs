//! The timeout of a probe is longer than its period.
//!
//! A probe that waits for an answer delays the next one, so the period is longer than declared and
//! failures are noticed late.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         ports:
//!         - containerPort: 8080
//!         readinessProbe:
//!           httpGet:
//!             path: /ready
//!             port: 8080
//!           timeoutSeconds: 30
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         ports:
//!         - containerPort: 8080
//!         readinessProbe:
//!           httpGet:
//!             path: /ready
//!             port: 8080
//!           periodSeconds: 30
//!           timeoutSeconds: 5
//! ```

use crate::check::{Check, Checker, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "probe-timeout-longer-than-period",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    link: Some(pages::PROBES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

const DEFAULT_PERIOD: i64 = 10;

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    for (name, probe) in container.probes() {
        let Some(node) = probe.field("timeoutSeconds") else { continue };
        let period = probe.field("periodSeconds").map_or(Some(DEFAULT_PERIOD), Node::as_int);
        let (Some(timeout), Some(period)) = (node.as_int(), period) else { continue };
        if timeout > period && period > 0 {
            out.report(
                node,
                format!(
                    "`{name}` has a period of {period} s, shorter than its timeout of {timeout} s"
                ),
            );
        }
    }
}
