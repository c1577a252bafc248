//! What is found in charts of others, judged by what real Helm renders: each finding is in at least one
//! rendering too, and of the faults that are planted in what is literal most are reported at their place.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use podls::check::{Finding, Severity};
use podls::ide::Document;
use podls::text::{Edit, Span, apply};

use crate::charts::{Before, renderings, with_charts_of_others, written};
use crate::helm::{Helm, Template};

/// Keys that get one letter more, and values that are replaced: no rendering can cure these.
const KEYS: [&str; 6] = [
    "imagePullPolicy",
    "terminationGracePeriodSeconds",
    "volumeMounts",
    "args",
    "resources",
    "securityContext",
];
const VALUES: [(&str, &str); 6] = [
    ("restartPolicy: Always", "restartPolicy: Alway"),
    ("protocol: TCP", "protocol: TPC"),
    ("type: RollingUpdate", "type: Rolling"),
    ("imagePullPolicy: IfNotPresent", "imagePullPolicy: IfNotPresnt"),
    ("dnsPolicy: ClusterFirst", "dnsPolicy: ClusterFist"),
    ("medium: Memory", "medium: Memori"),
];

#[derive(Default)]
struct Report {
    files: usize,
    found: usize,
    planted: BTreeMap<String, (usize, usize)>,
    faults: String,
}

impl Report {
    fn of(helm: &mut Helm, template: &Template) -> Self {
        let mut report = Self::default();
        let before = renderings(helm, template);
        if !before.iter().any(Before::has_pod) {
            return report;
        }
        report.files = 1;
        report.unplanted(template, &before);
        for (plant, edit) in plants(&template.text) {
            report.plant(helm, template, &before, (plant, edit));
        }
        report
    }

    /// Each finding of the template is one of a rendering.
    fn unplanted(&mut self, template: &Template, before: &[Before]) {
        let codes: HashSet<_> =
            before.iter().flat_map(|it| found(&it.text)).map(|it| it.code).collect();
        for finding in found(&template.text) {
            self.found += 1;
            if !codes.contains(finding.code) {
                let place = template.chart.join(&template.file);
                writeln!(self.faults, "{}: {}: {}", place.display(), finding.code, finding.message)
                    .unwrap();
            }
        }
    }

    /// Plants a fault; counts it if each rendering with a pod has a new error, and whether it is reported.
    fn plant(
        &mut self,
        helm: &mut Helm,
        template: &Template,
        before: &[Before],
        plant: (String, Edit),
    ) {
        let (name, edit) = plant;
        let variants: Vec<usize> =
            before.iter().filter(|it| it.has_pod()).map(|it| it.variant.1).collect();
        let text = apply(&template.text, std::slice::from_ref(&edit));
        let errors = |text: &str| found(text).filter(|it| it.severity == Severity::Error).count();
        let after = helm.render(template, &text, Some(&variants));
        let with_pod = before.iter().filter(|it| it.has_pod());
        let is_fault = after.iter().zip(with_pod).all(|(after, before)| {
            after.text.as_ref().is_ok_and(|after| errors(after) > errors(&before.text))
        });
        if !is_fault {
            return;
        }
        let line = |at: usize| text[..at].matches('\n').count();
        let here = line(edit.span.start);
        let is_reported =
            found(&text).any(|it| it.severity == Severity::Error && line(it.span.start) == here);
        let count = self.planted.entry(name.clone()).or_default();
        count.0 += 1;
        count.1 += usize::from(is_reported);
        if !is_reported {
            let place = template.chart.join(&template.file);
            writeln!(self.faults, "{}:{}: {name} is not reported", place.display(), here + 1)
                .unwrap();
        }
    }
}

fn found(text: &str) -> impl Iterator<Item = Finding> {
    Document::new(text, &Arc::default()).findings().into_iter()
}

/// One fault of each kind that has a place, in what is literal.
fn plants(text: &str) -> Vec<(String, Edit)> {
    let mut plants = Vec::new();
    for key in KEYS {
        let line = format!(" {key}:");
        if let Some(at) = text.find(&line) {
            let end = at + line.len() - 1;
            plants.push((format!("{key}x"), Edit::insert(end, "x")));
        }
    }
    for (good, bad) in VALUES {
        if let Some(at) = text.find(&format!("{good}\n")) {
            let span = Span::new(at, at + good.len());
            plants.push((bad.to_owned(), Edit { span, insert: bad.to_owned() }));
        }
    }
    for unit in ["Mi\n", "Gi\n"] {
        if let Some(at) =
            text.find(unit).filter(|at| text[..*at].ends_with(|it: char| it.is_ascii_digit()))
        {
            let span = Span::new(at, at + 2);
            plants.push(("a quantity in MB".to_owned(), Edit { span, insert: "MB".to_owned() }));
        }
    }
    plants
}

#[test]
fn what_is_found_in_charts_of_others_is_in_a_rendering() {
    let all = Mutex::new(Report::default());
    with_charts_of_others(|helm, template| {
        let report = Report::of(helm, template);
        let mut all = all.lock().unwrap();
        all.files += report.files;
        all.found += report.found;
        all.faults.push_str(&report.faults);
        for (name, (planted, reported)) in report.planted {
            let count = all.planted.entry(name).or_default();
            *count = (count.0 + planted, count.1 + reported);
        }
    });
    let all = all.into_inner().unwrap();
    eprintln!("{} findings in {} templates", all.found, all.files);
    for (name, (planted, reported)) in &all.planted {
        eprintln!("{name:>32}: {reported} of {planted} reported");
    }
    written("charts-found.txt", &all.faults);
    let (planted, reported) =
        all.planted.values().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    assert!(reported * 100 >= planted * 80, "{reported} of {planted}");
}
