//! A pod has a setting that its operating system does not support.
//!
//! With `os.name: windows` most security settings of Linux are refused, even the value `false`; with
//! `os.name: linux` the `windowsOptions` are refused. Pods without `os` are not checked.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   os:
//!     name: windows
//!   securityContext:
//!     runAsUser: 1000
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
//!   os:
//!     name: windows
//!   securityContext:
//!     runAsNonRoot: true
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the setting.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Pod, forbidden_on_windows};
use crate::schema::core::{POD_SECURITY_CONTEXT, POD_SPEC, SECURITY_CONTEXT};
use crate::schema::{ObjectType, dropped};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "os-field-forbidden",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let os = pod.spec.field("os").and_then(|os| os.field("name")?.as_str());
    let windows = match os {
        Some("windows") => true,
        Some("linux") => false,
        _ => return,
    };
    let context = pod.spec.field("securityContext");
    let contexts = pod.containers.iter().filter_map(|it| it.node.field("securityContext"));
    if !windows {
        for context in context.into_iter().chain(contexts) {
            check_fields(context, SECURITY_CONTEXT, &["windowsOptions"], "Linux", out);
        }
        return;
    }
    check_fields(pod.spec, POD_SPEC, forbidden_on_windows(POD_SPEC), "Windows", out);
    if let Some(context) = context {
        check_fields(
            context,
            POD_SECURITY_CONTEXT,
            forbidden_on_windows(POD_SECURITY_CONTEXT),
            "Windows",
            out,
        );
    }
    for context in contexts {
        check_fields(
            context,
            SECURITY_CONTEXT,
            forbidden_on_windows(SECURITY_CONTEXT),
            "Windows",
            out,
        );
    }
}

fn check_fields(
    holder: Node<'_>,
    ty: ObjectType,
    fields: &[&str],
    os: &str,
    out: &mut Checker<'_>,
) {
    for field in fields {
        let Some(value) = holder.field(field) else { continue };
        if is_fine(field, value) || dropped(ty, field, out.version) {
            continue;
        }
        out.report_key(value, format!("`{field}` is not allowed in a pod for {os}"))
            .suggest(format!("Remove `{field}`"), || write::remove(value));
    }
}

/// Values that are as good as none.
fn is_fine(field: &str, value: Node<'_>) -> bool {
    match field {
        "hostPID" | "hostIPC" => value.as_bool() != Some(true),
        "sysctls" => value.is_seq() && value.items().next().is_none(),
        _ => false,
    }
}
