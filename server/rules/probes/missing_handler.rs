//! A probe or a hook without a handler.
//!
//! A probe needs one of `exec`, `httpGet`, `tcpSocket` and `grpc`; a hook one of `exec`, `httpGet`,
//! `tcpSocket` and `sleep`.
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
//!       periodSeconds: 5
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
//!       tcpSocket:
//!         port: 80
//!       periodSeconds: 5
//! ```
//!
//! ## Fix
//!
//! Adds an HTTP request to the first port of the container.

use super::handlers::{may_have_handlers, possible, set};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::{LIFECYCLE_HANDLER, PROBE};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "missing-handler",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[PROBE, LIFECYCLE_HANDLER], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    // The server drops an unsupported handler without a trace, and also the hook around it.
    let dropped = possible(object).iter().any(|name| object.is_dropped(name, out.version));
    if dropped && object.field("sleep").is_some() || set(object, out.version).next().is_some() {
        return;
    }
    let known = |key: Option<&str>| key.is_some_and(|name| object.ty.field(name).is_some());
    if object.node.fields().any(|entry| !known(entry.key.text())) || !may_have_handlers(object) {
        return;
    }
    let names: Vec<_> = possible(object).iter().map(|name| format!("`{name}`")).collect();
    let message =
        format!("missing handler in {}: expected one of {}", object.title(), names.join(", "));
    let node = object.node.key().unwrap_or(object.node);
    out.report_absence(node, message).suggest("Add `httpGet`", || add(object));
}

fn add(object: &Object<'_>) -> Option<Edit> {
    let container = object.ancestors().nth(if object.ty == PROBE { 1 } else { 2 })?;
    let first = container.field("ports")?.items().next()?.resolved()?;
    let port = match first.field("name").and_then(Node::as_str) {
        Some(name) if !name.is_empty() => New::text(name),
        _ => New::scalar(first.field("containerPort")?.as_int()?),
    };
    let request = New::map([("path", New::text("/")), ("port", port)]);
    write::put(object.node, "httpGet", &request, Place::First)
}
