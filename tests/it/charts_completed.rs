//! Completion in charts, judged by real Helm: no item takes a value away, whatever the values of the chart
//! are. See `charts.rs` for the charts of others.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use podls::ide::Document;
use podls::text::apply;

use crate::charts::{Before, renderings, with_charts_of_others, written};
use crate::helm::{Helm, Template, own_chart, templates};

/// How many places and items were tried, and what went wrong.
#[derive(Default)]
struct Report {
    places: usize,
    items: usize,
    faults: String,
}

impl Report {
    fn of(helm: &mut Helm, template: &Template) -> Self {
        let mut report = Self::default();
        let before = renderings(helm, template);
        if !before.iter().any(Before::has_pod) {
            return report;
        }
        let text = &template.text;
        for (start, _) in text.match_indices('\n').map(|(at, end)| (at + end.len(), ())) {
            for column in columns(text, start) {
                report.places += 1;
                report.complete(helm, template, &before, (start, column));
            }
        }
        report
    }

    /// Takes one item of each kind in a new line at `start`, with the cursor in `column`.
    fn complete(
        &mut self,
        helm: &mut Helm,
        template: &Template,
        before: &[Before],
        (start, column): (usize, usize),
    ) {
        let (above, below) = template.text.split_at(start);
        let written = format!("{above}{}\n{below}", " ".repeat(column));
        let document = Document::new(&written, &Arc::default());
        let variants: Vec<usize> = before.iter().map(|it| it.variant.1).collect();
        let mut seen = Vec::new();
        for item in document.completions(start + column) {
            let kind = (item.kind, item.insert.contains('\n'), item.insert.ends_with(':'));
            if seen.contains(&kind) {
                continue;
            }
            seen.push(kind);
            self.items += 1;
            let after = helm.render(template, &apply(&written, &item.edits()), Some(&variants));
            for (before, after) in before.iter().zip(after) {
                let kept = after.values().is_some_and(|after| before.is_kept(&after));
                if !kept {
                    let line = above.matches('\n').count() + 1;
                    let place = template.chart.join(&template.file);
                    let variant = &before.variant.0;
                    writeln!(
                        self.faults,
                        "{}:{line}:{}: {} ({variant})",
                        place.display(),
                        column + 1,
                        item.label
                    )
                    .unwrap();
                    break;
                }
            }
        }
    }
}

/// The columns where somebody would write in front of the line at `start`.
fn columns(text: &str, start: usize) -> Vec<usize> {
    let (above, below) = text.split_at(start);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let above = indent(above.lines().last().unwrap_or_default());
    let below = indent(below.lines().next().unwrap_or_default());
    let mut columns = vec![above, above + 2, below];
    columns.sort_unstable();
    columns.dedup();
    columns
}

#[test]
fn what_is_completed_keeps_all_values() {
    let Some(mut helm) = Helm::start() else { return };
    assert!(helm.load(&own_chart()));
    let mut items = 0;
    for template in templates(&own_chart()) {
        let report = Report::of(&mut helm, &template);
        assert_eq!(report.faults, "");
        items += report.items;
    }
    eprintln!("{items} items keep all values");
    assert!(items > 300, "{items}");
}

#[test]
fn what_is_completed_in_charts_of_others_keeps_all_values() {
    let all = Mutex::new((0, Report::default()));
    with_charts_of_others(|helm, template| {
        let report = Report::of(helm, template);
        let (files, all) = &mut *all.lock().unwrap();
        *files += usize::from(report.places > 0);
        all.places += report.places;
        all.items += report.items;
        all.faults.push_str(&report.faults);
    });
    let (files, report) = all.into_inner().unwrap();
    let faults = report.faults.lines().count();
    eprintln!(
        "{files} templates, {} places, {} items, {faults} faults",
        report.places, report.items
    );
    written("charts-completed.txt", &report.faults);
    assert_eq!(report.faults, "");
}
