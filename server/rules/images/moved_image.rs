//! An image that has moved.
//!
//! Registries and projects move; the images at the old place are out of date or gone. The rule
//! covers some of the moves up to August 2026.
//!
//! * `k8s.gcr.io` and `gcr.io/google-containers` got their last images in April 2023; newer ones are at
//!   `registry.k8s.io`.
//! * Tags with a version at `docker.io/bitnami` went to `docker.io/bitnamilegacy` in 2025, where they get
//!   no updates.
//! * `gcr.io/kubebuilder/kube-rbac-proxy` is gone since 2025; the project's own images are at
//!   `quay.io/brancz/kube-rbac-proxy`.
//! * `docker.pkg.github.com` was replaced by `ghcr.io`.
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
//!     image: k8s.gcr.io/pause:3.9
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
//!     image: registry.k8s.io/pause:3.9
//! ```
//!
//! ## Fix
//!
//! Changes the image to its current name, where it may have other tags.

use crate::check::{Check, Checker, Fixes, Rule, Severity, When};
use crate::formats::image::Image;
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "moved-image",
    severity: Severity::Warning,
    when: When::Profile(Profile::Images),
    fixes: Fixes::Suggested,
    link: Some("[registry.k8s.io](https://kubernetes.io/blog/2023/03/10/image-registry-redirect/)"),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// The old and the new places of images.
struct Move {
    registry: &'static str,
    /// The start of the names of images that have moved.
    prefix: &'static str,
    to: &'static str,
    what: &'static str,
}

const MOVES: &[Move] = &[
    Move {
        registry: "k8s.gcr.io",
        prefix: "",
        to: "registry.k8s.io/",
        what: "has moved to `registry.k8s.io`",
    },
    Move {
        registry: "gcr.io",
        prefix: "google-containers/",
        to: "registry.k8s.io/",
        what: "has moved to `registry.k8s.io`",
    },
    Move {
        registry: "gcr.io",
        prefix: "google_containers/",
        to: "registry.k8s.io/",
        what: "has moved to `registry.k8s.io`",
    },
    Move {
        registry: "gcr.io",
        prefix: "kubebuilder/kube-rbac-proxy",
        to: "quay.io/brancz/kube-rbac-proxy",
        what: "is no longer in this registry",
    },
    Move {
        registry: "docker.io",
        prefix: "bitnami/",
        to: "docker.io/bitnamilegacy/",
        what: "has moved to `bitnamilegacy` without further updates",
    },
    Move {
        registry: "docker.pkg.github.com",
        prefix: "",
        to: "ghcr.io/",
        what: "has moved to `ghcr.io`",
    },
];

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = container.node.field("image") else { return };
    let Ok(image) = Image::parse(container.image()) else { return };
    let moved = MOVES.iter().find(|it| it.concerns(image));
    let Some(moved) = moved.filter(|_| container.role != Role::Ephemeral) else { return };
    let new = moved.new_name(image);
    let message = format!("the image of {} {}", container.title(), moved.what);
    out.report(node, message)
        .suggest(format!("Change to `{new}`"), || write::replace(node, &New::text(&new)));
}

impl Move {
    fn concerns(&self, image: Image<'_>) -> bool {
        let registry = match image.registry {
            None | Some("index.docker.io" | "registry-1.docker.io") => "docker.io",
            Some(registry) => registry,
        };
        // The newest images of Bitnami are still where they were.
        let stays = registry == "docker.io" && (image.is_latest() || image.digest.is_some());
        registry == self.registry && image.repository.starts_with(self.prefix) && !stays
    }

    fn new_name(&self, image: Image<'_>) -> String {
        let rest = image.repository.strip_prefix(self.prefix).unwrap_or_default();
        let tag = image.tag.map(|tag| format!(":{tag}")).unwrap_or_default();
        let digest = image.digest.map(|digest| format!("@{digest}")).unwrap_or_default();
        format!("{}{rest}{tag}{digest}", self.to)
    }
}
