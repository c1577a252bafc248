//! The API version does not have this kind.
//!
//! The kind is misspelt, or it is in another version: a Deployment is in `apps/v1`, a Pod in `v1`.
//! Only the groups of Kubernetes itself are checked, not custom ones, whose names contain a dot.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployement
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes to the most likely kind or version.

use crate::check::{Check, Checker, DiagnosticBuilder, Fixes, Rule, Severity};
use crate::pod::{Class, Manifest};
use crate::schema::{self, kinds};
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::{Edit, nearest};

pub(crate) static RULE: Rule = Rule {
    code: "unknown-kind",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let (version, kind) = (manifest.api_version, manifest.kind);
    let exact = kinds().find(|known| known.kind == kind).map(|known| known.kind);
    match manifest.class {
        Class::Unknown if is_of_other_tool(manifest) => return,
        Class::Unknown => {}
        Class::Custom if miscased(version, kind).is_some() => {}
        // Groups of others have a dot.
        Class::Custom if exact.is_some() && is_short(version) => {}
        _ => return,
    }
    let Some(name) = manifest.root.field("kind").filter(|_| !kind.is_empty()) else { return };
    let Some(place) = manifest.root.field("apiVersion") else { return };
    if let Some(right) = miscased(version, kind) {
        out.report(place, format!("unknown apiVersion `{version}`; did you mean `{right}`?"))
            .fix(format!("Change to `{right}`"), || changed(place, right));
        return;
    }
    let message = format!("unknown kind `{kind}` in `{version}`");
    if let Some(kind) = exact {
        let diagnostic = report_version(place, message, kind, out);
        // The server accepts the items of a list unchecked; kubectl fails on them later.
        if manifest.in_list {
            diagnostic.severity(Severity::Warning);
        }
        return;
    }
    let same = kinds().filter(|known| known.api_version == version).map(|known| known.kind);
    let near = nearest(kind, same).or_else(|| nearest(kind, kinds().map(|known| known.kind)));
    let Some(near) = near else {
        // The intended kind is unknown; OpenShift once had its own kinds in `v1`.
        out.report(name, message).severity(Severity::Warning);
        return;
    };
    out.report(name, format!("{message}; did you mean `{near}`?")).fix(
        format!("Change to `{near}`"),
        || {
            let wanting = schema::kind(version, near).is_none();
            let right = version_of(near).filter(|_| wanting).and_then(|it| changed(place, it));
            changed(name, near).into_iter().chain(right)
        },
    );
}

/// Documents with a short apiVersion that are not for the API server: a kubeconfig, plugins of kustomize,
/// a template of OpenShift.
fn is_of_other_tool(manifest: &Manifest<'_>) -> bool {
    let has = |field| manifest.root.get(field).is_some();
    match (manifest.api_version, manifest.kind) {
        ("builtin", _) => true,
        ("v1", "Config") => has("clusters") || has("contexts") || has("users"),
        ("v1", "Template") => has("objects"),
        _ => false,
    }
}

fn report_version<'a>(
    place: Node<'_>,
    message: String,
    kind: &str,
    out: &'a mut Checker<'_>,
) -> DiagnosticBuilder<'a> {
    match version_of(kind) {
        Some(version) => out
            .report(place, format!("{message}; expected `{version}`"))
            .fix(format!("Change to `{version}`"), || changed(place, version)),
        None => out.report(place, message),
    }
}

/// The API version that a kind is in; that of the first group where there are several.
fn version_of(kind: &str) -> Option<&'static str> {
    let versions = || kinds().filter(|known| known.kind == kind).map(|known| known.api_version);
    let stable = |version: &&str| !version.contains("alpha") && !version.contains("beta");
    versions().find(stable).or_else(|| versions().next())
}

/// The apiVersion of the kind that differs only in case. Groups and versions are lower case, so it is not
/// that of a custom resource.
fn miscased(version: &str, kind: &str) -> Option<&'static str> {
    let same = |known: &schema::Kind| {
        known.kind == kind && known.api_version.eq_ignore_ascii_case(version)
    };
    kinds().find(same).map(|known| known.api_version)
}

fn is_short(version: &str) -> bool {
    version.split_once('/').is_none_or(|(group, _)| !group.contains('.'))
}

fn changed(node: Node<'_>, text: &str) -> Option<Edit> {
    write::replace(node, &New::text(text))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn files_of_other_tools_are_left_alone() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Config
clusters: []
---
apiVersion: v1
kind: Config
      ^^^^^^ unknown kind `Config` in `v1`
data: {}
---
apiVersion: builtin
kind: ImageTagTransformer
---
apiVersion: v1
kind: Template
objects: []
",
        );
    }

    #[test]
    fn groups_of_others_are_not_ours() {
        check_rule(
            &RULE,
            r#"
apiVersion: argoproj.io/v1alpha1
kind: Deployment
---
apiVersion: skaffold/v4beta11
kind: Config
---
apiVersion: app/v1
            ^^^^^^ unknown kind `Deployment` in `app/v1`; expected `apps/v1`
kind: Deployment
---
apiVersion: apps/V1
            ^^^^^^^ unknown apiVersion `apps/V1`; did you mean `apps/v1`?
kind: Deployment
---
apiVersion: Networking.K8s.io/v1
            ^^^^^^^^^^^^^^^^^^^^ unknown apiVersion `Networking.K8s.io/v1`; did you mean `networking.k8s.io/v1`?
kind: Ingress
---
apiVersion: v1
kind: pod
      ^^^ unknown kind `pod` in `v1`; did you mean `Pod`?
"#,
        );
    }

    #[test]
    fn kind_and_version_change_together() {
        check_fix(
            &RULE,
            r#"
apiVersion: v1
kind: cronjob
"#,
            r#"
apiVersion: batch/v1
kind: CronJob
"#,
        );
    }
}
