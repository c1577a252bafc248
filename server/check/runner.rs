//! Runs rules over a document.

use std::fmt;
use std::sync::Arc;

use crate::check::{Check, Checker, Finding, Rule};
use crate::pod::{Manifest, Object, Pod, walk};
use crate::schema::{ObjectType, Version};
use crate::stop;
use crate::syntax::{Parse, Templated};

type DocumentCheck = fn(&mut Checker<'_>);
type ManifestCheck = fn(&Manifest<'_>, &mut Checker<'_>);
type ObjectCheck = fn(&Object<'_>, &mut Checker<'_>);

/// Checks sorted by what they look at, so that a walk calls only those that fit.
struct Plan {
    rules: Vec<&'static Rule>,
    document: Vec<(&'static Rule, DocumentCheck)>,
    manifest: Vec<(&'static Rule, ManifestCheck)>,
    any_object: Vec<(&'static Rule, ObjectCheck)>,
    /// Sorted by `ObjectType::index`.
    object: Vec<(usize, &'static Rule, ObjectCheck)>,
    pod: Vec<(&'static Rule, PodCheck)>,
}

#[derive(Clone, Copy)]
enum PodCheck {
    Pod(fn(&Pod<'_>, &mut Checker<'_>)),
    Container(fn(&crate::pod::Container<'_>, &Pod<'_>, &mut Checker<'_>)),
}

impl Plan {
    fn new(rules: &[&'static Rule]) -> Self {
        let mut plan = Self {
            rules: rules.to_vec(),
            document: Vec::new(),
            manifest: Vec::new(),
            any_object: Vec::new(),
            object: Vec::new(),
            pod: Vec::new(),
        };
        for rule in rules {
            for check in rule.checks {
                plan.add(rule, check);
            }
        }
        plan.object.sort_by_key(|(ty, ..)| *ty);
        plan
    }

    fn add(&mut self, rule: &'static Rule, check: &'static Check) {
        match check {
            Check::Document(check) => self.document.push((rule, *check)),
            Check::Manifest(check) => self.manifest.push((rule, *check)),
            Check::AnyObject(check) => self.any_object.push((rule, *check)),
            Check::Object(types, check) => {
                self.object.extend(types.iter().map(|ty| (ty.index(), rule, *check)));
            }
            Check::Pod(check) => self.pod.push((rule, PodCheck::Pod(*check))),
            Check::Container(check) => self.pod.push((rule, PodCheck::Container(*check))),
        }
    }

    fn for_type(&self, ty: ObjectType) -> impl Iterator<Item = (&'static Rule, ObjectCheck)> {
        let start = self.object.partition_point(|(of, ..)| *of < ty.index());
        let all = self.object.iter().skip(start).take_while(move |(of, ..)| *of == ty.index());
        all.map(|(_, rule, check)| (*rule, *check))
    }
}

/// The rules that run; the others cost nothing. Cheap to clone.
#[derive(Clone)]
pub struct Selection(Arc<Plan>);

impl Selection {
    pub fn new(rules: &[&'static Rule]) -> Self {
        Self(Arc::new(Plan::new(rules)))
    }

    /// Whether the rule with this code runs.
    pub fn holds(&self, code: &str) -> bool {
        self.rules().any(|rule| rule.code == code)
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.0.rules.iter().copied()
    }
}

impl fmt::Debug for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rules().map(|rule| rule.code)).finish()
    }
}

/// Runs the rules of `selection` over one document. Spans are relative to it; sorted by place. In a
/// fragment, what is not there is not missing.
pub fn run(selection: &Selection, parse: &Parse, version: Version, fragment: bool) -> Vec<Finding> {
    run_plan(&selection.0, parse, version, fragment)
}

/// Runs only `rule`.
pub fn run_one(rule: &'static Rule, parse: &Parse, version: Version) -> Vec<Finding> {
    run_plan(&Plan::new(&[rule]), parse, version, false)
}

fn run_plan(plan: &Plan, parse: &Parse, version: Version, fragment: bool) -> Vec<Finding> {
    let Some(first) = plan.rules.first() else { return Vec::new() };
    // Which lines will be there after the rendering is not known.
    if parse.templated == Templated::Lines {
        return Vec::new();
    }
    let mut out = Checker::new(parse, version, fragment, first.source());
    for (rule, check) in &plan.document {
        out.set_rule(rule.source());
        check(&mut out);
    }
    for manifest in Manifest::all(parse) {
        // What the server validates beyond types is known for kinds with pods.
        let workload = manifest.workload().is_some();
        out.set_complete(manifest.complete && workload && !fragment);
        run_manifest(plan, &manifest, &mut out);
    }
    out.into_findings()
}

fn run_manifest(plan: &Plan, manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    for (rule, check) in &plan.manifest {
        out.set_rule(rule.source());
        check(manifest, out);
    }
    if let Some(ty) = manifest.ty() {
        let validated = manifest.workload().is_some();
        walk(manifest.root, ty, out.version, &mut |object| {
            stop::point();
            let read = validated && !object.skipped_by_server;
            let of_type = read.then(|| plan.for_type(object.ty)).into_iter().flatten();
            for (rule, check) in plan.any_object.iter().copied().chain(of_type) {
                out.set_rule(rule.source());
                check(object, out);
            }
        });
    }
    for pod in Pod::all(manifest) {
        run_pod(plan, &pod, out);
    }
}

fn run_pod(plan: &Plan, pod: &Pod<'_>, out: &mut Checker<'_>) {
    for (rule, check) in &plan.pod {
        stop::point();
        out.set_rule(rule.source());
        match check {
            PodCheck::Pod(check) => check(pod, out),
            PodCheck::Container(check) => {
                for container in &pod.containers {
                    check(container, pod, out);
                }
            }
        }
    }
}
