//! Whatever is offered can be accepted: the edits fit the text, and a text that was YAML stays YAML.

use std::sync::Arc;

use podls::ide::{Document, WorkspaceContext};
use podls::text::{Edit, Span};

use super::input::Input;
use super::{applied, faults, texts};

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let text = texts::text(text, &mut choices);
    let document = Document::new(&text, &Arc::default());
    let before = faults(&text);
    let accept = |what: &str, edits: &[Edit]| {
        let after = applied(&text, edits, what);
        // In text that is no YAML there is no telling what more of it will be read another way.
        let breaks = before == 0 && faults(&after) > 0;
        assert!(!breaks, "{what}: what was YAML is none\n{text}\n{text:?}\n{after}");
    };
    let findings = document.findings();
    for finding in &findings {
        for fix in document.offered(finding, &findings) {
            accept(&fix.title, &fix.edits);
        }
    }
    for _ in 0..2 {
        let (from, to) = (choices.place(&text), choices.place(&text));
        let selection = match choices.byte() % 3 {
            0 => Span::new(from.min(to), from.max(to)),
            _ => Span::at(from),
        };
        for offer in document.actions(selection) {
            accept(&offer.title, &offer.edits);
            for (edit, stop) in &offer.tabstops {
                let insert = &offer.edits[*edit].insert;
                super::assert_inside(insert, stop.span, "a place to fill in");
            }
        }
    }
    let choices_there =
        document.choices(Span::at(choices.place(&text)), WorkspaceContext::default());
    if !choices_there.is_empty() {
        let choice = &choices_there[choices.below(choices_there.len())];
        accept(&choice.name, &choice.edits);
    }
    rename(&document, &text, choices.place(&text), &accept);
    whole_file(&document, &text, before);
}

fn rename(document: &Document, text: &str, at: usize, accept: &impl Fn(&str, &[Edit])) {
    let at = text[at..].find(": ").map_or(at, |it| (at + it + 2).min(text.len()));
    let Some(named) = document.named_at(at) else { return };
    for place in document.places(&named) {
        super::assert_inside(text, place.span, "a name");
    }
    for name in ["other", "1", "true"] {
        if let Ok(edits) = document.renamed(&named, name) {
            accept("rename", &edits);
        }
    }
}

/// What `podls fix` and `podls fix --indent` do.
fn whole_file(document: &Document, text: &str, before: usize) {
    let (fixed, done) = document.fixed(false);
    let fixed = fixed.text().to_string();
    assert!(faults(&fixed) <= before, "fix: {done:?}\n{text}\n{fixed}");
    assert!(done.len() <= 1000, "fix: {done:?}");
    let repaired = document.reindented();
    assert!(faults(&repaired.text) <= before, "fix --indent\n{text}\n{text:?}\n{}", repaired.text);
}
