//! What is to be said about a field, in Markdown.

use std::fmt::Write;

use crate::schema::{Field, ListKind, Version};

/// Its docs, its values with what they mean, its default, how its items are merged, and since when it is there.
pub fn describe(field: Field) -> String {
    let mut out = field.doc().trim().to_owned();
    let values: Vec<_> = field.values().collect();
    if !values.is_empty() {
        out.push_str("\n\nValues:\n");
        for value in values {
            let shown = if value.value.is_empty() { "\"\"" } else { value.value };
            let _ = write!(out, "\n- `{shown}`: {}", value.meaning);
            if value.since > Version::OLDEST {
                let _ = write!(out, " (since {})", value.since);
            }
        }
    }
    if let Some(default) = field.default() {
        let _ = write!(out, "\n\nDefault: {default}");
    }
    if let Some(note) = field.note() {
        let _ = write!(out, "\n\n{note}");
    }
    if field.list_kind() == Some(ListKind::Map) {
        let keys: Vec<_> = field.merge_keys().map(|key| format!("`{key}`")).collect();
        let keys = keys.join(" and ");
        let _ = write!(out, "\n\nServer-side apply merges items with the same {keys}.");
    }
    if field.since() > Version::OLDEST {
        let _ = write!(out, "\n\nSince Kubernetes {}.", field.since());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::schema::core::{CONTAINER, POD_SPEC};

    #[test]
    fn keys_of_items() {
        let ports = describe(CONTAINER.field("ports").unwrap());
        let merged = "Server-side apply merges items with the same `containerPort` and `protocol`.";
        assert!(ports.contains(merged), "{ports}");
    }

    #[test]
    fn what_was_always_there_has_no_version() {
        let said = |field| describe(POD_SPEC.field(field).unwrap());
        assert!(!said("nodeName").contains("Since"), "{}", said("nodeName"));
        assert!(said("schedulingGates").contains("\n\nSince Kubernetes 1."));
    }
}
