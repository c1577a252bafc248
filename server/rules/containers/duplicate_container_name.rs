//! Two containers of one pod have the same name.
//!
//! Names are unique over init, app and ephemeral containers together.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: web
//!     image: busybox:1.37
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: prepare
//!     image: busybox:1.37
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Adds a number to the name.

use std::collections::{HashMap, HashSet};

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Container, Pod, Role};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "duplicate-container-name",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    // The first one of each name, in the order in which the server reads them.
    let mut known: HashMap<&str, &Container<'_>> = HashMap::new();
    let mut free_names: HashMap<&str, String> = HashMap::new();
    let taken: HashSet<&str> = pod.containers.iter().map(Container::name).collect();
    for container in in_order(pod) {
        let name = container.name();
        let Some(node) = container.name_node().filter(|_| !name.is_empty()) else { continue };
        let first = *known.entry(name).or_insert(container);
        if first == container {
            continue;
        }
        let mut diagnostic =
            out.report(node, format!("duplicate {} name `{name}`", first.role.name()));
        if let Some(first) = first.name_node() {
            diagnostic = diagnostic.related(first, "the other container");
        }
        // An alias of the other container has no name that could change.
        if first.name_node() == Some(node) {
            continue;
        }
        let free = free_names.entry(name).or_insert_with(|| free_name(name, &taken));
        diagnostic.suggest(format!("Change to `{free}`"), || {
            [Edit::replace(node.content_span(), free.as_str())]
        });
    }
}

/// The containers as the server reads their names: app containers first, then init containers, then
/// ephemeral ones.
fn in_order<'p, 'a>(pod: &'p Pod<'a>) -> impl Iterator<Item = &'p Container<'a>> {
    let lists: [&[Role]; 3] = [&[Role::App], &[Role::Init, Role::Sidecar], &[Role::Ephemeral]];
    lists.into_iter().flat_map(|roles| pod.containers.iter().filter(|it| roles.contains(&it.role)))
}

fn free_name(name: &str, taken: &HashSet<&str>) -> String {
    let made = (2_u32..).map(|number| format!("{name}-{number}"));
    made.into_iter().find(|made| !taken.contains(made.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn reports_the_one_the_server_reads_later() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  ephemeralContainers:
  - {name: a, image: x}
           ^ duplicate container name `a`
  initContainers:
  - {name: a, image: x}
           ^ duplicate container name `a`
  - {name: '', image: x}
  - {name: '', image: x}
  - {name: c, image: x}
  - {name: c, image: x, restartPolicy: Always}
           ^ duplicate init container name `c`
  containers:
  - {name: a, image: x}
  - {name: b, image: x}
  - {name: b, image: x}
           ^ duplicate container name `b`
",
        );
    }
}
