//! An AppArmor annotation is not valid, or contradicts the field.
//!
//! Its key ends in the name of a container of the pod. Its value is `runtime/default`, `unconfined`
//! or `localhost/` and the name of a profile, and must match `securityContext.appArmorProfile`,
//! which replaced it in Kubernetes 1.30.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/app: runtime/default
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/web: unconfined
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     securityContext:
//!       appArmorProfile:
//!         type: RuntimeDefault
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/web: runtime/default
//! spec:
//!   securityContext:
//!     appArmorProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the annotation, or corrects the name of the container.

use super::annotations::{
    APP_ARMOR, Disagreement, container, context_field, disagreement, map, text, with_prefix,
};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Pod;
use crate::schema::Version;
use crate::syntax::{Entry, Node, write};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "apparmor-annotation",
    fixes: Fixes::Suggested,
    link: Some("[AppArmor](https://kubernetes.io/docs/tutorials/security/apparmor/)"),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let Some(map) = map(pod) else { return };
    for (entry, name) in with_prefix(map, APP_ARMOR) {
        let Some(text) = text(&entry) else { continue };
        let known = text.is_empty() || ["runtime/default", "unconfined"].contains(&text);
        if container(pod, name).is_none() {
            report_unknown(pod, entry, name, out);
        } else if !known && !text.starts_with("localhost/") {
            out.report(entry.value, format!("`{text}` is not a valid AppArmor profile"))
                .suggest("Remove the annotation", || remove(entry));
        } else if out.version >= Version::new(30) {
            check_field(pod, entry, name, text, out);
        }
    }
}

fn report_unknown(pod: &Pod<'_>, entry: Entry<'_>, name: &str, out: &mut Checker<'_>) {
    let message = format!("cannot find container `{name}` in this pod");
    let diagnostic = out.report_absence(entry.value, message).at(entry.key.content_span());
    let diagnostic = diagnostic.missing_in(pod.spec.field("containers").unwrap_or(pod.template));
    let names = pod.containers.iter().map(|container| container.name());
    let diagnostic = match crate::text::nearest(name, names) {
        Some(near) => diagnostic.suggest(format!("Change to `{near}`"), || {
            [crate::syntax::write::word(entry.key, format!("{APP_ARMOR}{near}"))]
        }),
        None => diagnostic,
    };
    diagnostic.suggest("Remove the annotation", || remove(entry));
}

fn check_field(pod: &Pod<'_>, entry: Entry<'_>, name: &str, text: &str, out: &mut Checker<'_>) {
    let os = pod.spec.field("os").and_then(|os| os.field("name")?.as_str());
    let own = container(pod, name).and_then(|it| context_field(it.node, "appArmorProfile"));
    // For a Pod the server sets the profile of the container from the annotation.
    let of_pod = pod.is_template().then(|| context_field(pod.spec, "appArmorProfile"));
    let profile = own.or(of_pod.flatten());
    let Some(profile) = profile.filter(|_| os != Some("windows")) else { return };
    let Some(disagreement) = disagreement(profile, text, &["runtime/default"]) else { return };
    let field = if disagreement == Disagreement::Type { "type" } else { "localhostProfile" };
    let node: Node<'_> = profile.field(field).unwrap_or(profile);
    out.report(
        node,
        format!("the profile differs from the annotation of container `{name}`, `{text}`"),
    )
    .related(entry.value, "the annotation")
    .suggest("Remove the annotation", || remove(entry));
}

fn remove(entry: Entry<'_>) -> Option<Edit> {
    write::remove(entry.key)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn pods_and_templates() {
        check_rule(
            &RULE,
            r#"
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      annotations:
        container.apparmor.security.beta.kubernetes.io/web: runtime/default
        container.apparmor.security.beta.kubernetes.io/wep: unconfined
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cannot find container `wep` in this pod
        container.apparmor.security.beta.kubernetes.io/log: default
                                                            ^^^^^^^ `default` is not a valid AppArmor profile
    spec:
      securityContext:
        appArmorProfile:
          type: Unconfined
                ^^^^^^^^^^ the profile differs from the annotation of container `web`, `runtime/default`
      containers:
      - name: web
      - name: log
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    container.apparmor.security.beta.kubernetes.io/web: runtime/default
spec:
  securityContext:
    appArmorProfile:
      type: Unconfined
  containers:
  - name: web
"#,
        );
    }
}
