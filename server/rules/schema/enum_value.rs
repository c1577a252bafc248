//! A value that is not one of those the field may have.
//!
//! The API server refuses the manifest. Case matters: `always` is not a restart policy, `tcp` is not
//! a protocol. Values that need a feature gate are valid once the gate is on by default.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   restartPolicy: onFailure
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 80
//!       protocol: tcp
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   restartPolicy: OnFailure
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     ports:
//!     - containerPort: 80
//!       protocol: TCP
//! ```
//!
//! ## Fix
//!
//! Changes the value to the nearest one.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, Role, TypedEntry};
use crate::schema::{EnumValue, Field, ObjectType, Version, batch, core, gate_on, meta};
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::{is_slip, nearest_ones};

pub(crate) static RULE: Rule = Rule {
    code: "enum-value",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::AnyObject(check)],
    ..Rule::DEFAULT
};

/// Fields whose values have their own rule, which also reads the fields beside them.
const ELSEWHERE: &[(ObjectType, &str)] = &[
    (core::NODE_SELECTOR_REQUIREMENT, "operator"),
    (core::OBJECT_FIELD_SELECTOR, "apiVersion"),
    (meta::LABEL_SELECTOR_REQUIREMENT, "operator"),
    (meta::MANAGED_FIELDS_ENTRY, "fieldsType"),
    (meta::MANAGED_FIELDS_ENTRY, "operation"),
];

/// Fields where the empty text is a value, and a wrong one. In all others it is a missing value.
const POINTERS: &[(ObjectType, &str)] = &[
    (batch::JOB_SPEC, "completionMode"),
    (batch::JOB_SPEC, "podReplacementPolicy"),
    (core::AZURE_DISK_VOLUME_SOURCE, "cachingMode"),
    (core::AZURE_DISK_VOLUME_SOURCE, "kind"),
    (core::CONTAINER, "restartPolicy"),
    (core::PERSISTENT_VOLUME_CLAIM_SPEC, "accessModes"),
    (core::PERSISTENT_VOLUME_CLAIM_SPEC, "volumeMode"),
    (core::POD_SECURITY_CONTEXT, "fsGroupChangePolicy"),
    (core::POD_SECURITY_CONTEXT, "seLinuxChangePolicy"),
    (core::POD_SECURITY_CONTEXT, "supplementalGroupsPolicy"),
    (core::POD_SPEC, "preemptionPolicy"),
    (core::SECURITY_CONTEXT, "procMount"),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, "nodeAffinityPolicy"),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, "nodeTaintsPolicy"),
    (core::VOLUME_MOUNT, "mountPropagation"),
    (core::VOLUME_MOUNT, "recursiveReadOnly"),
];

/// Common wrong values that do not resemble the right one.
const MEANT: &[(&str, &str)] = &[
    ("RWO", "ReadWriteOnce"),
    ("ROX", "ReadOnlyMany"),
    ("RWX", "ReadWriteMany"),
    ("RWOP", "ReadWriteOncePod"),
    ("runtime/default", "RuntimeDefault"),
    ("docker/default", "RuntimeDefault"),
    ("ClusterFirstWithHostNetwork", "ClusterFirstWithHostNet"),
    ("On-Failure", "OnFailure"),
    ("Dir", "Directory"),
];

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for TypedEntry { entry, field } in object.fields {
        // A field that is too new is unknown, whatever its value is.
        let known = |field: &Field| field.strict() && field.since() <= out.version;
        let Some(field) = field.filter(known) else { continue };
        let Some(value) = entry.value.resolved().filter(|value| !value.is_map()) else { continue };
        check_value(object, field, value, out);
        for item in value.items().filter_map(Node::resolved) {
            check_value(object, field, item, out);
        }
    }
}

fn check_value(object: &Object<'_>, field: Field, value: Node<'_>, out: &mut Checker<'_>) {
    // An item of a list that is null is an empty text for the server.
    let is_item = value.key().is_none();
    let text = if is_item && value.is_null() { Some("") } else { value.as_str() };
    let Some(text) = text else { return };
    if values(field, out.version).any(|it| it.value == text) || value.is_incomplete() {
        return;
    }
    let listed = |list: &[(ObjectType, &str)]| list.contains(&(object.ty, field.name()));
    let absent = text.is_empty() && !listed(POINTERS);
    let ignored = object.is_dropped(field.name(), out.version)
        || is_skipped_by_server(object, field, out.version);
    if !absent && !ignored && !listed(ELSEWHERE) {
        report(field, value, text, out);
    }
}

/// The values that exist in `version`.
fn values(field: Field, version: Version) -> impl Iterator<Item = EnumValue> {
    let on = move |it: &EnumValue| it.gate.is_none_or(|gate| gate_on(gate, version));
    field.values().filter(move |it| it.since <= version && on(it))
}

