//! Where findings are put, and what is added to one.

use crate::check::tally::Tally;
use crate::check::{Echo, Finding, Fix, Fixes, Related, Severity, Tag};
use crate::syntax::Node;
use crate::text::{Edit, Span};

/// How many fixes are worked out for one document: each can mean a look at all of it. Whoever fixes so
/// many gets the next ones then.
const MOST_FIXES: usize = 500;

/// What a finding takes from its rule.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) fixes: Fixes,
}

/// A list of this length or more grows by this number instead of doubling: findings are large.
const MANY: usize = 4_096;

/// The findings of one document.
pub(super) struct Findings {
    found: Vec<Finding>,
    tally: Tally,
    /// How many more findings get fixes.
    fixes_left: usize,
}

impl Findings {
    /// For a document of `len` bytes.
    pub(super) fn new(len: usize) -> Self {
        Self { found: Vec::new(), tally: Tally::new(len), fixes_left: MOST_FIXES }
    }

    pub(super) fn is_full(&self, rule: Source) -> bool {
        self.tally.is_full(rule.code)
    }

    /// What was found, sorted by place, and in the last one of a rule how many more there are.
    pub(super) fn sorted(self) -> Vec<Finding> {
        let Self { mut found, tally, .. } = self;
        // A stable sort would need as much memory again. Of equal findings the one with the shorter path
        // comes first: `[2]` before `[10]`.
        found.sort_unstable_by(|a, b| {
            let by_message = (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message));
            by_message.then_with(|| (a.path.len(), &a.path).cmp(&(b.path.len(), &b.path)))
        });
        // What an alias repeats is one fault at one place.
        found.dedup_by(|a, b| a.span == b.span && a.code == b.code && a.message == b.message);
        tally.note_the_rest(&mut found);
        found
    }

    pub(super) fn push(
        &mut self,
        rule: Source,
        span: Span,
        path: impl FnOnce() -> String,
        message: String,
    ) -> DiagnosticBuilder<'_> {
        if !self.tally.lists(rule.code) {
            return DiagnosticBuilder::none();
        }
        if self.found.len() == self.found.capacity() && self.found.len() >= MANY {
            self.found.reserve_exact(MANY);
        }
        self.found.push(Finding {
            path: path(),
            ..Finding::new(rule.code, rule.severity, span, message)
        });
        let (finding, fixes_left) = (self.found.last_mut(), &mut self.fixes_left);
        DiagnosticBuilder(finding.map(|finding| Open { finding, fixes: rule.fixes, fixes_left }))
    }
}

/// The smallest span that stands for a map or list: its key, or the first key of an item.
pub(crate) fn head(object: Node<'_>) -> Span {
    let first = object.entries().next().map(|entry| entry.key);
    match object.key().or(first) {
        Some(key) => key.content_span(),
        None => object.head_span(),
    }
}

/// Adds to a list that rarely has a second item. With space for four, thousands of findings would take
/// megabytes.
fn push_exact<T>(list: &mut Vec<T>, item: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(item);
}

fn written<E: IntoIterator<Item = Edit>>(
    (title, edits): (impl Into<String>, impl FnOnce() -> E),
) -> Option<(String, Vec<Edit>)> {
    Some((title.into(), edits().into_iter().collect()))
}

/// A finding that may still be added to; nothing when it was not reported after all.
pub struct DiagnosticBuilder<'a>(Option<Open<'a>>);

/// The finding, how safe its fixes are at most, and how many more findings get fixes.
struct Open<'a> {
    finding: &'a mut Finding,
    fixes: Fixes,
    fixes_left: &'a mut usize,
}

impl DiagnosticBuilder<'_> {
    /// Ignores the fixes that are added after this call.
    pub(super) fn without_fixes(mut self) -> Self {
        if let Some(Open { fixes, .. }) = &mut self.0 {
            *fixes = Fixes::None;
        }
        self
    }

    /// What is not reported after all.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Points at another place.
    pub fn related(mut self, node: Node<'_>, message: impl Into<String>) -> Self {
        if let Some(Open { finding, .. }) = &mut self.0 {
            let message = message.into();
            push_exact(&mut finding.related, Related { span: node.head_span(), message });
        }
        self
    }

    /// Sets why the server reports the fault at other places too.
    pub fn echo(mut self, echo: impl Into<Option<Echo>>) -> Self {
        if let Some(Open { finding, .. }) = &mut self.0 {
            finding.echo = echo.into();
        }
        self
    }

    /// Offers edits that change nothing but the fault.
    pub fn fix<E: IntoIterator<Item = Edit>>(
        self,
        title: impl Into<String>,
        edits: impl FnOnce() -> E,
    ) -> Self {
        let mut fix = Some((title, edits));
        self.add(Fixes::Safe, &mut || written(fix.take()?))
    }

    /// Offers edits that the user has to look at.
    pub fn suggest<E: IntoIterator<Item = Edit>>(
        self,
        title: impl Into<String>,
        edits: impl FnOnce() -> E,
    ) -> Self {
        let mut fix = Some((title, edits));
        self.add(Fixes::Suggested, &mut || written(fix.take()?))
    }

    /// Not generic, since hundreds of fixes are added with closures of their own.
    fn add(
        mut self,
        safety: Fixes,
        written: &mut dyn FnMut() -> Option<(String, Vec<Edit>)>,
    ) -> Self {
        if let Some(Open { finding, fixes, fixes_left }) = &mut self.0
            && *fixes >= safety
            && **fixes_left > 0
        {
            **fixes_left -= 1;
            if let Some((title, edits)) = written().filter(|(_, edits)| !edits.is_empty()) {
                push_exact(&mut finding.fixes, Fix { title, edits, safe: safety == Fixes::Safe });
            }
        }
        self
    }

    /// Changes how bad it is, from what the rule says.
    pub fn severity(mut self, severity: Severity) -> Self {
        if let Some(Open { finding, .. }) = &mut self.0 {
            finding.severity = severity;
        }
        self
    }

    /// Puts it on another span, when that of the node is not what the user would edit.
    pub fn at(mut self, span: Span) -> Self {
        if let Some(Open { finding, .. }) = &mut self.0 {
            finding.span = span;
        }
        self
    }

    /// Names the place as the API server does, where that follows from more than the path.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        if let Some(Open { finding, .. }) = &mut self.0 {
            (finding.path, finding.is_server_path) = (path.into(), true);
        }
        self
    }

    /// Notes that something is missing in `object`.
    pub fn missing_in(self, object: Node<'_>) -> Self {
        self.missing_within(object.span())
    }

    /// The same for a span that is no node.
    pub fn missing_within(mut self, span: Span) -> Self {
        if let Some(Open { finding, .. }) = &mut self.0 {
            finding.missing_in = Some(span);
        }
        self
    }

    /// Draws it greyed out or struck through.
    pub fn tag(mut self, tag: Tag) -> Self {
        if let Some(Open { finding, .. }) = &mut self.0 {
            finding.tag = Some(tag);
        }
        self
    }
}
