//! After any edits a document is what it is when it is read anew.

use std::sync::Arc;

use podls::config::Settings;
use podls::ide::Document;
use podls::text::{Edit, Encoding, Span, Text};

use super::input::{Choices, Input, floor};
use super::{assert_inside, texts};

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let mut text = texts::text(text, &mut choices);
    let settings = settings(&mut choices);
    let mut document = Document::new(&text, &settings);
    for _ in 0..1 + choices.below(5) {
        let edit = edit(&text, &mut choices);
        // Findings are kept from edit to edit, so they are looked at in between.
        if choices.below(2) == 0 {
            document.findings();
        }
        document = document.edited(&edit);
        let before = std::mem::take(&mut text);
        text = podls::text::apply(&before, std::slice::from_ref(&edit));
        assert_fresh(&document, &before, &edit, &text, &settings);
    }
    positions(&text, &mut choices);
}

fn settings(choices: &mut Choices<'_>) -> Arc<Settings> {
    let mut settings = Settings::default();
    let texts = [
        "",
        "",
        "profiles: [strict, images]",
        "podSecurity: restricted",
        "kubernetesVersion: '1.28'",
    ];
    settings.apply_yaml(choices.pick(&texts), &[]);
    Arc::new(settings)
}

fn edit(text: &str, choices: &mut Choices<'_>) -> Edit {
    let (from, piece) = (choices.place(text), texts::piece(choices));
    let to = match choices.byte() % 4 {
        0 => choices.place(text),
        1 => floor(text, from + choices.below(16)).max(from),
        _ => from,
    };
    Edit::replace(Span::new(from.min(to), from.max(to)), piece)
}

fn assert_fresh(
    document: &Document,
    before: &str,
    edit: &Edit,
    text: &str,
    settings: &Arc<Settings>,
) {
    let fresh = Document::new(text, settings);
    assert_eq!(document.text().to_string(), text, "{edit:?} of {before:?}");
    assert_eq!(document.findings(), fresh.findings(), "{edit:?} of {before:?}");
    assert_eq!(document.folds(), fresh.folds(), "{edit:?} of {before:?}");
    assert_eq!(document.symbols(), fresh.symbols(), "{edit:?} of {before:?}");
    for finding in document.findings() {
        assert_inside(text, finding.span, finding.code);
    }
}

/// Positions lead back to the offsets that they come from.
fn positions(text: &str, choices: &mut Choices<'_>) {
    let rope = Text::new(text);
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let at = choices.place(text);
        let position = rope.position(at, encoding);
        let back = rope.offset(position, encoding);
        // Between CR and LF is the end of the line, which is in front of both.
        let between = text[..at].ends_with('\r') && text[at..].starts_with('\n');
        assert_eq!(back, at - usize::from(between), "{position:?} {encoding:?} {text:?}");
        let (line, column) = rope.line_col(at);
        assert_eq!(line, position.line as usize, "{text:?}");
        assert!(column <= at && rope.line_span(line).start + column <= text.len(), "{text:?}");
    }
}
