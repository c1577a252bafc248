//! Values: those a field may have, booleans, the default.

use crate::complete::quote::is_value_of_map;
use crate::complete::{CompletionCx, Item, ItemKind, beside, doubt};
use crate::formats;
use crate::schema::batch::CRON_JOB_SPEC;
use crate::schema::core::{SECRET, SERVICE_PORT, SERVICE_SPEC};
use crate::schema::networking::{HTTP_INGRESS_PATH, NETWORK_POLICY_PORT};
use crate::schema::{Field, ObjectType, Type};
use crate::syntax::Node;

pub(super) fn complete(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    if cx.at_map_key() {
        return complete_map_keys(cx, items);
    }
    if cx.node.is_key() {
        return;
    }
    let Some((owner, field)) = cx.expected.and_then(|expected| expected.field) else { return };
    if matches!(cx.ty(), Some(Type::Bool)) {
        for value in ["true", "false"] {
            let default = field.default_value() == Some(value);
            items.push(Item {
                detail: if default { "default".to_owned() } else { String::new() },
                ..cx.item(value, ItemKind::Value, value.to_owned())
            });
        }
    }
    if is_value_of_map(cx.node) {
        return add_quantities(cx, items);
    }
    let more = OTHERS.iter().find(|(of, name, _)| *of == owner && *name == field.name());
    let zones = owner == CRON_JOB_SPEC && field.name() == "timeZone";
    let words = more.into_iter().flat_map(|(.., words)| words.iter().copied());
    let words: Vec<&str> = match zones {
        true => formats::time_zone::names().collect(),
        false => words.filter(|word| field.values().all(|value| value.value != *word)).collect(),
    };
    for (order, word) in words.into_iter().enumerate() {
        let insert = cx.quoted_value(word, Type::String);
        let item = cx.item(word, ItemKind::Value, insert);
        items.push(Item { sort: format!("{order:03}"), detail: detail(field, word), ..item });
    }
    let scalar = matches!(cx.ty(), Some(Type::String | Type::IntOrString | Type::Quantity));
    if scalar {
        add_values(cx, owner, field, items);
    }
}

/// The keys of maps such as `limits` and `nodeSelector`.
fn complete_map_keys(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let Some(expected) = cx.expected else { return };
    let (Type::Map(_), Some((owner, field))) = (expected.ty, expected.field) else { return };
    let map = cx.node.parent().filter(|_| cx.node.is_key());
    for value in field.values() {
        let is_there = map.is_some_and(|map| map.get(value.value).is_some());
        if is_there || value.value.contains('<') {
            continue;
        }
        let insert = match (cx.cursor.has_colon, cx.in_brackets(), expected.ty.item()) {
            (true, ..) => value.value.to_owned(),
            (_, true, Some(ty)) => {
                format!("{}: {}", cx.quoted_key(value.value), cx.empty_value(ty))
            }
            _ => format!("{}: $0", value.value),
        };
        let mut item = Item {
            detail: value.meaning.to_owned(),
            docs: Some(format!("{} {} {}", owner.name(), field.name(), value.value)),
            ..cx.item(value.value, ItemKind::Value, insert)
        };
        if !OF_POD.iter().any(|it| value.value.starts_with(it)) && beside::is_of_pod(cx.node) {
            item.detail = "containers name it".to_owned();
            item.sort.insert(0, '8');
        }
        items.push(item);
    }
}

fn add_values(cx: &CompletionCx<'_>, owner: ObjectType, field: Field, items: &mut Vec<Item>) {
    let list = cx.node.parent().filter(|list| list.is_seq());
    let is_there =
        |value: &str| list.is_some_and(|it| it.items().any(|it| it.text() == Some(value)));
    for (order, value) in field.values().enumerate() {
        if value.value.is_empty() || is_there(value.value) {
            continue;
        }
        let ty = cx.ty().unwrap_or(Type::String);
        let insert = cx.quoted_value(&placeholders(value.value), ty);
        let doubt = doubt::of_value(cx, owner, field, &value);
        let last = if doubt.is_some() { "8" } else { "" };
        items.push(Item {
            sort: format!("{last}{order:03}"),
            detail: doubt.unwrap_or_else(|| detail(field, value.value)),
            docs: Some(format!("{} {} {}", owner.name(), field.name(), value.value)),
            ..cx.item(value.value, ItemKind::Value, insert)
        });
    }
}

/// The resources that a pod can have as a whole.
const OF_POD: [&str; 3] = ["cpu", "memory", "hugepages-"];

/// The values of fields that are none of a pod's.
static OTHERS: &[(ObjectType, &str, &[&str])] = &[
    (SERVICE_SPEC, "type", &["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]),
    (SERVICE_PORT, "protocol", &["TCP", "UDP", "SCTP"]),
    (HTTP_INGRESS_PATH, "pathType", &["Prefix", "Exact", "ImplementationSpecific"]),
    (NETWORK_POLICY_PORT, "protocol", &["TCP", "UDP", "SCTP"]),
    (
        SECRET,
        "type",
        &[
            "Opaque",
            "kubernetes.io/tls",
            "kubernetes.io/dockerconfigjson",
            "kubernetes.io/basic-auth",
            "kubernetes.io/ssh-auth",
            "kubernetes.io/service-account-token",
        ],
    ),
];

/// What people ask for, by the resource.
const QUANTITIES: [(&str, &[&str]); 4] = [
    ("cpu", &["100m", "250m", "500m", "1", "2"]),
    ("memory", &["64Mi", "128Mi", "256Mi", "512Mi", "1Gi", "2Gi"]),
    ("ephemeral-storage", &["1Gi", "2Gi", "5Gi"]),
    ("storage", &["1Gi", "10Gi", "100Gi"]),
];

fn add_quantities(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let key = cx.node.key().and_then(Node::text).filter(|_| cx.ty() == Some(Type::Quantity));
    let of_key = QUANTITIES.iter().filter(|(of, _)| Some(*of) == key);
    for (order, value) in of_key.flat_map(|(_, values)| *values).enumerate() {
        let insert = cx.quoted_value(value, Type::Quantity);
        let sort = format!("{order:03}");
        items.push(Item { sort, ..cx.item(value, ItemKind::Value, insert) });
    }
}

fn detail(field: Field, value: &str) -> String {
    let default = field.default_value() == Some(value);
    if default { "default".to_owned() } else { String::new() }
}

/// `<...>` in a value stands for something the user fills in.
fn placeholders(value: &str) -> String {
    let Some((head, rest)) = value.split_once('<') else { return value.replace('$', "\\$") };
    let Some((word, tail)) = rest.split_once('>') else { return value.to_owned() };
    format!("{head}${{1:{word}}}{tail}")
}
