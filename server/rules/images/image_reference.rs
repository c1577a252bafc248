//! An image name that a container runtime cannot read.
//!
//! The API server accepts any text. The kubelet then reports `InvalidImageName`, and the container
//! never starts. Names look like `registry/name:tag@digest`: one tag, and no upper-case letters in
//! front of it. Placeholders such as `IMAGE_NAME` or `<image>` are not reported.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27:alpine
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
//!     image: example.com/Web:1.0
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
//!     image: nginx:1.27-alpine
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
//!     image: IMAGE_NAME
//! ```
//!
//! ## Fix
//!
//! Changes the name to lower case, or removes a leading `https://` or the colon of an empty tag.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::image::Image;
use crate::pod::{Container, Pod};
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "image-reference",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    link: Some("[Image names](https://kubernetes.io/docs/concepts/containers/images/#image-names)"),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// Prefixes that users copy from a browser or another tool. Others have a meaning for build tools.
const SCHEMES: [&str; 4] = ["http", "https", "docker", "oci"];

/// The starts of placeholder words in manuals.
const STANDS_FOR: [&str; 5] = ["my", "our", "some", "the", "your"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(node) = container.node.field("image") else { return };
    let text = container.image();
    // White space around it is refused by the API server, see `image-whitespace`.
    if text.is_empty() || text.trim().len() != text.len() || is_filled_in(text, pod) {
        return;
    }
    let Err(fault) = Image::parse(text) else { return };
    let fault = match text.rsplit_once(':') {
        Some((name, _)) if has_tag(name) && !text.contains("://") => "has two tags",
        _ => fault,
    };
    let diagnostic =
        out.report(node, format!("invalid image of {}: it {fault}", container.title()));
    if let Some(corrected) = corrected(text) {
        diagnostic.suggest(format!("Change to `{corrected}`"), || {
            write::replace(node, &New::text(&corrected))
        });
    }
}

/// Whether something will write another name there: a template, a build tool such as ko, or an
/// operator.
fn is_filled_in(text: &str, pod: &Pod<'_>) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:@".contains(&byte);
    let shouts = |word: &str| {
        let letters = || word.chars().filter(char::is_ascii_alphabetic);
        letters().count() > 1 && letters().all(|letter| letter.is_ascii_uppercase())
    };
    // `someImage` in a manual is a placeholder.
    let stands_for = |word: &str| {
        STANDS_FOR.iter().any(|start| {
            let rest = word.strip_prefix(start);
            rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
        })
    };
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    // A tag can have capitals.
    let name = text.rsplit_once(':').map_or(text, |(name, _)| name);
    pod.workload.is_none()
        || !text.bytes().all(plain)
        || scheme.is_some_and(|scheme| !SCHEMES.contains(&scheme))
        || name.split(['/', '.', '-', ':']).any(|word| shouts(word) || stands_for(word))
}

fn has_tag(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|last| last.contains(':')) && !name.contains('@')
}

/// The corrected name, if it has only faults that can be corrected.
fn corrected(text: &str) -> Option<String> {
    let bare = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme)?.strip_prefix("://"));
    let bare = bare.unwrap_or(text);
    let (name, tag) = match bare.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (bare, None),
    };
    let lower = name.to_lowercase();
    let tag = tag.filter(|tag| !tag.is_empty()).map(|tag| format!(":{tag}")).unwrap_or_default();
    let corrected = format!("{lower}{tag}");
    (corrected != text && Image::parse(&corrected).is_ok()).then_some(corrected)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    fn pod(image: &str) -> String {
        let head =
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n";
        format!("{head}    image: {image}\n")
    }

    #[test]
    fn what_is_filled_in_later_is_fine() {
        for image in [
            "IMAGE",
            "gcr.io/PROJECT_ID/web:TAG",
            "REGISTRY/web:1",
            "<image>",
            "yourRegistry/yourImage:1",
            "ko://example.com/cmd/web",
            "example.com/web:V1.0-RC",
            "example.com:5000/web",
            "$(IMAGE)",
            "'%IMAGE%'",
            "''",
            "' a '",
            "myregistry.MYDOMAIN.com/web",
        ] {
            check_rule(&RULE, &pod(image));
        }
    }

    #[test]
    fn names_are_repaired() {
        for (image, corrected) in [
            ("https://example.com/web:1", "example.com/web:1"),
            ("example.com/Web:V1", "example.com/web:V1"),
            ("'nginx:'", "nginx"),
        ] {
            check_fix(&RULE, &pod(image), &pod(corrected));
        }
    }

    #[test]
    fn faults_are_told() {
        check_rule(
            &RULE,
            &(pod("nginx:1.27:alpine")
                + "           ^^^^^^^^^^^^^^^^^ invalid image of container `a`: it has two tags\n"),
        );
        check_rule(
            &RULE,
            &(pod("nginx@1.27")
                + "           ^^^^^^^^^^ invalid image of container `a`: it has no valid digest\n"),
        );
    }
}
