//! Which fields hold paths that may not start with `/` or have `..` in them.
//!
//! Two rules read this table, since they are two faults.

use super::table::{Rows, ty, types};
use crate::pod::Object;
use crate::schema::ObjectType;

/// A field that holds a path.
pub(super) struct PathField {
    pub(super) field: &'static str,
    pub(super) form: Form,
    when: fn(&Object<'_>) -> bool,
    /// The first version that checks it.
    since: u8,
}

/// What a path may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Relative, without `..`, and not starting with `..` either: those names are the kubelet's.
    Local,
    /// Relative, without `..`.
    Descending,
    /// Anything without `..`.
    NoBackstep,
}

const fn row(field: &'static str, form: Form) -> PathField {
    PathField { field, form, when: always, since: 25 }
}

use Form::{Descending, Local, NoBackstep};

#[rustfmt::skip]
pub(super) const TABLE: &[Rows<PathField>] = &[
    (ty("core.v1.ClusterTrustBundleProjection"), &[row("path", Local)]),
    (ty("core.v1.DownwardAPIVolumeFile"), &[row("path", Local)]),
    (ty("core.v1.FileKeySelector"), &[row("path", NoBackstep)]),
    (ty("core.v1.GitRepoVolumeSource"), &[row("directory", Descending)]),
    (ty("core.v1.HostPathVolumeSource"), &[row("path", NoBackstep)]),
    (ty("core.v1.KeyToPath"), &[row("path", Local)]),
    (ty("core.v1.PodCertificateProjection"), &[
        row("credentialBundlePath", Local),
        row("keyPath", Local),
        row("certificateChainPath", Local),
    ]),
    (ty("core.v1.SeccompProfile"), &[
        PathField { when: is_localhost, ..row("localhostProfile", Descending) },
    ]),
    (ty("core.v1.ServiceAccountTokenProjection"), &[PathField { since: 30, ..row("path", Local) }]),
    (ty("core.v1.VolumeDevice"), &[row("devicePath", NoBackstep)]),
    (ty("core.v1.VolumeMount"), &[row("subPath", Descending), row("subPathExpr", Descending)]),
];

pub(super) static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

impl PathField {
    /// Whether the API server of this version looks at the path.
    pub(super) fn applies(&self, object: &Object<'_>, version: crate::schema::Version) -> bool {
        version.minor() >= self.since
            && (self.when)(object)
            && !object.is_dropped(self.field, version)
    }
}

fn always(_: &Object<'_>) -> bool {
    true
}

fn is_localhost(profile: &Object<'_>) -> bool {
    profile.text("type") == "Localhost"
}
