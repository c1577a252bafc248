//! A required field is missing or empty.
//!
//! The API server refuses the manifest. The OpenAPI schema alone, which most editors use, declares
//! nearly all fields of a pod as optional. An empty text or list counts as missing, as it does for
//! the API server. Patches, templates and custom kinds are not checked, since the field may come
//! from elsewhere.
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
//!     volumeMounts:
//!     - name: config
//!   volumes:
//!   - name: config
//!     secret:
//!       name: web-config
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
//!     volumeMounts:
//!     - name: config
//!       mountPath: /etc/web
//!   volumes:
//!   - name: config
//!     secret:
//!       secretName: web-config
//! ```
//!
//! ## Fix
//!
//! Adds the field with a common value, or renames a key that was probably intended for it, such as
//! `name` under `secret`.

use super::required_field_table::{Blank, RequiredField, TABLE, TYPES};
use super::table;
use crate::check::{Check, Checker, DiagnosticBuilder, Echo, Fixes, Rule, Severity};
use crate::pod::{Manifest, Object};
use crate::schema::{ObjectType, core};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "required-field",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Manifest(named), Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

const SOURCES: [ObjectType; 2] = [core::TYPED_LOCAL_OBJECT_REFERENCE, core::TYPED_OBJECT_REFERENCE];

fn named(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(metadata) = manifest.root.field("metadata") else {
        out.missing(manifest.root, "metadata.name", "missing field `metadata.name`");
        return;
    };
    let lacks = |field| metadata.field(field).is_none_or(|value| value.as_str() == Some(""));
    if metadata.is_map() && lacks("name") && lacks("generateName") {
        absent(metadata, "name", "missing field `metadata.name`".to_owned(), out);
    }
}

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some((holder, field)) = missing_place(object, row) else { continue };
        if (row.when)(object, out.version) && !object.is_dropped(row.field, out.version) {
            report(object, holder, field, row, out);
        }
    }
}

/// The innermost map that is there on the way to a field like `resources.requests.storage`, and
/// the rest of the way; `None` when the field is there, or something on the way is no map.
fn missing_place<'a>(object: &Object<'a>, row: &RequiredField) -> Option<(Node<'a>, &'static str)> {
    let (mut holder, mut rest) = (object.node, row.field);
    while let Some((first, behind)) = rest.split_once('.') {
        let Some(inner) = holder.field(first) else { return Some((holder, rest)) };
        (holder, rest) = (inner, behind);
    }
    let empty = holder.field(rest).is_none_or(|value| is_empty(value, row.blank));
    let object = holder.is_map() || holder.is_null();
    (object && empty).then_some((holder, rest))
}

/// Whether the API server takes the value for a missing one.
fn is_empty(value: Node<'_>, blank: Blank) -> bool {
    match blank {
        Blank::Empty if value.is_seq() => value.items().next().is_none(),
        Blank::Empty => value.as_str() == Some(""),
        Blank::Zero => value.as_int() == Some(0),
        Blank::NoVersion => value.as_str().is_some_and(|it| it.is_empty() || it.ends_with('/')),
        Blank::Absent => false,
    }
}

fn report(
    object: &Object<'_>,
    holder: Node<'_>,
    field: &'static str,
    row: &RequiredField,
    out: &mut Checker<'_>,
) {
    let diagnostic =
        absent(holder, field, format!("missing field `{}` in {}", row.field, object.title()), out);
    let late = row.late && object.within(core::POD_TEMPLATE_SPEC).is_some();
    let diagnostic = if late { diagnostic.severity(Severity::Warning) } else { diagnostic };
    diagnostic
        .echo(echo(object, row.field))
        .fix(format!("Rename `{}` to `{field}`", row.slip), || {
            let entry = holder.entry(row.slip).filter(|entry| !entry.value.is_null());
            entry.map(|it| crate::syntax::write::word(it.key, field))
        })
        .suggest(format!("Add `{}`", row.field), || {
            let value = row.fill.value(object);
            value.and_then(|it| written(holder, field, &it))
        });
}

