//! YAML: documents, trees with byte spans, and edits in the style of a file.
//!
//! Parsing never fails: `parse` gives a tree of any text, and says what is wrong with it. The
//! exact parser (`events`) decides whether a text is YAML; the tolerant one (`tolerant`) makes
//! the tree of what is not, and says where it went wrong.
//!
//! What is true of any YAML belongs here, and nothing above reads text again. It is called by all folders above but
//! `config`; it must not know Kubernetes.

mod characters;
mod cursor;
mod entry;
mod events;
pub(crate) mod faults;
mod extent;
mod excerpt;
mod kept;
pub(crate) mod lines;
mod node;
mod normalise;
mod places;
mod resolve;
mod rows;
pub(crate) mod slips;
mod stream;
mod template;
mod tolerant;
mod tree;
mod typed;
pub mod write;

pub use cursor::Cursor;
pub use entry::{Entries, Entry, Fields};
pub use kept::Kept;
pub(crate) use node::MAX_DEPTH;
pub use node::{Children, Maps, Node};
pub use places::Places;
pub use resolve::Scalar;
pub(crate) use resolve::plain as plain_scalar;
pub use stream::{Part, Stream};
pub use template::{Branch, Choice, Rendered, TemplateText, Way};
pub use tree::{Kind, NodeId, Style, Tree};
pub(crate) use typed::next_sign;

use crate::text::Span;

/// How far a tree can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The text is YAML, and this is what it says.
    Exact,
    /// The text is not YAML; the tree is what it most likely means.
    Recovered,
}

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub span: Span,
    pub message: &'static str,
}

/// What of a document a template engine will replace before anyone reads it as YAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Templated {
    No,
    /// Single values: the rest of the document is what it looks like.
    Values,
    /// Lines that come and go: nothing is certain.
    Lines,
}

/// One YAML document: its tree, and what is wrong with its text.
#[derive(Clone, Debug)]
pub struct Parse {
    pub tree: Tree,
    pub trust: Trust,
    /// Empty when `trust` is `Exact`, and where a template engine may cure what is wrong.
    pub errors: Vec<SyntaxError>,
    pub templated: Templated,
}

impl Parse {
    /// The text that kubectl reads: all of it, or what stands in front of a `...`, and that.
    pub(crate) fn seen(&self) -> &str {
        let text = self.tree.text();
        self.unseen().and_then(|unseen| text.get(..unseen.start)).unwrap_or(text)
    }

    /// What stands behind the `...` that ends the document.
    pub(crate) fn unseen(&self) -> Option<Span> {
        let text = self.tree.text();
        let end = lines::document_end(text.as_bytes())?;
        Some(Span::new(end + "...".len(), text.len()))
    }
}

/// Parses one document; directives and its `---` may stand in front.
pub fn parse(text: &str) -> Parse {
    let (tree, refusal) = events::read(text);
    let Some(refusal) = refusal else {
        if has_braces_in_braces(&tree) {
            return tolerant_parse(text, None);
        }
        return exact(tree);
    };
    tolerant_parse(text, Some(&refusal))
}

fn exact(tree: Tree) -> Parse {
    // ytt writes its template in comments: `#@ if`, `#@overlay/match`.
    let ytt = tree.comments().iter().any(|comment| tree.slice(*comment).starts_with("#@"));
    let templated = if ytt { Templated::Lines } else { Templated::No };
    Parse { tree, trust: Trust::Exact, errors: Vec::new(), templated }
}

/// Whether a `{{ x }}` without quotes stands somewhere: YAML takes it for a map whose key is a
/// map, which no manifest has.
fn has_braces_in_braces(tree: &Tree) -> bool {
    tree.text().contains("{{") && tree.nodes().any(|node| node.is_map() && node.is_key())
}

