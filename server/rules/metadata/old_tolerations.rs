//! The tolerations in an annotation, as pods had them before they had a field.
//!
//! The API server still reads and validates their JSON. It reads the names of fields in any case, and
//! ignores unknown ones.

use serde_json::{Map, Value};

use crate::formats::names::{label_value, qualified_name};

/// The fault of the annotation, if it has one: the place in the list, from 1 on, and why the server
/// refuses that toleration; no place if the text is not a list of tolerations in JSON.
pub(super) fn fault(json: &str) -> Option<(Option<usize>, &'static str)> {
    let items = match serde_json::from_str(json) {
        Ok(Value::Array(items)) => items,
        Ok(Value::Null) => return None,
        _ => return Some((None, "is not a list in JSON")),
    };
    let none = Map::new();
    for (index, item) in items.iter().enumerate() {
        let fault = match item {
            Value::Object(fields) => fault_of(fields),
            Value::Null => fault_of(&none),
            _ => Some("is not a map"),
        };
        if let Some(fault) = fault {
            return Some((Some(index + 1), fault));
        }
    }
    None
}

fn fault_of(fields: &Map<String, Value>) -> Option<&'static str> {
    let texts = ["key", "operator", "value", "effect"].map(|name| text(fields, name));
    let [Some(key), Some(operator), Some(value), Some(effect)] = texts else {
        return Some("has a field that is not a string");
    };
    let seconds = field(fields, "tolerationSeconds").filter(|value| !value.is_null());
    if seconds.is_some_and(|seconds| seconds.as_i64().is_none()) {
        return Some("has seconds that are not a whole number");
    }
    match operator {
        _ if !key.is_empty() && qualified_name(key).is_err() => Some("has an invalid key"),
        _ if key.is_empty() && operator != "Exists" => Some("has no key"),
        _ if seconds.is_some() && effect != "NoExecute" => Some("has seconds without `NoExecute`"),
        "" | "Equal" if label_value(value).is_err() => Some("has an invalid value"),
        "Exists" if !value.is_empty() => Some("has a value beside `Exists`"),
        "" | "Equal" | "Exists" => match effect {
            "" | "NoSchedule" | "PreferNoSchedule" | "NoExecute" => None,
            _ => Some("has an unknown effect"),
        },
        _ => Some("has an unknown operator"),
    }
}

/// The text of a field, empty when it is null or not there; `None` when it is something else.
fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    match field(fields, name) {
        None | Some(Value::Null) => Some(""),
        Some(value) => value.as_str(),
    }
}

fn field<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn reads_what_the_server_reads() {
        for good in [
            "[]",
            "null",
            r#"[{"operator": "Exists"}]"#,
            r#"[{"Key": "a", "Value": "b", "EFFECT": "NoSchedule", "other": 1}]"#,
            r#"[{"key": "a", "tolerationSeconds": 5, "effect": "NoExecute", "value": null}]"#,
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for (bad, place) in [
            ("{}", None),
            ("[{key: a}]", None),
            ("[5]", Some(1)),
            (r#"[{"operator": "Exists"}, null]"#, Some(2)),
            (r#"[{"key": 5}]"#, Some(1)),
            (r#"[{"key": "a b"}]"#, Some(1)),
            (r#"[{"key": "a", "value": "b c"}]"#, Some(1)),
            (r#"[{"key": "a", "operator": "Exists", "value": "b"}]"#, Some(1)),
            (r#"[{"key": "a", "operator": "exists"}]"#, Some(1)),
            (r#"[{"key": "a", "effect": "noSchedule"}]"#, Some(1)),
            (r#"[{"key": "a", "tolerationSeconds": 5}]"#, Some(1)),
            (r#"[{"key": "a", "tolerationSeconds": "5"}]"#, Some(1)),
        ] {
            assert_eq!(fault(bad).map(|it| it.0), Some(place), "{bad}");
        }
    }
}
