//! What an editor asks without changing anything is answered within the text.

use std::sync::Arc;

use podls::features::OutlineItem;
use podls::ide::Document;
use podls::text::Span;

use super::input::Input;
use super::{assert_inside, texts};

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let text = texts::text(text, &mut choices);
    let document = Document::new(&text, &Arc::default());
    for _ in 0..4 {
        let at = choices.place(&text);
        if let Some(hover) = document.hover(at) {
            assert_inside(&text, hover.span, "hover");
        }
        let selections = document.selections(at);
        selections.iter().for_each(|span| assert_inside(&text, *span, "a selection"));
        let nested =
            selections.windows(2).all(|pair| pair[1].contains(pair[0]) && pair[0] != pair[1]);
        assert!(nested, "{selections:?} at {at} of {text:?}");
        document.status(Some(at));
        if let Some(named) = document.named_at(at) {
            assert_inside(&text, named.span, "a name");
            document.places(&named).iter().for_each(|it| assert_inside(&text, it.span, "a place"));
        }
    }
    for hint in document.hints(Span::new(0, text.len())) {
        assert_inside(&text, Span::at(hint.offset), "a hint");
    }
    document.folds().iter().for_each(|fold| assert_inside(&text, fold.span, "a fold"));
    document.symbols().iter().for_each(|symbol| symbol_is_inside(&text, symbol));
    document.pods().iter().flat_map(|pod| &pod.apps).for_each(|(_, at)| {
        assert_inside(&text, Span::at(*at), "an app");
    });
}

fn symbol_is_inside(text: &str, symbol: &OutlineItem) {
    assert_inside(text, symbol.span, "a symbol");
    assert_inside(text, symbol.name_span, "the name of a symbol");
    assert!(symbol.span.contains(symbol.name_span), "editors refuse {symbol:?} of {text:?}");
    symbol.children.iter().for_each(|child| symbol_is_inside(text, child));
}
