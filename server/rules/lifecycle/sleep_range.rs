//! A hook sleeps longer than the grace period of the pod, or not at all.
//!
//! The grace period (`terminationGracePeriodSeconds`, 30 by default) includes the hooks, so a sleep
//! must not be longer. It can be 0 since Kubernetes 1.33.
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
//!     lifecycle:
//!       preStop:
//!         sleep:
//!           seconds: 60
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   terminationGracePeriodSeconds: 90
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     lifecycle:
//!       preStop:
//!         sleep:
//!           seconds: 60
//! ```
//!
//! ## Fix
//!
//! Raises the grace period, or shortens the sleep.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, Role};
use crate::schema::Version;
use crate::schema::core::{POD, POD_SPEC, SLEEP_ACTION};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

const GRACE: &str = "terminationGracePeriodSeconds";

pub(crate) static RULE: Rule = Rule {
    code: "sleep-range",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[SLEEP_ACTION], check)],
    ..Rule::DEFAULT
};

fn check(sleep: &Object<'_>, out: &mut Checker<'_>) {
    let node = sleep.field("seconds");
    let seconds = match node {
        Some(node) => node.as_int(),
        None => Some(0),
    };
    let Some(seconds) = seconds else { return };
    let Some(grace) = grace(sleep) else { return };
    let least = i64::from(out.version < Version::new(33));
    let runs = matches!(sleep.role(), Some(Role::App | Role::Sidecar));
    if (least..=grace).contains(&seconds) || !runs || sleep.is_dropped("seconds", out.version) {
        return;
    }
    let message = match seconds {
        _ if seconds < least => format!("`sleep` of {seconds} s is shorter than {least} s"),
        _ => format!("`sleep` of {seconds} s is longer than the grace period of {grace} s"),
    };
    let Some(node) = node else {
        out.missing(sleep.node, "seconds", message);
        return;
    };
    let diagnostic = out.report(node, message);
    if seconds > grace && grace >= least {
        let longer = seconds.saturating_add(DEFAULT_GRACE);
        diagnostic
            .suggest(format!("Set `terminationGracePeriodSeconds` to {longer}"), || {
                give(sleep, longer)
            })
            .suggest(format!("Set the sleep to {grace} s"), || {
                [Edit::replace(node.content_span(), grace.to_string())]
            });
    }
}

const DEFAULT_GRACE: i64 = 30;

/// The grace period of the pod; `None` if it is not a number. In a Pod a negative time becomes
/// one second, in a template it stays.
fn grace(sleep: &Object<'_>) -> Option<i64> {
    let spec = sleep.within(POD_SPEC)?;
    let Some(node) = spec.field(GRACE) else { return Some(DEFAULT_GRACE) };
    let seconds = Node::as_int(node)?;
    let in_pod = spec.parent.is_some_and(|it| it.ty == POD);
    Some(if seconds < 0 && in_pod { 1 } else { seconds })
}

fn give(sleep: &Object<'_>, seconds: i64) -> Option<Edit> {
    let spec = sleep.within(POD_SPEC)?.node;
    let value = New::scalar(seconds);
    write::put(spec, GRACE, &value, Place::First)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::schema::Version;
    use crate::testing::{check_rule, check_rule_for};

    #[test]
    fn knows_versions() {
        let pod = "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  terminationGracePeriodSeconds: -5
  containers:
  - name: a
    image: x
    lifecycle:
      postStart: {sleep: {seconds: 1}}
      preStop: {sleep: {seconds: 0}}
";
        check_rule(&RULE, pod);
        check_rule_for(&RULE, Version::new(29), pod);
        let old = format!("{pod}{}^ `sleep` of 0 s is shorter than 1 s\n", " ".repeat(33));
        check_rule_for(&RULE, Version::new(32), &old);
    }

    #[test]
    fn a_template_keeps_a_negative_time() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: PodTemplate
metadata: {name: a}
template:
  spec:
    terminationGracePeriodSeconds: -5
    containers:
    - name: a
      image: x
      lifecycle: {preStop: {sleep: {seconds: 0}}, postStart: {sleep: {seconds: -1}}}
                                             ^ `sleep` of 0 s is longer than the grace period of -5 s
                                                                               ^^ `sleep` of -1 s is shorter than 0 s
",
        );
    }
}
