//! What a rule reports, in plain data.

use std::borrow::Cow;

use crate::syntax::NodeId;
use crate::text::{Edit, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The API server refuses the manifest, or the pod cannot start.
    Error,
    /// It will hurt in production, or the API server warns about it.
    Warning,
    /// Good to know.
    Information,
    /// A matter of style, or a better pattern.
    Hint,
}

impl Severity {
    /// Its name in settings and in `--format json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
            Self::Hint => "hint",
        }
    }
}

/// One fault at one place. Spans are byte offsets in the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub severity: Severity,
    pub span: Span,
    /// Where it is: `spec.containers[0].image`. Empty for broken YAML. `parity::server_path` gives the server's name
    /// of the place.
    pub path: String,
    /// Whether `path` is already the server's name of the place.
    pub is_server_path: bool,
    pub message: String,
    /// Other places that belong to it, such as the first of two equal names.
    pub related: Vec<Related>,
    /// What makes the API server report the same fault at other places too.
    pub echo: Option<Echo>,
    pub fixes: Vec<Fix>,
    pub tag: Option<Tag>,
    /// The object that lacks something, if the finding is about that. Editors need not show it while the user
    /// writes the object.
    pub missing_in: Option<Span>,
    /// How many more findings of its rule the document has that are not listed. Only the last listed one
    /// of a rule has any.
    pub unlisted: usize,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub span: Span,
    pub message: String,
}

/// Why the API server reports a fault at other places too, with the node that these places depend on. The name of
/// a Job, for example, is also a label of its pods. Correcting the first fault removes the others, so podls shows
/// them only to programs; `parity` finds the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// It reports the fault at this node too.
    At(NodeId),
    /// A label, or a part of a label selector.
    Label(NodeId),
    /// A Job whose name is no label.
    Job(NodeId),
    /// The spec of a workload whose selector is wrong or missing.
    Selector(NodeId),
    /// The key of an amount of huge pages for a container.
    HugePages(NodeId),
    /// The key of a request for more huge pages than the limit.
    HugeRequest(NodeId),
    /// A volume or a claim template without a name.
    Volume(NodeId),
}

/// Edits that remove a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
    /// Whether it can be applied without being looked at: it changes nothing but the fault.
    pub safe: bool,
}

/// How safe the fixes of a rule are at most. `DiagnosticBuilder` offers none that is safer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fixes {
    /// It has none.
    None,
    /// The user has to look at them.
    Suggested,
    /// They change nothing but the fault.
    Safe,
}

/// How an editor may draw a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Greyed out: it has no effect.
    Unnecessary,
    /// Struck through.
    Deprecated,
}

impl Finding {
    /// A finding without a path, related places or fixes.
    pub(crate) fn new(code: &'static str, severity: Severity, span: Span, message: String) -> Self {
        Self {
            code,
            severity,
            span,
            path: String::new(),
            is_server_path: false,
            message,
            related: Vec::new(),
            echo: None,
            fixes: Vec::new(),
            tag: None,
            missing_in: None,
            unlisted: 0,
        }
    }

    /// The message as people read it, with the number of findings that are not listed.
    pub fn full_message(&self) -> Cow<'_, str> {
        match self.unlisted {
            0 => Cow::Borrowed(&self.message),
            more => format!("{} ({more} more of this rule not listed)", self.message).into(),
        }
    }

    /// The finding `by` bytes further down, with all its places.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.shifted(by);
        self.missing_in = self.missing_in.map(|span| span.shifted(by));
        for related in &mut self.related {
            related.span = related.span.shifted(by);
        }
        for edit in self.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = edit.span.shifted(by);
        }
        self
    }
}
