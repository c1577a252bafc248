//! Conversions on real manifests: the result has no new error, and the way back leads to the text as
//! it was, or to one that differs for a reason.

use std::collections::{BTreeMap, BTreeSet};

use podls::actions::{self, Assist, AssistKind, File, WorkspaceContext};
use podls::check::Severity;
use podls::pod::{Manifest, Pod, Role};
use podls::rules;
use podls::schema::{PodSecurity, Version};
use podls::syntax::{self, Parse};
use podls::text::{Span, apply};

use crate::corpus::{corpus, is_thorough};

/// How many files are tried when there is time, and how many else.
const FILES: usize = 200;
const QUICK: usize = 16;

/// What became of one sort of conversion.
#[derive(Default)]
struct Tally {
    done: usize,
    /// How many have a conversion back, and how many of those give the same bytes.
    back: usize,
    same: usize,
    differ: BTreeMap<&'static str, usize>,
}

#[derive(Default)]
struct Report {
    tallies: BTreeMap<String, Tally>,
    wrong: Vec<String>,
}

#[test]
fn there_and_back() {
    let Some(corpus) = corpus() else { return };
    let wanted = if is_thorough() { FILES } else { QUICK };
    let fitting: Vec<_> = corpus
        .iter()
        .filter(|it| it.accepted && it.text.len() < 16_000 && has_pod(&it.text))
        .collect();
    let sample = (0..wanted).map(|index| fitting[index * fitting.len() / wanted]);
    let mut report = Report::default();
    for manifest in sample {
        let stream = syntax::Stream::new(&manifest.text, str::to_owned);
        for (_, text) in stream.documents() {
            try_all(&manifest.name, text, &mut report);
        }
    }
    for (what, tally) in &report.tallies {
        let Tally { done, back, same, differ } = tally;
        eprintln!("{what}: {done} done, {back} back, {same} the same, {differ:?}");
    }
    let shown = report.wrong.len().min(if is_thorough() { 12 } else { 3 });
    let shown = report.wrong[..shown].join("\n");
    assert!(report.wrong.is_empty(), "{} faults\n{shown}", report.wrong.len());
    let done: usize = report.tallies.values().map(|it| it.done).sum();
    assert!(done > wanted, "only {done} conversions");
}

fn has_pod(text: &str) -> bool {
    text.contains("containers")
}

fn try_all(name: &str, text: &str, report: &mut Report) {
    let parse = syntax::parse(text);
    let before = errors(&parse);
    for place in places(&parse) {
        for offer in offers(&parse, place.at) {
            let after = apply(text, &offer.edits);
            let what = sort(&offer, &place);
            let tally = report.tallies.entry(what.clone()).or_default();
            tally.done += 1;
            if let Some(fault) = fault(text, &after, &before, &offer) {
                report.wrong.push(format!("{name}, {}: {fault}\n{after}", offer.title));
                continue;
            }
            let Some(wanted) = inverse(&offer, &place) else { continue };
            let Some((back_title, back)) = there(&after, &wanted, &place) else {
                report.wrong.push(format!("{name}, {}: no {wanted}\n{after}", offer.title));
                continue;
            };
            tally.back += 1;
            if back == text {
                tally.same += 1;
                continue;
            }
            match reason(text, &back, &format!("{}{back_title}", offer.title)) {
                Some(reason) => *tally.differ.entry(reason).or_default() += 1,
                None => {
                    let diff = difference(text, &back);
                    report.wrong.push(format!("{name}, {}, {wanted}: {diff}", offer.title));
                }
            }
        }
    }
}

/// Where conversions are asked for: a container, or the kind of an object.
struct Place {
    at: usize,
    container: String,
    role: Option<Role>,
    kind: String,
}

fn places(parse: &Parse) -> Vec<Place> {
    let mut found = Vec::new();
    for manifest in Manifest::all(parse) {
        for pod in Pod::all(&manifest) {
            for container in &pod.containers {
                found.push(Place {
                    at: container.node.span().start,
                    container: container.name().to_owned(),
                    role: Some(container.role),
                    kind: manifest.kind.to_owned(),
                });
            }
            let kind = manifest.root.get("kind").unwrap();
            found.push(Place {
                at: kind.span().start,
                container: String::new(),
                role: None,
                kind: manifest.kind.to_owned(),
            });
        }
    }
    found
}

fn offers(parse: &Parse, at: usize) -> Vec<Assist> {
    let file = File {
        documents: &[(0, parse)],
        index: 0,
        version: Version::default(),
        pod_security: PodSecurity::Privileged,
    };
    let mut offers = actions::run(&file, Span::at(at), WorkspaceContext::default());
    offers.retain(|it| it.kind == AssistKind::RefactorRewrite);
    offers
}

/// What an offer does, without names.
fn sort(offer: &Assist, place: &Place) -> String {
    let title =
        offer.title.replace(&format!("`{}`", place.container), place.role.map_or("", Role::name));
    title.split(" (").next().unwrap().to_owned()
}

/// The start of the title of the conversion back.
fn inverse(offer: &Assist, place: &Place) -> Option<String> {
    let name = &place.container;
    Some(match offer.id {
        "move-container" if offer.title.ends_with("up") => format!("Move `{name}` down"),
        "move-container" => format!("Move `{name}` up"),
        "to-sidecar" | "to-container" | "to-init-container" => match place.role? {
            Role::App => format!("Convert `{name}` to an app container"),
            Role::Sidecar => format!("Convert `{name}` to a sidecar"),
            _ => format!("Convert `{name}` to an init container"),
        },
        "wrap-pod" => "Unwrap into a Pod".to_owned(),
        "unwrap-pod" if ["Deployment", "Job", "CronJob"].contains(&place.kind.as_str()) => {
            format!("Wrap into a {}", place.kind)
        }
        _ => return None,
    })
}

