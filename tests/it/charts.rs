//! Charts as a trial, rendered by real Helm: the one in `tests/chart`, and those of others below the folder
//! that `PODLS_CHARTS` names. For those the tests print how often all was well, write what was not to
//! `charts-*.txt` in the folder of the build, and fail if it is too much. `PODLS_FILES` limits the number of
//! templates, and `PODLS_SEED` chooses others. Without `PODLS_HELM` the tests say so and pass.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs, thread};

use podls::check::Severity;
use podls::ide::Document;
use podls::syntax::{self, Node};

use crate::helm::{Helm, Rendered, Template, Values, difference, documents, templates};

/// How many different renderings of a template are compared.
const RENDERINGS: usize = 12;

/// One rendering of a template before the edit.
pub(crate) struct Before {
    pub(crate) variant: (String, usize),
    pub(crate) text: String,
    pub(crate) values: Values,
    /// The paths of values that are others each time: passwords, certificates, times.
    pub(crate) changing: HashSet<String>,
    pub(crate) order: Vec<String>,
    pub(crate) errors: Values,
}

impl Before {
    pub(crate) fn of(rendered: Rendered) -> Option<Self> {
        let values = rendered.values()?;
        let text = rendered.text.ok()?;
        let (order, errors) = (order(&text), errors(&text));
        let changing = HashSet::new();
        Some(Self { variant: rendered.variant, text, values, changing, order, errors })
    }

    /// Whether `after` has all values of this.
    pub(crate) fn is_kept(&self, after: &Values) -> bool {
        difference(&self.values, after).0.is_empty()
    }

    pub(crate) fn has_pod(&self) -> bool {
        self.values.keys().any(|it| it.contains(".containers[]"))
    }
}

/// The different renderings of `template` that are YAML, the one with the values of the chart first.
pub(crate) fn renderings(helm: &mut Helm, template: &Template) -> Vec<Before> {
    let mut seen = HashSet::new();
    let all = helm.render(template, &template.text, None).into_iter();
    let each = all.filter(|it| seen.insert(it.text.clone())).filter_map(Before::of);
    let mut all: Vec<_> = each.take(RENDERINGS).collect();
    let variants: Vec<usize> = all.iter().map(|it| it.variant.1).collect();
    let again = helm.render(template, &template.text, Some(&variants));
    for (before, again) in all.iter_mut().zip(again) {
        let (gone, _) = difference(&before.values, &again.values().unwrap_or_default());
        before.changing = paths(&gone).into_keys().collect();
        before.values.retain(|value, _| !before.changing.contains(path(value)));
    }
    all
}

/// The names of the containers, in their order.
fn order(text: &str) -> Vec<String> {
    fn visit(node: Node<'_>, names: &mut Vec<String>) {
        for entry in node.entries() {
            let key = entry.key.text().unwrap_or_default();
            if matches!(key, "containers" | "initContainers") {
                let items = entry.value.items();
                let name = |it: Node<'_>| it.get("name").and_then(|it| it.text().map(Into::into));
                names.extend(
                    items.map(|it| format!("{key} {:?}", name(it).unwrap_or(String::new()))),
                );
            }
            visit(entry.value, names);
        }
        node.items().for_each(|item| visit(item, names));
    }
    let mut names = Vec::new();
    for text in documents(text) {
        syntax::parse(text).tree.root().into_iter().for_each(|root| visit(root, &mut names));
    }
    names
}

/// How often each error is there.
fn errors(text: &str) -> Values {
    let mut errors = Values::new();
    for finding in Document::new(text, &Arc::default()).findings() {
        if finding.severity == Severity::Error {
            *errors.entry(finding.code.to_owned()).or_default() += 1;
        }
    }
    errors
}

/// The values of the pods alone, wherever a container or the pod itself stands.
pub(crate) fn of_pods(values: &Values) -> Values {
    let mut all = Values::new();
    for (value, count) in values {
        let Some((path, text)) = value.split_once('=') else { continue };
        let path = path.replace(".jobTemplate.spec.template.spec", "");
        let path =
            path.replace(".spec.template.spec", ".spec").replace("initContainers", "containers");
        if path.starts_with(".spec.containers[]") || path.starts_with(".spec.volumes[]") {
            *all.entry(format!("{path}={text}")).or_default() += count;
        }
    }
    all
}

/// The values without what they are: what is added may print values too.
pub(crate) fn paths(values: &Values) -> Values {
    let mut paths = Values::new();
    for (value, count) in values {
        *paths.entry(path(value).to_owned()).or_default() += count;
    }
    paths
}

pub(crate) fn path(value: &str) -> &str {
    value.split('=').next().unwrap_or_default()
}

/// The templates of the charts of others that look like workloads, in an order that `PODLS_SEED` changes.
fn templates_of_others() -> Vec<Template> {
    let number = |name: &str| env::var(name).ok().and_then(|it| it.parse::<usize>().ok());
    let Some(folder) = env::var_os("PODLS_CHARTS") else { return Vec::new() };
    let (mut open, mut all, mut seen) = (vec![PathBuf::from(folder)], Vec::new(), HashSet::new());
    while let Some(folder) = open.pop() {
        if folder.join("Chart.yaml").exists() {
            let own = templates(&folder).into_iter();
            all.extend(
                own.filter(|it| it.text.contains("containers:") && seen.insert(it.text.clone())),
            );
            continue;
        }
        let entries = fs::read_dir(folder).into_iter().flatten().map(|it| it.unwrap().path());
        open.extend(entries.filter(|it| it.is_dir()));
    }
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    all.sort_by_key(|it| hasher.hash_one((number("PODLS_SEED"), &it.text)));
    all.truncate(number("PODLS_FILES").unwrap_or(100));
    all
}

/// Has two threads do `trial` with the templates of others, chart by chart: the server keeps what it loads.
pub(crate) fn with_charts_of_others(trial: impl Fn(&mut Helm, &Template) + Sync) {
    let mut charts: BTreeMap<PathBuf, Vec<Template>> = BTreeMap::new();
    for template in templates_of_others() {
        charts.entry(template.chart.clone()).or_default().push(template);
    }
    if charts.is_empty() {
        eprintln!("skipped: PODLS_CHARTS names no folder with charts");
        return;
    }
    let left = Mutex::new(charts);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some((chart, templates)) = left.lock().unwrap().pop_first() else { return };
                    let Some(mut helm) = Helm::start() else { return };
                    if helm.load(&chart) {
                        templates.iter().for_each(|it| trial(&mut helm, it));
                    }
                }
            });
        }
    });
}

/// Where the faults of the trials are written.
pub(crate) fn written(name: &str, faults: &str) {
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), faults).unwrap();
}
