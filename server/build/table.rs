//! Writes the model as one text and arrays of plain numbers.
//!
//! The text holds every name and every doc, each once; everything else points into it with an
//! offset and a length. So the table has no pointers that would have to be relocated when the
//! program starts, and the docs are not even read from disk before somebody hovers.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use crate::model::{Fact, Field, Model, Type};
use crate::retired::Retired;

/// The scalars in the order of their codes, which `server/schema/table.rs` knows as well.
const SCALARS: [&str; 11] = [
    "String",
    "Bool",
    "Int32",
    "Int64",
    "Number",
    "IntOrString",
    "Quantity",
    "Time",
    "MicroTime",
    "Bytes",
    "Json",
];
/// Codes from here on are object types.
const FIRST_OBJECT: usize = 16;
/// The two bits that say what the outermost wrapper is, and those of the wrapper inside it.
const WRAPPERS: [u32; 2] = [12, 14];

/// All texts, each once.
#[derive(Default)]
struct Blob {
    text: String,
    known: HashMap<String, usize>,
}

impl Blob {
    /// The Rust source of a span of the blob that holds `text`.
    fn span(&mut self, text: &str) -> String {
        if text.is_empty() {
            return "Span(0, 0)".to_owned();
        }
        let at = *self.known.entry(text.to_owned()).or_insert_with(|| {
            let at = self.text.len();
            self.text.push_str(text);
            at
        });
        assert!(text.len() <= usize::from(u16::MAX), "a doc is longer than 65535 bytes");
        format!("Span({at}, {})", text.len())
    }
}

/// Writes `text.txt`, `table.rs` and `groups.rs` into `out`.
pub(crate) fn write(out: &Path, model: &Model, retired: &[Retired]) {
    let mut blob = Blob::default();
    // Names first: they are needed all the time and should share a few pages.
    for ty in &model.types {
        blob.span(&ty.name);
        for field in &ty.fields {
            blob.span(&field.name);
        }
    }
    let mut source = String::new();
    source.push_str(&kinds(model, &mut blob));
    source.push_str(&retired_rows(retired, &mut blob));
    source.push_str(&removed_fields(model, &mut blob));
    source.push_str(&facts(model, &mut blob));
    source.push_str(&types(model, &mut blob));
    source.push_str(&list_fields(model));
    std::fs::write(out.join("groups.rs"), groups(model)).expect("OUT_DIR can be written");
    std::fs::write(out.join("text.txt"), blob.text).expect("OUT_DIR can be written");
    std::fs::write(out.join("table.rs"), source).expect("OUT_DIR can be written");
}

fn array(name: &str, row: &str, rows: &[String]) -> String {
    format!("pub(super) static {name}: [{row}; {}] = [\n{}];\n", rows.len(), rows.concat())
}

fn kinds(model: &Model, blob: &mut Blob) -> String {
    let rows: Vec<String> = model
        .kinds
        .iter()
        .map(|kind| {
            let (api_version, name) = (blob.span(kind.api_version), blob.span(kind.kind));
            let (ty, namespaced) = (kind.ty, kind.namespaced);
            format!(
                "KindRow {{ api_version: {api_version}, kind: {name}, ty: {ty}, \
                 namespaced: {namespaced} }},\n"
            )
        })
        .collect();
    array("KINDS", "KindRow", &rows)
}

/// The names of fields that are lists in every type that has them, sorted.
fn list_fields(model: &Model) -> String {
    let is_list = |field: &&Field| matches!(field.ty, Type::List(_));
    let all = || model.types.iter().flat_map(|ty| &ty.fields);
    let others: BTreeSet<_> = all().filter(|it| !is_list(it)).map(|it| &it.name).collect();
    let lists: BTreeSet<_> = all().filter(is_list).map(|it| &it.name).collect();
    let rows: Vec<_> = lists.difference(&others).map(|name| format!("{name:?},\n")).collect();
    array("LIST_FIELDS", "&str", &rows)
}

fn retired_rows(retired: &[Retired], blob: &mut Blob) -> String {
    let rows: Vec<String> = retired
        .iter()
        .map(|entry| {
            format!(
                "RetiredRow {{ api_version: {}, kind: {}, replacement: {}, replacement_kind: {}, \
                 changes: {}, deprecated: {}, removed: {}, rename_only: {} }},\n",
                blob.span(&entry.api_version),
                blob.span(&entry.kind),
                blob.span(&entry.replacement),
                blob.span(&entry.replacement_kind),
                blob.span(&entry.changes),
                entry.deprecated,
                entry.removed,
                entry.rename_only
            )
        })
        .collect();
    array("RETIRED", "RetiredRow", &rows)
}

fn removed_fields(model: &Model, blob: &mut Blob) -> String {
    let rows: Vec<String> = model
        .removed_fields
        .iter()
        .map(|(ty, name, since, removed)| {
            let name = blob.span(name);
            format!(
                "RemovedFieldRow {{ name: {name}, ty: {ty}, since: {since}, \
                 removed: {removed} }},\n"
            )
        })
        .collect();
    array("REMOVED_FIELDS", "RemovedFieldRow", &rows)
}

