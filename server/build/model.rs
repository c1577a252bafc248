//! OpenAPI definitions to object types with typed fields.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::kinds::Catalogue;

/// Everything that ends up in the table but the retired versions.
pub(crate) struct Model {
    /// Sorted by name: the place of a type is its id.
    pub(crate) types: Vec<ObjectType>,
    /// Sorted by kind, then apiVersion.
    pub(crate) kinds: Vec<Kind>,
    /// `(type, field, since, removed in)` of fields that the newest Kubernetes no longer has.
    pub(crate) removed_fields: Vec<(usize, String, u8, u8)>,
}

pub(crate) struct Kind {
    pub(crate) api_version: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) ty: usize,
    pub(crate) namespaced: bool,
}

pub(crate) struct ObjectType {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// Sorted by name.
    pub(crate) fields: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) ty: Type,
    pub(crate) required: bool,
    /// The minor version.
    pub(crate) since: u8,
    pub(crate) fact: Fact,
}

/// What OpenAPI does not say about a field.
#[derive(Default, Clone, PartialEq)]
pub(crate) struct Fact {
    pub(crate) default_text: String,
    pub(crate) default_value: String,
    pub(crate) note: String,
    pub(crate) strict: bool,
    pub(crate) values: Vec<EnumValue>,
    /// "atomic", "set", "map", or empty when nothing is known.
    pub(crate) list: String,
    pub(crate) keys: Vec<String>,
}

#[derive(Clone, PartialEq)]
pub(crate) struct EnumValue {
    pub(crate) value: String,
    pub(crate) meaning: String,
    pub(crate) gate: String,
    pub(crate) since: u8,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Type {
    /// One of the names in `SCALARS`.
    Scalar(&'static str),
    Object(usize),
    List(Box<Self>),
    Map(Box<Self>),
}

/// Definitions that are no objects of their own: how their names end, and the scalar they are.
const SPECIAL: [(&str, &str); 11] = [
    (".api.resource.Quantity", "Quantity"),
    (".util.intstr.IntOrString", "IntOrString"),
    (".meta.v1.Time", "Time"),
    (".meta.v1.MicroTime", "MicroTime"),
    (".meta.v1.FieldsV1", "Json"),
    (".meta.v1.Patch", "Json"),
    (".runtime.RawExtension", "Json"),
    (".apiextensions.v1.JSON", "Json"),
    (".apiextensions.v1.JSONSchemaPropsOrArray", "Json"),
    (".apiextensions.v1.JSONSchemaPropsOrBool", "Json"),
    (".apiextensions.v1.JSONSchemaPropsOrStringArray", "Json"),
];

/// Types whose `name` the crate calls required because OpenAPI gives it a default, the empty text.
const OPTIONAL_NAME: [&str; 8] = [
    "core.v1.ConfigMapEnvSource",
    "core.v1.ConfigMapKeySelector",
    "core.v1.ConfigMapProjection",
    "core.v1.ConfigMapVolumeSource",
    "core.v1.LocalObjectReference",
    "core.v1.SecretEnvSource",
    "core.v1.SecretKeySelector",
    "core.v1.SecretProjection",
];

/// Groups whose definitions have longer names than `io.k8s.api.<group>`.
const PREFIXES: [&str; 4] = [
    "io.k8s.apiextensions-apiserver.pkg.apis.",
    "io.k8s.apimachinery.pkg.apis.",
    "io.k8s.kube-aggregator.pkg.apis.",
    "io.k8s.api.",
];

/// The oldest version podls knows; also what a field is given whose age is not known.
pub(crate) const OLDEST: u8 = 25;

/// `io.k8s.api.core.v1.Pod` to `core.v1.Pod`.
fn short(definition: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| definition.strip_prefix(prefix)).unwrap_or(definition)
}

fn special(definition: &str) -> Option<&'static str> {
    SPECIAL.iter().find(|(end, _)| definition.ends_with(end)).map(|(_, scalar)| *scalar)
}

/// Reads all definitions of the catalogue.
pub(crate) fn read(catalogue: &Catalogue) -> Model {
    let objects: BTreeMap<&str, &Value> = catalogue
        .definitions
        .iter()
        .filter(|(full, _)| special(full).is_none())
        .map(|(full, definition)| (short(full), definition))
        .collect();
    let names: Vec<&str> = objects.keys().copied().collect();
    let index = |name: &str| {
        names.binary_search(&name).unwrap_or_else(|_| panic!("OpenAPI has no type `{name}`"))
    };
    let types =
        objects.iter().map(|(name, definition)| object_type(name, definition, &index)).collect();
    let kinds = catalogue.kinds.iter().map(|kind| Kind {
        api_version: kind.api_version,
        kind: kind.kind,
        ty: index(short(&kind.definition)),
        namespaced: kind.namespaced,
    });
    Model { types, kinds: kinds.collect(), removed_fields: Vec::new() }
}

fn object_type(name: &str, definition: &Value, index: &dyn Fn(&str) -> usize) -> ObjectType {
    let empty = Map::new();
    let properties = definition["properties"].as_object().unwrap_or(&empty);
    assert!(definition["type"] == "object", "`{name}` is neither an object nor in SPECIAL");
    let required: Vec<&str> = definition["required"]
        .as_array()
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let mut fields: Vec<Field> = properties
        .iter()
        .map(|(field, schema)| Field {
            name: field.clone(),
            doc: description(schema),
            ty: type_of(schema, index).unwrap_or_else(|| panic!("`{name}.{field}`: {schema}")),
            required: required.contains(&field.as_str()) && !optional(name, field),
            since: OLDEST,
            fact: Fact::default(),
        })
        .collect();
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    ObjectType { name: name.to_owned(), doc: description(definition), fields }
}

/// Whether the crate is stricter here than OpenAPI: it calls the `metadata` of every kind required,
/// to spare its users an `Option`.
fn optional(ty: &str, field: &str) -> bool {
    field == "metadata" || field == "name" && OPTIONAL_NAME.contains(&ty)
}

fn description(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().trim().to_owned()
}

/// `None` when the schema has a shape we have not met: better no build than a wrong verdict.
fn type_of(schema: &Value, index: &dyn Fn(&str) -> usize) -> Option<Type> {
    if let Some(reference) = schema["$ref"].as_str() {
        let definition = reference.rsplit('/').next()?;
        return Some(match special(definition) {
            Some(scalar) => Type::Scalar(scalar),
            None => Type::Object(index(short(definition))),
        });
    }
    let format = schema["format"].as_str().unwrap_or_default();
    Some(match (schema["type"].as_str()?, format) {
        ("boolean", "") => Type::Scalar("Bool"),
        ("integer", "int32") => Type::Scalar("Int32"),
        ("integer", "int64") => Type::Scalar("Int64"),
        ("number", "double") => Type::Scalar("Number"),
        ("string", "") => Type::Scalar("String"),
        ("string", "byte") => Type::Scalar("Bytes"),
        ("array", "") => Type::List(Box::new(type_of(&schema["items"], index)?)),
        ("object", "") => Type::Map(Box::new(type_of(&schema["additionalProperties"], index)?)),
        _ => return None,
    })
}
