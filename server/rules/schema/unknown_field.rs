//! A field that the type does not have.
//!
//! kubectl refuses the manifest and lists all such fields; without strict checking the API server
//! drops them, and they have no effect. Case matters: `imagePullpolicy` is unknown.
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
//!
//! ## Fix
//!
//! Changes the name to the nearest field. This is safe for at most two wrong letters if only one field
//! is that near and the value fits it; other names are suggestions.
//!
//! Moves a field to the object that has it, if there is only one such place. This is a suggestion, since
//! the field may have been written there for another reason.
//!
//! Adds the missing space after a colon, which is safe, or replaces invisible characters with spaces,
//! which is a suggestion. Changes the kind of a `PodList` with the body of a Pod to `Pod`, also a
//! suggestion.

use super::misplaced::{Home, Stray, fits};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::placeholder::is_filled_in;
use crate::pod::{Object, TypedEntry, further_objects};
use crate::schema::apps::DAEMON_SET_SPEC;
use crate::schema::{Field, ObjectType, Type};
use crate::syntax::faults::{COLON_GLUED, DASH_GLUED, Slip, missing_space, slip_in};
use crate::syntax::slips::is_curly;
use crate::syntax::{Entry, Kind, Node, Style};
use crate::text::{Edit, is_slip, nearest_ones};

pub(crate) static RULE: Rule = Rule {
    code: "unknown-field",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::AnyObject(check), Check::Document(check_head)],
    ..Rule::DEFAULT
};

/// Without an exact `apiVersion` and `kind` a map is no manifest, so wrong case is
/// searched for before the type is known.
fn check_head(out: &mut Checker<'_>) {
    let Some(root) = out.parse.tree.root() else { return };
    check_list(root, out);
    for (name, other) in [("apiVersion", "kind"), ("kind", "apiVersion")] {
        let slip = |key: &Node<'_>| {
            let text = key.text().unwrap_or_default();
            text != name && text.trim_matches(is_curly).eq_ignore_ascii_case(name)
        };
        let found = root.entries().map(|entry| entry.key).find(slip);
        if let Some(key) = found.filter(|_| root.get(name).is_none() && root.get(other).is_some()) {
            let typed = key.text().unwrap_or_default();
            out.report(key, format!("unknown field `{typed}`; did you mean `{name}`?"))
                .fix(format!("Change to `{name}`"), || [crate::syntax::write::word(key, name)]);
        }
    }
}

/// `PodList` with the body of a Pod: kubectl reads it as a list without items.
fn check_list(root: Node<'_>, out: &mut Checker<'_>) {
    let text = |field| root.field(field).and_then(Node::as_str).unwrap_or_default();
    let Some(kind) = text("kind").strip_suffix("List").filter(|kind| !kind.is_empty()) else {
        return;
    };
    let listed = crate::schema::kind(text("apiVersion"), kind).is_some();
    let entry = root.entry("spec").filter(|_| listed && root.get("items").is_none());
    let (Some(entry), Some(name)) = (entry, root.field("kind")) else { return };
    out.report(entry.key, format!("unknown field `spec` in {kind}List; did you mean `{kind}`?"))
        .suggest(format!("Change to `{kind}`"), || [crate::syntax::write::word(name, kind)]);
}

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    let mut start = None;
    for TypedEntry { entry, field } in object.fields.iter().copied() {
        let Some(name) = entry.key.text() else { continue };
        // `$patch` and similar keys are for strategic merge patches, `(length(x))` for test tools; no
        // type has them.
        let known = name.starts_with(['$', '(']) || field.is_some() || is_of_sops(object, entry);
        let removed = if known { None } else { object.ty.removed_field(name) };
        if let Some(field) = field.filter(|field| field.since() > out.version) {
            let (since, version) = (field.since(), out.version);
            let message =
                format!("`{name}` requires Kubernetes {since}; this manifest is for {version}");
            out.report(entry.key, message);
        } else if let Some((_, removed)) = removed.filter(|it| it.0 <= out.version) {
            if removed <= out.version {
                let message = format!("`{name}` was removed in Kubernetes {removed}");
                out.report(entry.key, message);
            }
        } else if out.fragment && entry.value.is_null() {
            // In a patch that removes the field, should there be one.
        } else if !known && !entry.key.is_incomplete() && !is_filled_in(name) {
            let start = *start.get_or_insert_with(|| last_object(object));
            if entry.key.span().start >= start {
                report(object, entry, name, out);
            }
        } else if is_glued(entry) {
            let message = format!("missing space after `{name}:`");
            out.report(entry.key, message)
                .fix("Add a space", || [Edit::insert(entry.key.span().end + 1, " ")]);
        }
    }
}

