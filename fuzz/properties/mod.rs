//! What must hold for any input, one file for each part of podls. Each `check` takes bytes, makes what
//! it needs of them, and panics when something does not hold.

mod actions;
mod completion;
mod edits;
mod input;
mod messages;
mod output;
mod parsers;
mod questions;
mod settings;
mod templates;
mod texts;
mod words;

use podls::text::{Edit, Span};

/// A property, and the name of its target.
pub(crate) type Property = (&'static str, fn(&[u8]));

pub(crate) const ALL: &[Property] = &[
    ("actions", actions::check),
    ("completion", completion::check),
    ("edits", edits::check),
    ("messages", messages::check),
    ("output", output::check),
    ("parsers", parsers::check),
    ("questions", questions::check),
    ("settings", settings::check),
    ("templates", templates::check),
];

/// Panics unless `span` is a part of `text` that cuts no character.
#[track_caller]
fn assert_inside(text: &str, span: Span, what: &str) {
    let found = text.get(span.start..span.end);
    assert!(found.is_some(), "{what}: {span:?} is not in the text\n{text:?}");
}

/// The text after `edits`. Panics unless they are inside the text and apart from each other.
#[track_caller]
fn applied(text: &str, edits: &[Edit], what: &str) -> String {
    let mut spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
    spans.iter().for_each(|span| assert_inside(text, *span, what));
    spans.sort();
    let apart = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    assert!(apart, "{what}: edits overlap: {edits:?}\n{text:?}");
    podls::text::apply(text, edits)
}

/// How many places in a text are not YAML.
fn faults(text: &str) -> usize {
    let stream = podls::syntax::Stream::new(text, podls::syntax::parse);
    stream.documents().map(|(_, parse)| parse.errors.len()).sum()
}
