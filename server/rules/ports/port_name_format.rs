//! An invalid port name.
//!
//! A name has at most 15 lower-case letters, digits and `-`, at least one of them a letter; `-`
//! cannot be first, last or doubled. Probes that name a port follow the same rule, so a quoted
//! number is not a port.
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
//!     - name: HTTP
//!       containerPort: 80
//!     readinessProbe:
//!       httpGet:
//!         port: "80"
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
//!     - name: http
//!       containerPort: 80
//!     readinessProbe:
//!       httpGet:
//!         port: 80
//! ```
//!
//! ## Fix
//!
//! Removes the quotes of a number, or changes to the nearest valid name.

use super::handlers::is_port_validated;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names;
use crate::formats::suggest::{Format, suggest};
use crate::pod::Object;
use crate::schema::core::{CONTAINER_PORT, HTTP_GET_ACTION, TCP_SOCKET_ACTION};
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "port-name-format",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[CONTAINER_PORT, HTTP_GET_ACTION, TCP_SOCKET_ACTION], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    let is_port = object.ty == CONTAINER_PORT;
    let Some(node) = object.field(if is_port { "name" } else { "port" }) else { return };
    let Some(name) = node.as_str().filter(|name| !(is_port && name.is_empty())) else { return };
    let Err(fault) = names::port_name(name) else { return };
    if !is_port_validated(object) {
        return;
    }
    let diagnostic = out.report(node, format!("invalid port name `{name}`: it {fault}"));
    if let Some(number) = number(name).filter(|_| !is_port) {
        diagnostic.fix("Remove the quotes", || [Edit::replace(node.content_span(), number)]);
    } else if let Some(meant) = suggest(name, Format::PortName) {
        diagnostic.suggest(format!("Change to `{meant}`"), || rename(node, &meant));
    }
}

fn rename(node: Node<'_>, meant: &str) -> Option<Edit> {
    write::replace(node, &New::text(meant))
}

/// The port that is written as a text.
fn number(text: &str) -> Option<&str> {
    let number: u16 = text.trim().parse().ok()?;
    (number > 0).then(|| text.trim())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn looks_into_what_runs() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  initContainers:
  - name: a
    image: x
    ports: [{name: a--b, containerPort: 1}]
                   ^^^^ invalid port name `a--b`: it contains `--`
    livenessProbe: {tcpSocket: {port: a--b}}
  - name: b
    image: x
    restartPolicy: Always
    livenessProbe: {tcpSocket: {port: a--b}}
                                      ^^^^ invalid port name `a--b`: it contains `--`
  containers:
  - name: c
    image: x
    ports: [{name: '', containerPort: 1}, {name: 80, containerPort: 80}]
    lifecycle: {preStop: {httpGet: {port: ''}}}
                                          ^^ invalid port name ``: it is empty
",
        );
    }
}
