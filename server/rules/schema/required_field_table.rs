//! Which fields the API server requires, beyond what OpenAPI says.
//!
//! A table by type, so that a new row is one line. `when` tells rows that hold only in some
//! places or together with other fields.

use super::table::{Rows, types};
use crate::pod::{Object, Role};
use crate::schema::{ObjectType, Version, batch, core, meta};
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
    (batch::CRON_JOB_SPEC, &[fill("schedule", Fill::Value("0 * * * *"))]),
    (batch::POD_FAILURE_POLICY_ON_EXIT_CODES_REQUIREMENT, &[
        fill("operator", Fill::Value("In")),
    ]),
    (batch::POD_FAILURE_POLICY_RULE, &[fill("action", Fill::Value("Ignore"))]),
    (batch::SUCCESS_POLICY, &[row("rules")]),
    (core::AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE, &[row("volumeID")]),
    (core::APP_ARMOR_PROFILE, &[
        fill("type", Fill::Made(profile_type)),
        when("localhostProfile", is_localhost),
    ]),
    (core::AZURE_DISK_VOLUME_SOURCE, &[row("diskName"), row("diskURI")]),
    (core::AZURE_FILE_VOLUME_SOURCE, &[row("secretName"), row("shareName")]),
    (core::CSI_VOLUME_SOURCE, &[row("driver")]),
    (core::CEPH_FS_VOLUME_SOURCE, &[row("monitors")]),
    (core::CINDER_VOLUME_SOURCE, &[row("volumeID")]),
    (core::CLUSTER_TRUST_BUNDLE_PROJECTION, &[fill("path", Fill::Value("ca.crt"))]),
    (core::CONFIG_MAP_ENV_SOURCE, &[row("name")]),
    (core::CONFIG_MAP_KEY_SELECTOR, &[row("key")]),
    (core::CONFIG_MAP_PROJECTION, &[slip("name", "configMapName", Fill::Nothing)]),
    (core::CONFIG_MAP_VOLUME_SOURCE, &[slip("name", "configMapName", Fill::Nothing)]),
    (core::CONTAINER, &[
        fill("name", Fill::Made(name_from_image)),
        row("image"),
        RequiredField { when: has_restart_rules, blank: Blank::Absent, ..fill("restartPolicy", Fill::Value("Never")) },
    ]),
    (core::CONTAINER_PORT, &[
        RequiredField { blank: Blank::Zero, ..slip("containerPort", "port", Fill::Plain("8080")) },
    ]),
    (core::CONTAINER_RESIZE_POLICY, &[
        RequiredField { when: is_not_ephemeral, ..fill("resourceName", Fill::Value("cpu")) },
        RequiredField { when: is_not_ephemeral, ..fill("restartPolicy", Fill::Value("NotRequired")) },
    ]),
    (core::CONTAINER_RESTART_RULE, &[
        RequiredField { when: is_not_ephemeral, ..fill("action", Fill::Value("Restart")) },
        when("exitCodes", is_not_ephemeral),
    ]),
    (core::CONTAINER_RESTART_RULE_ON_EXIT_CODES, &[
        RequiredField { when: is_not_ephemeral, ..fill("operator", Fill::Value("In")) },
    ]),
    (core::DOWNWARD_API_VOLUME_FILE, &[fill("path", Fill::Made(path_from_field))]),
    (core::ENV_VAR, &[slip("name", "key", Fill::Nothing)]),
    (core::EPHEMERAL_CONTAINER, &[
        fill("name", Fill::Made(name_from_image)),
        row("image"),
    ]),
    (core::EPHEMERAL_VOLUME_SOURCE, &[row("volumeClaimTemplate")]),
    (core::EXEC_ACTION, &[when("command", runs_handlers)]),
    (core::FC_VOLUME_SOURCE, &[
        RequiredField { when: has_wwns, blank: Blank::Absent, ..fill("lun", Fill::Plain("0")) },
    ]),
    (core::FILE_KEY_SELECTOR, &[row("key"), row("volumeName"), row("path")]),
    (core::FLEX_VOLUME_SOURCE, &[row("driver")]),
    (core::GCE_PERSISTENT_DISK_VOLUME_SOURCE, &[row("pdName")]),
    (core::GIT_REPO_VOLUME_SOURCE, &[row("repository")]),
    (core::GLUSTERFS_VOLUME_SOURCE, &[row("endpoints"), row("path")]),
    (core::HOST_PATH_VOLUME_SOURCE, &[row("path")]),
    (core::ISCSI_VOLUME_SOURCE, &[
        row("targetPortal"),
        row("iqn"),
        when("secretRef", uses_chap),
    ]),
    (core::IMAGE_VOLUME_SOURCE, &[RequiredField { late: true, ..row("reference") }]),
    (core::KEY_TO_PATH, &[row("key"), fill("path", Fill::Made(path_from_key))]),
    (core::LOCAL_OBJECT_REFERENCE, &[when("name", is_needed_secret)]),
    (core::NFS_VOLUME_SOURCE, &[row("server"), row("path")]),
    (core::NODE_SELECTOR, &[row("nodeSelectorTerms")]),
    (core::OBJECT_FIELD_SELECTOR, &[fill("fieldPath", Fill::Value("metadata.name"))]),
    (core::PERSISTENT_VOLUME_CLAIM, &[
        when("metadata.name", is_in_claim_templates),
        RequiredField { when: is_checked_claim, ..fill("spec.accessModes", Fill::Item("ReadWriteOnce")) },
        RequiredField { when: is_checked_claim, ..fill("spec.resources.requests.storage", Fill::Value("1Gi")) },
    ]),
    (core::PERSISTENT_VOLUME_CLAIM_TEMPLATE, &[
        fill("spec.accessModes", Fill::Item("ReadWriteOnce")),
        fill("spec.resources.requests.storage", Fill::Value("1Gi")),
    ]),
    (core::PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE, &[slip("claimName", "name", Fill::Nothing)]),
    (core::PHOTON_PERSISTENT_DISK_VOLUME_SOURCE, &[row("pdID")]),
    (core::POD_AFFINITY_TERM, &[fill("topologyKey", Fill::Value("kubernetes.io/hostname"))]),
    (core::POD_CERTIFICATE_PROJECTION, &[fill("keyType", Fill::Value("ECDSAP256"))]),
    (core::POD_DNS_CONFIG_OPTION, &[row("name")]),
    (core::POD_OS, &[fill("name", Fill::Value("linux"))]),
    (core::POD_RESOURCE_CLAIM, &[row("name")]),
    (core::PORTWORX_VOLUME_SOURCE, &[row("volumeID")]),
    (core::QUOBYTE_VOLUME_SOURCE, &[row("registry"), row("volume")]),
    (core::RBD_VOLUME_SOURCE, &[row("monitors"), row("image")]),
    (core::RESOURCE_CLAIM, &[when("name", is_not_ephemeral)]),
    (core::RESOURCE_FIELD_SELECTOR, &[
        when("containerName", is_in_volume),
        RequiredField { when: is_asked_for, ..fill("resource", Fill::Value("limits.memory")) },
    ]),
    (core::SCALE_IO_VOLUME_SOURCE, &[row("gateway"), row("system"), row("volumeName")]),
    (core::SECCOMP_PROFILE, &[
        fill("type", Fill::Made(profile_type)),
        RequiredField { blank: Blank::Absent, ..when("localhostProfile", is_localhost) },
    ]),
    (core::SECRET_ENV_SOURCE, &[row("name")]),
    (core::SECRET_KEY_SELECTOR, &[row("key")]),
    (core::SECRET_PROJECTION, &[slip("name", "secretName", Fill::Nothing)]),
    (core::SECRET_VOLUME_SOURCE, &[slip("secretName", "name", Fill::Nothing)]),
    (core::SERVICE_ACCOUNT_TOKEN_PROJECTION, &[fill("path", Fill::Value("token"))]),
    (core::STORAGE_OS_VOLUME_SOURCE, &[row("volumeName")]),
    (core::SYSCTL, &[row("name")]),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, &[
        RequiredField { blank: Blank::Absent, ..fill("maxSkew", Fill::Plain("1")) },
        fill("topologyKey", Fill::Value("kubernetes.io/hostname")),
        fill("whenUnsatisfiable", Fill::Value("ScheduleAnyway")),
    ]),
    (core::TYPED_LOCAL_OBJECT_REFERENCE, &[
        fill("kind", Fill::Value("PersistentVolumeClaim")),
        row("name"),
    ]),
    (core::TYPED_OBJECT_REFERENCE, &[
        fill("kind", Fill::Value("PersistentVolumeClaim")),
        row("name"),
    ]),
    (core::VOLUME, &[row("name")]),
    (core::VOLUME_DEVICE, &[row("name"), row("devicePath")]),
    (core::VOLUME_MOUNT, &[row("name"), slip("mountPath", "path", Fill::Made(path_from_name))]),
    (core::VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE, &[row("volumePath")]),
    (meta::OWNER_REFERENCE, &[
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
    const NEED: [ObjectType; 3] =
        [core::CSI_VOLUME_SOURCE, core::CINDER_VOLUME_SOURCE, core::STORAGE_OS_VOLUME_SOURCE];
    reference.parent.is_some_and(|volume| NEED.contains(&volume.ty))
}

fn is_in_volume(selector: &Object<'_>, _: Version) -> bool {
    selector.within(core::DOWNWARD_API_VOLUME_FILE).is_some()
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
