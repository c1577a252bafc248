//! Findings as JSON: one array, an element for each finding.

use serde::Serialize;

use crate::check::{Finding, Fix};
use crate::cli::checked::Checked;
use crate::cli::shown::shown_json;
use crate::parity::server_path;
use crate::text::Span;

/// A finding as `--format json` prints it. Lines and columns count from 1, columns in bytes of UTF-8;
/// the end is the first place behind the finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingEntry<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    path: &'a str,
    /// Whether it only repeats the finding before it: at a place where the API server reports the
    /// fault again, or reports it instead of at the place to edit.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    echo: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fixes: &'a [Repair<'a>],
}

/// A fix of the finding. A `safe` one keeps all values of the file, a `suggested` one needs a
/// review.
#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    safety: &'static str,
}

impl<'a> Repair<'a> {
    fn of(fix: &'a Fix) -> Self {
        Self { title: &fix.title, safety: if fix.safe { "safe" } else { "suggested" } }
    }
}

/// The elements for one file, separated by commas; empty without findings.
pub(super) fn render(checked: &Checked<'_>) -> String {
    let reports = checked.document.server_reports(&checked.findings);
    let checked_fixes = checked.document.checked_fixes(&checked.findings);
    let mut out = String::new();
    let mut push = |row: Option<String>| {
        let between = if out.is_empty() { "" } else { ",\n" };
        out.extend(row.iter().flat_map(|row| [between, row]));
    };
    for ((finding, report), fixes) in checked.findings.iter().zip(reports).zip(checked_fixes) {
        let fixes: Vec<_> = fixes.iter().map(Repair::of).collect();
        let path = server_path(finding);
        push(row(checked, finding, finding.span, &path, Some(&fixes)));
        push(report.place.and_then(|span| row(checked, finding, span, &path, None)));
        for echo in &report.echoes {
            push(row(checked, finding, echo.span, &echo.path, None));
        }
    }
    out
}

fn row(
    checked: &Checked<'_>,
    finding: &Finding,
    span: Span,
    path: &str,
    fixes: Option<&[Repair<'_>]>,
) -> Option<String> {
    let text = checked.document.text();
    let (line, column) = text.line_col(span.start);
    let (end_line, end_column) = text.line_col(span.end);
    let row = serde_json::to_string(&FindingEntry {
        file: &checked.input.name,
        line: line + 1,
        column: column + 1,
        end_line: end_line + 1,
        end_column: end_column + 1,
        code: finding.code,
        severity: finding.severity.name(),
        message: &finding.full_message(),
        path,
        echo: fixes.is_none(),
        fixes: fixes.unwrap_or_default(),
    });
    row.ok().map(|row| shown_json(&row).into_owned())
}

/// The array of the results of `render` for each file, in parts.
pub(super) fn array(files: &[String]) -> impl Iterator<Item = &str> {
    let mut rows = files.iter().map(String::as_str).filter(|rows| !rows.is_empty()).peekable();
    let (begin, end) = match rows.peek() {
        None => ("[", "]\n"),
        Some(_) => ("[\n", "\n]\n"),
    };
    let between = |(at, rows)| [if at > 0 { ",\n" } else { "" }, rows];
    [begin].into_iter().chain(rows.enumerate().flat_map(between)).chain([end])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::Severity;
    use crate::cli::input::Input;
    use crate::ide::Document;

    #[test]
    fn places_count_from_one_and_in_bytes() {
        let document = Document::new("a: 1\né: x\r\n", &Arc::default());
        let (severity, message) = (Severity::Error, "unknown field `é`".to_owned());
        let finding = Finding {
            path: "é".to_owned(),
            ..Finding::new("unknown-field", severity, Span::new(5, 10), message)
        };
        let input = Input::named("a.yaml".into());
        let checked = Checked { findings: vec![finding].into(), ..Checked::new(&input, &document) };
        let expected = r#"{"file":"a.yaml","line":2,"column":1,"endLine":2,"endColumn":6,"code":"unknown-field","severity":"error","message":"unknown field `é`","path":"é"}"#;
        assert_eq!(render(&checked), expected);
        let rows = [render(&checked), String::new(), render(&checked)];
        let all = array(&rows).collect::<String>();
        assert_eq!(all, format!("[\n{expected},\n{expected}\n]\n"));
        assert_eq!(array(&[String::new()]).collect::<String>(), "[]\n");
    }
}
