//! An entry of a projected volume has more than one source.
//!
//! Each source needs its own entry in `sources`.
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
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     projected:
//!       sources:
//!       - configMap:
//!           name: web
//!         secret:
//!           name: web
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
//!     volumeMounts:
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     projected:
//!       sources:
//!       - configMap:
//!           name: web
//!       - secret:
//!           name: web
//! ```
//!
//! ## Fix
//!
//! Moves the source to its own entry.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::VOLUME_PROJECTION;
use crate::syntax::{Entry, Kind};
use crate::text::{Edit, Span};

pub(crate) static RULE: Rule = Rule {
    code: "projected-source-conflict",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[VOLUME_PROJECTION], check)],
    ..Rule::DEFAULT
};

fn check(projection: &Object<'_>, out: &mut Checker<'_>) {
    let known = |entry: &Entry<'_>| {
        let name = entry.key.text().filter(|name| projection.ty.field(name).is_some());
        name.is_some_and(|name| {
            projection.field(name).is_some() && !projection.is_dropped(name, out.version)
        })
    };
    let set: Vec<_> = projection.node.fields().filter(known).collect();
    let Some((first, later)) = set.split_first() else { return };
    for entry in later {
        let names = [first, entry].map(|it| it.key.text().unwrap_or_default());
        let [one, other] = names;
        out.report(
            projection.node,
            format!("`{one}` cannot be combined with `{other}` in one item"),
        )
        .at(entry.key.content_span())
        .related(first.key, "the other source")
        .fix("Move to an item of its own", || split(projection, entry));
    }
}

/// Puts a dash in front of the key, in the column of the item's own.
fn split(projection: &Object<'_>, entry: &Entry<'_>) -> Vec<Edit> {
    let node = projection.node;
    let own = entry.key.parent() == Some(node) && node.kind() == Kind::Map { flow: false };
    let (text, start) = (node.tree().text(), entry.key.span().start);
    let line = text.get(..start).unwrap_or_default();
    let blanks = line.len() - line.trim_end_matches(' ').len();
    if !own || blanks < 2 {
        return Vec::new();
    }
    vec![Edit::replace(Span::new(start - 2, start), "- ")]
}
