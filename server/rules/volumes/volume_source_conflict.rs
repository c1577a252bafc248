//! A volume has more than one source.
//!
//! Its content can come from one place only, so the API server refuses it. To combine several
//! ConfigMaps and Secrets in one directory, use `projected`.
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
//!     configMap:
//!       name: web
//!     emptyDir: {}
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
//!     configMap:
//!       name: web
//! ```
//!
//! ## Fix
//!
//! Removes one of the two sources. Both fixes are suggestions: only you can tell which source the volume
//! needs.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, VOLUME_SOURCES};
use crate::schema::core::VOLUME;
use crate::syntax::{Entry, write};

pub(crate) static RULE: Rule = Rule {
    code: "volume-source-conflict",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&[VOLUME], check)],
    ..Rule::DEFAULT
};

fn check(volume: &Object<'_>, out: &mut Checker<'_>) {
    // A quick exit for most volumes, which have two keys.
    if volume.fields.len() <= 2 {
        return;
    }
    let entry = |source: &&str| {
        volume.field(source).filter(|_| !volume.is_dropped(source, out.version))?;
        volume.node.entry(source)
    };
    let set: Vec<_> = VOLUME_SOURCES.iter().filter_map(entry).collect();
    let Some((first, later)) = set.split_first() else { return };
    for entry in later {
        let names = [first, entry].map(|it| it.key.text().unwrap_or_default());
        let [kept, other] = names;
        let message = format!("more than one source in {}: `{kept}` and `{other}`", volume.title());
        let remove = |entry: &Entry<'_>| write::remove(entry.key);
        out.report(entry.key, message)
            .related(first.key, "the other source")
            .suggest(format!("Remove `{other}`"), || remove(entry))
            .suggest(format!("Remove `{kept}`"), || remove(first));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::errors;

    #[test]
    fn later_sources_are_not_looked_into() {
        let found = errors(
            "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: nginx:1.27
    volumeMounts:
    - {name: data, mountPath: /data}
  volumes:
  - name: data
    nfs: {path: exports}
    hostPath: {path: /data, type: directory}
    emptyDir: {sizeLimit: -1}
",
        );
        let conflict = "volume-source-conflict";
        assert_eq!(found, [conflict, conflict, "quantity-negative"]);
    }
}
