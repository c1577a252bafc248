//! How unlikely a reading is, in thousandths of a definite error.

use crate::actions::indent::line::{Body, Value};
use crate::actions::indent::stack::{MERGED, MapType, Place, Shape};
use crate::formats::quantity::Quantity;
use crate::schema::{Field, ObjectType, Type, apps, batch, core, meta};
use crate::syntax::Scalar;

/// A key that the type does not have.
pub(super) const UNKNOWN: u32 = 1500;
/// A key that is there already.
pub(super) const DUPLICATE: u32 = 2000;
/// A value of another type.
pub(super) const WRONG: u32 = 1000;
/// A line that is not YAML where it stands.
pub(super) const BROKEN: u32 = 1200;
/// A key in a map with any keys that the type of an open map around it has as well.
pub(super) const SHADOWED: u32 = 250;
/// The same for a line that was moved there: less than what moving it costs.
pub(super) const SHADOWED_MOVED: u32 = 60;
/// A key of which nothing can be known, since no type says what belongs there.
pub(super) const UNSURE: u32 = 150;
/// Going on in an outer map although an inner one has the key as well.
pub(super) const PASSED: u32 = 60;
/// The header of a block scalar without a text.
const NO_TEXT: u32 = 800;
/// A comment at the end of a block scalar, which may as well stand behind it.
const COMMENT_LAST: u32 = 80;
/// A dash with nothing behind it.
const NO_ITEM: u32 = 900;

/// Fields that are rare where they could be taken for one of an outer map.
const RARE: &[(ObjectType, &str, u32)] = &[
    (core::CONTAINER, "restartPolicy", 800),
    (core::POD_SPEC, "resources", 700),
    (core::PROBE, "terminationGracePeriodSeconds", 600),
    (core::POD_SPEC, "activeDeadlineSeconds", 100),
];

/// Fields of which one is always there in a whole manifest, though OpenAPI does not require it.
const EXPECTED: &[(ObjectType, &[&str], u32)] = &[
    (core::CONTAINER, &["image"], 700),
    (core::ENV_VAR, &["value", "valueFrom"], 150),
    (
        core::ENV_VAR_SOURCE,
        &["fieldRef", "secretKeyRef", "configMapKeyRef", "resourceFieldRef", "fileKeyRef"],
        700,
    ),
    (core::ENV_FROM_SOURCE, &["configMapRef", "secretRef"], 700),
    (core::CONFIG_MAP_KEY_SELECTOR, &["name"], 700),
    (core::SECRET_KEY_SELECTOR, &["name"], 700),
    (core::CONFIG_MAP_ENV_SOURCE, &["name"], 700),
    (core::SECRET_ENV_SOURCE, &["name"], 700),
    (core::LOCAL_OBJECT_REFERENCE, &["name"], 700),
    (core::CONFIG_MAP_VOLUME_SOURCE, &["name"], 700),
    (core::CONFIG_MAP_PROJECTION, &["name"], 700),
    (core::SECRET_PROJECTION, &["name"], 700),
    (core::SECRET_VOLUME_SOURCE, &["secretName"], 700),
    (core::PROBE, &["exec", "httpGet", "tcpSocket", "grpc"], 900),
    (core::LIFECYCLE_HANDLER, &["exec", "httpGet", "tcpSocket", "sleep"], 900),
    (core::POD_TEMPLATE_SPEC, &["spec"], 1000),
    (core::POD, &["spec"], 1000),
    (core::POD, &["metadata"], 900),
    (apps::DEPLOYMENT, &["spec"], 1000),
    (apps::DAEMON_SET, &["spec"], 1000),
    (apps::STATEFUL_SET, &["spec"], 1000),
    (apps::REPLICA_SET, &["spec"], 1000),
    (batch::JOB, &["spec"], 1000),
    (batch::CRON_JOB, &["spec"], 1000),
    (batch::JOB_TEMPLATE_SPEC, &["spec"], 1000),
    (meta::LABEL_SELECTOR, &["matchLabels", "matchExpressions"], 300),
    (core::RESOURCE_REQUIREMENTS, &["limits", "requests", "claims"], 400),
];

