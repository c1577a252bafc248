//! A port outside of 1 to 65535.
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
//!     ports:
//!     - containerPort: 80800
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
//!     ports:
//!     - containerPort: 8080
//! ```

use super::handlers::is_port_validated;
use crate::check::{Check, Checker, Rule};
use crate::formats::numbers;
use crate::pod::Object;
use crate::schema::core::{CONTAINER_PORT, GRPC_ACTION, HTTP_GET_ACTION, TCP_SOCKET_ACTION};

pub(crate) static RULE: Rule = Rule {
    code: "port-range",
    since: "0.1.0",
    checks: &[
        Check::Object(&[CONTAINER_PORT], check_port),
        Check::Object(&[HTTP_GET_ACTION, TCP_SOCKET_ACTION, GRPC_ACTION], check_handler),
    ],
    ..Rule::DEFAULT
};

/// Zero counts as no port there.
fn check_port(port: &Object<'_>, out: &mut Checker<'_>) {
    for field in ["containerPort", "hostPort"] {
        let number = port.field(field).and_then(|node| Some((node, node.as_int()?)));
        let Some((node, number)) = number.filter(|(_, number)| *number != 0) else { continue };
        if numbers::port(number).is_err() && is_port_validated(port) {
            out.report(node, format!("invalid value {number} for `{field}`: expected 1 to 65535"));
        }
    }
}

fn check_handler(handler: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = handler.field("port") else {
        if is_port_validated(handler) {
            out.missing(
                handler.node,
                "port",
                format!("missing field `port` in {}", handler.title()),
            );
        }
        return;
    };
    let Some(number) = node.as_int() else { return };
    if numbers::port(number).is_err() && is_port_validated(handler) {
        out.report(node, format!("invalid port {number}: expected 1 to 65535"));
    }
}
