//! Where rules put what they find.

use crate::formats::placeholder::is_filled_in;
use crate::rules::broken_lines::BrokenLines;
use crate::rules::server_path::server_path;
use crate::rules::tally::Tally;
use crate::rules::{Echo, Finding, Fix, Related, Rule, Severity, Tag};
use crate::schema::Version;
use crate::syntax::{Node, Parse};
use crate::text::{Edit, Span};

/// How many fixes are worked out for one document: each can mean a look at all of it. Whoever fixes so
/// many gets the next ones then.
const MOST_FIXES: usize = 500;

/// The findings of one document, and what rules may know about it.
pub struct Findings<'a> {
    pub parse: &'a Parse,
    /// The Kubernetes version that the manifest is for.
    pub version: Version,
    /// Whether the file is a patch or the like: what it says is merged into, or compared with,
    /// something else.
    pub partial: bool,
    found: Vec<Finding>,
    rule: &'static Rule,
    /// Whether what is missing in the object at hand is missing.
    whole: bool,
    broken: BrokenLines,
    tally: Tally,
    /// How many more findings get fixes.
    fixes_left: usize,
}

impl<'a> Findings<'a> {
    pub(super) fn new(parse: &'a Parse, version: Version, rule: &'static Rule) -> Self {
        let broken = BrokenLines::of(parse);
        Self {
            parse,
            version,
            partial: false,
            found: Vec::new(),
            rule,
            whole: true,
            broken,
            tally: Tally::new(parse.tree.text().len()),
            fixes_left: MOST_FIXES,
        }
    }

    pub(super) fn set_rule(&mut self, rule: &'static Rule) {
        self.rule = rule;
    }

    pub(super) fn set_whole(&mut self, whole: bool) {
        self.whole = whole;
    }

    /// The rule that is running.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// Whether further findings of the rule that is running are only counted, so that nobody reads what
    /// they say.
    pub fn is_full(&self) -> bool {
        self.tally.is_full(self.rule.code)
    }

    /// What was found, and how much of it.
    pub(super) fn into_found(self) -> (Vec<Finding>, Tally) {
        (self.found, self.tally)
    }

    /// Reports a fault of `node` itself. Nothing is reported where a template's placeholder
    /// stands, nor on a line that is not YAML: its faults follow from that. What lies deeper than any
    /// object of Kubernetes is not reported one by one.
    pub fn report(&mut self, node: Node<'_>, message: impl Into<String>) -> DiagnosticBuilder<'_> {
        let follows = node.text().is_some_and(is_filled_in)
            || node.is_too_deep()
            || self.broken.are_near(node.head_span(), 0);
        if follows {
            return self.nothing();
        }
        self.push(node.head_span(), || node.path(), message.into())
    }

    /// Reports a map or list as a whole: at its key, if it has one.
    pub fn report_key(
        &mut self,
        node: Node<'_>,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        self.report(node.key().unwrap_or(node), message)
    }

    /// Reports `node` for something that is not there. Says nothing in partial objects and close
    /// to lines that are not YAML, where it may be there after all.
    pub fn report_absence(
        &mut self,
        node: Node<'_>,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        if !self.knows_absence(node) {
            return self.nothing();
        }
        self.report(node, message)
    }

    /// Reports that `object` lacks `field`. The place is the key of `object`; of an item its
    /// first key.
    pub fn missing(
        &mut self,
        object: Node<'_>,
        field: &str,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        if !self.knows_absence(object) {
            return self.nothing();
        }
        let path = || {
            let path = object.path();
            let dot = if path.is_empty() { "" } else { "." };
            format!("{path}{dot}{field}")
        };
        self.push(head(object), path, message.into())
    }

    /// Reports that `field` of `object` is absent or null.
    pub fn unset(
        &mut self,
        object: Node<'_>,
        field: &str,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        match object.entry(field) {
            Some(entry) => self.report_absence(entry.key, message),
            None => self.missing(object, field, message),
        }
    }

    /// Reports that `holder` lacks what `path` leads to, at the innermost map on the way that is
    /// there.
    pub fn lacking(
        &mut self,
        holder: Node<'_>,
        path: &[&str],
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        let (mut node, mut rest) = (holder, path);
        while let [first, more @ ..] = rest
            && !more.is_empty()
            && let Some(inner) = node.field(first).filter(|inner| inner.is_map())
        {
            (node, rest) = (inner, more);
        }
        self.missing(node, &rest.join("."), message)
    }

