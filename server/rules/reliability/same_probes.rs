//! The liveness probe of a container is the same as its readiness probe.
//!
//! If both probes make the same check with the same timing, a short overload restarts the container
//! instead of only keeping new requests away, which increases the load on the others. The liveness
//! probe should check less, or wait longer.
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
//!         livenessProbe:
//!           httpGet:
//!             path: /
//!             port: 8080
//!         readinessProbe:
//!           httpGet:
//!             path: /
//!             port: 8080
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
//!         livenessProbe:
//!           httpGet:
//!             path: /
//!             port: 8080
//!           failureThreshold: 10
//!         readinessProbe:
//!           httpGet:
//!             path: /
//!             port: 8080
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::pod::{Container, Pod};
use crate::schema::Profile;
use crate::syntax::Node;
use crate::syntax::write::New;

pub(crate) static RULE: Rule = Rule {
    code: "same-probes",
    severity: Severity::Information,
    when: When::Profile(Profile::Reliability),
    linters: &[Linter::KubeScore("pod-probes"), Linter::KubeScore("pod-probes-identical")],
    link: Some(pages::PROBES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

const HANDLERS: [&str; 4] = ["httpGet", "tcpSocket", "grpc", "exec"];

/// The settings that decide when a probe has failed, with the defaults.
const WAITS: [(&str, i64); 4] = [
    ("initialDelaySeconds", 0),
    ("periodSeconds", 10),
    ("timeoutSeconds", 1),
    ("failureThreshold", 3),
];

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let probe = |field| container.node.field(field).filter(|it| it.is_map());
    let (Some(alive), Some(ready)) = (probe("livenessProbe"), probe("readinessProbe")) else {
        return;
    };
    let seconds = |probe: Node<'_>, field: &str, default| {
        probe.field(field).map_or(Some(default), Node::as_int)
    };
    let asks_the_same = HANDLERS.iter().all(|it| are_equal(alive.field(it), ready.field(it)));
    let waits_the_same = WAITS
        .iter()
        .all(|(it, default)| seconds(alive, it, *default) == seconds(ready, it, *default));
    if asks_the_same && waits_the_same && HANDLERS.iter().any(|it| alive.field(it).is_some()) {
        let message =
            format!("the liveness and readiness probes of {} are the same", container.title());
        out.report_key(alive, message).related(ready.key().unwrap_or(ready), "the readiness probe");
    }
}

fn are_equal(one: Option<Node<'_>>, other: Option<Node<'_>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => New::of(one).is_some_and(|one| Some(one) == New::of(other)),
        (one, other) => one.is_none() && other.is_none(),
    }
}
