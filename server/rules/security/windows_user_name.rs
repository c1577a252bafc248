//! The user of a Windows container has an invalid name.
//!
//! The format is `USER` or `DOMAIN\USER`, such as `NT AUTHORITY\SYSTEM`. The name is checked in pods
//! for Linux too.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     windowsOptions:
//!       runAsUserName: web@example.com
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
//!   securityContext:
//!     windowsOptions:
//!       runAsUserName: example.com\web
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use crate::check::{Check, Checker, Rule};
use crate::formats::vocabulary::windows_user;
use crate::pod::Object;
use crate::schema::core::WINDOWS_SECURITY_CONTEXT_OPTIONS;

pub(crate) static RULE: Rule = Rule {
    code: "windows-user-name",
    since: "0.1.0",
    checks: &[Check::Object(&[WINDOWS_SECURITY_CONTEXT_OPTIONS], check)],
    ..Rule::DEFAULT
};

fn check(options: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = options.field("runAsUserName") else { return };
    let Some(user) = node.as_str() else { return };
    if let Err(fault) = windows_user(user) {
        let name = if user.is_empty() { String::new() } else { format!(" `{user}`") };
        out.report(node, format!("invalid user name{name}: it {fault}"));
    }
}
