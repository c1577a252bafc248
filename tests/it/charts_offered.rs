//! What is offered in a chart does the same whatever its values are. See `charts.rs` for the charts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use podls::ide::{Document, WorkspaceContext};
use podls::text::{Edit, Span, apply};

use crate::charts::{Before, of_pods, path, paths, renderings, with_charts_of_others, written};
use crate::helm::{Helm, Template, Values, difference, own_chart, templates};

/// What became of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Good,
    /// With some values it changes nothing.
    Half,
    /// It takes something away that it should keep.
    Takes,
    /// The change depends on the values.
    Varies,
    /// With some values there is an error that was not there before.
    NewError,
    NotYaml,
    NotRendered,
}

/// What is gone, and what is new.
type Change = (Values, Values);

/// Something that is offered in a template.
struct Offer {
    title: String,
    edits: Vec<Edit>,
    adds: bool,
}

impl Offer {
    /// What is counted together: `Add`, `Convert`, ...
    fn family(&self) -> String {
        let mut words = self.title.split(' ');
        words.next().unwrap_or_default().to_owned()
    }

    /// The name in its title.
    fn container(&self) -> &str {
        self.title.split('`').nth(1).unwrap_or_default()
    }
}

/// All that is offered in a template, and how often something was refused, by family and reason.
fn offers(text: &str) -> (Vec<Offer>, BTreeMap<(String, &'static str), usize>, usize) {
    let document = Document::new(text, &Arc::default());
    let (mut offers, mut refused, mut most) = (BTreeMap::new(), BTreeMap::new(), 0);
    let places = ["image: ", "containers:", "kind: "].map(|it| text.match_indices(it));
    for (at, _) in places.into_iter().flatten() {
        let (all, not_here) = document.actions_and_refusals(
            Span::at(at),
            |_| false,
            WorkspaceContext::default(),
            |_| true,
        );
        for it in all {
            let adds = it.title.starts_with("Add");
            offers.insert(it.title, (it.edits, adds));
        }
        for (it, reason) in not_here {
            refused.insert(it.title, reason);
        }
        let choices = document.choices(Span::at(at), WorkspaceContext::default());
        most = most.max(choices.len());
        for it in choices {
            offers.insert(format!("Add {}", it.title), (it.edits, true));
        }
    }
    let offer = |(title, (edits, adds))| Offer { title, edits, adds };
    let offers: Vec<_> = offers.into_iter().map(offer).collect();
    let mut counts = BTreeMap::new();
    for (title, reason) in refused {
        let family = title.split(' ').next().unwrap_or_default().to_owned();
        *counts.entry((family, reason)).or_default() += 1;
    }
    (offers, counts, most)
}

/// What Helm makes of an offer, and the values with which it goes wrong.
fn judge(
    helm: &mut Helm,
    template: &Template,
    before: &[Before],
    offer: &Offer,
) -> (Verdict, String) {
    let variants: Vec<usize> = before.iter().map(|it| it.variant.1).collect();
    let after = helm.render(template, &apply(&template.text, &offer.edits), Some(&variants));
    let mut same: Option<Change> = None;
    let mut worst = (Verdict::Good, String::new());
    for (before, after) in before.iter().zip(after) {
        let name = &before.variant.0;
        if let Err(error) = after.text {
            return (Verdict::NotRendered, format!("{name}: {error}"));
        }
        let Some(mut after) = Before::of(after) else { return (Verdict::NotYaml, name.clone()) };
        after.values.retain(|value, _| !before.changing.contains(path(value)));
        let is_new = |it: &(&String, &usize)| before.errors.get(it.0).is_none_or(|all| all < it.1);
        if let Some((code, _)) = after.errors.iter().find(is_new) {
            return (Verdict::NewError, format!("{name}: {code}"));
        }
        let (verdict, change) = compared(before, &after, offer, same.as_ref());
        if verdict > worst.0 {
            worst =
                (verdict, format!("{name}: {:.600}", format!("{change:?}, elsewhere {same:?}")));
        }
        if verdict == Verdict::Good && !is_empty(&change) {
            same.get_or_insert(change);
        }
    }
    worst
}

fn is_empty((gone, new): &Change) -> bool {
    gone.is_empty() && new.is_empty()
}

/// Compares one rendering before and after an edit that did `same` in the others.
fn compared(
    before: &Before,
    after: &Before,
    offer: &Offer,
    same: Option<&Change>,
) -> (Verdict, Change) {
    let whole = difference(&before.values, &after.values);
    let is_untouched = is_empty(&whole) && before.order == after.order;
    let has_it = || before.order.iter().any(|it| it.ends_with(&format!("{:?}", offer.container())));
    if !before.has_pod() || (is_untouched && !offer.adds && !has_it()) {
        let verdict = if is_untouched { Verdict::Good } else { Verdict::Varies };
        return (verdict, same.cloned().unwrap_or_default());
    }
    if is_untouched {
        return (Verdict::Half, whole);
    }
    if offer.adds {
        let is_kept = whole.0.is_empty();
        let is_same = same.is_none_or(|same| paths(&same.1) == paths(&whole.1));
        let verdict = match (is_kept, is_same) {
            (true, true) => Verdict::Good,
            (true, false) => Verdict::Varies,
            (false, _) => Verdict::Takes,
        };
        return (verdict, whole);
    }
    let moved = difference(&of_pods(&before.values), &of_pods(&after.values));
    let is_same = same
        .is_none_or(|same| (paths(&same.0), paths(&same.1)) == (paths(&moved.0), paths(&moved.1)));
    (if is_same { Verdict::Good } else { Verdict::Varies }, moved)
}

/// What came out of many trials.
#[derive(Default)]
struct Report {
    counts: BTreeMap<(String, Verdict), usize>,
    refused: BTreeMap<(String, &'static str), usize>,
    by_default: usize,
    added: usize,
    files: usize,
    faults: String,
}

impl Report {
    fn of(helm: &mut Helm, template: &Template) -> Self {
        let mut report = Self::default();
        let mut before = renderings(helm, template);
        // With values of a wrong type the chart is wrong already.
        before.retain(|it| !it.errors.contains_key("wrong-type"));
        if !before.iter().any(Before::has_pod) {
            return report;
        }
        report.files = 1;
        let (offers, refused, added) = offers(&template.text);
        (report.refused, report.added) = (refused, added);
        for offer in offers {
            let (verdict, why) = judge(helm, template, &before, &offer);
            *report.counts.entry((offer.family(), verdict)).or_default() += 1;
            if verdict != Verdict::Good {
                let place = template.chart.join(&template.file);
                report.by_default +=
                    usize::from(why.starts_with("default") && verdict != Verdict::Half);
                writeln!(report.faults, "{verdict:?}: {}: {}: {why}", place.display(), offer.title)
                    .unwrap();
            }
        }
        report
    }

    fn add(&mut self, other: Self) {
        other
            .counts
            .into_iter()
            .for_each(|(key, more)| *self.counts.entry(key).or_default() += more);
        other
            .refused
            .into_iter()
            .for_each(|(key, more)| *self.refused.entry(key).or_default() += more);
        self.by_default += other.by_default;
        self.added += other.added;
        self.files += other.files;
        self.faults.push_str(&other.faults);
    }

    fn print(&self) {
        let all: usize = self.counts.values().sum();
        eprintln!("{all} edits of {} templates", self.files);
        for ((family, verdict), count) in &self.counts {
            eprintln!("{family:>12} {verdict:<12?} {count}");
        }
        for ((family, reason), count) in &self.refused {
            eprintln!("{family:>12} refused {count}: {reason}");
        }
        eprintln!("destroyed with the values of the chart: {}", self.by_default);
        eprintln!("containers to add: {} offered", self.added);
    }
}

#[test]
fn what_is_offered_does_the_same_with_all_values() {
    let Some(mut helm) = Helm::start() else { return };
    assert!(helm.load(&own_chart()));
    let mut report = Report::default();
    for template in templates(&own_chart()) {
        report.add(Report::of(&mut helm, &template));
    }
    report.print();
    assert_eq!(report.faults, "");
    assert!(report.counts.values().sum::<usize>() > 300);
}

#[test]
fn what_is_offered_in_charts_of_others_does_the_same_with_all_values() {
    let all = Mutex::new(Report::default());
    with_charts_of_others(|helm, template| {
        let report = Report::of(helm, template);
        all.lock().unwrap().add(report);
    });
    let report = all.into_inner().unwrap();
    report.print();
    written("charts-offered.txt", &report.faults);
    let count = |is_it: fn(Verdict) -> bool| -> usize {
        report.counts.iter().filter(|it| is_it(it.0.1)).map(|it| it.1).sum()
    };
    let (good, all) = (count(|it| it == Verdict::Good), count(|_| true));
    assert!(good * 100 >= all * 99, "{good} of {all}");
    assert_eq!(report.by_default, 0, "see charts-offered.txt");
}