/// Names of resources that are no words with a dot, a hyphen or a slash.
const RESOURCES: [&str; 8] = [
    "cpu",
    "memory",
    "storage",
    "pods",
    "services",
    "secrets",
    "configmaps",
    "replicationcontrollers",
];

/// What is known of a type, worked out once per search.
#[derive(Clone, Default)]
pub(super) struct TypeFacts {
    /// The bits of the fields that OpenAPI requires.
    required: u128,
    /// The bits of which one is expected, and what it costs when none is there.
    expected: Vec<(u128, u32)>,
}

impl TypeFacts {
    pub(super) fn of(ty: ObjectType) -> Self {
        let bit = |name: &str| position(ty, name).map_or(0, |at| 1u128 << at);
        let required = ty.fields().filter(|field| field.required());
        let required = required.fold(0, |bits, field| bits | bit(field.name()));
        let rows = EXPECTED.iter().filter(|row| row.0 == ty);
        let mut expected: Vec<_> =
            rows.map(|row| (row.1.iter().fold(0, |bits, name| bits | bit(name)), row.2)).collect();
        if ty == core::VOLUME {
            expected.push((!bit("name"), 700));
        }
        Self { required, expected }
    }
}

/// The place of a field in its type.
pub(super) fn position(ty: ObjectType, name: &str) -> Option<u32> {
    ty.fields().position(|field| field.name() == name).map(|at| at.min(126) as u32)
}

/// What it costs that a map with these fields ends. `of_root` is for the metadata of an object,
/// which needs a name; that of a template does not.
pub(super) fn end_of_map(facts: &TypeFacts, ty: ObjectType, seen: u128, of_root: bool) -> u32 {
    if seen & MERGED != 0 {
        return 0;
    }
    let missing = (facts.required & !seen).count_ones() * 1000;
    let expected = facts.expected.iter().filter(|(bits, _)| bits & seen == 0);
    let nameless = ty == meta::OBJECT_META && of_root && {
        let bit = |name| position(ty, name).map_or(0, |at| 1u128 << at);
        seen & (bit("name") | bit("generateName")) == 0
    };
    missing + expected.map(|(_, cost)| cost).sum::<u32>() + if nameless { 800 } else { 0 }
}

/// What it costs that something ends which is no map of a known type.
pub(super) fn end(shape: &Shape) -> u32 {
    match shape {
        Shape::Pending { dash: true, .. } => NO_ITEM,
        Shape::Pending { ty, .. } => null(*ty),
        Shape::Text { base: None, .. } => NO_TEXT,
        Shape::Text { comment: true, .. } => COMMENT_LAST,
        _ => 0,
    }
}

/// A key without a value.
fn null(ty: Place) -> u32 {
    let Place::Known(ty) = ty else { return 500 };
    match ty {
        Type::Object(object) if object.name().ends_with("VolumeSource") => {
            if object.fields().any(Field::required) { 900 } else { 50 }
        }
        Type::Object(object) if object.fields().any(Field::required) => 900,
        Type::Object(_) | Type::List(_) | Type::Map(_) => 450,
        Type::Json => 300,
        _ => 600,
    }
}

/// What it costs to use this field at all. `init` says that the map is an init container, which a
/// restart policy makes a sidecar.
pub(super) fn rarity(ty: ObjectType, field: &str, init: bool, value: &Value<'_>) -> u32 {
    let sidecar = matches!(value, Value::Plain("Always", _) | Value::Quoted("Always"));
    if init && sidecar && field == "restartPolicy" {
        return 50;
    }
    RARE.iter().find(|row| row.0 == ty && row.1 == field).map_or(0, |row| row.2)
}

