//! The facade: what an editor or the command line can ask, in plain types; no LSP types, no files, no async.
//! A question is a method of `Document`. Called by `folder`, `cli` and `lsp`; joins what the folders above find.

mod adding;
mod allowing;
mod analysis;
mod budget;
mod completing;
mod completions;
mod content;
mod curing;
mod effect;
mod fixing;
mod harm;
mod indenting;
mod safety;
mod scope;
mod strays;
mod leaves;
mod menu;
mod naming;
mod outline;
mod picture;
mod printed;
mod renderings;
mod places;
mod parity;
mod templated;
mod widening;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::check::{Allow, Finding};
use crate::config::{Namespaces, Settings};
use crate::features::{self, Fold, FoldKind, Hint, Hover, OutlineItem};
use crate::ide::analysis::Analysis;
use crate::ide::scope::{Scope, Target};
use crate::rules;
use crate::syntax::Stream;
use crate::text::{Edit, Span, Text};

pub use crate::actions::WorkspaceContext;
pub use crate::features::{Diagram, Format as DiagramFormat, page, page_names};
pub use crate::pod::{Known, enforced as enforced_levels};
pub use crate::syntax::write::tabstops::Tabstop;
pub use adding::{
    Choice, FOLDER, FileProblem, PodPlace, Refusal, Service, Template, TemplateKind, Templates,
    is_template,
};
pub use content::Content;
pub use fixing::Done;
pub use indenting::{Indentation, Left};
pub use naming::{Named, SymbolPlace};
pub use parity::ServerReport;
pub use picture::Status;
pub use places::Keys;
pub use safety::MAY_TAKE;

/// An immutable, cheap-to-clone snapshot of one file: a stream of YAML documents.
#[derive(Clone, Debug)]
pub struct Document {
    text: Text,
    stream: Stream<Analysis>,
    scope: Scope,
}

impl Document {
    pub fn new(text: &str, settings: &Arc<Settings>) -> Self {
        Self::of_text(Text::new(text), text, settings)
    }

    /// The same for a text that is there already, and `source`, what it says.
    pub fn of_text(text: Text, source: &str, settings: &Arc<Settings>) -> Self {
        let stream = Stream::new(source, Analysis::new);
        let (target, namespaces) = (target(&stream, settings), namespaces(&stream, settings));
        let scope = Scope::new(settings, target, namespaces);
        Self { text, stream, scope }
    }

    /// The document after `edit`; what the edit does not touch is shared, not computed again.
    #[must_use]
    pub fn edited(&self, edit: &Edit) -> Self {
        let text = self.text.edited(edit);
        let stream = self.stream.edited(edit, &text, Analysis::new);
        let settings = self.settings();
        let (target, namespaces) = (target(&stream, settings), namespaces(&stream, settings));
        let scope = self.scope.with(target, namespaces);
        Self { text, stream, scope }
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    pub fn settings(&self) -> &Arc<Settings> {
        self.scope.settings()
    }

    /// How much text `findings` has yet to look at, in bytes.
    pub fn unchecked(&self) -> usize {
        let unchecked = self.analyses().filter(|it| it.is_unchecked());
        unchecked.map(|analysis| analysis.parse.tree.text().len()).sum()
    }

    /// How much text is parsed again after an edit of `span`, in bytes.
    pub fn touched(&self, span: Span) -> usize {
        let documents = self.stream.documents();
        let touched = documents.filter_map(|(start, analysis)| {
            let len = analysis.parse.tree.text().len();
            Span::new(start, start + len).touches(span).then_some(len)
        });
        touched.sum()
    }

    /// What is wrong, sorted by place. Computed once per YAML document and kept.
    pub fn findings(&self) -> Vec<Finding> {
        self.found().into_owned()
    }

    /// The same, without a copy where that can be: thousands of findings take megabytes.
    pub(crate) fn found(&self) -> Cow<'_, [Finding]> {
        let mut documents = self.stream.documents();
        match (documents.next(), documents.next()) {
            _ if self.settings().template => Cow::Owned(self.template_findings()),
            _ if self.is_foreign() => Cow::Borrowed(&[]),
            (Some((0, only)), None)
                if self.settings().rules.is_empty() && only.directives.file.is_empty() =>
            {
                only.findings(&self.scope)
            }
            _ => Cow::Owned(self.shifted_findings()),
        }
    }

