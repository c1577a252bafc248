//! The image has the tag `latest`, or none.
//!
//! Each release has the same name, so a restarted pod may run a different one, two pods of one
//! Deployment may differ, and there is no version to roll back to. An image without a tag has the
//! tag `latest`. With a digest the tag does not matter.
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
//!     image: nginx
//! ```
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
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::formats::image::Image;
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "latest-image",
    severity: Severity::Warning,
    when: When::Profile(Profile::Images),
    linters: &[
        Linter::KubeLinter("latest-tag"),
        Linter::KubeScore("container-image-tag"),
        Linter::Polaris("tagNotSpecified"),
        Linter::Checkov("CKV_K8S_14"),
    ],
    link: Some(pages::IMAGES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = container.node.field("image") else { return };
    let Ok(image) = Image::parse(container.image()) else { return };
    if container.role == Role::Ephemeral || !image.is_latest() || image.digest.is_some() {
        return;
    }
    let message = match image.tag {
        Some(_) => format!("the image of {} has the tag `latest`", container.title()),
        None => format!("the image of {} has no tag, which means `latest`", container.title()),
    };
    out.report(node, message);
}