/// A value at a place of this type; `field` is the field it is of.
pub(super) fn value(ty: Place, field: Option<Field>, value: &Value<'_>) -> u32 {
    let ty = match ty {
        Place::Known(ty) | Place::Init(ty) => ty,
        Place::Label(ty) => return label(ty, value),
        Place::Labels(_) | Place::Manifest => {
            return besides(value).unwrap_or_else(|| collection(*value == Value::FlowMap));
        }
        Place::Manifests => {
            return besides(value).unwrap_or_else(|| collection(*value == Value::FlowSeq));
        }
    };
    if let Some(cost) = besides(value) {
        return cost;
    }
    match ty {
        Type::Json => 0,
        Type::Object(_) | Type::Map(_) => collection(matches!(value, Value::FlowMap)),
        Type::List(_) => collection(matches!(value, Value::FlowSeq)),
        _ if matches!(value, Value::FlowMap | Value::FlowSeq) => WRONG,
        _ => scalar(ty, value) + field.map_or(0, |field| one_of(field, value)),
    }
}

/// Values that say nothing about their type.
fn besides(value: &Value<'_>) -> Option<u32> {
    match value {
        Value::Broken => Some(BROKEN),
        Value::Absent | Value::Alias => Some(0),
        Value::Plain(_, Scalar::Null) => Some(200),
        _ => None,
    }
}

fn collection(fits: bool) -> u32 {
    if fits { 0 } else { WRONG }
}

fn scalar(ty: Type, value: &Value<'_>) -> u32 {
    let fits = match (ty, value) {
        (Type::Bool, Value::Plain(_, scalar)) => matches!(scalar, Scalar::Bool(_)),
        (Type::Int32 | Type::Int64, Value::Plain(_, scalar)) => scalar.as_int().is_some(),
        (Type::Number, Value::Plain(_, scalar)) => {
            matches!(scalar, Scalar::Int(_) | Scalar::Float(_))
        }
        (Type::IntOrString, Value::Plain(_, scalar)) => !matches!(scalar, Scalar::Bool(_)),
        (Type::Quantity, Value::Plain(text, _)) => Quantity::parse(text).is_ok(),
        (Type::Quantity, Value::Quoted(text)) => Quantity::parse(text).is_ok(),
        (Type::IntOrString, _) => true,
        (Type::Bool | Type::Int32 | Type::Int64 | Type::Number, _) => false,
        (_, Value::Plain(_, scalar)) => matches!(scalar, Scalar::Str(_)),
        _ => true,
    };
    if fits { 0 } else { WRONG }
}

/// A value that is none of those the server takes.
fn one_of(field: Field, value: &Value<'_>) -> u32 {
    let text = match value {
        Value::Plain(text, _) | Value::Quoted(text) => *text,
        _ => return 0,
    };
    let known = !field.strict() || field.values().any(|it| it.value == text);
    if known { 0 } else { 800 }
}

/// The value of a label: short, and nothing but letters, digits, hyphens, underscores and dots.
fn label(ty: Type, value: &Value<'_>) -> u32 {
    match value {
        Value::Plain(text, _) | Value::Quoted(text) => {
            let plain = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
            let fits = text.len() <= 63 && text.chars().all(plain);
            scalar(ty, value) + if fits { 0 } else { WRONG }
        }
        _ => besides(value).unwrap_or(WRONG),
    }
}

/// A key in a map with any keys.
pub(super) fn free_key(ty: MapType, key: &str) -> u32 {
    let word = key.chars().all(|it| it.is_ascii_alphanumeric() || "-_./".contains(it));
    let resource = RESOURCES.contains(&key) || key.contains(['.', '/', '-']);
    match ty {
        _ if !word => 600,
        MapType::Free(Type::Quantity) if !resource => 500,
        _ => 0,
    }
}

/// What it costs that a line is taken for text of a block scalar although it could stand for itself.
/// `known` says that one of the open maps has the key.
pub(super) fn text(dashes: usize, body: &Body<'_>, known: bool) -> u32 {
    match body {
        Body::Key(..) if known => 250,
        Body::Key(key, _) if key.contains([' ', '"', '\'', '(', '$', '=']) => 0,
        Body::Key(..) => 30,
        _ if dashes > 0 => 20,
        _ => 0,
    }
}
