//! Findings for people: the line of each with the place underlined.

use std::borrow::Cow;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use crate::check::{Finding, Severity};
use crate::cli::checked::Checked;
use crate::cli::shown::{shown, sign};
use crate::text::{Span, Text};

/// Longer lines (a large file as JSON in one line) are named but not quoted.
const LONGEST_LINE: usize = 10_000;

/// How much is quoted of a file, as a multiple of its text. A line with a thousand faults is not
/// quoted a thousand times.
const MOST_QUOTED: usize = 4;
const ALWAYS_QUOTED: usize = 64 << 10;
/// The size of the text around a quoted line, in bytes.
const FRAME: usize = 200;

/// All findings of one file, each followed by an empty line.
pub(super) fn render(checked: &Checked<'_>, colored: bool) -> String {
    let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
    let mut quotes = Quotes {
        file: &checked.input.shown,
        text: checked.document.text(),
        left: ALWAYS_QUOTED + MOST_QUOTED * checked.document.text().len(),
    };
    let mut out = String::new();
    for finding in checked.findings.iter() {
        if quotes.left < FRAME && !colored {
            unquoted(&quotes, finding, &mut out);
        } else {
            out.push_str(&renderer.render(&groups(&mut quotes, finding)));
            out.push('\n');
        }
        out.push('\n');
    }
    without_c1(out)
}

/// Terminals read U+0080 to U+009F as the start of a command, like the escape character, which the
/// renderer replaces itself.
fn without_c1(text: String) -> String {
    let is_c1 = |char: char| ('\u{80}'..='\u{9f}').contains(&char);
    if text.contains(is_c1) { text.replace(is_c1, "\u{fffd}") } else { text }
}

/// The finding itself, its related places, and its fixes.
fn groups<'a>(quotes: &mut Quotes<'a>, finding: &'a Finding) -> Vec<Group<'a>> {
    let message = match finding.full_message() {
        Cow::Borrowed(message) => shown(message),
        Cow::Owned(message) => shown(&message).into_owned().into(),
    };
    let title = level(finding.severity).primary_title(message).id(finding.code);
    let mut groups = vec![quotes.quoted(title, finding.span)];
    for related in &finding.related {
        let title = Level::NOTE.secondary_title(shown(&related.message));
        groups.push(quotes.quoted(title, related.span));
    }
    for fix in &finding.fixes {
        let title = Level::HELP.secondary_title(shown(&fix.title));
        groups.push(Group::with_title(title));
    }
    groups
}

/// The finding without quotes, which would take too long.
fn unquoted(quotes: &Quotes<'_>, finding: &Finding, out: &mut String) {
    let mut part = |head: &str, message: &str, span: Span| {
        let (line, column) = quotes.text.line_col(span.start);
        let (message, file) = (shown(message), quotes.file);
        let _ = writeln!(out, "{head}: {message}\n--> {file}:{}:{}", line + 1, column + 1);
    };
    let head = format!("{}[{}]", finding.severity.name(), finding.code);
    part(&head, &finding.full_message(), finding.span);
    finding.related.iter().for_each(|it| part("note", &it.message, it.span));
    for fix in &finding.fixes {
        let _ = writeln!(out, "help: {}", shown(&fix.title));
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::INFO.with_name("hint"),
    }
}

/// What is quoted of a file.
struct Quotes<'a> {
    file: &'a str,
    text: &'a Text,
    /// How many bytes may still be quoted.
    left: usize,
}

