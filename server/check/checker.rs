//! What rules read, and how they report.

use crate::check::Finding;
use crate::check::broken_lines::BrokenLines;
use crate::check::findings::{DiagnosticBuilder, Findings, Source, head};
use crate::formats::placeholder::is_filled_in;
use crate::schema::Version;
use crate::syntax::faults::missing_space;
use crate::syntax::slips::is_curly_quoted;
use crate::syntax::{Node, Parse};
use crate::text::Span;

/// What the rule that is running may know of a document, and the way to what it finds.
pub struct Checker<'a> {
    pub parse: &'a Parse,
    /// The Kubernetes version that the manifest is for.
    pub version: Version,
    /// Whether the file is a patch or the like: what it says is merged into, or compared with,
    /// something else.
    pub fragment: bool,
    /// The rule that is running.
    rule: Source,
    /// Whether what is missing in the object at hand is missing.
    complete: bool,
    broken: BrokenLines,
    findings: Findings,
}

impl<'a> Checker<'a> {
    /// For rules over one document, of which `rule` is the first.
    pub(super) fn new(parse: &'a Parse, version: Version, fragment: bool, rule: Source) -> Self {
        let (broken, findings) = (BrokenLines::of(parse), Findings::new(parse.tree.text().len()));
        Self { parse, version, fragment, rule, complete: true, broken, findings }
    }

    pub(super) fn set_rule(&mut self, rule: Source) {
        self.rule = rule;
    }

    pub(super) fn set_complete(&mut self, complete: bool) {
        self.complete = complete;
    }

    /// Whether further findings of the rule that is running are only counted, so that nobody reads what
    /// they say.
    pub fn is_full(&self) -> bool {
        self.findings.is_full(self.rule)
    }

    /// What was found, sorted by place.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings.sorted()
    }

    /// Reports a fault of `node` itself. Nothing is reported where a template's placeholder
    /// stands, nor on a line that is not YAML: its faults follow from that. What lies deeper than any
    /// object of Kubernetes is not reported one by one.
    pub fn report(&mut self, node: Node<'_>, message: impl Into<String>) -> DiagnosticBuilder<'_> {
        let follows = node.text().is_some_and(is_filled_in)
            || node.is_too_deep()
            || missing_space(node).is_some()
            || self.broken.are_near(node.head_span(), 0);
        if follows {
            return DiagnosticBuilder::none();
        }
        // A fix of such a value would keep the curly quotes in it.
        let curly = !node.is_key() && node.text().is_some_and(is_curly_quoted);
        let diagnostic =
            self.findings.push(self.rule, node.head_span(), || node.path(), message.into());
        if curly { diagnostic.without_fixes() } else { diagnostic }
    }

    /// Reports a map or list as a whole: at its key, if it has one.
    pub fn report_key(
        &mut self,
        node: Node<'_>,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        self.report(node.key().unwrap_or(node), message)
    }

    /// Reports at `node` that something is missing: in `node`, or in the map or list around a scalar, unless
    /// `missing_in` names another object. Reports nothing in partial objects and near lines that are not YAML,
    /// where it may exist.
    pub fn report_absence(
        &mut self,
        node: Node<'_>,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        if !self.knows_absence(node) {
            return DiagnosticBuilder::none();
        }
        let holds = |node: Node<'_>| !node.is_key() && (node.is_map() || node.is_seq());
        let object = if holds(node) { Some(node) } else { node.parent() };
        self.report(node, message).missing_in(object.unwrap_or(node))
    }

    /// Reports that `object` lacks what `path` leads to, such as `securityContext.privileged`, at the
    /// innermost map on the way that is there: at its key, or at the first key of an item.
    pub fn missing(
        &mut self,
        object: Node<'_>,
        path: &str,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        let (mut object, mut field) = (object, path);
        while let Some((first, behind)) = field.split_once('.')
            && let Some(inner) = object.field(first).filter(|inner| inner.is_map())
        {
            (object, field) = (inner, behind);
        }
        if !self.knows_absence(object) {
            return DiagnosticBuilder::none();
        }
        let path = || {
            let path = object.path();
            let dot = if path.is_empty() { "" } else { "." };
            format!("{path}{dot}{field}")
        };
        self.findings.push(self.rule, head(object), path, message.into()).missing_in(object)
    }

    /// Reports that `field` of `object` is absent, or null: at its key, then.
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

    /// Reports a span that no node has, such as one of broken YAML.
    pub fn report_span(&mut self, span: Span, message: impl Into<String>) -> DiagnosticBuilder<'_> {
        self.findings.push(self.rule, span, String::new, message.into())
    }

    /// Whether something that is not in `node` is certainly missing.
    pub fn knows_absence(&self, node: Node<'_>) -> bool {
        if !self.complete || node.is_too_deep() || self.broken.are_near(node.span(), 1) {
            return false;
        }
        // The missing field may be there, without the space after its colon.
        if node.kind().is_flow() && node.entries().any(|it| missing_space(it.key).is_some()) {
            return false;
        }
        !node.ancestors().any(|it| it.text().is_some_and(is_filled_in))
    }
}
