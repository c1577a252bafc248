//! Runs rules over a document.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::pod::{Manifest, Object, Pod, walk};
use crate::rules::{ALL, Check, Finding, Findings, Rule};
use crate::schema::{ObjectType, TYPE_COUNT, Version};
use crate::stop;
use crate::syntax::{Parse, Templated};

type DocumentCheck = fn(&mut Findings<'_>);
type ManifestCheck = fn(&Manifest<'_>, &mut Findings<'_>);
type ObjectCheck = fn(&Object<'_>, &mut Findings<'_>);

/// Checks sorted by what they look at, so that a walk calls only those that fit.
struct Plan {
    codes: Vec<&'static str>,
    document: Vec<(&'static Rule, DocumentCheck)>,
    manifest: Vec<(&'static Rule, ManifestCheck)>,
    any_object: Vec<(&'static Rule, ObjectCheck)>,
    /// By `ObjectType::index`.
    object: Vec<Vec<(&'static Rule, ObjectCheck)>>,
    pod: Vec<(&'static Rule, PodCheck)>,
}

#[derive(Clone, Copy)]
enum PodCheck {
    Pod(fn(&Pod<'_>, &mut Findings<'_>)),
    Container(fn(&crate::pod::Container<'_>, &Pod<'_>, &mut Findings<'_>)),
}

impl Plan {
    fn new(rules: &[&'static Rule]) -> Self {
        let mut plan = Self {
            codes: rules.iter().map(|rule| rule.code).collect(),
            document: Vec::new(),
            manifest: Vec::new(),
            any_object: Vec::new(),
            object: vec![Vec::new(); TYPE_COUNT],
            pod: Vec::new(),
        };
        for rule in rules {
            for check in rule.checks {
                plan.add(rule, check);
            }
        }
        plan
    }

    fn add(&mut self, rule: &'static Rule, check: &'static Check) {
        match check {
            Check::Document(check) => self.document.push((rule, *check)),
            Check::Manifest(check) => self.manifest.push((rule, *check)),
            Check::AnyObject(check) => self.any_object.push((rule, *check)),
            Check::Object(types, check) => {
                for ty in *types {
                    if let Some(list) = self.object.get_mut(ty.index()) {
                        list.push((rule, *check));
                    }
                }
            }
            Check::Pod(check) => self.pod.push((rule, PodCheck::Pod(*check))),
            Check::Container(check) => self.pod.push((rule, PodCheck::Container(*check))),
        }
    }

    fn for_type(&self, ty: ObjectType) -> &[(&'static Rule, ObjectCheck)] {
        self.object.get(ty.index()).map_or(&[], Vec::as_slice)
    }
}

/// The rules that run; the others cost nothing. Cheap to clone.
#[derive(Clone)]
pub struct Selection(Arc<Plan>);

impl Selection {
    /// The rules that run without being asked for.
    pub fn standard() -> Self {
        static STANDARD: OnceLock<Selection> = OnceLock::new();
        STANDARD.get_or_init(|| Self::of(|rule| rule.on)).clone()
    }

    /// Those that `wanted` says.
    pub fn of(wanted: impl Fn(&Rule) -> bool) -> Self {
        let rules: Vec<_> = ALL.iter().copied().filter(|rule| wanted(rule)).collect();
        Self(Arc::new(Plan::new(&rules)))
    }

    /// Whether the rule with this code runs.
    pub fn holds(&self, code: &str) -> bool {
        self.0.codes.contains(&code)
    }
}

impl fmt::Debug for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0.codes).finish()
    }
}

/// Runs the standard rules over one document. Spans are relative to it; sorted by place. In a
/// partial file, what is not there is not missing.
pub fn run(parse: &Parse, version: Version, partial: bool) -> Vec<Finding> {
    run_selected(&Selection::standard(), parse, version, partial)
}

/// The same with the rules of `selection`.
pub fn run_selected(
    selection: &Selection,
    parse: &Parse,
    version: Version,
    partial: bool,
) -> Vec<Finding> {
    run_plan(&selection.0, parse, version, partial)
}

/// Runs only `rule`.
pub fn run_one(rule: &'static Rule, parse: &Parse, version: Version) -> Vec<Finding> {
    run_plan(&Plan::new(&[rule]), parse, version, false)
}

fn run_plan(plan: &Plan, parse: &Parse, version: Version, partial: bool) -> Vec<Finding> {
    let Some(first) = ALL.first() else { return Vec::new() };
    // Which lines will be there after the rendering is not known.
    if parse.templated == Templated::Lines {
        return Vec::new();
    }
    let mut out = Findings::new(parse, version, first);
    out.partial = partial;
    for (rule, check) in &plan.document {
        out.set_rule(rule);
        check(&mut out);
    }
    for manifest in Manifest::all(parse) {
        // What the server validates beyond types is known for kinds with pods.
        let workload = manifest.workload().is_some();
        out.set_whole(manifest.whole && workload && !partial);
        run_manifest(plan, &manifest, &mut out);
    }
    let (mut found, tally) = out.into_found();
    found.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    // What an alias repeats is one fault at one place.
    found.dedup_by(|a, b| a.span == b.span && a.code == b.code && a.message == b.message);
    tally.note_the_rest(&mut found);
    found
}

fn run_manifest(plan: &Plan, manifest: &Manifest<'_>, out: &mut Findings<'_>) {
    for (rule, check) in &plan.manifest {
        out.set_rule(rule);
        check(manifest, out);
    }
    if let Some(ty) = manifest.ty() {
        let validated = manifest.workload().is_some();
        walk(manifest.root, ty, out.version, &mut |object| {
            stop::point();
            let read = validated && !object.skipped_by_server;
            let of_type = if read { plan.for_type(object.ty) } else { &[] };
            for (rule, check) in plan.any_object.iter().chain(of_type) {
                out.set_rule(rule);
                check(object, out);
            }
        });
    }
    for pod in Pod::all(manifest) {
        run_pod(plan, &pod, out);
    }
}

fn run_pod(plan: &Plan, pod: &Pod<'_>, out: &mut Findings<'_>) {
    for (rule, check) in &plan.pod {
        stop::point();
        out.set_rule(rule);
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

#[cfg(test)]
mod tests {
    use super::run;
    use crate::schema::Version;
    use crate::syntax;

    fn codes(text: &str, partial: bool) -> Vec<&'static str> {
        let found = run(&syntax::parse(text), Version::default(), partial);
        found.into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_patch_lacks_nothing_and_may_be_for_any_name() {
        let patch = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: \"*\"
spec:
  paused: true
  notes:
";
        assert_eq!(codes(patch, false), ["name-format", "template-missing", "unknown-field"]);
        assert_eq!(codes(patch, true), [""; 0]);
        assert_eq!(codes(&patch.replace("notes:", "notes: x"), true), ["unknown-field"]);
    }

    #[test]
    fn a_template_may_keep_an_old_version() {
        let severity = |replicas: &str| {
            let text = format!(
                "apiVersion: apps/v1beta2\nkind: Deployment\nspec:\n  replicas: {replicas}\n"
            );
            let found = run(&syntax::parse(&text), Version::default(), false);
            let found = found.into_iter().find(|it| it.code == "removed-api-version");
            found.map(|finding| finding.severity)
        };
        assert_eq!(severity("1"), Some(crate::rules::Severity::Error));
        assert_eq!(severity("{{ replicas }}"), Some(crate::rules::Severity::Warning));
    }
}
