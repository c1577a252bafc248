//! A tag that moves from release to release.
//!
//! `nginx:stable`, `postgres:16` and `alpine:edge` may be different images tomorrow, so pods that
//! start at different times may differ. The rule reports words such as `stable`, and for official
//! images of Docker Hub major versions, also with a variant behind them. Numbers of other images
//! have no common meaning. `latest` is reported by `latest-image`.
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
//!     image: nginx:stable-alpine
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
//!     image: postgres:16
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
//!     image: nginx:1.27.3-alpine
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
//!     image: example.com/web:20260801
//! ```

use crate::check::{Check, Checker, Rule, Severity, When, pages};
use crate::formats::image::Image;
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;

pub(crate) static RULE: Rule = Rule {
    code: "floating-tag",
    severity: Severity::Hint,
    when: When::Profile(Profile::Images),
    link: Some(pages::IMAGES),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// Names of branches, channels and base images that people use for tags.
const WORDS: [&str; 22] = [
    "alpine", "beta", "bookworm", "bullseye", "canary", "current", "debian", "dev", "develop",
    "edge", "head", "jammy", "lts", "main", "mainline", "master", "nightly", "noble", "prod",
    "slim", "stable", "unstable",
];

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = container.node.field("image") else { return };
    let Ok(image) = Image::parse(container.image()) else { return };
    let Some(tag) = image.tag.filter(|_| image.digest.is_none()) else { return };
    if container.role != Role::Ephemeral && floats(tag, is_official(image)) {
        out.report(node, format!("the tag `{tag}` does not name a single release"));
    }
}

fn floats(tag: &str, official: bool) -> bool {
    let first = tag.split(['-', '_']).next().unwrap_or_default();
    // Longer numbers are dates and builds.
    let major = (1..=2).contains(&first.len()) && first.bytes().all(|it| it.is_ascii_digit());
    official && major || WORDS.contains(&first)
}

fn is_official(image: Image<'_>) -> bool {
    let name = image.repository.strip_prefix("library/").unwrap_or(image.repository);
    image.registry.is_none_or(|it| it.ends_with("docker.io")) && !name.contains('/')
}

#[cfg(test)]
mod tests {
    use super::floats;

    #[test]
    fn tags_that_move() {
        for (tag, moves) in [
            ("1", true),
            ("16-alpine", true),
            ("stable", true),
            ("slim-bookworm", true),
            ("1.27", false),
            ("2024", false),
            ("142", false),
            ("main2", false),
            ("a1b2c3d", false),
            ("RELEASE.2025-01-01", false),
        ] {
            assert_eq!(floats(tag, true), moves, "{tag}");
        }
        assert!(floats("stable", false) && !floats("5", false));
    }
}
