//! An invalid name of an environment variable.
//!
//! Since Kubernetes 1.32, all printable ASCII characters except `=` are allowed. Up to 1.31 a name
//! consists of letters, digits, `-`, `_` and `.`, and does not start with a digit.
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
//!     env:
//!     - name: LOG=LEVEL
//!       value: debug
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
//!     env:
//!     - name: LOG_LEVEL
//!       value: debug
//! ```
//!
//! ## Fix
//!
//! Replaces characters that are not allowed with `_`.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::env;
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::{ENV_FROM_SOURCE, ENV_VAR, FILE_KEY_SELECTOR};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "env-name-format",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[ENV_VAR, FILE_KEY_SELECTOR, ENV_FROM_SOURCE], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    let (field, noun) = match object.ty {
        FILE_KEY_SELECTOR => ("key", "key"),
        ENV_FROM_SOURCE => ("prefix", "prefix"),
        _ => ("name", "variable name"),
    };
    let Some(node) = object.field(field) else { return };
    let Some(name) = node.as_str().filter(|name| !name.is_empty()) else { return };
    let relaxed = out.version >= Version::new(32);
    let format = if relaxed { env::name } else { env::strict_name };
    let Err(fault) = format(name) else { return };
    if object.is_dropped(field, out.version) {
        return;
    }
    let diagnostic =
        out.report(node, format!("invalid {noun} `{}`: it {fault}", name.escape_debug()));
    let meant = repaired(name, relaxed);
    if format(&meant).is_ok() {
        diagnostic
            .suggest(format!("Change to `{meant}`"), || write::replace(node, &New::text(meant)));
    }
}

fn repaired(name: &str, relaxed: bool) -> String {
    let fine = |letter: char| {
        letter.is_ascii_alphanumeric()
            || matches!(letter, '-' | '_' | '.')
            || relaxed && letter.is_ascii_graphic() && letter != '='
    };
    let made: String = name.trim().chars().map(|it| if fine(it) { it } else { '_' }).collect();
    let digit_first = made.starts_with(|first: char| first.is_ascii_digit());
    if digit_first && !relaxed { format!("_{made}") } else { made }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::schema::Version;
    use crate::testing::{check_rule, check_rule_for};

    #[test]
    fn was_stricter_once() {
        let pod = "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: x
    env: [{name: 1 A}]
    envFrom: [{prefix: a b-, secretRef: {name: a}}]
";
        check_rule(&RULE, pod);
        let old = pod.replace(
            "[{name: 1 A}]\n",
            "[{name: 1 A}]\n                 ^^^ invalid variable name `1 A`: it starts with a digit\n",
        );
        let old = old.replace(
            "{name: a}}]\n",
            "{name: a}}]
                       ^^^^ invalid prefix `a b-`: it contains characters other than letters, digits, `-`, `_` and `.`\n",
        );
        check_rule_for(&RULE, Version::new(31), &old);
    }
}
