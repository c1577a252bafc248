//! An invalid resource of a container or pod.
//!
//! Containers have `cpu`, `memory`, `ephemeral-storage` and `hugepages-<size>`; other resources have
//! a domain in their name, such as `nvidia.com/gpu`. The resources of a complete pod are `cpu`,
//! `memory` and huge pages.
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
//!     resources:
//!       limits:
//!         mem: 1Gi
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
//!     resources:
//!       limits:
//!         memory: 1Gi
//! ```
//!
//! ## Fix
//!
//! Changes to the most likely resource, if there is one.

use super::lists::{HUGE_PAGES, Kind, STANDARD, is_of_pod, kind, lists, names};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names::qualified_name;
use crate::pod::Object;
use crate::schema::core::{POD_SPEC, RESOURCE_REQUIREMENTS};
use crate::syntax::Node;
use crate::text::nearest;

pub(crate) static RULE: Rule = Rule {
    code: "resource-name",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[RESOURCE_REQUIREMENTS, POD_SPEC], check)],
    ..Rule::DEFAULT
};

/// Common wrong names that do not resemble the right one.
const MEANT: &[(&str, &str)] = &[
    ("mem", "memory"),
    ("ram", "memory"),
    ("storage", "ephemeral-storage"),
    ("disk", "ephemeral-storage"),
    ("gpu", "nvidia.com/gpu"),
    ("gpus", "nvidia.com/gpu"),
    ("nvidia-gpu", "nvidia.com/gpu"),
];

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    let of_pod = object.ty == RESOURCE_REQUIREMENTS && object.role().is_none() && is_of_pod(object);
    for list in lists(object, out.version) {
        for (name, entry) in names(list) {
            let kind = kind(name);
            let for_pod = matches!(name, "cpu" | "memory") || kind == Kind::HugePages;
            if kind == Kind::Unknown || of_pod && !for_pod {
                report(list, entry.key, name, of_pod, out);
            }
        }
    }
}

fn report(list: Node<'_>, key: Node<'_>, name: &str, of_pod: bool, out: &mut Checker<'_>) {
    let fault = match qualified_name(name) {
        Err(fault) => format!("it {fault}"),
        Ok(()) if of_pod => "expected `cpu`, `memory` or huge pages for a pod".to_owned(),
        Ok(()) if name.contains('/') => "not valid as the name of a quota".to_owned(),
        Ok(()) => {
            format!("expected one of {}, {HUGE_PAGES}<size>", STANDARD.join(", "))
        }
    };
    let diagnostic = out.report(key, format!("invalid resource `{name}`: {fault}"));
    let lower = name.to_ascii_lowercase();
    let alias = MEANT.iter().find(|(wrong, _)| *wrong == lower).map(|(_, right)| *right);
    let meant = alias.or_else(|| nearest(name, STANDARD)).filter(|it| list.get(it).is_none());
    if let Some(meant) = meant.filter(|it| !of_pod || matches!(*it, "cpu" | "memory")) {
        let title = format!("Change to `{meant}`");
        let edit = || [crate::syntax::write::word(key, meant)];
        if alias.is_some() {
            diagnostic.suggest(title, edit)
        } else {
            diagnostic.fix(title, edit)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn knows_whose_resources() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  overhead: {memori: 1Mi}
             ^^^^^^ invalid resource `memori`: expected one of cpu, memory, ephemeral-storage, hugepages-<size>
  resources:
    requests: {cpu: 1, ephemeral-storage: 1Gi}
                       ^^^^^^^^^^^^^^^^^ invalid resource `ephemeral-storage`: expected `cpu`, `memory` or huge pages for a pod
  containers:
  - name: a
    image: x
    resources:
      limits: {nvidia.com/gpu: 1, hugepages-2Mi: 2Mi, example.kubernetes.io/x: 1, a/b/c: 1}
                                                                                  ^^^^^ invalid resource `a/b/c`: it has more than one `/`
      requests: {requests.example.com/x: 1}
                 ^^^^^^^^^^^^^^^^^^^^^^ invalid resource `requests.example.com/x`: not valid as the name of a quota
",
        );
    }
}
