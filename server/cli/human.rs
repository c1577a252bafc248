//! Findings for people: the line in question with the place underlined, and a summary.

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title, normalize_untrusted_str,
};

use crate::cli::check::Checked;
use crate::rules::{Finding, Severity};
use crate::text::{Span, Text};

/// Longer lines (a large file as JSON in one line) are named but not quoted.
const LONGEST_LINE: usize = 10_000;

/// How many findings there are of each severity, and in how many files.
#[derive(Default)]
pub(super) struct Counts {
    files: usize,
    files_with_findings: usize,
    severities: [usize; 4],
}

const SEVERITIES: [(Severity, &str); 4] = [
    (Severity::Error, "error"),
    (Severity::Warning, "warning"),
    (Severity::Information, "remark"),
    (Severity::Hint, "hint"),
];

impl Counts {
    /// Those of one file.
    pub(super) fn new(findings: &[Finding]) -> Self {
        let count = |wanted| findings.iter().filter(|finding| finding.severity == wanted).count();
        Self {
            files: 1,
            files_with_findings: usize::from(!findings.is_empty()),
            severities: SEVERITIES.map(|(severity, _)| count(severity)),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.files_with_findings += other.files_with_findings;
        for (sum, more) in self.severities.iter_mut().zip(other.severities) {
            *sum += more;
        }
    }

    pub(super) fn of(&self, severity: Severity) -> usize {
        let counted = SEVERITIES.iter().zip(self.severities);
        counted.filter(|((known, _), _)| *known == severity).map(|(_, count)| count).sum()
    }

    /// One line: `2 errors and 1 hint in 1 of 3 files`.
    pub(super) fn summary(&self) -> String {
        let found = SEVERITIES.iter().zip(self.severities).filter(|(_, count)| *count > 0);
        let found: Vec<_> = found.map(|((_, word), count)| plural(count, word)).collect();
        let Some((last, others)) = found.split_last() else {
            return format!("nothing found in {}\n", plural(self.files, "file"));
        };
        let found = match others {
            [] => last.clone(),
            _ => format!("{} and {last}", others.join(", ")),
        };
        format!("{found} in {} of {}\n", self.files_with_findings, plural(self.files, "file"))
    }
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// All findings of one file, each followed by an empty line.
pub(super) fn render(checked: &Checked<'_>, colored: bool) -> String {
    let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for finding in &checked.findings {
        out.push_str(&renderer.render(&groups(checked, finding)));
        out.push_str("\n\n");
    }
    without_c1(out)
}

/// Terminals take U+0080 to U+009F for the start of a command, as they do the escape character, which
/// the renderer shows as a picture.
fn without_c1(text: String) -> String {
    let is_c1 = |char: char| ('\u{80}'..='\u{9f}').contains(&char);
    if text.contains(is_c1) { text.replace(is_c1, "\u{fffd}") } else { text }
}

/// The finding itself, the places that belong to it, and what would remove it.
fn groups<'a>(checked: &'a Checked<'_>, finding: &'a Finding) -> Vec<Group<'a>> {
    let text = checked.document.text();
    let title = normalize_untrusted_str(&finding.message);
    let title = level(finding.severity).primary_title(title).id(finding.code);
    let mut groups = vec![quoted(title, checked.name, text, finding.span)];
    for related in &finding.related {
        let title = Level::NOTE.secondary_title(normalize_untrusted_str(&related.message));
        groups.push(quoted(title, checked.name, text, related.span));
    }
    for fix in &finding.fixes {
        let title = Level::HELP.secondary_title(normalize_untrusted_str(&fix.title));
        groups.push(Group::with_title(title));
    }
    groups
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::INFO.with_name("hint"),
    }
}

/// `title` above the line where `span` starts, with the part of `span` in it underlined.
fn quoted<'a>(title: Title<'a>, file: &'a str, text: &Text, span: Span) -> Group<'a> {
    let (number, column) = text.line_col(span.start);
    let line = text.line_span(number);
    if line.end - line.start > LONGEST_LINE {
        let origin = Origin::path(file).line(number + 1).char_column(column + 1);
        return title.element(origin);
    }
    let length = span.end.saturating_sub(span.start);
    let end = (column + length).min(line.end - line.start);
    let snippet = Snippet::source(text.slice(line).into_owned())
        .path(file)
        .line_start(number + 1)
        .annotation(AnnotationKind::Primary.span(column..end));
    title.element(snippet)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::ide::Document;
    use crate::rules::{Fix, Related};

    fn finding(severity: Severity, span: Span, message: &str) -> Finding {
        Finding {
            code: "some-rule",
            severity,
            span,
            path: String::new(),
            message: message.to_owned(),
            related: Vec::new(),
            echoes: Vec::new(),
            fixes: Vec::new(),
            tag: None,
        }
    }

    fn check_render(text: &str, findings: Vec<Finding>, expected: &Expect) {
        let document = Document::new(text, &Arc::default());
        expected.assert_eq(&render(&Checked { name: "pod.yaml", document, findings }, false));
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

            hint[some-rule]: over many lines␛[31m
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
    fn the_summary_counts() {
        let found = |severity| finding(severity, Span::default(), "");
        let mut counts = Counts::default();
        assert_eq!(counts.summary(), "nothing found in 0 files\n");
        counts.add(&Counts::new(&[]));
        assert_eq!(counts.summary(), "nothing found in 1 file\n");
        counts.add(&Counts::new(&[found(Severity::Hint)]));
        assert_eq!(counts.summary(), "1 hint in 1 of 2 files\n");
        counts.add(&Counts::new(&[found(Severity::Error), found(Severity::Error)]));
        counts.add(&Counts::new(&[found(Severity::Warning)]));
        assert_eq!(counts.summary(), "2 errors, 1 warning and 1 hint in 3 of 4 files\n");
        assert_eq!(counts.of(Severity::Error), 2);
    }
}
