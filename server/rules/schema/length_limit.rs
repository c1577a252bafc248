//! A text is longer than the API server accepts.
//!
//! Limits are in bytes. The length of names is part of their format, which other rules check.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   hostnameOverride: a-host-name-that-is-longer-than-the-kernel-can-take-in-any-of-its-places
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
//!   hostnameOverride: web.example.com
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Rule};
use crate::pod::Object;
use crate::schema::{ObjectType, core};
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "length-limit",
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// A field and how many bytes it may have.
struct LengthLimit {
    field: &'static str,
    least: usize,
    most: usize,
    when: fn(&Object<'_>) -> bool,
    /// The versions in which that is so.
    versions: std::ops::RangeInclusive<u8>,
}

const fn row(field: &'static str, most: usize) -> LengthLimit {
    LengthLimit { field, least: 0, most, when: always, versions: 25..=u8::MAX }
}

#[rustfmt::skip]
const TABLE: &[Rows<LengthLimit>] = &[
    (core::APP_ARMOR_PROFILE, &[LengthLimit { when: is_localhost, ..row("localhostProfile", 4095) }]),
    (core::POD_DNS_CONFIG, &[
        LengthLimit { versions: 25..=25, ..row("searches", 256) },
        LengthLimit { versions: 26..=u8::MAX, ..row("searches", 2048) },
    ]),
    (core::POD_SPEC, &[row("hostnameOverride", 64)]),
    (core::QUOBYTE_VOLUME_SOURCE, &[row("tenant", 64)]),
    (core::WINDOWS_SECURITY_CONTEXT_OPTIONS, &[
        LengthLimit { least: 1, ..row("gmsaCredentialSpec", 65536) },
    ]),
];

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some(value) = object.field(row.field) else { continue };
        let Some(bytes) = length(value) else { continue };
        let applies = row.versions.contains(&out.version.minor())
            && (row.when)(object)
            && !object.is_dropped(row.field, out.version);
        if !(row.least..=row.most).contains(&bytes) && applies {
            report(value, bytes, row, out);
        }
    }
}

fn report(value: Node<'_>, bytes: usize, row: &LengthLimit, out: &mut Checker<'_>) {
    let LengthLimit { field, most, .. } = row;
    if bytes < row.least {
        out.report(value, format!("`{field}` must not be empty"));
    } else if value.is_seq() {
        let message = format!("`{field}` has {bytes} bytes when joined: expected at most {most}");
        out.report_key(value, message);
    } else {
        out.report(value, format!("`{field}` has {bytes} bytes: expected at most {most}"));
    }
}

/// The bytes of a text, or of a list of texts with a space between them.
fn length(value: Node<'_>) -> Option<usize> {
    if let Some(text) = value.as_str() {
        return Some(text.len());
    }
    let texts = value.items().map(|item| item.resolved()?.as_str().map(|text| text.len() + 1));
    let sum: Option<usize> = texts.sum();
    sum.filter(|_| value.is_seq()).map(|sum| sum.saturating_sub(1))
}

fn always(_: &Object<'_>) -> bool {
    true
}

fn is_localhost(profile: &Object<'_>) -> bool {
    profile.text("type") == "Localhost"
}
