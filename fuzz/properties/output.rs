//! What is printed is text and nothing else, and JSON is JSON.

use std::sync::Arc;

use podls::cli::{Format, printed};
use podls::ide::{DiagramFormat, Document};

use super::input::Input;
use super::{assert_inside, texts};

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let text = texts::text(text, &mut choices);
    let document = Document::new(&text, &Arc::default());
    let findings = document.findings();
    for (finding, report) in findings.iter().zip(document.server_reports(&findings)) {
        assert_inside(&text, finding.span, finding.code);
        finding.related.iter().for_each(|it| assert_inside(&text, it.span, finding.code));
        report.echoes.iter().for_each(|it| assert_inside(&text, it.span, finding.code));
    }
    let json = printed("a.yaml", &document, Format::Json, false);
    let rows: serde_json::Value = serde_json::from_str(&format!("[{json}]")).unwrap();
    // What is no manifest at all gets one row for all that is wrong.
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.is_empty(), document.findings().is_empty(), "{text:?}");
    assert_plain(&printed("a.yaml", &document, Format::Human, false), &text);
    printed("a.yaml", &document, Format::Human, true);
    for format in [DiagramFormat::Text, DiagramFormat::Mermaid, DiagramFormat::Svg] {
        for diagram in document.diagrams(format) {
            assert_plain(&diagram.content, &text);
        }
    }
}

/// No escape sequence starts and no text turns round.
#[track_caller]
fn assert_plain(printed: &str, text: &str) {
    let found = printed.chars().find(|char| {
        (char.is_control() && !matches!(char, '\n' | '\t'))
            || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(found, None, "{text:?}\n{printed:?}");
}
