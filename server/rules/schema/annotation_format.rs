//! An invalid annotation key.
//!
//! Keys are `name` or `prefix/name`. The name has at most 63 letters, digits, `-`, `_` and `.`; the
//! prefix is a DNS name. Values can be any text, up to 256 KiB for all annotations together.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     example.com/build/commit: 5f2c1d0
//! spec:
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
//!   annotations:
//!     example.com/build-commit: 5f2c1d0
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes the key to a valid one: other characters become `-`, and a long name is shortened. It is a
//! suggestion, since the program that reads the annotation may expect another key.

use super::label_format_table::of_metadata;
use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::names::annotation_key;
use crate::formats::suggest::{Format, suggest};
use crate::pod::Object;
use crate::schema::meta::OBJECT_META;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "annotation-format",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[OBJECT_META], check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    let Some(severity) = of_metadata(object, out.version) else { return };
    for entry in object.field("annotations").into_iter().flat_map(Node::fields) {
        let key = entry.key.text().unwrap_or_default();
        let Err(fault) = annotation_key(key) else { continue };
        let message = format!("invalid annotation key `{key}`: it {fault}");
        let diagnostic = out.report(entry.key, message).severity(severity);
        if let Some(made) = suggest(key, Format::QualifiedName) {
            let edit = || [crate::syntax::write::word(entry.key, &*made)];
            diagnostic.suggest(format!("Change to `{made}`"), edit);
        }
    }
}
