//! A field that is not allowed in this place.
//!
//! The type has the field, but the API server refuses it in this place or together with another
//! field.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//!       localhostProfile: web.json
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
//!   securityContext:
//!     seccompProfile:
//!       type: Localhost
//!       localhostProfile: web.json
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the field.

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, Role};
use crate::schema::{ObjectType, Version, apps, core, meta};
use crate::syntax::{Node, write};

pub(crate) static RULE: Rule = Rule {
    code: "field-forbidden",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// A field that may not be set.
struct ForbiddenField {
    field: &'static str,
    /// Where it may not, in words that follow `may not be set`.
    place: &'static str,
    when: fn(&Object<'_>) -> bool,
    /// Whether an empty text or list, or zero, is as good as none. In what takes only some of its fields
    /// the server compares the others with their zero values, and an empty list is not one.
    empty_is_fine: bool,
    /// The first version that refuses it.
    since: u8,
}

const fn row(
    field: &'static str,
    place: &'static str,
    when: fn(&Object<'_>) -> bool,
) -> ForbiddenField {
    ForbiddenField { field, place, when, empty_is_fine: false, since: 25 }
}

const fn filled(
    field: &'static str,
    place: &'static str,
    when: fn(&Object<'_>) -> bool,
) -> ForbiddenField {
    ForbiddenField { empty_is_fine: true, ..row(field, place, when) }
}

const EPHEMERAL: &str = "in an ephemeral container";
const CLAIM_TEMPLATE: &str =
    "in the template of an ephemeral volume: only labels and annotations are";
const NOT_LOCALHOST: &str = "unless `type` is `Localhost`";

#[rustfmt::skip]
const TABLE: &[Rows<ForbiddenField>] = &[
    (apps::DEPLOYMENT_STRATEGY, &[row("rollingUpdate", "with `type: Recreate`", recreates)]),
    (apps::STATEFUL_SET_UPDATE_STRATEGY, &[
        row("rollingUpdate", "with `type: OnDelete`", waits_for_deletion),
    ]),
    (core::APP_ARMOR_PROFILE, &[row("localhostProfile", NOT_LOCALHOST, has_other_profile)]),
    (core::CONTAINER, &[DEVICES]),
    (core::EPHEMERAL_CONTAINER, &[
        DEVICES,
        row("ports", EPHEMERAL, always),
        row("resources", EPHEMERAL, has_content),
        row("resizePolicy", EPHEMERAL, always),
        row("restartPolicy", EPHEMERAL, always),
        row("restartPolicyRules", EPHEMERAL, always),
        row("livenessProbe", EPHEMERAL, always),
        row("readinessProbe", EPHEMERAL, always),
        row("startupProbe", EPHEMERAL, always),
        row("lifecycle", EPHEMERAL, always),
    ]),
    (core::POD_SPEC, &[
        row("activeDeadlineSeconds", "for pods that a controller keeps running", is_kept_running),
    ]),
    (core::RESOURCE_REQUIREMENTS, &[
        filled("claims", "in `resources` of the pod; use it in the containers", is_of_pod),
    ]),
    (core::SECCOMP_PROFILE, &[row("localhostProfile", NOT_LOCALHOST, is_not_localhost)]),
    (core::VOLUME_MOUNT, &[
        filled("subPath", EPHEMERAL, is_ephemeral),
        filled("subPathExpr", EPHEMERAL, is_ephemeral),
    ]),
    (meta::OBJECT_META, &[
        filled("name", CLAIM_TEMPLATE, is_of_claim_template),
        filled("generateName", CLAIM_TEMPLATE, is_of_claim_template),
        filled("namespace", CLAIM_TEMPLATE, is_of_claim_template),
        filled("selfLink", CLAIM_TEMPLATE, is_of_claim_template),
        filled("uid", CLAIM_TEMPLATE, is_of_claim_template),
        filled("resourceVersion", CLAIM_TEMPLATE, is_of_claim_template),
        filled("generation", CLAIM_TEMPLATE, is_of_claim_template),
        row("creationTimestamp", CLAIM_TEMPLATE, is_of_claim_template),
        row("deletionTimestamp", CLAIM_TEMPLATE, is_of_claim_template),
        row("deletionGracePeriodSeconds", CLAIM_TEMPLATE, is_of_claim_template),
        row("ownerReferences", CLAIM_TEMPLATE, is_of_claim_template),
        row("finalizers", CLAIM_TEMPLATE, is_of_claim_template),
        row("managedFields", CLAIM_TEMPLATE, is_of_claim_template),
    ]),
];

const DEVICES: ForbiddenField = ForbiddenField {
    since: 34,
    ..filled("volumeDevices", "in a pod with `hostUsers: false`", is_in_user_namespace)
};

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some(value) = object.field(row.field) else { continue };
        let zero = value.as_str() == Some("") || value.as_int() == Some(0);
        let empty = zero || value.is_seq() && value.items().next().is_none();
        let applies = !(empty && row.empty_is_fine) && out.version >= Version::new(row.since);
        if applies && (row.when)(object) && !object.is_dropped(row.field, out.version) {
            report(object, row, out);
        }
    }
}

fn report(object: &Object<'_>, row: &ForbiddenField, out: &mut Checker<'_>) {
    let Some(entry) = object.node.entry(row.field) else { return };
    out.report(entry.key, format!("`{}` is not allowed {}", row.field, row.place))
        .suggest(format!("Remove `{}`", row.field), || write::remove(entry.key));
}

fn always(_: &Object<'_>) -> bool {
    true
}

/// Whether something stands in `resources`, be it an empty map.
fn has_content(container: &Object<'_>) -> bool {
    let set = |value: Node<'_>| value.resolved().is_some_and(|it| it.is_map() || it.is_seq());
    container.field("resources").is_some_and(|it| it.fields().any(|entry| set(entry.value)))
}

fn is_ephemeral(object: &Object<'_>) -> bool {
    object.role() == Some(Role::Ephemeral)
}

fn is_not_localhost(profile: &Object<'_>) -> bool {
    profile.text("type") != "Localhost"
}

/// Of a profile whose type is unknown or missing only the type is refused.
fn has_other_profile(profile: &Object<'_>) -> bool {
    matches!(profile.text("type"), "RuntimeDefault" | "Unconfined")
}

fn is_in_user_namespace(container: &Object<'_>) -> bool {
    let pod = container.within(core::POD_SPEC);
    let host_users = pod.and_then(|pod| pod.field("hostUsers")).and_then(Node::as_bool);
    host_users == Some(false)
}

/// Whether a controller replaces the pods that end.
fn is_kept_running(pod: &Object<'_>) -> bool {
    const KINDS: [ObjectType; 5] = [
        apps::DAEMON_SET_SPEC,
        apps::DEPLOYMENT_SPEC,
        apps::REPLICA_SET_SPEC,
        apps::STATEFUL_SET_SPEC,
        core::REPLICATION_CONTROLLER_SPEC,
    ];
    pod.ancestors().any(|outer| KINDS.contains(&outer.ty))
}

fn recreates(strategy: &Object<'_>) -> bool {
    strategy.text("type") == "Recreate"
}

fn waits_for_deletion(strategy: &Object<'_>) -> bool {
    strategy.text("type") == "OnDelete"
}

fn is_of_pod(resources: &Object<'_>) -> bool {
    resources.parent.is_some_and(|parent| parent.ty == core::POD_SPEC)
}

fn is_of_claim_template(metadata: &Object<'_>) -> bool {
    metadata.parent.is_some_and(|it| it.ty == core::PERSISTENT_VOLUME_CLAIM_TEMPLATE)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn zero_is_nothing_but_an_empty_list_is_something() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  ephemeralContainers:
  - name: debug
    image: busybox
    resources: {}
    resizePolicy:
    ports: []
    ^^^^^ `ports` is not allowed in an ephemeral container
  - name: other
    image: busybox
    resources: {limits: {}}
    ^^^^^^^^^ `resources` is not allowed in an ephemeral container
  volumes:
  - name: data
    ephemeral:
      volumeClaimTemplate:
        metadata:
          name: ''
          generation: 0
          creationTimestamp: null
          finalizers: []
          ^^^^^^^^^^ `finalizers` is not allowed in the template of an ephemeral volume: only labels and annotations are
",
        );
    }
}