/// `sops` in a file that SOPS encrypted, which decrypts it before kubectl reads it.
fn is_of_sops(object: &Object<'_>, entry: Entry<'_>) -> bool {
    object.parent.is_none() && entry.key.text() == Some("sops") && entry.value.get("mac").is_some()
}

fn report(object: &Object<'_>, entry: Entry<'_>, name: &str, out: &mut Checker<'_>) {
    if out.is_full() {
        out.report(entry.key, "");
        return;
    }
    if let Some(Slip { fault, title, .. }) = slip_in(name) {
        out.report(entry.key, fault).suggest(title, || mended(object, entry, fault));
        return;
    }
    if let Some(at) = missing_space(entry.key) {
        out.report_span(entry.key.content_span(), COLON_GLUED)
            .path(entry.key.path())
            .suggest("Add a space", || [Edit::insert(at, " ")]);
        return;
    }
    let message = format!("unknown field `{name}` in {}", short_name(object.ty));
    let stray = Stray { name, entry, object };
    let slips = nearest(name, object, entry.value);
    if !slips.is_empty() {
        suggest_names(&slips, object, entry, &message, out);
    } else if let Some(home) = stray.below() {
        report_home(&stray, &home, &message, out);
    } else if let Some(akin) = akin(name, object, entry.value) {
        suggest_names(&[akin], object, entry, &message, out);
    } else if let Some(home) = stray.twin().or_else(|| stray.above()).or_else(|| stray.in_items()) {
        report_home(&stray, &home, &message, out);
    } else if let Some(reason) = of_other_kind(name, object) {
        out.report(entry.key, format!("{message}; {reason}"));
    } else {
        out.report(entry.key, message);
    }
}

/// Corrects the key. Dashes of the keys beside it are corrected too: a list with only one dash corrected would
/// be another error.
fn mended(object: &Object<'_>, entry: Entry<'_>, fault: &'static str) -> Vec<Edit> {
    const MOST_DASHES: usize = 64;
    let edit = |key: Node<'_>| {
        let slip = slip_in(key.text()?).filter(|slip| slip.fault == fault)?;
        Some(Edit::replace(key.content_span(), slip.corrected))
    };
    if fault != DASH_GLUED {
        return edit(entry.key).into_iter().collect();
    }
    object.node.entries().filter_map(|it| edit(it.key)).take(MOST_DASHES).collect()
}

/// The start of the last object if a `---` is missing before it. The keys above it belong to other objects.
fn last_object(object: &Object<'_>) -> usize {
    let root = Some(object.node).filter(|map| map.parent().is_none());
    let last = root.and_then(|root| further_objects(root).pop());
    last.map_or(0, |last| last.span().start)
}

fn suggest_names(
    names: &[&str],
    object: &Object<'_>,
    entry: Entry<'_>,
    message: &str,
    out: &mut Checker<'_>,
) {
    let name = entry.key.text().unwrap_or_default();
    let quoted: Vec<_> = names.iter().map(|known| format!("`{known}`")).collect();
    let message = format!("{message}; did you mean {}?", quoted.join(" or "));
    let diagnostic = out.report(entry.key, message);
    names.iter().fold(diagnostic, |diagnostic, known| {
        let title = format!("Change to `{known}`");
        let edit = || [crate::syntax::write::word(entry.key, *known)];
        let meant = is_slip(name, known) && fits(entry.value, known, object.ty);
        if meant { diagnostic.fix(title, edit) } else { diagnostic.suggest(title, edit) }
    });
}

fn report_home(stray: &Stray<'_, '_>, home: &Home<'_>, message: &str, out: &mut Checker<'_>) {
    let message = format!("{message}; it belongs in {}", home.place);
    out.report(stray.entry.key, message)
        .suggest(format!("Move to {}", home.place), || stray.moved(home));
}

/// The kinds whose fields people write in the `spec` of another one.
const KINDS: [(&str, &str); 8] = [
    ("apps/v1", "DaemonSet"),
    ("apps/v1", "Deployment"),
    ("apps/v1", "StatefulSet"),
    ("batch/v1", "CronJob"),
    ("batch/v1", "Job"),
    ("v1", "PersistentVolumeClaim"),
    ("v1", "Pod"),
    ("v1", "Service"),
];