/// The text after the conversion back, with its title.
fn there(text: &str, wanted: &str, place: &Place) -> Option<(String, String)> {
    let parse = syntax::parse(text);
    let found = places(&parse).into_iter().filter(|it| it.container == place.container);
    let mut offers = found.flat_map(|it| offers(&parse, it.at));
    let offer = offers.find(|it| it.title.starts_with(wanted))?;
    Some((offer.title.clone(), apply(text, &offer.edits)))
}

fn errors(parse: &Parse) -> Vec<String> {
    let findings = rules::run(parse, Version::default(), false).into_iter();
    let errors = findings.filter(|it| it.severity == Severity::Error);
    errors.map(|it| format!("{} {}", it.code, it.message)).collect()
}

fn comments(parse: &Parse) -> Vec<String> {
    let tree = &parse.tree;
    tree.comments().iter().map(|it| tree.slice(*it).to_owned()).collect()
}

/// What is wrong with the result of a conversion.
fn fault(text: &str, after: &str, before: &[String], offer: &Assist) -> Option<String> {
    let stream = syntax::Stream::new(after, syntax::parse);
    let parses: Vec<_> = stream.documents().map(|(_, parse)| parse).collect();
    if let Some(error) = parses.iter().find_map(|it| it.errors.first()) {
        return Some(format!("no YAML: {}", error.message));
    }
    let found: Vec<_> = parses.iter().flat_map(|it| errors(it)).collect();
    if let Some(error) = found.iter().find(|it| !before.contains(it)) {
        return Some(format!("new error {error}"));
    }
    // A comment inside a field that is dropped goes with it.
    let kept: Vec<_> = parses.iter().flat_map(|it| comments(it)).collect();
    let lost = comments(&syntax::parse(text)).into_iter().find(|it| !kept.contains(it));
    lost.filter(|_| !offer.title.contains("(drops")).map(|it| format!("lost comment {it}"))
}

/// Why the text is another one after the way there and back; `None` when there is no good reason.
fn reason(text: &str, back: &str, titles: &str) -> Option<&'static str> {
    let lines = |text: &str| -> Vec<String> {
        // In JSON a line gets a comma when another one follows.
        let plain = |line: &str| line.replace(['"', '{', '}', ','], "").trim_end().to_owned();
        text.lines().map(plain).filter(|it| !it.is_empty()).collect()
    };
    let (old, new) = (lines(text), lines(back));
    if old == new {
        return Some("blank lines");
    }
    let sorted = |lines: &[String]| lines.iter().cloned().collect::<BTreeSet<_>>();
    let (old_set, new_set) = (sorted(&old), sorted(&new));
    let in_order = |lines: &[String]| {
        let mut lines = lines.to_vec();
        lines.sort();
        lines
    };
    if in_order(&old) == in_order(&new) {
        return Some("it is the last of its list now, or annotations are the last of the metadata");
    }
    // The labels of the template stand twice, in another depth.
    let texts =
        |set: &BTreeSet<String>| set.iter().map(|it| it.trim().to_owned()).collect::<BTreeSet<_>>();
    if titles.contains("Unwrap") && texts(&old_set) == texts(&new_set) {
        return Some("the labels of the Pod in between");
    }
    let code = |set: &BTreeSet<String>| {
        let code = set.iter().map(|it| it.split('#').next().unwrap_or_default().trim().to_owned());
        code.filter(|it| !it.is_empty()).collect::<BTreeSet<_>>()
    };
    if titles.contains("Unwrap") && code(&old_set) == code(&new_set) {
        return Some("comments of the workload, which stand above the spec of the Pod");
    }
    let lost: Vec<_> = old_set.difference(&new_set).map(|it| it.trim()).collect();
    let added: Vec<_> = new_set.difference(&old_set).map(|it| it.trim()).collect();
    let policy = |line: &&&str| line.contains("restartPolicy:");
    if !lost.is_empty() || !added.is_empty() {
        if lost.iter().all(|it| policy(&it)) && added.iter().all(|it| policy(&it)) {
            return Some("the restart policy that was needed in between");
        }
        let label =
            |line: &&str| ["labels:", "metadata:"].contains(line) || line.starts_with("app: ");
        if lost.is_empty() && added.iter().all(label) {
            return Some("the label that a selector needs");
        }
    }
    if titles.contains("(drops") {
        return Some("what the title says is dropped");
    }
    let trimmed =
        |lines: &[String]| lines.iter().map(|it| it.trim().to_owned()).collect::<Vec<_>>();
    (trimmed(&old) == trimmed(&new)).then_some("the list is as deep as that of the containers")
}

fn difference(text: &str, back: &str) -> String {
    let at = text.lines().zip(back.lines()).position(|(old, new)| old != new).unwrap_or_default();
    let part = |text: &str| {
        text.lines().skip(at.saturating_sub(2)).take(12).collect::<Vec<_>>().join("\n")
    };
    format!("line {at}\n{}\n--- back ---\n{}", part(text), part(back))
}