    /// The findings of all documents at their places in the file, those left out that its comments
    /// allow.
    fn shifted_findings(&self) -> Vec<Finding> {
        let allowed: Vec<(usize, &Allow)> = self.allowed_in_file().collect();
        // The first of several comments about one code is the one that counts.
        let mut counts: HashMap<&str, (usize, bool)> = HashMap::new();
        for (index, (_, allow)) in allowed.iter().enumerate() {
            counts.entry(&allow.code).or_insert((index, false));
        }
        let (mut found, mut has_objects) = (Vec::new(), None);
        for (start, analysis) in self.stream.documents() {
            let stray = self.stray(analysis, &mut has_objects);
            for finding in analysis.findings(&self.scope).iter().chain(&stray) {
                match counts.get_mut(finding.code) {
                    Some((_, used)) => *used = true,
                    None => found.extend(self.scope.leveled(finding).map(|it| it.shifted(start))),
                }
            }
        }
        let is_used = |index, code| counts.get(code) == Some(&(index, true));
        for (index, (start, allow)) in allowed.iter().enumerate() {
            if !is_used(index, allow.code.as_str()) {
                let unused = rules::unused_allow(allow, self.scope.selection());
                let unused = unused.and_then(|it| self.scope.leveled(&it));
                found.extend(unused.map(|it| it.shifted(*start)));
            }
        }
        if !allowed.is_empty() {
            found.sort_by_key(|finding| finding.span);
        }
        found
    }

    /// What comments allow in the whole file, with where their document starts.
    fn allowed_in_file(&self) -> impl Iterator<Item = (usize, &Allow)> {
        self.stream.documents().flat_map(|(start, analysis)| {
            analysis.directives.file.iter().map(move |allow| (start, allow))
        })
    }

    fn analyses(&self) -> impl Iterator<Item = &Analysis> {
        self.stream.documents().map(|(_, analysis)| &**analysis)
    }

    pub fn hover(&self, offset: usize) -> Option<Hover> {
        let (start, analysis) = self.stream.document_at(offset)?;
        let hover = features::hover(&analysis.parse, offset - start)?;
        Some(Hover { span: hover.span.shifted(start), ..hover })
    }

    /// The inlay hints in `range`.
    pub fn hints(&self, range: Span) -> Vec<Hint> {
        let mut found = Vec::new();
        for (start, analysis) in self.stream.documents() {
            let end = start + analysis.parse.tree.text().len();
            if start > range.end || end < range.start {
                continue;
            }
            let inside =
                Span::new(range.start.saturating_sub(start), range.end.saturating_sub(start));
            let hints = features::hints(&analysis.parse, inside).into_iter();
            found.extend(hints.map(|hint| Hint { offset: hint.offset + start, ..hint }));
        }
        found
    }

    /// The outline of the file, document by document.
    pub fn symbols(&self) -> Vec<OutlineItem> {
        let each = self.stream.documents().flat_map(|(start, analysis)| {
            let symbols = features::symbols(&analysis.parse).into_iter();
            symbols.map(move |symbol| symbol.shifted(start))
        });
        each.collect()
    }

    /// The spans around `offset`, each within the next one, up to the whole file.
    pub fn selections(&self, offset: usize) -> Vec<Span> {
        let found = self.stream.document_at(offset);
        let mut spans = found.map_or_else(Vec::new, |(start, analysis)| {
            let inner = offset.saturating_sub(start);
            let spans = features::selections(&analysis.parse, inner).into_iter();
            spans.map(|span| span.shifted(start)).collect()
        });
        let all = Span::new(0, self.text.len());
        if spans.last() != Some(&all) {
            spans.push(all);
        }
        spans
    }

    pub fn folds(&self) -> Vec<Fold> {
        let documents: Vec<_> = self.stream.documents().collect();
        let several = documents.len() > 1;
        let mut folds = Vec::new();
        for (start, analysis) in documents {
            let text = analysis.parse.tree.text();
            if several {
                let span = Span::new(start, start + text.trim_end().len());
                folds.push(Fold { span, kind: FoldKind::Document });
            }
            let inner = features::folds(&analysis.parse).into_iter();
            folds.extend(inner.map(|fold| Fold { span: fold.span.shifted(start), ..fold }));
        }
        folds
    }
}

/// What the file is for: comments in it go before the settings.
fn target(stream: &Stream<Analysis>, settings: &Settings) -> Target {
    let (mut version, mut pod_security, mut profiles) = (None, None, settings.profiles);
    for (_, analysis) in stream.documents() {
        version = version.or(analysis.directives.version);
        pod_security = pod_security.or(analysis.directives.pod_security);
        profiles = profiles.or(analysis.directives.profiles);
    }
    Target {
        version: version.unwrap_or(settings.kubernetes_version),
        pod_security: pod_security.unwrap_or(settings.pod_security),
        profiles,
    }
}

/// What the namespaces of this file and those around it enforce; none when a comment says what the
/// file is for.
fn namespaces(stream: &Stream<Analysis>, settings: &Settings) -> Namespaces {
    let mut known = Namespaces::new();
    if stream.documents().all(|(_, it)| it.directives.pod_security.is_none()) {
        known.clone_from(&settings.namespaces);
        known.extend(stream.documents().filter_map(|(_, it)| it.enforces.clone()));
    }
    known
}
