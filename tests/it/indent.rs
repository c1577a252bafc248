//! Real manifests whose indentation was lost or moved: how many come back, and that none comes back
//! as something else without a word.

use podls::actions::indent::{Reading, Repair, repair};
use podls::check::Severity;
use podls::schema::Version;
use podls::syntax::write::New;
use podls::syntax::{self, Node, Parse, Trust};
use podls::text::apply;

use crate::corpus::{Manifest, corpus, is_thorough};

/// How many manifests are tried when there is time, and how many else.
const SAMPLE: usize = 300;
const QUICK: usize = 20;

#[derive(Default)]
struct Tally {
    tried: usize,
    /// The only reading, and the right one.
    unique: usize,
    /// The right one, with another one or a doubt about a text.
    first: usize,
    /// The right one is the second of two.
    second: Vec<String>,
    refused: Vec<String>,
    /// Not right, but told that it may not be.
    told: Vec<String>,
    silent: Vec<String>,
}

impl Tally {
    fn add(&mut self, name: &str, text: &str, wanted: &New) {
        self.tried += 1;
        let parse = syntax::parse(text);
        if value(&parse).as_ref() == Some(wanted) {
            self.unique += 1;
            return;
        }
        let readings = match repair(&parse, None, Version::default()) {
            Repair::Readings(readings) => readings,
            Repair::Fine => return self.refused.push(format!("{name}: fine")),
            Repair::Unknown(why) => return self.refused.push(format!("{name}: {why}")),
        };
        let right =
            |it: &Reading| value(&syntax::parse(&apply(text, &it.edits))).as_ref() == Some(wanted);
        match readings.iter().position(right) {
            Some(0) if readings.len() == 1 && readings[0].texts.is_empty() => self.unique += 1,
            Some(0) => self.first += 1,
            Some(_) => self.second.push(name.to_owned()),
            None if readings.len() > 1 || !readings[0].texts.is_empty() => {
                self.told.push(name.to_owned());
            }
            None => self.silent.push(name.to_owned()),
        }
        // To look into one of them.
        if std::env::var_os("PODLS_SHOW").is_some_and(|it| it == name) {
            for reading in &readings {
                eprintln!(
                    "{:?} {:?}\n{}",
                    reading.differs,
                    reading.texts,
                    apply(text, &reading.edits)
                );
            }
        }
    }

    fn report(&self, what: &str) {
        eprintln!(
            "{what}: {} tried, {} alone and right, {} right and first, {} right and second, \
             {} refused, {} wrong and told, {} wrong",
            self.tried,
            self.unique,
            self.first,
            self.second.len(),
            self.refused.len(),
            self.told.len(),
            self.silent.len()
        );
        for (what, names) in [
            ("second", &self.second),
            ("refused", &self.refused),
            ("told", &self.told),
            ("wrong", &self.silent),
        ] {
            names.iter().for_each(|name| eprintln!("  {what} {name}"));
        }
    }

    fn back(&self) -> usize {
        self.unique + self.first
    }
}

/// The value of a document, with maps in the order in which they are written.
pub(crate) fn value(parse: &Parse) -> Option<New> {
    let root = parse.tree.root().filter(|_| parse.errors.is_empty())?;
    New::of(root).map(folded)
}

