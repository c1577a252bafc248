//! YAML: documents, trees with byte spans, and edits in the style of a file.
//!
//! Parsing never fails: `parse` gives a tree of any text, and says what is wrong with it. The
//! exact parser (`events`) decides whether a text is YAML; the tolerant one (`tolerant`) makes
//! the tree of what is not, and says where it went wrong.

mod events;
mod extent;
pub(crate) mod lines;
mod node;
mod normalise;
mod resolve;
mod stream;
mod tolerant;
mod tree;
pub mod write;

pub(crate) use node::MAX_DEPTH;
pub use node::{Entry, Node};
pub use resolve::Scalar;
pub(crate) use resolve::plain as plain_scalar;
pub use stream::{Part, Stream};
pub use tree::{Kind, NodeId, Style, Tree};

use crate::text::Span;

/// How far a tree can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The text is YAML, and this is what it says.
    Exact,
    /// The text is not YAML; the tree is what it most likely means.
    Tolerant,
}

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub span: Span,
    pub message: String,
}

/// One YAML document: its tree, and what is wrong with its text.
#[derive(Clone, Debug)]
pub struct Parse {
    pub tree: Tree,
    pub trust: Trust,
    /// Empty exactly when `trust` is `Exact`.
    pub errors: Vec<SyntaxError>,
    /// Places where a template's placeholder stands for something that is not known here.
    pub templates: Vec<Span>,
}

/// Parses one document; directives and its `---` may stand in front.
pub fn parse(text: &str) -> Parse {
    let (tree, refusal) = events::read(text);
    let Some(refusal) = refusal else {
        return Parse { tree, trust: Trust::Exact, errors: Vec::new(), templates: Vec::new() };
    };
    let (tolerant, faults) = tolerant::read(text);
    if let Some(variant) = normalise::variant(&tolerant)
        && let (mut tree, None) = events::read(&variant)
    {
        tree.set_text(text);
        // The variant has no comments inside its brackets.
        tree.comments = tolerant.comments;
        return Parse { tree, trust: Trust::Exact, errors: Vec::new(), templates: Vec::new() };
    }
    let (templates, faults): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(|fault| fault.message == tolerant::TEMPLATE);
    Parse {
        tree: tolerant,
        trust: Trust::Tolerant,
        errors: errors(text, &faults, &refusal),
        templates: templates.into_iter().map(|fault| fault.span).collect(),
    }
}

/// The tolerant tree of any text. On text that is YAML it must equal the exact one, so each
/// parser checks the other.
pub fn parse_tolerant(text: &str) -> (Tree, Vec<SyntaxError>) {
    let (tree, faults) = tolerant::read(text);
    let error = |it: tolerant::Fault| SyntaxError { span: it.span, message: it.message.to_owned() };
    (tree, faults.into_iter().map(error).collect())
}

/// The verdict is the exact parser's; the place is that of the first fault the tolerant parser
/// saw, which is on the line of the mistake far more often than the exact parser's mark.
fn errors(text: &str, faults: &[tolerant::Fault], refusal: &events::Refusal) -> Vec<SyntaxError> {
    if faults.is_empty() {
        let bytes = text.as_bytes();
        let at = refusal.at.min(text.len());
        let start = lines::line_start(bytes, at).max(at.min(lines::line_end(bytes, at)));
        let end = lines::line_end(bytes, start);
        return vec![SyntaxError {
            span: Span::new(start.min(end), end),
            message: refusal.message.clone(),
        }];
    }
    let error = |fault: &tolerant::Fault| SyntaxError {
        span: fault.span,
        message: fault.message.to_owned(),
    };
    faults.iter().map(error).collect()
}

#[cfg(test)]
mod tests;
