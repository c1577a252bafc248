//! An invalid name of an HTTP header in a probe.
//!
//! It consists of letters, digits and `-`; HTTP itself allows more.
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
//!         port: 80
//!         httpHeaders:
//!         - name: X_Probe
//!           value: liveness
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
//!         port: 80
//!         httpHeaders:
//!         - name: X-Probe
//!           value: liveness
//! ```
//!
//! ## Fix
//!
//! Replaces characters that are not allowed with `-`.

use super::handlers::may_have_handlers;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::vocabulary::http_header;
use crate::pod::Object;
use crate::schema::core::HTTP_HEADER;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "http-header-name",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[HTTP_HEADER], check)],
    ..Rule::DEFAULT
};

fn check(header: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = header.field("name") else {
        if may_have_handlers(header) {
            out.missing(header.node, "name", format!("missing field `name` in {}", header.title()));
        }
        return;
    };
    let Some(name) = node.as_str() else { return };
    let Err(fault) = http_header(name) else { return };
    if !may_have_handlers(header) {
        return;
    }
    let fine = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let meant: String = name.trim().trim_end_matches(':').chars().map(fine).collect();
    out.report(node, format!("invalid header name `{name}`: it {fault}")).suggest(
        format!("Change to `{meant}`"),
        || {
            let edit = http_header(&meant).ok().map(|()| write::replace(node, &New::text(meant)));
            edit.flatten()
        },
    );
}
