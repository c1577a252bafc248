//! A file with its findings, for printing.

use std::borrow::Cow;

use crate::check::Finding;
use crate::cli::input::Input;
use crate::ide::{Content, Document};

/// One file with its findings.
pub(super) struct Checked<'a> {
    pub(super) input: &'a Input,
    pub(super) document: &'a Document,
    pub(super) content: Content,
    pub(super) findings: Cow<'a, [Finding]>,
}

impl<'a> Checked<'a> {
    pub(super) fn new(input: &'a Input, document: &'a Document) -> Self {
        let (content, mut findings) = (document.content(), document.found());
        if content == Content::NoManifest
            && let Some(only) = in_one_line(&findings, document)
        {
            findings = Cow::Owned(vec![only]);
        }
        Self { input, document, content, findings }
    }
}

/// How many syntax errors a text can have that was probably written as YAML.
const MOST_FAULTS: usize = 5;

/// The only finding of a web page, a script or the like: it is not YAML.
fn in_one_line(findings: &[Finding], document: &Document) -> Option<Finding> {
    let mut faults = findings.iter().filter(|it| it.code == "yaml-syntax");
    let count = faults.clone().count();
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
        return None;
    }
    let first = faults.next()?.clone();
    let message = format!("not YAML: {}, and {} more errors", first.message, count - 1);
    Some(Finding { message, fixes: Vec::new(), ..first })
}
