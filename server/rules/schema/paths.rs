//! Which fields hold paths that may not start with `/` or have `..` in them.
//!
//! Two rules read this table, since they are two faults.

use super::table::{Rows, types};
use crate::pod::Object;
use crate::schema::{ObjectType, core};

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
    (core::CLUSTER_TRUST_BUNDLE_PROJECTION, &[row("path", Local)]),
    (core::DOWNWARD_API_VOLUME_FILE, &[row("path", Local)]),
    (core::FILE_KEY_SELECTOR, &[row("path", NoBackstep)]),
    (core::GIT_REPO_VOLUME_SOURCE, &[row("directory", Descending)]),
    (core::HOST_PATH_VOLUME_SOURCE, &[row("path", NoBackstep)]),
    (core::KEY_TO_PATH, &[row("path", Local)]),
    (core::POD_CERTIFICATE_PROJECTION, &[
        row("credentialBundlePath", Local),
        row("keyPath", Local),
        row("certificateChainPath", Local),
    ]),
    (core::SECCOMP_PROFILE, &[
        PathField { when: is_localhost, ..row("localhostProfile", Descending) },
    ]),
    (core::SERVICE_ACCOUNT_TOKEN_PROJECTION, &[PathField { since: 30, ..row("path", Local) }]),
    (core::VOLUME_DEVICE, &[row("devicePath", NoBackstep)]),
    (core::VOLUME_MOUNT, &[row("subPath", Descending), row("subPathExpr", Descending)]),
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
