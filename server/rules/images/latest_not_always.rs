//! A `latest` image with `imagePullPolicy: IfNotPresent`.
//!
//! A node then asks the registry only if it has no image of that name, so the release depends on
//! when the node first pulled it. `Never` is not reported, since it is for images that were built on
//! the node.
//!
//! The profile `images` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:latest
//!     imagePullPolicy: IfNotPresent
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
//!     image: nginx:latest
//!     imagePullPolicy: Always
//! ```
//!
//! ## Fix
//!
//! Changes the policy to `Always`.

use crate::check::{Check, Checker, Fixes, Rule, Severity, When, pages};
use crate::formats::image::Image;
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "latest-not-always",
    severity: Severity::Information,
    when: When::Profile(Profile::Images),
    fixes: Fixes::Suggested,
    link: Some(pages::IMAGES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(policy) = container.node.field("imagePullPolicy") else { return };
    let Ok(image) = Image::parse(container.image()) else { return };
    let never = container.role == Role::Ephemeral || image.digest.is_some();
    if never || !image.is_latest() || policy.as_str() != Some("IfNotPresent") {
        return;
    }
    let message = "`latest` is not pulled again on a node that has it";
    out.report(policy, message)
        .suggest("Change to `Always`", || write::replace(policy, &New::text("Always")));
}
