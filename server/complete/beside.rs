//! Fields that may not stand beside what the object says already.

use crate::complete::CompletionCx;
use crate::complete::reference::pod_around;
use crate::complete::union::excludes;
use crate::pod::{expected, forbidden_on_windows};
use crate::schema::{ObjectType, apps, batch, core, meta};
use crate::syntax::Node;

/// A field, and another one that rules it out with one of some values.
struct Rival(ObjectType, &'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
static RIVALS: &[Rival] = &[
    Rival(core::POD_SPEC, "hostnameOverride", "hostNetwork", &["true"]),
    Rival(core::POD_SPEC, "hostnameOverride", "setHostnameAsFQDN", &["true"]),
    Rival(core::SECCOMP_PROFILE, "localhostProfile", "type", &["RuntimeDefault", "Unconfined"]),
    Rival(core::APP_ARMOR_PROFILE, "localhostProfile", "type", &["RuntimeDefault", "Unconfined"]),
    Rival(core::VOLUME_MOUNT, "recursiveReadOnly", "mountPropagation", &["HostToContainer", "Bidirectional"]),
    Rival(core::VOLUME_MOUNT, "mountPropagation", "recursiveReadOnly", &["IfPossible", "Enabled"]),
    Rival(core::TOLERATION, "value", "operator", &["Exists"]),
    Rival(core::NODE_SELECTOR_REQUIREMENT, "values", "operator", &["Exists", "DoesNotExist"]),
    Rival(meta::LABEL_SELECTOR_REQUIREMENT, "values", "operator", &["Exists", "DoesNotExist"]),
    Rival(apps::DEPLOYMENT_STRATEGY, "rollingUpdate", "type", &["Recreate"]),
    Rival(apps::DAEMON_SET_UPDATE_STRATEGY, "rollingUpdate", "type", &["OnDelete"]),
    Rival(apps::STATEFUL_SET_UPDATE_STRATEGY, "rollingUpdate", "type", &["OnDelete"]),
];

/// Why the field `name` had better not stand in the object at the cursor.
pub(super) fn reason(cx: &CompletionCx<'_>, ty: ObjectType, name: &str) -> Option<String> {
    let map = cx.node.parent().filter(|_| cx.node.is_key());
    if let Some(map) = map {
        let mut others = map.entries().filter_map(|entry| entry.key.text());
        if let Some(other) = others.find(|other| excludes(ty, other, name)) {
            return Some(format!("`{other}` is already set"));
        }
        let said = |rival: &&Rival| {
            let value = map.field(rival.2).and_then(Node::text);
            rival.0 == ty && rival.1 == name && value.is_some_and(|it| rival.3.contains(&it))
        };
        if let Some(Rival(_, _, other, _)) = RIVALS.iter().find(said) {
            let value = map.field(other).and_then(Node::text).unwrap_or_default();
            return Some(format!("not with `{other}: {value}`"));
        }
    }
    required_in_job(map, ty, name).or_else(|| elsewhere(cx, ty, name)).map(str::to_owned)
}

/// What a Job has to say as well.
fn required_in_job(map: Option<Node<'_>>, ty: ObjectType, name: &str) -> Option<&'static str> {
    let map = map.filter(|_| ty == batch::JOB_SPEC)?;
    let policy = || {
        let spec = map.field("template")?.field("spec")?;
        spec.field("restartPolicy")?.text()
    };
    let is_indexed = map.field("completionMode").and_then(Node::text) == Some("Indexed");
    match name {
        "successPolicy" if !is_indexed => Some("requires `completionMode: Indexed`"),
        "podFailurePolicy" if policy() != Some("Never") => Some("requires `restartPolicy: Never`"),
        _ => None,
    }
}

/// What stands further up and rules the field out.
fn elsewhere(cx: &CompletionCx<'_>, ty: ObjectType, name: &str) -> Option<&'static str> {
    let in_claim = || {
        let mut keys = cx.node.ancestors().filter_map(Node::key).filter_map(Node::text);
        keys.any(|key| key == "volumeClaimTemplate")
    };
    match name {
        "finalizers" | "ownerReferences" if ty == meta::OBJECT_META && in_claim() => {
            Some("not in the template of a volume")
        }
        "claims" if ty == core::RESOURCE_REQUIREMENTS && is_of_pod(cx.node) => {
            Some("containers name their claims")
        }
        "windowsOptions" if [core::SECURITY_CONTEXT, core::POD_SECURITY_CONTEXT].contains(&ty) => {
            (os(cx) == Some("linux")).then_some("not in a pod for Linux")
        }
        "volumeDevices" => {
            let users = pod_around(cx.node)?.spec.field("hostUsers").and_then(Node::as_bool);
            (users == Some(false)).then_some("not in a pod with `hostUsers: false`")
        }
        _ if forbidden_on_windows(ty).contains(&name) => {
            (os(cx) == Some("windows")).then_some("not in a pod for Windows")
        }
        _ => None,
    }
}

/// For which system the pod is, if it says so.
fn os<'a>(cx: &CompletionCx<'a>) -> Option<&'a str> {
    pod_around(cx.node)?.spec.field("os")?.field("name")?.text()
}

/// Whether the resources around are those of the pod as a whole.
pub(super) fn is_of_pod(node: Node<'_>) -> bool {
    let resources =
        node.ancestors().find(|it| it.key().is_some_and(|key| key.text() == Some("resources")));
    let spec = resources.and_then(Node::parent).and_then(expected);
    spec.and_then(|it| it.ty.object()) == Some(core::POD_SPEC)
}
