//! A probe or a hook with several handlers.
//!
//! Only one handler is allowed. For several checks, use one command, or separate startup, liveness
//! and readiness probes.
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
//!     livenessProbe:
//!       httpGet:
//!         path: /healthz
//!         port: 80
//!       tcpSocket:
//!         port: 80
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
//!     livenessProbe:
//!       httpGet:
//!         path: /healthz
//!         port: 80
//! ```
//!
//! ## Fix
//!
//! Removes one of the handlers.

use super::handlers::{may_have_handlers, set};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::{LIFECYCLE_HANDLER, PROBE};
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "handler-conflict",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[PROBE, LIFECYCLE_HANDLER], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    let mut handlers = set(object, out.version);
    let Some(first) = handlers.next() else { return };
    for other in handlers {
        if !may_have_handlers(object) {
            return;
        }
        let (name, kept) = (other.key.text().unwrap_or_default(), first.key.text());
        let message = format!("more than one handler in {}", object.title());
        let remove = |node| write::remove(node);
        out.report(other.key, message)
            .related(first.key, "the first handler")
            .suggest(format!("Remove `{name}`"), || remove(other.key))
            .suggest(format!("Remove `{}`", kept.unwrap_or_default()), || remove(first.key));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::errors;

    #[test]
    fn later_handlers_are_not_looked_into() {
        let found = errors(
            "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: nginx:1.27
    livenessProbe:
      tcpSocket: {port: 0}
      exec: {command: [run]}
    lifecycle:
      preStop:
        sleep: {seconds: 1000}
        httpGet: {port: 80, scheme: https}
",
        );
        assert_eq!(found, ["handler-conflict", "handler-conflict", "enum-value"]);
    }
}
