//! What podls says of each of the 4,679 mutations, with every rule switched on, line by line.
//!
//! `tests/truth/findings.txt` has the findings of each manifest that was mutated, and for each mutation the
//! findings that it brings (`+`) and takes away (`-`; `-all` is every one). A finding that is lost, or stands elsewhere, is
//! one line of the diff. It also has what the API server says and podls does not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::sync::Arc;
use std::thread;

use podls::check::{Finding, Severity};
use podls::config::{Level, Settings};
use podls::ide::Document;
use podls::parity::{Place, server_path};
use podls::rules::ALL;
use podls::schema::{PodSecurity, Version};
use serde_json::Value;

use crate::generate::ensure;
use crate::truth::{Case, cases, folder};

const HEAD: &str =
    "Written by `cargo test`: what podls says of the cases in mutations-1.37.jsonl.gz.\n";

#[test]
fn each_finding_of_each_mutation_is_there() {
    let settings = Arc::new(every_rule());
    let mut by_base: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for case in cases(1) {
        by_base.entry(case.base.clone()).or_default().push(case);
    }
    let groups: Vec<_> = by_base.into_iter().collect();
    let halves = groups.split_at(groups.len() / 2);
    let of_half = |half: &[(String, Vec<Case>)]| {
        half.iter().map(|(base, cases)| of_base(base, cases, &settings)).collect::<String>()
    };
    let (first, second) = thread::scope(|scope| {
        let second = scope.spawn(|| of_half(halves.1));
        (of_half(halves.0), second.join().unwrap())
    });
    ensure(&[(folder().join("findings.txt"), format!("{HEAD}{first}{second}"))]);
}

/// All rules, those too that are off by themselves. These give hints, so that errors are what the API
/// server refuses.
fn every_rule() -> Settings {
    let off = ALL.iter().filter(|rule| !rule.always_runs());
    let rules = off.map(|rule| (rule.code.to_owned(), Level::Hint)).collect();
    let kubernetes_version = Version::parse("1.37").unwrap();
    Settings {
        kubernetes_version,
        pod_security: PodSecurity::Restricted,
        rules,
        ..Settings::default()
    }
}

/// The lines of a manifest and its mutations.
fn of_base(base: &str, cases: &[Case], settings: &Arc<Settings>) -> String {
    let text = fs::read_to_string(folder().join("base").join(base)).unwrap();
    let before = said(&text, settings);
    let mut out = format!("\n{base}: {} cases\n", cases.len());
    for (key, places) in &before {
        places.iter().for_each(|place| writeln!(out, "{place} {key}").unwrap());
    }
    for case in cases {
        of_case(case, &before, settings, &mut out);
    }
    out
}

fn of_case(case: &Case, before: &Said, settings: &Arc<Settings>, out: &mut String) {
    let id = case.id.get(..8).unwrap();
    let findings = reported(&case.text, settings);
    let after = said_in(&case.text, &findings);
    for (key, places) in &after {
        let old = before.get(key).map_or(0, Vec::len);
        let new = places.iter().skip(old);
        new.for_each(|place| writeln!(out, "{id} +{place} {key}").unwrap());
    }
    let all_gone = !before.keys().any(|key| after.contains_key(key));
    if all_gone && !before.is_empty() {
        writeln!(out, "{id} -all").unwrap();
    }
    for (key, places) in before.iter().filter(|_| !all_gone) {
        let new = after.get(key).map_or(0, Vec::len);
        (new..places.len()).for_each(|_| writeln!(out, "{id} -{key}").unwrap());
    }
    let refused = findings.iter().any(|(it, _)| it.severity == Severity::Error);
    let server = case.verdict["verdict"].as_str().unwrap();
    if (server == "reject") != refused {
        writeln!(out, "{id} verdict of the server: {server}").unwrap();
    }
    for missed in missed(case, &findings) {
        writeln!(out, "{id} missed: {missed}").unwrap();
    }
}

/// The places of each finding by what it is: its severity, its code, its path, and how often the server
/// repeats it.
type Said = BTreeMap<String, Vec<String>>;

fn said(text: &str, settings: &Arc<Settings>) -> Said {
    said_in(text, &reported(text, settings))
}

/// The findings in `text`, each with where the server repeats it.
fn reported(text: &str, settings: &Arc<Settings>) -> Vec<(Finding, Vec<Place>)> {
    let document = Document::new(text, settings);
    let findings = document.findings();
    let echoes = document.server_reports(&findings).into_iter().map(|it| it.echoes);
    findings.into_iter().zip(echoes).collect()
}

fn said_in(text: &str, findings: &[(Finding, Vec<Place>)]) -> Said {
    let mut said = Said::new();
    for (finding, echoes) in findings {
        let Finding { code, severity, span, .. } = finding;
        let path = server_path(finding);
        let severity = match severity {
            Severity::Error => "",
            other => &format!("{} ", other.name()),
        };
        let repeats = echoes.iter().map(|echo| format!(" = {}", echo.path)).collect::<String>();
        let before = &text[..span.start];
        let line = 1 + before.matches('\n').count();
        let column = 1 + before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let key = format!("{severity}{code} {path}{repeats}");
        said.entry(key).or_default().push(format!("{line}:{column}"));
    }
    said
}

/// The paths where the server finds an error and podls says nothing: neither there nor in that line.
fn missed(case: &Case, findings: &[(Finding, Vec<Place>)]) -> BTreeSet<String> {
    let ours = findings.iter().filter(|(it, _)| it.severity == Severity::Error);
    let ours: Vec<_> = ours.map(|(it, echoes)| (server_path(it), it.span, echoes)).collect();
    let (mut paths, mut lines) = (BTreeSet::new(), BTreeSet::new());
    for (path, span, echoes) in &ours {
        let echoes = echoes.iter().map(|echo| (&*echo.path, echo.span));
        for (path, span) in echoes.chain([(&**path, *span)]) {
            paths.insert(words(path));
            lines.insert(1 + case.text[..span.start].matches('\n').count() as u64);
        }
    }
    let is_found = |error: &Value| {
        let also = error["also"].as_array().into_iter().flatten();
        let places = also.map(|it| &it["line"]).chain([&error["pos"]["line"]]);
        let path = error["field"].as_str().or(error["path"].as_str()).unwrap_or_default();
        paths.contains(&words(path))
            || places.filter_map(Value::as_u64).any(|it| lines.contains(&it))
    };
    let of = |key: &str| case.verdict[key].as_array().cloned().unwrap_or_default();
    let errors =
        ["decodeErrors", "strictDecodingErrors", "validationErrors"].into_iter().flat_map(of);
    let counts = |error: &Value| {
        error["kubectl"] != false
            && ["artifact", "cascade", "mirror"].iter().all(|it| error.get(it).is_none())
    };
    let missed = errors.filter(|it| counts(it) && !is_found(it));
    missed.filter_map(|it| Some(it["field"].as_str().or(it["path"].as_str())?.to_owned())).collect()
}

/// The same for `spec.containers[0].image` and `/spec/containers/0/image`.
fn words(path: &str) -> Vec<&str> {
    path.split(['.', '[', ']', '/', '"']).filter(|word| !word.is_empty()).collect()
}