impl<'a> Quotes<'a> {
    /// `title` above the line where `span` starts, with the part of `span` in it underlined.
    fn quoted(&mut self, title: Title<'a>, span: Span) -> Group<'a> {
        let (number, column) = self.text.line_col(span.start);
        let line = self.text.line_span(number);
        let length = line.end - line.start;
        let cost = length + FRAME;
        if length > LONGEST_LINE || cost > self.left {
            let origin = Origin::path(self.file).line(number + 1).char_column(column + 1);
            return title.element(origin);
        }
        self.left -= cost;
        let end = column + span.end.saturating_sub(span.start);
        let (line, marked) = harmless(&self.text.slice(line), Span::new(column, end));
        let snippet = Snippet::source(line)
            .path(self.file)
            .line_start(number + 1)
            .annotation(AnnotationKind::Primary.span(marked.start..marked.end));
        title.element(snippet)
    }
}

/// `line` without control characters, and the place of `span` in it: complete characters, at least
/// one except at the end. The printer panics on anything else.
fn harmless(line: &str, span: Span) -> (String, Span) {
    let mut out = String::with_capacity(line.len());
    let mut marked = None::<Span>;
    for (at, char) in line.char_indices() {
        let start = out.len();
        out.push(sign(char));
        let after = at + char.len_utf8();
        if after > span.start && (at < span.end || marked.is_none()) {
            let start = marked.map_or(start, |marked| marked.start);
            marked = Some(Span::new(start, out.len()));
        }
    }
    let marked = marked.unwrap_or(Span::at(out.len()));
    (out, marked)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::check::{Fix, Related};
    use crate::cli::input::Input;
    use crate::ide::Document;

    fn finding(severity: Severity, span: Span, message: &str) -> Finding {
        Finding::new("some-rule", severity, span, message.to_owned())
    }

    fn check_render(text: &str, findings: Vec<Finding>, expected: &Expect) {
        let (input, document) =
            (Input::named("pod.yaml".into()), Document::new(text, &Arc::default()));
        let checked = Checked { findings: findings.into(), ..Checked::new(&input, &document) };
        expected.assert_eq(&render(&checked, false));
    }

    #[test]
    fn the_place_is_underlined() {
        let mut first = finding(Severity::Error, Span::new(17, 20), "two containers are named `a`");
        first.related.push(Related { span: Span::new(9, 10), message: "the first".to_owned() });
        first.fixes.push(Fix { title: "Rename it".to_owned(), edits: Vec::new(), safe: false });
        let hint = finding(Severity::Hint, Span::new(0, 20), "over many lines\u{1b}[31m");
        let end = finding(Severity::Warning, Span::at(21), "at the end");
        check_render(
            "é:\n- n: a\r\n- n: 日\n",
            vec![first, hint, end],
            &expect![[r#"
            error[some-rule]: two containers are named `a`
             --> pod.yaml:3:6
              |
            3 | - n: 日
              |      ^^
              |
            note: the first
             --> pod.yaml:2:6
              |
            2 | - n: a
              |      ^
            help: Rename it

            hint[some-rule]: over many lines\u{1b}[31m
             --> pod.yaml:1:1
              |
            1 | é:
              | ^^

            warning[some-rule]: at the end
             --> pod.yaml:4:1
              |
            4 |
              | ^

        "#]],
        );
    }

    #[test]
    fn an_endless_line_is_not_quoted() {
        let text = format!("a: {}", "x".repeat(LONGEST_LINE));
        let found = finding(Severity::Information, Span::new(3, 9), "long");
        check_render(
            &text,
            vec![found],
            &expect![[r#"
            information[some-rule]: long
            --> pod.yaml:1:4

        "#]],
        );
    }

    #[test]
    fn what_is_not_quoted_looks_the_same() {
        let text = Text::new("a: 1\nb: 2\n");
        for severity in [Severity::Error, Severity::Warning, Severity::Information, Severity::Hint]
        {
            let mut found = finding(severity, Span::new(5, 6), "wrong \u{1b} `é`");
            found.related.push(Related { span: Span::at(0), message: "the first".to_owned() });
            found.fixes.push(Fix { title: "Fix it".to_owned(), edits: Vec::new(), safe: true });
            let mut quotes = Quotes { file: "pod.yaml", text: &text, left: 0 };
            let printed = Renderer::plain().render(&groups(&mut quotes, &found));
            let mut out = String::new();
            unquoted(&quotes, &found, &mut out);
            // But for a bar in front of a note.
            assert_eq!(out, printed.replace(" |\n", "") + "\n");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn every_span_of_every_text_is_printed(
            pieces in prop::collection::vec(select(PIECES), 0..40),
            spans in prop::collection::vec((0..160_usize, 0..60_usize), 1..4),
            colored in any::<bool>(),
        ) {
            let text = pieces.concat();
            let finding = |(start, length): &(usize, usize)| {
                let span = Span::new(*start, start + length);
                let mut finding = finding(Severity::Error, span, &text);
                finding.related.push(Related { span: Span::at(span.end), message: text.clone() });
                finding
            };
            let findings: Vec<_> = spans.iter().map(finding).collect();
            let input = Input::named(text.replace('/', "").into());
            let document = Document::new(&text, &Arc::default());
            let checked = Checked { findings: findings.into(), ..Checked::new(&input, &document) };
            let printed = render(&checked, colored);
            prop_assert_eq!(printed.matches("some-rule").count(), spans.len());
            prop_assert_eq!(printed.matches("-->").count(), 2 * spans.len());
            let obeyed = |it: char| (it.is_control() && it != '\n') || "\u{202e}\u{2028}".contains(it);
            prop_assert!(colored || !printed.contains(obeyed), "{printed:?}");
        }
    }

    /// What printers count wrongly: wide characters and those without width, tabs, ends of lines that
    /// are none, what terminals obey.
    const PIECES: &[&str] = &[
        "\n",
        "\r\n",
        "\r",
        "\t",
        "a",
        "key: ",
        "é",
        "日",
        "😀",
        "👩‍💻",
        "e\u{301}",
        "\u{301}",
        "\u{200d}",
        "\u{200b}",
        "\u{85}",
        "\u{9b}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "\0",
        "\u{1b}[31m",
        "\u{7f}",
        "\u{b}",
        "\u{ad}",
        "\u{3000}",
        "ﷺ",
        "\u{e0001}",
    ];
}
