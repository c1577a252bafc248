//! Two ports of one container have the same name.
//!
//! Names tell a container's ports apart. Another container of the pod may use the same name.
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
//!     - name: http
//!       containerPort: 80
//!     - name: http
//!       containerPort: 8080
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
//!     - name: http-alt
//!       containerPort: 8080
//! ```
//!
//! ## Fix
//!
//! Adds a number to the name.

use crate::check::duplicates;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names;
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-port-name",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role == Role::Ephemeral {
        return;
    }
    for (first, node) in duplicates(names(container).map(|node| (node.as_str(), node))) {
        let name = node.as_str().unwrap_or_default();
        let message = format!("duplicate port name in {}: `{name}`", container.title());
        let free = free_name(name, container);
        out.report(node, message)
            .related(first, "the first port")
            .suggest(format!("Change to `{free}`"), || [Edit::replace(node.content_span(), free)]);
    }
}

/// The valid names of its ports.
fn names<'a>(container: &Container<'a>) -> impl Iterator<Item = Node<'a>> {
    let names = container.items("ports").filter_map(|port| port.field("name"));
    names.filter(|node| node.as_str().is_some_and(|name| names::port_name(name).is_ok()))
}

fn free_name(name: &str, container: &Container<'_>) -> String {
    let taken = |made: &String| names(container).any(|it| it.as_str() == Some(made.as_str()));
    let stem = name.get(..12).unwrap_or(name).trim_end_matches('-');
    (2_u32..).map(|number| format!("{stem}-{number}")).find(|made| !taken(made)).unwrap_or_default()
}