fn tolerant_parse(text: &str, refusal: Option<&events::Refusal>) -> Parse {
    let (tolerant, mut faults) = tolerant::read(text);
    if refusal.is_some()
        && let Some(variant) = normalise::variant(&tolerant)
        && let (mut tree, None) = events::read(&variant)
        && !has_braces_in_braces(&tree)
    {
        tree.set_text(text, tolerant::unquoted);
        let unknown = tree.nodes().find(|node| node.is_key() && node.resolved().is_none());
        let Some(unknown) = unknown.map(Node::content_span) else {
            // The variant has no comments inside its brackets.
            tree.comments = tolerant.comments;
            return exact(tree);
        };
        faults.push(faults::Fault { span: unknown, message: faults::UNDEFINED_ANCHOR });
    }
    let (templates, faults): (Vec<_>, Vec<_>) = faults.into_iter().partition(faults::is_template);
    let lines = templates.iter().any(|fault| fault.message == faults::TEMPLATE_LINE)
        || (!faults.is_empty() && has_template_marks(&tolerant))
        || has_template_blocks(text);
    let templated = match (lines, templates.is_empty()) {
        (true, _) => Templated::Lines,
        (false, false) => Templated::Values,
        (false, true) => Templated::No,
    };
    let errors = match refusal {
        Some(refusal) if templated == Templated::No || (!lines && !faults.is_empty()) => {
            errors(text, &faults, refusal)
        }
        // No template engine takes it out.
        _ => faults.iter().filter(|it| it.message == characters::FORBIDDEN).map(error).collect(),
    };
    Parse { tree: tolerant, trust: Trust::Recovered, errors, templated }
}

/// Whether lines of the text come and go with a template engine's blocks.
fn has_template_blocks(text: &str) -> bool {
    const BLOCKS: [&str; 6] = ["{{ range", "{{ if", "{{ end", "{{- ", "{{ with", "{{end"];
    BLOCKS.iter().any(|block| text.contains(block))
}

/// Whether a text that is not YAML has the marks of a template engine: `{{ }}`, `{% %}`, `<% %>`. In a comment
/// they cure nothing elsewhere.
fn has_template_marks(tree: &Tree) -> bool {
    let (text, comments) = (tree.text(), tree.comments());
    let is_in_comment = |at: usize| {
        let before = comments.partition_point(|comment| comment.start <= at);
        let comment = before.checked_sub(1).and_then(|last| comments.get(last));
        comment.is_some_and(|it| at < it.end && tree.slice(*it).starts_with('#'))
    };
    let pairs = [("{{", "}}"), ("{%", "%}"), ("<%", "%>")];
    pairs.iter().any(|(open, close)| {
        text.contains(close) && text.match_indices(open).any(|(at, _)| !is_in_comment(at))
    })
}

/// The tolerant tree of any text. On text that is YAML it must equal the exact one, so each
/// parser checks the other.
pub fn parse_tolerant(text: &str) -> (Tree, Vec<SyntaxError>) {
    let (tree, faults) = tolerant::read(text);
    let error = |it: faults::Fault| SyntaxError { span: it.span, message: it.message };
    (tree, faults.into_iter().map(error).collect())
}

/// The verdict is the exact parser's; the place is that of the first fault the tolerant parser
/// saw, which is on the line of the mistake far more often than the exact parser's mark.
fn errors(text: &str, faults: &[faults::Fault], refusal: &events::Refusal) -> Vec<SyntaxError> {
    if faults.is_empty() {
        let bytes = text.as_bytes();
        let at = refusal.at.min(text.len());
        let start = lines::line_start(bytes, at).max(at.min(lines::line_end(bytes, at)));
        let end = lines::line_end(bytes, start);
        let span = Span::new(start.min(end), end);
        let line = text.get(span.start..span.end).unwrap_or_default();
        return vec![SyntaxError { span, message: faults::of_reader(&refusal.message, line) }];
    }
    faults.iter().map(error).collect()
}

fn error(fault: &faults::Fault) -> SyntaxError {
    SyntaxError { span: fault.span, message: fault.message }
}

#[cfg(test)]
mod tests;
