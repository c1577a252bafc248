//! A `preStop` hook sleeps for the complete grace period.
//!
//! The grace period (`terminationGracePeriodSeconds`, 30 seconds by default) begins with the hook.
//! At its end the container is killed without a signal to stop, so it cannot finish requests or
//! close files. A `sleep` action that is even longer is refused; see `sleep-range`.
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
//!         lifecycle:
//!           preStop:
//!             exec:
//!               command:
//!               - sleep
//!               - "60"
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
//!       terminationGracePeriodSeconds: 90
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//!         lifecycle:
//!           preStop:
//!             exec:
//!               command:
//!               - sleep
//!               - "60"
//! ```
//!
//! ## Fix
//!
//! Sets the grace period to 30 seconds more than the sleep.

use super::commands::{commands, has_word, program, script, words};
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "grace-too-short",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    link: Some(
        "[Container hooks](https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/)",
    ),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

const GRACE: &str = "terminationGracePeriodSeconds";
const DEFAULT_GRACE: i64 = 30;

/// Words by which a script branches or ends early.
const BRANCHES: [&str; 11] =
    ["if", "case", "while", "until", "for", "exit", "trap", "timeout", "kill", "exec", "return"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let hook = container.node.field("lifecycle").and_then(|it| it.field("preStop"));
    let Some(hook) = hook.filter(|_| matches!(container.role, Role::App | Role::Sidecar)) else {
        return;
    };
    let grace = match pod.spec.field(GRACE) {
        Some(node) => node.as_int(),
        None if out.knows_absence(pod.spec) => Some(DEFAULT_GRACE),
        None => None,
    };
    let Some((node, seconds)) = by_action(hook, grace).or_else(|| by_command(hook)) else { return };
    let Some(grace) = grace.filter(|grace| (1..=seconds).contains(grace)) else { return };
    let message =
        format!("`preStop` sleeps for {seconds} s, which uses up the grace period of {grace} s");
    let longer = seconds.saturating_add(DEFAULT_GRACE);
    out.report(node, message).suggest(
        format!("Set `terminationGracePeriodSeconds` to {longer}"),
        || {
            let time = New::scalar(longer);
            write::set(pod.spec, &[GRACE], &time)
        },
    );
}

/// The time of a `sleep` action, if it equals the grace period; a longer one is refused.
fn by_action<'a>(hook: Node<'a>, grace: Option<i64>) -> Option<(Node<'a>, i64)> {
    let node = hook.field("sleep")?.field("seconds")?;
    let seconds = node.as_int()?;
    (Some(seconds) == grace).then_some((node, seconds))
}

/// The time that a command always waits, and its word in the source.
fn by_command<'a>(hook: Node<'a>) -> Option<(Node<'a>, i64)> {
    let list = hook.field("exec")?.field("command")?;
    let words = words(&[Some(list)])?;
    let (word, seconds) = match script(&words) {
        Some(script) => (script, slept(script)?),
        None if program(words.first()?) == "sleep" => {
            let word = words.get(1)?;
            (*word, duration(word)?)
        }
        None => return None,
    };
    let said = |item: &Node<'_>| item.as_str() == Some(word);
    let node = list.items().filter_map(Node::resolved).find(said)?;
    Some((node, seconds))
}

/// How long a script without branches sleeps.
fn slept(script: &str) -> Option<i64> {
    if script.replace("&&", "").contains(['&', '|']) || has_word(script, &BRANCHES) {
        return None;
    }
    let each = commands(script).filter_map(|command| {
        let time =
            command.strip_prefix("sleep ").or_else(|| command.strip_prefix("/bin/sleep "))?;
        duration(time.trim())
    });
    let sum = each.fold(0, i64::saturating_add);
    (sum > 0).then_some(sum)
}

/// `30`, `30s` or `2m` in seconds.
fn duration(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return None,
    };
    digits.parse::<i64>().ok().filter(|it| *it >= 0)?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn hooks_of_all_forms() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  terminationGracePeriodSeconds: 20
  containers:
  - name: a
    image: a
    lifecycle: {preStop: {sleep: {seconds: 20}}}
                                           ^^ `preStop` sleeps for 20 s, which uses up the grace period of 20 s
  - name: b
    image: b
    lifecycle: {preStop: {exec: {command: [sh, -c, sleep 15; nginx -s quit && sleep 10s]}}}
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `preStop` sleeps for 25 s, which uses up the grace period of 20 s
  - name: c
    image: c
    lifecycle: {preStop: {exec: {command: [/bin/sleep, '19']}}}
  - name: d
    image: d
    lifecycle: {preStop: {exec: {command: [sh, -c, 'if a; then exit 0; fi; sleep 60']}}}
  - name: e
    image: e
    lifecycle: {preStop: {exec: {command: [sh, -c, sleep 60 & run]}}}
",
        );
    }

    #[test]
    fn what_is_not_there_may_be_elsewhere() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  $patch: merge
  containers:
  - name: a
    lifecycle: {preStop: {exec: {command: [sleep, '60']}}}
",
        );
    }
}
