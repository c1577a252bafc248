//! What is known of each field besides what OpenAPI says, of each retired version of a kind, and of the
//! values of each list of values: a row that changes is a line of the diff of `known.txt`.

use std::cmp::Ordering;
use std::fmt::Write;
use std::path::Path;

use podls::check::Rule;
use podls::rules;
use podls::schema::{self, Field, ObjectType, Version};
use podls::syntax::{Stream, parse};

use crate::generate::ensure;

#[test]
fn every_fact_is_there() {
    let mut out =
        String::from("Written by `cargo test`: what podls knows of fields and kinds.\n\n");
    for ty in schema::object_types() {
        ty.fields().for_each(|field| of_field(ty, field, &mut out));
    }
    out.push('\n');
    for kind in schema::kinds() {
        let scope = if kind.namespaced { "namespaced" } else { "cluster" };
        writeln!(out, "{} {}: {:?}, {scope}", kind.api_version, kind.kind, kind.ty).unwrap();
    }
    out.push_str("\nVersions of kinds that are deprecated or gone:\n");
    for (api_version, kind, retired) in schema::all_retired() {
        writeln!(out, "{api_version} {kind}: {retired:?}").unwrap();
    }
    out.push_str("\nOf two sources of a volume the later one is too many: ");
    out.push_str(&sources().join(" "));
    out.push('\n');
    out.push_str("\nBad examples that are bad in some versions only:\n");
    rules::ALL.iter().for_each(|rule| of_rule(rule, &mut out));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/known.txt");
    ensure(&[(path, out)]);
}

fn of_field(ty: ObjectType, field: Field, out: &mut String) {
    let mut facts = Vec::new();
    if field.since() > Version::OLDEST {
        facts.push(format!("since {}", field.since()));
    }
    match schema::kept_from(ty, field.name()) {
        Some(Some(from)) => facts.push(format!("kept from {from} on")),
        Some(None) => facts.push("never kept".to_owned()),
        None => {}
    }
    facts.extend(field.default_value().map(|it| format!("default {it}")));
    let text = field.default().filter(|it| Some(*it) != field.default_value());
    facts.extend(text.map(|it| format!("default: {it}")));
    facts.extend(
        field
            .list_kind()
            .map(|it| format!("{it:?} by {:?}", field.merge_keys().collect::<Vec<_>>())),
    );
    facts.extend(field.note().map(|it| format!("note: {it}")));
    if field.values().len() > 0 {
        facts.push(if field.strict() { "one of" } else { "for example" }.to_owned());
    }
    if facts.is_empty() {
        return;
    }
    writeln!(out, "{ty:?}.{field:?}: {}", facts.join("; ")).unwrap();
    for value in field.values() {
        let since = match value.since > field.since() {
            true => format!(" since {}", value.since),
            false => String::new(),
        };
        let gate = value.gate.map(|it| format!(" with {it}")).unwrap_or_default();
        writeln!(out, "  {:?}{since}{gate}: {}", value.value, value.meaning).unwrap();
    }
}

/// In which versions a rule finds something in its examples, where it is not all of them.
fn of_rule(rule: &'static Rule, out: &mut String) {
    let manual = rules::explain(rule.code).unwrap_or_default();
    let blocks = manual.split("```yaml bad\n").skip(1).filter_map(|it| it.split("```").next());
    for (number, block) in blocks.enumerate().filter(|(_, block)| !block.contains("<256 KiB>")) {
        let stream = Stream::new(block, parse);
        let is_bad = |version: &Version| {
            stream
                .documents()
                .any(|(_, parse)| !podls::check::run_one(rule, parse, *version).is_empty())
        };
        let versions: Vec<_> = Version::all().filter(is_bad).map(|it| it.to_string()).collect();
        if versions.len() < Version::all().count() {
            writeln!(out, "{} {}: {}", rule.code, number + 1, versions.join(" ")).unwrap();
        }
    }
}

/// The sources of a volume in the order in which the API server reads them: what is reported of two.
fn sources() -> Vec<&'static str> {
    let volume = schema::object_type("core.v1.Volume").unwrap();
    let mut names: Vec<_> = volume.fields().map(Field::name).filter(|it| *it != "name").collect();
    names.sort_by(|a, b| {
        let text = format!(
            "{{apiVersion: v1, kind: Pod, spec: {{volumes: [{{name: a, {a}: {{}}, {b}: {{}}}}]}}}}"
        );
        let found = rules::run(&parse(&text), Version::NEWEST, false);
        let conflict = found.iter().find(|it| it.code == "volume-source-conflict").unwrap();
        let later = conflict.path.rsplit('.').next().unwrap();
        assert!([*a, *b].contains(&later), "{later} of {a} and {b}");
        if later == *a { Ordering::Greater } else { Ordering::Less }
    });
    names
}
