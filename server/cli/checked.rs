//! A file with its findings, for printing.

use crate::check::Finding;
use crate::cli::input::Input;
use crate::ide::{Content, Document};

/// One file with its findings.
pub(super) struct Checked<'a> {
    pub(super) input: &'a Input,
    pub(super) document: Document,
    pub(super) content: Content,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Checked<'a> {
    pub(super) fn new(input: &'a Input, document: Document) -> Self {
        let (content, mut findings) = (document.content(), document.findings());
        if content == Content::NoManifest {
            in_one_line(&mut findings, &document);
        }
        Self { input, document, content, findings }
    }
}

/// How many syntax errors a text can have that was probably written as YAML.
const MOST_FAULTS: usize = 5;

/// A web page, a script or the like gets one finding: it is not YAML.
fn in_one_line(findings: &mut Vec<Finding>, document: &Document) {
    let is_syntax = |it: &Finding| it.code == "yaml-syntax";
    let count = findings.iter().filter(|it| is_syntax(it)).count();
    let text = document.text();
    let names_kind = || {
        (0..text.lines()).any(|line| {
            let line = text.slice(text.line_span(line));
            ["apiVersion", "kind"]
                .iter()
                .any(|key| line.trim_start_matches(['"', ' ']).starts_with(key))
        })
    };
    if count <= MOST_FAULTS || names_kind() {
        return;
    }
    findings.retain(is_syntax);
    findings.truncate(1);
    for first in findings {
        first.message = format!("not YAML: {}, and {} more errors", first.message, count - 1);
        first.fixes.clear();
    }
}