/// The facts of all fields that have any, in the order of the fields, and the values they name.
/// Values that several fields share are written once.
fn facts(model: &Model, blob: &mut Blob) -> String {
    let mut values: Vec<String> = Vec::new();
    let mut starts: HashMap<String, usize> = HashMap::new();
    let mut rows = vec![fact_row(&Fact::default(), 0, blob)];
    for fact in model.types.iter().flat_map(|ty| &ty.fields).map(|field| &field.fact) {
        if *fact == Fact::default() {
            continue;
        }
        let own: Vec<String> = fact
            .values
            .iter()
            .map(|value| {
                format!(
                    "ValueRow {{ value: {}, meaning: {}, gate: {}, since: {} }},\n",
                    blob.span(&value.value),
                    blob.span(&value.meaning),
                    blob.span(&value.gate),
                    value.since
                )
            })
            .collect();
        let start = *starts.entry(own.concat()).or_insert(values.len());
        if start == values.len() {
            values.extend(own);
        }
        rows.push(fact_row(fact, start, blob));
    }
    array("VALUES", "ValueRow", &values) + &array("FACTS", "FactRow", &rows)
}

fn fact_row(fact: &Fact, values: usize, blob: &mut Blob) -> String {
    format!(
        "FactRow {{ default_value: {}, default_text: {}, note: {}, keys: {}, values: {values}, \
         count: {}, strict: {}, list: {} }},\n",
        blob.span(&fact.default_value),
        blob.span(&fact.default_text),
        blob.span(&fact.note),
        blob.span(&fact.keys.join(" ")),
        fact.values.len(),
        fact.strict,
        match fact.list.as_str() {
            "atomic" => 1,
            "set" => 2,
            "map" => 3,
            _ => 0,
        }
    )
}

fn types(model: &Model, blob: &mut Blob) -> String {
    let mut fields: Vec<String> = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    let mut next_fact = 1;
    for ty in &model.types {
        let start = fields.len();
        for field in &ty.fields {
            let known = field.fact != Fact::default();
            let fact = if known { next_fact } else { 0 };
            next_fact += usize::from(known);
            fields.push(field_row(field, fact, blob));
        }
        let (name, doc, end) = (blob.span(&ty.name), blob.span(&ty.doc), fields.len());
        rows.push(format!(
            "TypeRow {{ name: {name}, doc: {doc}, fields: {start}, fields_end: {end} }},\n"
        ));
    }
    array("FIELDS", "FieldRow", &fields) + &array("TYPES", "TypeRow", &rows)
}

/// A constant for each type, in a module for each group: `core::POD_SPEC`. Of the versions of a group the
/// stable one has the plain name.
fn groups(model: &Model) -> String {
    let mut modules: BTreeMap<&str, String> = BTreeMap::new();
    for (index, ty) in model.types.iter().enumerate() {
        let [group, version, name] = ty.name.splitn(3, '.').collect::<Vec<_>>()[..] else {
            panic!("{} is not a group, a version and a name", ty.name);
        };
        let mut constant = constant(name);
        if version != "v1" {
            constant = format!("{constant}_{}", version.to_uppercase());
        }
        let line = format!("pub const {constant}: ObjectType = ObjectType::at({index});\n");
        modules.entry(group).or_default().push_str(&line);
    }
    let module =
        |(group, lines)| format!("pub mod {group} {{\nuse super::ObjectType;\n{lines}}}\n");
    modules.into_iter().map(module).collect()
}

/// `HTTPGetAction` as `HTTP_GET_ACTION`.
fn constant(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let after_lower = at > 0 && !letters[at - 1].is_uppercase();
        let before_lower = at > 0 && letters.get(at + 1).is_some_and(|it| it.is_lowercase());
        if letter.is_uppercase() && (after_lower || before_lower) {
            out.push('_');
        }
        out.push(letter.to_ascii_uppercase());
    }
    out
}

fn field_row(field: &Field, fact: usize, blob: &mut Blob) -> String {
    let mut row = String::new();
    let (name, doc) = (blob.span(&field.name), blob.span(&field.doc));
    let (ty, since, required) = (code(&field.ty), field.since, field.required);
    writeln!(
        row,
        "FieldRow {{ name: {name}, doc: {doc}, ty: {ty}, fact: {fact}, since: {since}, \
         required: {required} }},"
    )
    .expect("writing to a string cannot fail");
    row
}

/// A type as one number: what it holds in the low bits, its wrappers above.
fn code(ty: &Type) -> usize {
    let mut wrappers = Vec::new();
    let mut inner = ty;
    while let Type::List(item) | Type::Map(item) = inner {
        wrappers.push(if matches!(inner, Type::List(_)) { 1 } else { 2 });
        inner = item;
    }
    let base = match inner {
        Type::Object(index) => FIRST_OBJECT + index,
        Type::Scalar(name) => SCALARS.iter().position(|scalar| scalar == name).expect("a scalar"),
        Type::List(_) | Type::Map(_) => unreachable!("taken off above"),
    };
    assert!(base < 1 << WRAPPERS[0] && wrappers.len() <= WRAPPERS.len(), "codes have 16 bits");
    wrappers.iter().zip(WRAPPERS).fold(base, |code, (wrapper, shift)| code | wrapper << shift)
}