/// Which kinds have the field in their `spec`, for the `spec` of a manifest.
fn of_other_kind(name: &str, object: &Object<'_>) -> Option<String> {
    let root = object.parent.filter(|_| object.held_by() == "spec")?;
    if root.parent.is_some() {
        return None;
    }
    if object.ty == DAEMON_SET_SPEC && name == "replicas" {
        return Some("a DaemonSet runs one pod per node".to_owned());
    }
    let has = |(version, kind): &&(&str, &str)| {
        let spec = crate::schema::kind(version, kind).and_then(|ty| ty.field("spec"));
        spec.and_then(|spec| spec.ty().object()).is_some_and(|ty| ty.field(name).is_some())
    };
    let kinds: Vec<_> = KINDS.iter().filter(has).map(|(_, kind)| *kind).collect();
    let (last, rest) = kinds.split_last()?;
    Some(match rest {
        [] => format!("it is a field of a {last}"),
        rest => format!("it is a field of {} and {last}", rest.join(", ")),
    })
}

/// `{type:}`: kubectl reads the colon as a part of the key.
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

/// The most likely field, unless it exists already or has another type; several if they are equally
/// near.
fn nearest(name: &str, object: &Object<'_>, value: Node<'_>) -> Vec<&'static str> {
    // Only the few near ones are looked up: in a large map that is the costly part.
    let mut near = nearest_ones(name, object.ty.fields().map(|field| field.name()));
    near.retain(|known| is_free(known, object) && fits(value, known, object.ty));
    near
}

fn is_free(known: &str, object: &Object<'_>) -> bool {
    object.node.get(known).is_none_or(Node::is_null)
}

/// The only field whose name is longer or shorter by whole words, `secretName` for `name`, else the
/// only one that is abbreviated so, `command` for `cmd`.
fn akin(name: &str, object: &Object<'_>, value: Node<'_>) -> Option<&'static str> {
    let one = |is: fn(&str, &str) -> bool| {
        let names = object.ty.fields().map(|field| field.name());
        // Of several it may be one that is there.
        let near: Vec<_> = names.filter(|known| is(name, known)).collect();
        let [one] = near.as_slice() else { return None };
        let fits = is_free(one, object) && fits(value, one, object.ty);
        let ty = object.ty.field(one).map(Field::ty)?;
        (fits && holds_known(value, ty)).then_some(*one)
    };
    one(|name, known| has_part(known, name)).or_else(|| one(has_part)).or_else(|| one(abbreviates))
}

/// Whether all keys of the value are fields of `ty`.
fn holds_known(value: Node<'_>, ty: Type) -> bool {
    const MOST_ITEMS: usize = 16;
    let is_field =
        |key: Node<'_>, ty: ObjectType| key.text().is_some_and(|key| ty.field(key).is_some());
    match ty {
        Type::Object(ty) => value.entries().all(|entry| is_field(entry.key, ty)),
        Type::List(item) => value.items().take(MOST_ITEMS).all(|it| holds_known(it, item.get())),
        _ => true,
    }
}

/// Whether `long` begins or ends with the words of `short`.
fn has_part(long: &str, short: &str) -> bool {
    const SHORTEST: usize = 4;
    let (Some(rest), true) = (long.len().checked_sub(short.len()), short.len() >= SHORTEST) else {
        return false;
    };
    let upper = |at: usize| long.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
    let same = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(short));
    rest > 0
        && (same(long.get(rest..)) && upper(rest)
            || same(long.get(..short.len())) && upper(short.len()))
}

