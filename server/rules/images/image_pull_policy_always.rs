//! A node may run a cached image without asking the registry.
//!
//! With `imagePullPolicy: Always` the node asks the registry each time, so a pod needs the right to
//! pull its image even if another pod has pulled it before, and a moved tag is noticed. The cost is
//! one request: layers on the node are not downloaded again.
//!
//! The profile `strict` switches it on.
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
//!     imagePullPolicy: Always
//! ```
//!
//! ## Fix
//!
//! Sets `imagePullPolicy: Always`.

use crate::check::{Check, Checker, Fixes, Linter, Rule, Severity, When, pages};
use crate::formats::image::{Image, pull_policy};
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "image-pull-policy-always",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    fixes: Fixes::Suggested,
    linters: &[
        Linter::KubeScore("container-image-pull-policy"),
        Linter::Polaris("pullPolicyNotAlways"),
        Linter::Checkov("CKV_K8S_15"),
    ],
    link: Some(pages::IMAGES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let always = || New::text("Always");
    let message = || format!("the image of {} is not pulled at each start", container.title());
    match container.node.field("imagePullPolicy") {
        _ if container.role == Role::Ephemeral || Image::parse(container.image()).is_err() => {}
        Some(policy) => {
            if policy.as_str().is_some_and(|policy| policy != "Always") {
                out.report(policy, message())
                    .suggest("Change to `Always`", || write::replace(policy, &always()));
            }
        }
        None if pull_policy(container.image()) == "Always" => {}
        None => {
            out.missing(container.node, "imagePullPolicy", message()).suggest(
                "Add `imagePullPolicy: Always`",
                || {
                    let place = Place::After("image");
                    write::insert(container.node, "imagePullPolicy", &always(), place)
                },
            );
        }
    }
}