    /// Reports a span that no node has, such as one of broken YAML.
    pub fn report_span(&mut self, span: Span, message: impl Into<String>) -> DiagnosticBuilder<'_> {
        self.push(span, String::new, message.into())
    }

    /// Whether something that is not in `node` is certainly missing.
    pub fn knows_absence(&self, node: Node<'_>) -> bool {
        if !self.whole || node.is_too_deep() || self.broken.are_near(node.span(), 1) {
            return false;
        }
        !node.ancestors().any(|it| it.text().is_some_and(is_filled_in))
    }

    /// What is not reported after all.
    fn nothing(&mut self) -> DiagnosticBuilder<'_> {
        DiagnosticBuilder(None, &mut self.fixes_left)
    }

    fn push(
        &mut self,
        span: Span,
        path: impl FnOnce() -> String,
        message: String,
    ) -> DiagnosticBuilder<'_> {
        if !self.tally.lists(self.rule.code) {
            return self.nothing();
        }
        self.found.push(Finding {
            code: self.rule.code,
            severity: self.rule.severity,
            span,
            path: server_path(self.rule.code, path()),
            message,
            related: Vec::new(),
            echoes: Vec::new(),
            fixes: Vec::new(),
            tag: None,
            unlisted: 0,
        });
        DiagnosticBuilder(self.found.last_mut(), &mut self.fixes_left)
    }
}

/// The smallest span that stands for a map or list: its key, or the first key of an item.
fn head(object: Node<'_>) -> Span {
    let first = object.entries().next().map(|entry| entry.key);
    match object.key().or(first) {
        Some(key) => key.content_span(),
        None => object.head_span(),
    }
}

/// A finding that may still be added to; nothing when it was not reported after all.
pub struct DiagnosticBuilder<'a>(Option<&'a mut Finding>, &'a mut usize);

impl DiagnosticBuilder<'_> {
    /// Points at another place.
    pub fn related(mut self, node: Node<'_>, message: impl Into<String>) -> Self {
        if let Some(finding) = &mut self.0 {
            let message = message.into();
            finding.related.push(Related { span: node.head_span(), message });
        }
        self
    }

    /// Notes that the server reports the fault at `path` too, in or near `node`.
    pub fn echo(mut self, node: Node<'_>, path: impl Into<String>) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.echoes.push(Echo { span: head(node), path: path.into() });
        }
        self
    }

    /// Offers edits that change nothing but the fault.
    pub fn fix<E: IntoIterator<Item = Edit>>(
        self,
        title: impl Into<String>,
        edits: impl FnOnce() -> E,
    ) -> Self {
        self.offer(title, edits, true)
    }

    /// Offers edits that the user has to look at.
    pub fn suggest<E: IntoIterator<Item = Edit>>(
        self,
        title: impl Into<String>,
        edits: impl FnOnce() -> E,
    ) -> Self {
        self.offer(title, edits, false)
    }

    fn offer<E: IntoIterator<Item = Edit>>(
        mut self,
        title: impl Into<String>,
        edits: impl FnOnce() -> E,
        safe: bool,
    ) -> Self {
        if let Some(finding) = &mut self.0
            && *self.1 > 0
        {
            *self.1 -= 1;
            let edits: Vec<_> = edits().into_iter().collect();
            if !edits.is_empty() {
                finding.fixes.push(Fix { title: title.into(), edits, safe });
            }
        }
        self
    }

    /// Changes how bad it is, from what the rule says.
    pub fn severity(mut self, severity: Severity) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.severity = severity;
        }
        self
    }

    /// Puts it on another span, when that of the node is not what the user would edit.
    pub fn at(mut self, span: Span) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.span = span;
        }
        self
    }

    /// Names the place as the API server does, where that follows from more than the path.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.path = path.into();
        }
        self
    }

    /// Draws it greyed out or struck through.
    pub fn tag(mut self, tag: Tag) -> Self {
        if let Some(finding) = &mut self.0 {
            finding.tag = Some(tag);
        }
        self
    }
}