/// Whether `short` has letters of `known` in their order, from the first on.
fn abbreviates(short: &str, known: &str) -> bool {
    let mut letters = known.chars();
    short.len() >= 3
        && known.starts_with(|first| short.starts_with(first))
        && short.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::run_one;
    use crate::schema::Version;
    use crate::testing::{check_fix, check_rule, check_rule_for};

    fn pod(lines: &str) -> String {
        let head = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n";
        format!("{head}{lines}")
    }

    /// The first fix of the first finding turns the one into the other.
    #[track_caller]
    fn moves(before: &str, after: &str) {
        check_fix(&RULE, &pod(before), &pod(after));
    }

    #[test]
    fn a_map_below_is_filled() {
        moves(
            "  containers:\n  - name: a\n    image: x\n    envFrom:\n    - configMapRef:\n      name: b\n",
            "  containers:\n  - name: a\n    image: x\n    envFrom:\n    - configMapRef:\n        name: b\n",
        );
        moves(
            "  containers:\n  - name: a\n    image: x\n    livenessProbe:\n      command: [b]\n",
            "  containers:\n  - name: a\n    image: x\n    livenessProbe:\n      exec:\n        command: [b]\n",
        );
        moves(
            "  containers:\n  - name: a\n    image: x\n    preStop:\n      sleep:\n        seconds: 1\n",
            "  containers:\n  - name: a\n    image: x\n    lifecycle:\n      preStop:\n        sleep:\n          seconds: 1\n",
        );
        moves(
            "  containers:\n  - {name: a, image: x, privileged: true}\n",
            "  containers:\n  - {name: a, image: x, securityContext: {privileged: true}}\n",
        );
    }

    #[test]
    fn longer_names_twins_and_items_are_found() {
        moves("  priorityClass: a\n", "  priorityClassName: a\n");
        moves(
            "  containers:\n  - name: a\n    image: x\n    securityContext:\n      runAsUser: 1\n      fsGroup: 1\n",
            "  containers:\n  - name: a\n    image: x\n    securityContext:\n      runAsUser: 1\n  securityContext:\n    fsGroup: 1\n",
        );
        moves(
            "  ports:\n  - containerPort: 80\n  containers:\n  - name: a\n    image: x\n",
            "  containers:\n  - name: a\n    image: x\n    ports:\n    - containerPort: 80\n",
        );
    }

    #[test]
    fn names_are_not_guessed_from_those_that_are_left() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: x
    volumeMounts:
    - name: b
      mountPath: /b
      path: /c
      ^^^^ unknown field `path` in VolumeMount
  resources:
    resourceClaims:
    ^^^^^^^^^^^^^^ unknown field `resourceClaims` in ResourceRequirements; it belongs in `spec`
    - {name: gpu, resourceClaimName: gpu}
",
        );
    }

    #[test]
    fn comments_and_anchors_are_not_lost_in_a_move() {
        let fixes = |field: &str| {
            let head = "  containers:\n  - name: a\n    image: x\n    args: &args [b]\n";
            let parse = crate::syntax::parse(&pod(&format!("{head}  {field}")));
            let found = run_one(&RULE, &parse, Version::NEWEST);
            found.iter().map(|it| it.fixes.len()).collect::<Vec<_>>()
        };
        assert_eq!(fixes("ports:\n  - containerPort: 80\n"), [1]);
        assert_eq!(fixes("ports:\n  # the web\n  - containerPort: 80\n"), [0]);
        assert_eq!(fixes("ports:\n  - containerPort: 80 # the web\n"), [0]);
        assert_eq!(fixes("ports: &ports\n  - containerPort: 80\n"), [0]);
        assert_eq!(fixes("command: *args\n"), [0]);
    }

    #[test]
    fn the_owner_is_named() {
        check_rule(
            &RULE,
            "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: d}
spec:
  replicas: 2
  ^^^^^^^^ unknown field `replicas` in DaemonSetSpec; a DaemonSet runs one pod per node
  strategy: {type: RollingUpdate}
  ^^^^^^^^ unknown field `strategy` in DaemonSetSpec; did you mean `updateStrategy`?
  schedule: '* * * * *'
  ^^^^^^^^ unknown field `schedule` in DaemonSetSpec; it is a field of a CronJob
  selector: {app: d}
             ^^^ unknown field `app` in LabelSelector; it belongs in `spec.selector.matchLabels`
  template:
    spec:
      containers:
      - name: a
        image: x
        volumeMounts:
        - name: conf
          mountPath: /etc/shop
          items: []
          ^^^^^ unknown field `items` in VolumeMount; it belongs in `spec.template.spec.volumes[0].configMap`
        resources: {cpu: 1}
                    ^^^ unknown field `cpu` in ResourceRequirements; it belongs in `spec.template.spec.containers[0].resources.limits` or `spec.template.spec.containers[0].resources.requests`
      volumes:
      - name: conf
        configMap: {name: conf}
",
        );
    }

    #[test]
    fn spaces_of_typesetting_are_named() {
        moves(
            "  containers:\n  - name: a\n\u{a0} \u{a0} image: x\n",
            "  containers:\n  - name: a\n    image: x\n",
        );
    }

    #[test]
    fn a_list_has_no_spec() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: PodList
metadata: {}
spec: {}
^^^^ unknown field `spec` in PodList; did you mean `Pod`?
---
apiVersion: v1
kind: PodList
items: []
",
        );
    }

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

    #[test]
    fn a_removed_field_belongs_to_the_versions_that_had_it() {
        let pod = |mark| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  workloadRef: {{name: a, podGroup: b}}\n\
                 {mark}  containers:\n  - name: a\n    image: b\n"
            )
        };
        check_rule_for(&RULE, Version::new(35), &pod(""));
        let newer = "  ^^^^^^^^^^^ `workloadRef` was removed in Kubernetes 1.36\n";
        check_rule_for(&RULE, Version::new(36), &pod(newer));
        let older = "  ^^^^^^^^^^^ unknown field `workloadRef` in PodSpec\n";
        check_rule_for(&RULE, Version::new(34), &pod(older));
    }
}
