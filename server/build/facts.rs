//! Reads our own facts from `server/schema/data/` and puts them on the fields they are about.

use std::path::Path;

use serde_yaml::{Mapping, Value};

use crate::model::{EnumValue, Fact, Field, Model, OLDEST};

/// Puts every fact of the data files into the model. A fact about a type or a field that Kubernetes
/// does not have ends the build.
pub(crate) fn apply(data: &Path, model: &mut Model) {
    since(&mapping(data, "since.yaml"), model);
    enums(&load(data, "enums.yaml"), model);
    defaults(&mapping(data, "defaults.yaml"), model);
    lists(&mapping(data, "lists.yaml"), model);
}

/// A whole data file.
pub(crate) fn load(data: &Path, file: &str) -> Value {
    let path = data.join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{file}: {e}"));
    serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn mapping(data: &Path, file: &str) -> Mapping {
    map(&load(data, file), file)
}

/// `1.31` to 31.
pub(crate) fn minor(version: &Value) -> u8 {
    let text = string(version, "a version");
    text.strip_prefix("1.")
        .and_then(|minor| minor.parse().ok())
        .unwrap_or_else(|| panic!("`{text}` is not a version such as '1.31'"))
}

/// A text; numbers and booleans have to be quoted, so that nothing is lost on the way.
pub(crate) fn string(value: &Value, what: &str) -> String {
    value.as_str().unwrap_or_else(|| panic!("{what}: {value:?} has to be a string")).to_owned()
}

fn map(value: &Value, what: &str) -> Mapping {
    value.as_mapping().unwrap_or_else(|| panic!("{what}: {value:?} has to be a map")).clone()
}

/// A list of texts.
pub(crate) fn strings(value: &Value, what: &str) -> Vec<String> {
    let items = value.as_sequence().unwrap_or_else(|| panic!("{what}: {value:?} is no list"));
    items.iter().map(|item| string(item, what)).collect()
}

/// The pairs under `key`, which may be missing.
fn pairs(parent: &Mapping, key: &str) -> Vec<(String, Value)> {
    let Some(value) = parent.get(key) else { return Vec::new() };
    let pairs = map(value, key);
    pairs.into_iter().map(|(name, value)| (string(&name, key), value)).collect()
}

/// Fails on a key that nobody reads: a misspelt one would be a silent loss.
pub(crate) fn check_keys(entry: &Mapping, known: &[&str], what: &str) {
    for key in entry.keys() {
        let key = string(key, what);
        assert!(known.contains(&key.as_str()), "{what}: unknown key `{key}`");
    }
}

fn type_index(model: &Model, name: &str) -> usize {
    model
        .types
        .binary_search_by(|ty| ty.name.as_str().cmp(name))
        .unwrap_or_else(|_| panic!("schema/data: Kubernetes has no type `{name}`"))
}

fn field<'a>(model: &'a mut Model, path: &str) -> &'a mut Field {
    let (ty, name) = path.rsplit_once('.').unwrap_or_else(|| panic!("`{path}` is no field"));
    let index = type_index(model, ty);
    let fields = &mut model.types[index].fields;
    fields
        .iter_mut()
        .find(|field| field.name == name)
        .unwrap_or_else(|| panic!("schema/data: Kubernetes has no field `{path}`"))
}

fn fact<'a>(model: &'a mut Model, path: &str) -> &'a mut Fact {
    &mut field(model, path).fact
}

fn since(file: &Mapping, model: &mut Model) {
    check_keys(file, &["types", "fields", "removed"], "since.yaml");
    for (name, version) in pairs(file, "types") {
        let index = type_index(model, &name);
        for field in &mut model.types[index].fields {
            field.since = minor(&version);
        }
    }
    for (ty, fields) in pairs(file, "fields") {
        for (name, version) in map(&fields, &ty) {
            let path = format!("{ty}.{}", string(&name, &ty));
            field(model, &path).since = minor(&version);
        }
    }
    for (ty, fields) in pairs(file, "removed") {
        let index = type_index(model, &ty);
        for (name, versions) in map(&fields, &ty) {
            let name = string(&name, &ty);
            let known = model.types[index].fields.iter().any(|field| field.name == name);
            assert!(!known, "since.yaml: `{ty}.{name}` is not removed");
            model.removed_fields.push((index, name, minor(&versions[0]), minor(&versions[1])));
        }
    }
}

fn enums(file: &Value, model: &mut Model) {
    let blocks = file.as_sequence().expect("enums.yaml is a list of blocks");
    for block in blocks {
        let block = map(block, "enums.yaml");
        let known = ["fields", "strict", "note", "since", "gate", "values"];
        check_keys(&block, &known, "enums.yaml");
        let fields = strings(&block["fields"], "enums.yaml: fields");
        let first = EnumValue {
            value: String::new(),
            meaning: String::new(),
            gate: block.get("gate").map(|gate| string(gate, "gate")).unwrap_or_default(),
            since: block.get("since").map_or(OLDEST, minor),
        };
        let values: Vec<EnumValue> = pairs(&block, "values")
            .into_iter()
            .map(|(value, about)| enum_value(value, &about, &first))
            .collect();
        for path in fields {
            let fact = fact(model, &path);
            assert!(fact.values.is_empty(), "enums.yaml: `{path}` comes twice");
            fact.strict = block["strict"].as_bool().expect("enums.yaml: strict is a boolean");
            fact.note = block.get("note").map(|note| string(note, &path)).unwrap_or_default();
            fact.values.clone_from(&values);
        }
    }
}

fn enum_value(value: String, about: &Value, block: &EnumValue) -> EnumValue {
    if let Some(meaning) = about.as_str() {
        return EnumValue { value, meaning: meaning.to_owned(), ..block.clone() };
    }
    let about = map(about, &value);
    check_keys(&about, &["since", "gate", "means"], &value);
    EnumValue {
        meaning: string(&about["means"], &value),
        gate: about.get("gate").map_or(block.gate.clone(), |gate| string(gate, &value)),
        since: about.get("since").map_or(block.since, minor),
        value,
    }
}

fn defaults(file: &Mapping, model: &mut Model) {
    check_keys(file, &["values", "texts"], "defaults.yaml");
    for (path, value) in pairs(file, "values") {
        let value = string(&value, &path);
        let fact = fact(model, &path);
        fact.default_text.clone_from(&value);
        fact.default_value = value;
    }
    for (path, text) in pairs(file, "texts") {
        fact(model, &path).default_text = string(&text, &path);
    }
}

fn lists(file: &Mapping, model: &mut Model) {
    check_keys(file, &["map", "set", "atomic"], "lists.yaml");
    for list in ["map", "set", "atomic"] {
        for (path, keys) in pairs(file, list) {
            let fact = fact(model, &path);
            list.clone_into(&mut fact.list);
            fact.keys = strings(&keys, &path);
        }
    }
}
