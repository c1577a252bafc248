//! Invalid file permissions: expected 0 to 0777, in octal.
//!
//! YAML reads `0644` as octal, which is 420, but `644` as decimal, which is too large.
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
//!   volumes:
//!   - name: tls
//!     secret:
//!       secretName: web-tls
//!       defaultMode: 640
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
//!   volumes:
//!   - name: tls
//!     secret:
//!       secretName: web-tls
//!       defaultMode: 0640
//! ```
//!
//! ## Fix
//!
//! Adds a leading zero, which makes the digits octal.

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::numbers;
use crate::pod::Object;
use crate::schema::{ObjectType, core};
use crate::syntax::{Node, plain_scalar};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "file-mode",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// The fields that hold permissions.
const TABLE: &[Rows<&str>] = &[
    (core::CONFIG_MAP_VOLUME_SOURCE, &["defaultMode"]),
    (core::DOWNWARD_API_VOLUME_FILE, &["mode"]),
    (core::DOWNWARD_API_VOLUME_SOURCE, &["defaultMode"]),
    (core::KEY_TO_PATH, &["mode"]),
    (core::PROJECTED_VOLUME_SOURCE, &["defaultMode"]),
    (core::SECRET_VOLUME_SOURCE, &["defaultMode"]),
];

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for field in table::rows(TABLE, object.ty) {
        let Some(value) = object.field(field) else { continue };
        let Some(mode) = value.as_int().filter(|mode| numbers::file_mode(*mode).is_err()) else {
            continue;
        };
        let diagnostic = out
            .report(value, format!("invalid value {mode} for `{field}`: expected 0 to 511 (0777)"));
        if let Some(octal) = octal(value) {
            diagnostic
                .fix(format!("Change to {octal}"), || [Edit::replace(value.content_span(), octal)]);
        }
    }
}

/// The same digits in octal, if they are permissions then.
fn octal(value: Node<'_>) -> Option<String> {
    let digits = value.text()?;
    let octal = format!("0{digits}");
    let mode = plain_scalar(&octal).as_int().filter(|_| !digits.starts_with(['0', '-', '+']))?;
    numbers::file_mode(mode).is_ok().then_some(octal)
}
