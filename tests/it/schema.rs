//! The schema against what the real API server decodes.
//!
//! `typematrix.json.gz` says, for 1,056 fields, which of 37 YAML values the server's own decoder
//! takes. From the type that the schema gives a field, this file derives which ones it should take,
//! and compares. So it checks both the table and that its types tell enough to decide each cell.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use podls::schema::{self, ObjectType, Type};
use serde_json::Value;

const STRINGS: [&str; 10] = [
    "word",
    "empty-string",
    "quoted-int",
    "quoted-bool",
    "quantity",
    "duration",
    "date",
    "timestamp",
    "base64",
    "sexagesimal",
];
const INT32: [&str; 9] = [
    "int",
    "zero",
    "negative",
    "octal",
    "octal-0o",
    "hex",
    "underscore-int",
    "float-integral",
    "exponent",
];
const NULL: [&str; 2] = ["null", "tilde"];
/// The value of every list or map probe that has one item: probe, item.
const LISTS: [(&str, &str); 5] = [
    ("list", "word"),
    ("list-int", "int"),
    ("list-map", "empty-map"),
    ("list-null", "null"),
    ("empty-list", ""),
];
const MAPS: [(&str, &str); 3] = [("map", "word"), ("map-int", "int"), ("empty-map", "")];

/// Whether the decoder takes `probe` where the schema says `ty`.
fn accepts(ty: Type, probe: &str) -> bool {
    let item_of = |list: &[(&str, &'static str)]| {
        list.iter().find(|(name, _)| *name == probe).map(|(_, item)| *item)
    };
    if NULL.contains(&probe) {
        return true;
    }
    match ty {
        Type::String => STRINGS.contains(&probe),
        Type::Bool => ["true", "yes", "y", "off"].contains(&probe),
        Type::Int32 => INT32.contains(&probe),
        Type::Int64 => INT32.contains(&probe) || probe == "big-int",
        Type::Number => INT32.contains(&probe) || ["big-int", "huge-int", "float"].contains(&probe),
        Type::IntOrString => INT32.contains(&probe) || STRINGS.contains(&probe),
        Type::Quantity => {
            INT32.contains(&probe)
                || ["big-int", "huge-int", "float", "quoted-int", "quantity"].contains(&probe)
        }
        Type::Time | Type::MicroTime => probe == "timestamp",
        Type::Bytes => ["empty-string", "base64"].contains(&probe),
        // The reader of YAML refuses infinity before any type is asked.
        Type::Json => probe != "inf",
        Type::Object(_) => item_of(&MAPS).is_some(),
        Type::List(item) => {
            item_of(&LISTS).is_some_and(|inner| inner.is_empty() || accepts(item.get(), inner))
        }
        Type::Map(item) => {
            item_of(&MAPS).is_some_and(|inner| inner.is_empty() || accepts(item.get(), inner))
        }
    }
}

/// The type at a path such as `spec.containers[*].env[*].name`; `.*` is the value of a map.
fn type_at(root: ObjectType, path: &str) -> Option<Type> {
    let mut ty = Type::Object(root);
    for part in path.replace("[*]", ".*").split('.') {
        ty = match ty {
            Type::Object(object) => object.field(part)?.ty(),
            Type::List(item) if part == "*" => item.get(),
            Type::Map(item) => item.get(),
            _ => return None,
        };
    }
    Some(ty)
}

/// The matrix, which is no part of this repository.
fn matrix() -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/truth/typematrix.json.gz");
    path.exists().then(|| {
        let output = Command::new("gzip").arg("-dc").arg(path).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    })
}

#[test]
fn types_agree_with_the_real_decoder() {
    let Some(matrix) = matrix() else {
        return println!("skipped: the type matrix is not here");
    };
    let probes: Vec<&str> = matrix["probes"].as_object().unwrap().keys().map(|k| &**k).collect();
    let mut wrong = Vec::new();
    let (mut fields, mut cells) = (0, 0);
    for (kind, paths) in matrix["kinds"].as_object().unwrap() {
        let root = schema::kinds().find(|known| known.kind == kind).unwrap().ty;
        for (path, about) in paths.as_object().unwrap() {
            fields += 1;
            let accepted: Vec<&str> =
                about["accepts"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let Some(ty) = type_at(root, path) else {
                wrong.push(format!("{kind} {path}: not in the schema"));
                continue;
            };
            for probe in &probes {
                cells += 1;
                if accepts(ty, probe) != accepted.contains(probe) {
                    wrong.push(format!("{kind} {path} ({ty}, {}): {probe}", about["goType"]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
    assert!(fields > 1_000, "only {fields} fields");
}

#[test]
fn go_names_of_objects_are_those_of_the_table() {
    let Some(matrix) = matrix() else {
        return println!("skipped: the type matrix is not here");
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (kind, paths) in matrix["kinds"].as_object().unwrap() {
        let root = schema::kinds().find(|known| known.kind == kind).unwrap().ty;
        for (path, about) in paths.as_object().unwrap() {
            let (Some(Type::Object(object)), Some(go)) =
                (type_at(root, path), about["goType"].as_str())
            else {
                continue;
            };
            let (_, go_name) = go.split_once('.').unwrap();
            assert_eq!(object.name().rsplit('.').next(), Some(go_name), "{kind} {path}");
            *seen.entry(go_name.to_owned()).or_default() += 1;
        }
    }
    assert!(seen.len() > 90, "only {} types", seen.len());
}
