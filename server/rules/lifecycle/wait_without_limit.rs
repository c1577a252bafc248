//! An init container waits without a time limit.
//!
//! If the condition is never met, the pod stays in `Init` without an error. With a limit in the
//! loop, or with `timeout`, the init container fails visibly and is retried. Pods and Jobs with
//! `activeDeadlineSeconds` are not reported.
//!
//! The profile `reliability` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: prepare
//!     image: busybox:1.37
//!     command:
//!     - sh
//!     - -c
//!     - until nc -z db 5432; do sleep 2; done
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
//!     command:
//!     - sh
//!     - -c
//!     - timeout 120 sh -c "until nc -z db 5432; do sleep 2; done"
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use super::commands::{has_word, script, words};
use crate::check::{Check, Checker, Rule, Severity, When, pages};
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "wait-without-limit",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    link: Some(pages::INIT_CONTAINERS),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

const ENDS: [&str; 13] = [
    "timeout", "break", "exit", "return", "read", "kill", "seq", "let", "expr", "-lt", "-gt",
    "-le", "-ge",
];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role != Role::Init || has_deadline(pod) {
        return;
    }
    let lists = [container.node.field("command"), container.node.field("args")];
    let Some(words) = words(&lists) else { return };
    let Some(text) = script(&words) else { return };
    let loops = has_word(text, &["until", "while"]) && has_word(text, &["do"]);
    // A counter, a file that is read or an exit ends the loop.
    let ends = has_word(text, &ENDS) || text.contains("$((");
    if !loops || ends {
        return;
    }
    let items = lists.iter().flatten().flat_map(|list| list.items()).filter_map(Node::resolved);
    if let Some(node) = items.filter(|it| it.as_str() == Some(text)).last() {
        out.report(node, format!("{} waits without a limit", container.title()));
    }
}

/// Whether the pod or its Job ends at some time anyway.
fn has_deadline(pod: &Pod<'_>) -> bool {
    let spec = pod.manifest.root.field("spec");
    let of_cron = spec.and_then(|it| it.field("jobTemplate")?.field("spec"));
    let mut holders = [Some(pod.spec), spec, of_cron].into_iter().flatten();
    holders.any(|it| it.field("activeDeadlineSeconds").is_some())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn a_counter_ends_it() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: counts
    image: busybox
    command: [sh, -c, 'n=9; until nc -z db 1 || [ $n = 0 ]; do n=$((n - 1)); done']
  - name: waits
    image: busybox
    command: [sh, -c, 'until nc -z db 1; do sleep 1; done']
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init container `waits` waits without a limit
"#,
        );
    }
}
