//! The names of fields in the code. The compiler takes any text for a name, so a misspelt one would only
//! be a field that is never there.

use std::collections::BTreeSet;

use podls::schema::object_types;

use crate::tidy::{code, rust_files, server};

/// What takes the name of a field.
const LOOKUPS: &[&str] = &["field", "get", "entry", "items_of", "text", "is_dropped"];

/// The layers that read manifests.
const READERS: &[&str] =
    &["pod", "check", "rules", "actions", "complete", "features", "ide", "parity"];

/// Names that no type has: keys of maps, fields of a VerticalPodAutoscaler, and of what SOPS adds.
const OTHERS: &[&str] =
    &["containerPolicies", "cpu", "kubernetes.io/config.mirror", "mac", "memory", "resourcePolicy"];

#[test]
fn every_name_of_a_field_is_one_of_kubernetes() {
    let known: BTreeSet<_> =
        object_types().flat_map(|ty| ty.fields()).map(|it| it.name()).collect();
    let others: BTreeSet<_> = OTHERS.iter().copied().collect();
    let (mut looked_up, mut unknown) = (0, BTreeSet::new());
    for reader in READERS {
        let folder = server().join(reader);
        for path in rust_files().into_iter().filter(|path| path.starts_with(&folder)) {
            for name in names(&code(&path)) {
                looked_up += 1;
                if !known.contains(name.as_str()) {
                    unknown.insert(name);
                }
            }
        }
    }
    assert!(looked_up > 500, "only {looked_up} look-ups are seen");
    let unknown: BTreeSet<_> = unknown.iter().map(String::as_str).collect();
    assert_eq!(unknown, others);
}

fn names(code: &str) -> Vec<String> {
    let starts = LOOKUPS.iter().map(|lookup| format!(".{lookup}(\""));
    let found = starts.flat_map(|start| {
        let behind = code.split(start.as_str()).skip(1);
        behind.filter_map(|it| it.split('"').next()).map(str::to_owned).collect::<Vec<_>>()
    });
    found.collect()
}
