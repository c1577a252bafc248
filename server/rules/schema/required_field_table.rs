//! Which fields the API server requires, beyond what OpenAPI says.
//!
//! A table by type, so that a new row is one line. `when` tells rows that hold only in some
//! places or together with other fields.

use super::table::{Rows, ty, types};
use crate::pod::{Object, Role};
use crate::schema::{ObjectType, Version};
use crate::syntax::Node;
use crate::syntax::write::New;

/// A required field.
pub(super) struct RequiredField {
    /// Its name, or the path to it: `resources.requests.storage`.
    pub(super) field: &'static str,
    pub(super) when: fn(&Object<'_>, Version) -> bool,
    pub(super) blank: Blank,
    pub(super) fill: Fill,
    /// A common wrong name that the type does not have; empty without one.
    pub(super) slip: &'static str,
    /// Whether the server takes a template without the field and then refuses its pods.
    pub(super) late: bool,
}

/// The values that the server treats as missing, besides null.
#[derive(Clone, Copy)]
pub(super) enum Blank {
    /// An empty text or list.
    Empty,
    Zero,
    /// An apiVersion without a version.
    NoVersion,
    /// None: the empty text is a value, which other rules check.
    Absent,
}

/// The value of a quick fix.
#[derive(Clone, Copy)]
pub(super) enum Fill {
    Nothing,
    /// Writes a common value.
    Value(&'static str),
    /// Writes a number or another value that needs no quotes.
    Plain(&'static str),
    /// Writes a list with one item.
    Item(&'static str),
    /// Writes what follows from the rest of the object.
    Made(fn(&Object<'_>) -> Option<String>),
}

impl Fill {
    /// The value to write.
    pub(super) fn value(self, object: &Object<'_>) -> Option<New> {
        match self {
            Self::Nothing => None,
            Self::Value(text) => Some(New::text(text)),
            Self::Plain(text) => Some(New::scalar(text)),
            Self::Item(text) => Some(New::Seq(vec![New::text(text)])),
            Self::Made(make) => make(object).map(New::text),
        }
    }
}

/// The type of a profile: that of the profile it names, if it names one.
fn profile_type(object: &Object<'_>) -> Option<String> {
    let named = object.field("localhostProfile").is_some();
    Some(if named { "Localhost" } else { "RuntimeDefault" }.to_owned())
}

/// A field that is always required.
const fn row(field: &'static str) -> RequiredField {
    RequiredField {
        field,
        when: always,
        blank: Blank::Empty,
        fill: Fill::Nothing,
        slip: "",
        late: false,
    }
}

/// The same, with what a quick fix does.
const fn fill(field: &'static str, fill: Fill) -> RequiredField {
    RequiredField { fill, ..row(field) }
}

/// A field that users often write with another name.
const fn slip(field: &'static str, slip: &'static str, fill: Fill) -> RequiredField {
    RequiredField { slip, fill, ..row(field) }
}

/// A field that is required under a condition.
const fn when(field: &'static str, when: fn(&Object<'_>, Version) -> bool) -> RequiredField {
    RequiredField { when, ..row(field) }
}

#[rustfmt::skip]
pub(super) const TABLE: &[Rows<RequiredField>] = &[
    (ty("batch.v1.CronJobSpec"), &[fill("schedule", Fill::Value("0 * * * *"))]),
    (ty("batch.v1.PodFailurePolicyOnExitCodesRequirement"), &[
        fill("operator", Fill::Value("In")),
    ]),
    (ty("batch.v1.PodFailurePolicyRule"), &[fill("action", Fill::Value("Ignore"))]),
    (ty("batch.v1.SuccessPolicy"), &[row("rules")]),
    (ty("core.v1.AWSElasticBlockStoreVolumeSource"), &[row("volumeID")]),
    (ty("core.v1.AppArmorProfile"), &[
        fill("type", Fill::Made(profile_type)),
        when("localhostProfile", is_localhost),
    ]),
    (ty("core.v1.AzureDiskVolumeSource"), &[row("diskName"), row("diskURI")]),
    (ty("core.v1.AzureFileVolumeSource"), &[row("secretName"), row("shareName")]),
    (ty("core.v1.CSIVolumeSource"), &[row("driver")]),
    (ty("core.v1.CephFSVolumeSource"), &[row("monitors")]),
    (ty("core.v1.CinderVolumeSource"), &[row("volumeID")]),
    (ty("core.v1.ClusterTrustBundleProjection"), &[fill("path", Fill::Value("ca.crt"))]),
    (ty("core.v1.ConfigMapEnvSource"), &[row("name")]),
    (ty("core.v1.ConfigMapKeySelector"), &[row("key")]),
    (ty("core.v1.ConfigMapProjection"), &[slip("name", "configMapName", Fill::Nothing)]),
    (ty("core.v1.ConfigMapVolumeSource"), &[slip("name", "configMapName", Fill::Nothing)]),
    (ty("core.v1.Container"), &[
        fill("name", Fill::Made(name_from_image)),
        row("image"),
        RequiredField { when: has_restart_rules, blank: Blank::Absent, ..fill("restartPolicy", Fill::Value("Never")) },
    ]),
    (ty("core.v1.ContainerPort"), &[
        RequiredField { blank: Blank::Zero, ..slip("containerPort", "port", Fill::Plain("8080")) },
    ]),
    (ty("core.v1.ContainerResizePolicy"), &[
        RequiredField { when: is_not_ephemeral, ..fill("resourceName", Fill::Value("cpu")) },
        RequiredField { when: is_not_ephemeral, ..fill("restartPolicy", Fill::Value("NotRequired")) },
    ]),
    (ty("core.v1.ContainerRestartRule"), &[
        RequiredField { when: is_not_ephemeral, ..fill("action", Fill::Value("Restart")) },
        when("exitCodes", is_not_ephemeral),
    ]),
    (ty("core.v1.ContainerRestartRuleOnExitCodes"), &[
        RequiredField { when: is_not_ephemeral, ..fill("operator", Fill::Value("In")) },
    ]),
    (ty("core.v1.DownwardAPIVolumeFile"), &[fill("path", Fill::Made(path_from_field))]),
    (ty("core.v1.EnvVar"), &[slip("name", "key", Fill::Nothing)]),
    (ty("core.v1.EphemeralContainer"), &[
        fill("name", Fill::Made(name_from_image)),
        row("image"),
    ]),
    (ty("core.v1.EphemeralVolumeSource"), &[row("volumeClaimTemplate")]),
    (ty("core.v1.ExecAction"), &[when("command", runs_handlers)]),
    (ty("core.v1.FCVolumeSource"), &[
        RequiredField { when: has_wwns, blank: Blank::Absent, ..fill("lun", Fill::Plain("0")) },
    ]),
    (ty("core.v1.FileKeySelector"), &[row("key"), row("volumeName"), row("path")]),
    (ty("core.v1.FlexVolumeSource"), &[row("driver")]),
    (ty("core.v1.GCEPersistentDiskVolumeSource"), &[row("pdName")]),
    (ty("core.v1.GitRepoVolumeSource"), &[row("repository")]),
    (ty("core.v1.GlusterfsVolumeSource"), &[row("endpoints"), row("path")]),
    (ty("core.v1.HostPathVolumeSource"), &[row("path")]),
    (ty("core.v1.ISCSIVolumeSource"), &[
        row("targetPortal"),
        row("iqn"),
        when("secretRef", uses_chap),
    ]),
    (ty("core.v1.ImageVolumeSource"), &[RequiredField { late: true, ..row("reference") }]),
    (ty("core.v1.KeyToPath"), &[row("key"), fill("path", Fill::Made(path_from_key))]),
    (ty("core.v1.LocalObjectReference"), &[when("name", is_needed_secret)]),
    (ty("core.v1.NFSVolumeSource"), &[row("server"), row("path")]),
    (ty("core.v1.NodeSelector"), &[row("nodeSelectorTerms")]),
    (ty("core.v1.ObjectFieldSelector"), &[fill("fieldPath", Fill::Value("metadata.name"))]),
    (ty("core.v1.PersistentVolumeClaim"), &[
        when("metadata.name", is_in_claim_templates),
        RequiredField { when: is_checked_claim, ..fill("spec.accessModes", Fill::Item("ReadWriteOnce")) },
        RequiredField { when: is_checked_claim, ..fill("spec.resources.requests.storage", Fill::Value("1Gi")) },
    ]),
    (ty("core.v1.PersistentVolumeClaimTemplate"), &[
        fill("spec.accessModes", Fill::Item("ReadWriteOnce")),
        fill("spec.resources.requests.storage", Fill::Value("1Gi")),
    ]),
    (ty("core.v1.PersistentVolumeClaimVolumeSource"), &[slip("claimName", "name", Fill::Nothing)]),
    (ty("core.v1.PhotonPersistentDiskVolumeSource"), &[row("pdID")]),
    (ty("core.v1.PodAffinityTerm"), &[fill("topologyKey", Fill::Value("kubernetes.io/hostname"))]),
    (ty("core.v1.PodCertificateProjection"), &[fill("keyType", Fill::Value("ECDSAP256"))]),
    (ty("core.v1.PodDNSConfigOption"), &[row("name")]),
    (ty("core.v1.PodOS"), &[fill("name", Fill::Value("linux"))]),
    (ty("core.v1.PodResourceClaim"), &[row("name")]),
    (ty("core.v1.PortworxVolumeSource"), &[row("volumeID")]),
    (ty("core.v1.QuobyteVolumeSource"), &[row("registry"), row("volume")]),
    (ty("core.v1.RBDVolumeSource"), &[row("monitors"), row("image")]),
    (ty("core.v1.ResourceClaim"), &[when("name", is_not_ephemeral)]),
    (ty("core.v1.ResourceFieldSelector"), &[
        when("containerName", is_in_volume),
        RequiredField { when: is_asked_for, ..fill("resource", Fill::Value("limits.memory")) },
    ]),
    (ty("core.v1.ScaleIOVolumeSource"), &[row("gateway"), row("system"), row("volumeName")]),
    (ty("core.v1.SeccompProfile"), &[
        fill("type", Fill::Made(profile_type)),
        RequiredField { blank: Blank::Absent, ..when("localhostProfile", is_localhost) },
    ]),
    (ty("core.v1.SecretEnvSource"), &[row("name")]),
    (ty("core.v1.SecretKeySelector"), &[row("key")]),
    (ty("core.v1.SecretProjection"), &[slip("name", "secretName", Fill::Nothing)]),
    (ty("core.v1.SecretVolumeSource"), &[slip("secretName", "name", Fill::Nothing)]),
    (ty("core.v1.ServiceAccountTokenProjection"), &[fill("path", Fill::Value("token"))]),
    (ty("core.v1.StorageOSVolumeSource"), &[row("volumeName")]),
    (ty("core.v1.Sysctl"), &[row("name")]),
    (ty("core.v1.TopologySpreadConstraint"), &[
        RequiredField { blank: Blank::Absent, ..fill("maxSkew", Fill::Plain("1")) },
        fill("topologyKey", Fill::Value("kubernetes.io/hostname")),
        fill("whenUnsatisfiable", Fill::Value("ScheduleAnyway")),
    ]),
    (ty("core.v1.TypedLocalObjectReference"), &[
        fill("kind", Fill::Value("PersistentVolumeClaim")),
        row("name"),
    ]),
    (ty("core.v1.TypedObjectReference"), &[
        fill("kind", Fill::Value("PersistentVolumeClaim")),
        row("name"),
    ]),
    (ty("core.v1.Volume"), &[row("name")]),
    (ty("core.v1.VolumeDevice"), &[row("name"), row("devicePath")]),
    (ty("core.v1.VolumeMount"), &[row("name"), slip("mountPath", "path", Fill::Made(path_from_name))]),
    (ty("core.v1.VsphereVirtualDiskVolumeSource"), &[row("volumePath")]),
    (ty("meta.v1.OwnerReference"), &[
        RequiredField { when: is_of_manifest, blank: Blank::NoVersion, ..row("apiVersion") },
        when("kind", is_of_manifest),
        when("name", is_of_manifest),
        when("uid", is_of_manifest),
    ]),
];

pub(super) static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn always(_: &Object<'_>, _: Version) -> bool {
    true
}

/// Fields that a container of this kind must not have are not checked.
fn is_not_ephemeral(object: &Object<'_>, _: Version) -> bool {
    object.role() != Some(Role::Ephemeral)
}

/// Probes and hooks of other containers are forbidden as a whole.
fn runs_handlers(object: &Object<'_>, _: Version) -> bool {
    matches!(object.role(), Some(Role::App | Role::Sidecar))
}

/// The name of such a claim is that of a volume. That of other claims is checked with all names.
fn is_in_claim_templates(claim: &Object<'_>, _: Version) -> bool {
    claim.held_by() == "volumeClaimTemplates"
}

fn has_restart_rules(container: &Object<'_>, _: Version) -> bool {
    container.field("restartPolicyRules").is_some_and(|rules| rules.items().next().is_some())
}

fn is_localhost(profile: &Object<'_>, _: Version) -> bool {
    profile.text("type") == "Localhost"
}

fn has_wwns(volume: &Object<'_>, _: Version) -> bool {
    volume.field("targetWWNs").is_some_and(|names| names.items().next().is_some())
}

fn uses_chap(volume: &Object<'_>, _: Version) -> bool {
    let flag = |name| volume.field(name).and_then(Node::as_bool) == Some(true);
    flag("chapAuthDiscovery") || flag("chapAuthSession")
}

/// The claim templates of a StatefulSet are checked since 1.34.
fn is_checked_claim(_: &Object<'_>, version: Version) -> bool {
    version >= Version::new(34)
}

/// Most references to Secrets may stay empty.
fn is_needed_secret(reference: &Object<'_>, _: Version) -> bool {
    const NEED: [ObjectType; 3] = [
        ty("core.v1.CSIVolumeSource"),
        ty("core.v1.CinderVolumeSource"),
        ty("core.v1.StorageOSVolumeSource"),
    ];
    reference.parent.is_some_and(|volume| NEED.contains(&volume.ty))
}

fn is_in_volume(selector: &Object<'_>, _: Version) -> bool {
    selector.within(ty("core.v1.DownwardAPIVolumeFile")).is_some()
}

/// In a volume the resource is looked at only when it is known of which container.
fn is_asked_for(selector: &Object<'_>, version: Version) -> bool {
    !is_in_volume(selector, version) || !selector.text("containerName").is_empty()
}

/// The metadata of templates besides labels and annotations is never checked.
fn is_of_manifest(owner: &Object<'_>, _: Version) -> bool {
    let holder = owner.parent.and_then(|metadata| metadata.parent);
    holder.is_some_and(|holder| holder.parent.is_none())
}

/// `nginx` of `ghcr.io/example/nginx:1.27`.
fn name_from_image(container: &Object<'_>) -> Option<String> {
    let image = crate::formats::image::Image::parse(container.text("image")).ok()?;
    crate::formats::suggest::suggest(image.name(), crate::formats::suggest::Format::Label)
        .or_else(|| Some(image.name().to_owned()))
}

/// `/mnt/data` of the volume `data`.
fn path_from_name(mount: &Object<'_>) -> Option<String> {
    let name = mount.text("name");
    (!name.is_empty()).then(|| format!("/mnt/{name}"))
}

fn path_from_key(item: &Object<'_>) -> Option<String> {
    Some(item.text("key").to_owned()).filter(|key| !key.is_empty())
}

/// `labels` of `metadata.labels`.
fn path_from_field(item: &Object<'_>) -> Option<String> {
    let path = item.field("fieldRef")?.field("fieldPath")?.as_str()?;
    let (_, last) = path.rsplit_once('.')?;
    last.bytes().all(|byte| byte.is_ascii_alphabetic()).then(|| last.to_owned())
}
