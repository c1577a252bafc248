//! A tag can be moved to another image.
//!
//! A digest, as in `nginx:1.27@sha256:...`, always stands for the same image, whatever happens to
//! the registry. Tools such as Renovate keep digests up to date.
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
//!     image: nginx:1.27@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::formats::image::Image;
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "image-without-digest",
    severity: Severity::Hint,
    when: When::Profile(Profile::Strict),
    linters: &[Linter::Checkov("CKV_K8S_43")],
    link: Some(pages::IMAGES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = container.node.field("image") else { return };
    let Ok(image) = Image::parse(container.image()) else { return };
    if container.role != Role::Ephemeral && image.digest.is_none() {
        out.report(node, format!("the image of {} has no digest", container.title()));
    }
}