/// Whether the server refuses or drops the whole field there and does not look at its value.
fn is_skipped_by_server(object: &Object<'_>, field: Field, version: Version) -> bool {
    const REFUSED: [&str; 3] = ["resizePolicy", "restartPolicyRules", "ports"];
    if object.skipped_by_server {
        return true;
    }
    let own_policy = field.name() == "restartPolicy" && object.parent.is_some_and(is_pod_spec);
    match object.role() {
        Some(Role::Ephemeral) => {
            own_policy || object.ancestors().any(|it| REFUSED.contains(&it.held_by()))
        }
        // Up to 1.33 only init containers had the field; 1.34 had it behind a gate.
        Some(Role::App) => own_policy && version < Version::new(35),
        Some(Role::Init | Role::Sidecar) => own_policy && version == Version::new(34),
        None => false,
    }
}

fn is_pod_spec(object: &Object<'_>) -> bool {
    object.ty == core::POD_SPEC
}

fn report(field: Field, value: Node<'_>, text: &str, out: &mut Checker<'_>) {
    let version = out.version;
    let name = field.name();
    let later = field.values().find(|it| it.value == text);
    let message = match later {
        Some(it) if it.since > version => {
            format!("`{text}` for `{name}` requires Kubernetes {}", it.since)
        }
        Some(it) => {
            let gate = it.gate.unwrap_or_default();
            format!("`{text}` for `{name}` requires the feature gate {gate}")
        }
        None => {
            format!("invalid value `{text}` for `{name}`: expected {}", listing(field, version))
        }
    };
    let diagnostic = out.report(value, message);
    let nearest_values =
        if later.is_none() { nearest_values(text, field, version) } else { Vec::new() };
    let known = MEANT.iter().any(|(wrong, _)| wrong.eq_ignore_ascii_case(text));
    nearest_values.iter().fold(diagnostic, |diagnostic, one| {
        let title = format!("Change to `{one}`");
        let edit = || write::replace(value, &New::text(*one));
        let clear = known || is_slip(text, one) || one.ends_with(&text.to_ascii_uppercase());
        if clear && nearest_values.len() == 1 {
            diagnostic.fix(title, edit)
        } else {
            diagnostic.suggest(title, edit)
        }
    });
}

/// The values in words; the first few of many.
fn listing(field: Field, version: Version) -> String {
    const MOST: usize = 8;
    let written = |it: &EnumValue| !it.value.is_empty();
    let quoted: Vec<_> =
        values(field, version).filter(written).map(|it| format!("`{}`", it.value)).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() && quoted.len() <= MOST => {
            format!("{} or {last}", rest.join(", "))
        }
        Some((last, [])) => last.clone(),
        _ => format!("one of {}, ...", quoted.get(..MOST).unwrap_or(&quoted).join(", ")),
    }
}

/// The most likely values; several if they are equally near.
fn nearest_values(text: &str, field: Field, version: Version) -> Vec<&'static str> {
    let known = |wanted: &str| values(field, version).map(|it| it.value).find(|it| *it == wanted);
    let alias = MEANT.iter().find(|(wrong, _)| wrong.eq_ignore_ascii_case(text));
    let signal = || known(&format!("SIG{}", text.to_ascii_uppercase()));
    match alias.and_then(|(_, right)| known(right)).or_else(signal) {
        Some(one) => vec![one],
        None => nearest_ones(text, values(field, version).map(|it| it.value)),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::schema::Version;
    use crate::testing::{check_fix, check_rule, check_rule_for};

    #[test]
    fn names_what_may_stand_there() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  dnsPolicy: ''
  preemptionPolicy: ''
                    ^^ invalid value `` for `preemptionPolicy`: expected `PreemptLowerPriority` or `Never`
  restartPolicy: ${POLICY}
  tolerations:
  - key: a
    operator: Gt
              ^^ `Gt` for `operator` requires the feature gate TaintTolerationComparisonOperators
    value: '5'
  containers:
  - name: web
    image: nginx:1.27
    imagePullPolicy: ifNotPresent
                     ^^^^^^^^^^^^ invalid value `ifNotPresent` for `imagePullPolicy`: expected `Always`, `IfNotPresent` or `Never`
    terminationMessagePolicy: 5
    lifecycle:
      stopSignal: whatever
",
        );
    }

    #[test]
    fn knows_versions() {
        let pod = "
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
    restartPolicy: Never
    restartPolicyRules:
    - action: RestartAllContainers
      exitCodes: {operator: In, values: [42]}
";
        check_rule(&RULE, pod);
        let refused = pod.replace(
            "AllContainers\n",
            "AllContainers
              ^^^^^^^^^^^^^^^^^^^^ `RestartAllContainers` for `action` requires the feature gate RestartAllContainersOnContainerExits
",
        );
        check_rule_for(&RULE, Version::new(35), &refused);
        check_rule_for(&RULE, Version::new(34), pod);
        let claim = "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteOncePod]
";
        check_rule_for(&RULE, Version::new(27), claim);
        let refused = format!(
            "{claim}                ^^^^^^^^^^^^^^^^ `ReadWriteOncePod` for `accessModes` requires the feature gate ReadWriteOncePod
"
        );
        check_rule_for(&RULE, Version::new(26), &refused);
    }

    #[test]
    fn offers_what_was_meant() {
        let claim = |mode| {
            format!(
                "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: data}}
spec:
  accessModes: [{mode}]
"
            )
        };
        check_fix(&RULE, &claim("RWX"), &claim("ReadWriteMany"));
        check_fix(&RULE, &claim("readwriteonce"), &claim("ReadWriteOnce"));
    }
}