/// The value with blanks in quotes counted once: yaml-rust2 keeps those in front of the further lines
/// of a quoted text, which YAML folds.
fn folded(value: New) -> New {
    match value {
        New::Scalar(text) if text.starts_with(['"', '\'']) => {
            New::Scalar(text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        New::Map(entries) => {
            New::Map(entries.into_iter().map(|(key, value)| (key, folded(value))).collect())
        }
        New::Seq(items) => New::Seq(items.into_iter().map(folded).collect()),
        other => other,
    }
}

/// Accepted manifests of one document and at most 80 lines, spread over the corpus.
fn sample() -> Option<Vec<&'static Manifest>> {
    let fits = |it: &&Manifest| {
        let stream = syntax::Stream::new(&it.text, |_| ());
        it.accepted && it.text.lines().count() <= 80 && stream.documents().count() == 1
    };
    let fitting: Vec<_> = corpus()?.iter().filter(fits).collect();
    let wanted = if is_thorough() { SAMPLE } else { QUICK };
    let at = |index: usize| fitting[index * fitting.len() / wanted];
    Some((0..wanted.min(fitting.len())).map(at).collect())
}

#[test]
fn flat_manifests_come_back() {
    let Some(sample) = sample() else { return };
    let mut tally = Tally::default();
    for manifest in sample {
        let Some(wanted) = value(&syntax::parse(&manifest.text)) else { continue };
        tally.add(&manifest.name, &flat(&manifest.text), &wanted);
    }
    tally.report("flat");
    assert!(tally.back() * 100 >= tally.tried * 80, "too few come back");
    assert!(tally.silent.is_empty(), "wrong without a word");
}

#[test]
fn moved_blocks_come_back() {
    let Some(sample) = sample() else { return };
    let mut tally = Tally::default();
    for (number, manifest) in sample.into_iter().enumerate() {
        let parse = syntax::parse(&manifest.text);
        let Some(wanted) = value(&parse) else { continue };
        for more in 0..if is_thorough() { 6 } else { 1 } {
            if let Some(text) = moved(&parse, number + 41 * more + more) {
                tally.add(&format!("{} {number} {more}", manifest.name), &text, &wanted);
            }
        }
    }
    tally.report("moved");
    assert!(tally.back() * 100 >= tally.tried * 95, "too few come back");
}

/// The text with every line at column 0.
pub(crate) fn flat(text: &str) -> String {
    text.split_inclusive('\n').map(|line| line.trim_start_matches([' ', '\t'])).collect()
}

/// The text with one block moved by two columns: the value of a key, with or without its key.
pub(crate) fn moved(parse: &Parse, number: usize) -> Option<String> {
    let text = parse.tree.text();
    let line_of = |at: usize| text[..at].matches('\n').count();
    let block = |node: &Node<'_>| {
        let key = node.key().filter(|_| !node.in_flow() && !node.is_scalar());
        key.is_some_and(|key| line_of(key.span().start) < line_of(node.span().start))
    };
    let blocks: Vec<_> = parse.tree.nodes().filter(block).collect();
    let node = blocks.get(number * 7 % blocks.len().max(1))?;
    let with_key = number.is_multiple_of(2);
    let first = if with_key { node.key()?.span().start } else { node.span().start };
    let (first, last) = (line_of(first), line_of(node.span().end.saturating_sub(1)));
    let right = number % 4 < 2;
    let lines = text.split_inclusive('\n').enumerate().map(|(at, line)| {
        match (first..=last).contains(&at) && !line.trim().is_empty() {
            true if right => format!("  {line}"),
            true => line.strip_prefix("  ").unwrap_or(line).to_owned(),
            false => line.to_owned(),
        }
    });
    Some(lines.collect())
}

/// Documents of every kind, long ones as well.
#[test]
fn nothing_comes_back_as_something_else() {
    let Some(corpus) = corpus() else { return };
    // All of them take minutes in a debug build.
    let step = if is_thorough() && !cfg!(debug_assertions) { 1 } else { 211 };
    let mut tally = Tally::default();
    for manifest in corpus.iter().step_by(step) {
        let stream = syntax::Stream::new(&manifest.text, str::to_owned);
        for (start, text) in stream.documents() {
            let parse = syntax::parse(text);
            let findings = podls::rules::run(&parse, Version::default(), false);
            let fits = text.lines().count() <= 200
                && parse.trust == Trust::Exact
                && !findings.iter().any(|it| it.severity == Severity::Error);
            if let Some(wanted) = value(&parse).filter(|_| fits) {
                tally.add(&format!("{} at byte {start}", manifest.name), &flat(text), &wanted);
            }
        }
    }
    // Most of what is refused is of a kind that podls does not know.
    tally.refused.retain(|name| !name.ends_with("its kind is unknown"));
    tally.report("every kind");
    assert!(tally.silent.is_empty(), "wrong without a word");
}
