//! A field that the type does not have.
//!
//! kubectl refuses the manifest and lists all such fields; without strict checking the API server
//! drops them, and what you wrote has no effect. Case matters: `imagePullpolicy` is unknown.
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
//!     volumeMount: []
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
//!     volumeMounts: []
//! ```

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::formats::placeholder::is_filled_in;
use crate::pod::{Object, TypedEntry};
use crate::schema::{Field, ObjectType, Type};
use crate::syntax::{Entry, Kind, Node, Style};
use crate::text::{Edit, is_slip, nearest_ones};

pub(crate) static RULE: Rule = Rule {
    code: "unknown-field",
    severity: Severity::Error,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::AnyObject(check), Check::Document(check_head)],
    ..Rule::DEFAULT
};

/// Without an exact `apiVersion` and `kind` a map is no manifest, so a slip in their case is looked
/// for before anything is known of the type.
fn check_head(out: &mut Checker<'_>) {
    let Some(root) = out.parse.tree.root() else { return };
    for (name, other) in [("apiVersion", "kind"), ("kind", "apiVersion")] {
        let slip = |key: &Node<'_>| {
            let text = key.text().unwrap_or_default();
            text != name && text.eq_ignore_ascii_case(name)
        };
        let found = root.entries().map(|entry| entry.key).find(slip);
        if let Some(key) = found.filter(|_| root.get(name).is_none() && root.get(other).is_some()) {
            let typed = key.text().unwrap_or_default();
            out.report(key, format!("unknown field `{typed}`; did you mean `{name}`?"))
                .fix(format!("Change to `{name}`"), || [crate::syntax::write::word(key, name)]);
        }
    }
}

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for TypedEntry { entry, field } in object.fields.iter().copied() {
        let Some(name) = entry.key.text() else { continue };
        // `$patch` and its like are for strategic merge patches, `(length(x))` for test tools; they
        // stand in no type.
        let known = name.starts_with(['$', '(']) || field.is_some();
        if let Some(field) = field.filter(|field| field.since() > out.version) {
            let (since, version) = (field.since(), out.version);
            let message =
                format!("`{name}` requires Kubernetes {since}; this manifest is for {version}");
            out.report(entry.key, message);
        } else if out.fragment && entry.value.is_null() {
            // In a patch that removes the field, should there be one.
        } else if !known && !entry.key.is_incomplete() && !is_filled_in(name) {
            report(object, entry, name, out);
        } else if is_glued(entry) {
            let message = format!("missing space after `{name}:`");
            out.report(entry.key, message)
                .fix("Add a space", || [Edit::insert(entry.key.span().end + 1, " ")]);
        }
    }
}

fn report(object: &Object<'_>, entry: Entry<'_>, name: &str, out: &mut Checker<'_>) {
    if out.is_full() {
        out.report(entry.key, "");
        return;
    }
    let owner = short_name(object.ty);
    let message = format!("unknown field `{name}` in {owner}");
    let nearest = nearest(name, object);
    if !nearest.is_empty() {
        let names: Vec<_> = nearest.iter().map(|known| format!("`{known}`")).collect();
        let message = format!("{message}; did you mean {}?", names.join(" or "));
        let diagnostic = out.report(entry.key, message);
        nearest.iter().fold(diagnostic, |diagnostic, known| {
            let title = format!("Change to `{known}`");
            let edit = || [crate::syntax::write::word(entry.key, *known)];
            let meant = is_slip(name, known) && fits(entry.value, known, object.ty);
            if meant { diagnostic.fix(title, edit) } else { diagnostic.suggest(title, edit) }
        });
        return;
    }
    match owner_above(name, object) {
        Some(above) => {
            let place = match above.node.path() {
                path if path.is_empty() => "the top level".to_owned(),
                path => format!("`{path}`"),
            };
            let levels = levels_between(object, above);
            out.report(entry.key, format!("{message}; it belongs to {place}, {levels} up"));
        }
        None => {
            out.report(entry.key, message);
        }
    }
}

/// `{type:}`: kubectl's reader takes the colon for a part of the key.
pub(super) fn is_glued(entry: Entry<'_>) -> bool {
    let tree = entry.key.tree();
    let end = entry.key.span().end;
    let behind = tree.slice(crate::text::Span::new(end, end + 2));
    entry.key.in_flow()
        && entry.key.kind() == Kind::Scalar(Style::Plain)
        && behind.starts_with(':')
        && behind.ends_with([',', '}', ']'])
}

/// `Container` of `core.v1.Container`, in words that Kubernetes' own docs use.
fn short_name(ty: ObjectType) -> &'static str {
    ty.name().rsplit('.').next().unwrap_or_default()
}

fn levels_between(object: &Object<'_>, above: &Object<'_>) -> String {
    let levels = object.ancestors().take_while(|it| it.node != above.node).count();
    if levels == 1 { "one level".to_owned() } else { format!("{levels} levels") }
}

/// The nearest object around this one whose type has a field of that name, which is not set.
fn owner_above<'a>(name: &str, object: &'a Object<'a>) -> Option<&'a Object<'a>> {
    object.ancestors().skip(1).find(|above| above.ty.field(name).is_some())
}

/// The field that was most likely meant, unless it is there already; several when they are equally
/// near.
fn nearest(name: &str, object: &Object<'_>) -> Vec<&'static str> {
    let free = |known: &&str| object.node.get(known).is_none_or(Node::is_null);
    // Whether it is there is asked of the few that are near: in a large map that is what costs.
    let mut near = nearest_ones(name, object.ty.fields().map(|field| field.name()));
    near.retain(free);
    near
}

/// Whether the value has the shape of the field: a map, a list, or neither.
fn fits(value: Node<'_>, field: &str, ty: ObjectType) -> bool {
    let Some(value) = value.resolved().filter(|it| !it.is_null()) else { return true };
    match ty.field(field).map(Field::ty) {
        Some(Type::Object(_) | Type::Map(_)) => value.is_map(),
        Some(Type::List(_)) => value.is_seq(),
        Some(Type::Json) | None => true,
        Some(_) => value.is_scalar(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::schema::Version;
    use crate::testing::check_rule_for;

    #[test]
    fn a_field_that_is_too_new_is_one_fault() {
        check_rule_for(
            &RULE,
            Version::new(28),
            "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template:
    spec:
      containers:
      - name: db
        image: postgres:17
        securityContext:
          appArmorProfile: {type: Localhost, localhostProfile: db}
          ^^^^^^^^^^^^^^^ `appArmorProfile` requires Kubernetes 1.30; this manifest is for 1.28
  volumeClaimTemplates:
  - metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      dataSourceRef: {kind: PersistentVolumeClaim, name: seed}
      resources: {requests: {storage: 1Gi}, limits: {storage: 2Gi}}
",
        );
    }
}