/// What the server reports again if `object` lacks `field`: without a kind a source of data is of no known kind,
/// and mounts do not find a volume without a name.
fn echo(object: &Object<'_>, field: &str) -> Option<Echo> {
    let id = object.node.id();
    let has_group = || !object.text("apiGroup").is_empty();
    match (object.held_by(), field) {
        (_, "kind") if SOURCES.contains(&object.ty) && !has_group() => Some(Echo::At(id)),
        ("volumes", "name") | ("volumeClaimTemplates", "metadata.name") => Some(Echo::Volume(id)),
        _ => None,
    }
}

/// Reports that `holder` has no `field`: at the empty value or the key without one, if they are
/// there.
fn absent<'a>(
    holder: Node<'_>,
    field: &str,
    message: String,
    out: &'a mut Checker<'_>,
) -> DiagnosticBuilder<'a> {
    let first = field.split('.').next().unwrap_or(field);
    match holder.entry(first) {
        Some(entry) if entry.value.is_null() => out.report_absence(entry.key, message),
        Some(entry) => out.report_absence(entry.value, message),
        None => out.missing(holder, field, message),
    }
}

/// The edit that gives `field`, which may be a path, a value.
fn written(holder: Node<'_>, field: &str, value: &New) -> Option<Edit> {
    if let Some(empty) = holder.get(field) {
        return write::replace(empty, value);
    }
    let mut steps = field.split('.');
    let first = steps.next()?;
    let wrap = |value, step: &str| New::Map(vec![(step.to_owned(), value)]);
    let value = steps.rev().fold(value.clone(), wrap);
    let place = if first == "name" { Place::First } else { Place::Last };
    write::insert(holder, first, &value, place)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn empty_is_missing() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {labels: {a: b}}
^^^^^^^^ missing field `metadata.name`
spec:
  securityContext:
    seccompProfile: {type: Localhost, localhostProfile: ''}
    appArmorProfile: {type: Localhost, localhostProfile: ''}
                                                         ^^ missing field `localhostProfile` in `appArmorProfile`
  containers:
  - name: ''
          ^^ missing field `name` in container 1
    image:
    ^^^^^ missing field `image` in container 1
    ports: [{containerPort: 0}, {containerPort: many}]
                            ^ missing field `containerPort` in port 1
    env: [{name: '${NAME}'}]
  initContainers:
  - name: a
    ^^^^ missing field `image` in init container `a`
    livenessProbe: {exec: {}}
",
        );
    }

    #[test]
    fn an_empty_item_lacks_everything() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {generateName: a-}
spec:
  containers:
  - name: a
    image: x
    env:
    - ~
      ^ missing field `name` in variable 1
",
        );
    }

    #[test]
    fn a_path_may_break_off() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: x}]
  volumes:
  - name: a
    ephemeral:
      volumeClaimTemplate:
        spec:
          accessModes: []
                       ^^ missing field `spec.accessModes` in `volumeClaimTemplate`
          resources:
          ^^^^^^^^^ missing field `spec.resources.requests.storage` in `volumeClaimTemplate`
            limits: {storage: 1Gi}
",
        );
    }

    #[test]
    fn patches_and_other_kinds_may_lack_it() {
        check_rule(
            &RULE,
            "
apiVersion: apps/v1
kind: Deployment
spec: {template: {spec: {containers: [{name: a, $patch: delete}]}}}
---
apiVersion: example.com/v1
kind: Deployment
spec: {template: {spec: {containers: [{name: a}]}}}
---
apiVersion: authorization.k8s.io/v1
kind: SelfSubjectAccessReview
spec: {resourceAttributes: {verb: get}}
",
        );
    }

    #[test]
    fn writes_what_is_missing() {
        let pod = |volume: &str| {
            let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n";
            format!(
                "{head}  containers: [{{name: a, image: x}}]\n  volumes:\n  - name: a\n{volume}"
            )
        };
        let claim = "    ephemeral:
      volumeClaimTemplate:
        spec:
          accessModes: [ReadWriteOnce]
";
        let storage = "          resources:
            requests:
              storage: 1Gi
";
        check_fix(&RULE, &pod(claim), &pod(&format!("{claim}{storage}")));
        let secret = |key: &str| pod(&format!("    secret: {{{key}: b}}\n"));
        check_fix(&RULE, &secret("name"), &secret("secretName"));
    }
}
