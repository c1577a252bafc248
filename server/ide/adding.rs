//! What can be added to the pods of a file, and which pods those are.

use crate::actions::patterns::{Problem, problems};
use crate::actions::{self, Assist, AssistKind, File, WorkspaceContext};
use crate::check::{Finding, Severity};
use crate::ide::renderings::{Objection, Renderings};
use crate::ide::scope::Target;
use crate::ide::{Analysis, Document};
use crate::pod::{Manifest, Pod, Role};
use crate::syntax::{Parse, TemplateText};
use crate::text::{Edit, Span, apply};

pub use crate::actions::patterns::{
    Choice, FOLDER, FileProblem, Refusal, Service, Template, TemplateKind, Templates, is_template,
};

/// A pod of a file, and its app containers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodPlace {
    pub kind: String,
    /// Empty when it has none.
    pub name: String,
    /// Their names, and where they stand in the file.
    pub apps: Vec<(String, usize)>,
}

impl Document {
    /// What can be done at `selection` beside fixes, given what is known around the document; and what cannot
    /// be done since the file is a template, with the reason.
    pub(super) fn actions_of_pods(
        &self,
        selection: Span,
        workspace: WorkspaceContext<'_>,
    ) -> (Vec<Assist>, Vec<(Assist, &'static str)>) {
        let (mut assists, mut refused) = (Vec::new(), Vec::new());
        for (assist, objection) in self.checked_assists(selection, workspace) {
            match objection {
                None => assists.push(assist),
                Some(objection) => refused.push((assist, objection.reason())),
            }
        }
        (assists, refused)
    }

    fn checked_assists(
        &self,
        selection: Span,
        workspace: WorkspaceContext<'_>,
    ) -> Vec<(Assist, Option<Objection>)> {
        let assists = self.in_file(selection, workspace, |file, selection, workspace| {
            actions::run(file, selection, workspace)
        });
        let adds = |assist: &Assist| assist.kind == AssistKind::Refactor;
        self.checked_by_rendering(selection, assists, |it| (&it.edits, adds(it)))
    }

    /// The conversions at `place` that may cure a finding of `code`. None in a template, where a line can
    /// stand for several.
    pub(super) fn curing(
        &self,
        place: Span,
        code: &str,
        workspace: WorkspaceContext<'_>,
    ) -> Vec<Assist> {
        if self.has_actions() {
            return Vec::new();
        }
        self.in_file(place, workspace, |file, place, workspace| {
            actions::cures(file, place, workspace, code)
        })
    }

    /// All containers that can be added to the pod around `selection`, those that fit it first.
    pub fn choices(&self, selection: Span, workspace: WorkspaceContext<'_>) -> Vec<Choice> {
        let choices = self.checked_choices(selection, workspace).into_iter();
        choices.filter(|(_, objection)| objection.is_none()).map(|(choice, _)| choice).collect()
    }

    fn checked_choices(
        &self,
        selection: Span,
        workspace: WorkspaceContext<'_>,
    ) -> Vec<(Choice, Option<Objection>)> {
        let choices = self.in_file(selection, workspace, |file, selection, workspace| {
            actions::choices(file, selection, workspace)
        });
        self.checked_by_rendering(selection, choices, |it| (&it.edits, true))
    }

    /// All of them, with what speaks against those of which the edits are not right however a template is
    /// rendered. `edits` gives them, and whether they only add.
    fn checked_by_rendering<T>(
        &self,
        selection: Span,
        all: Vec<T>,
        edits: impl Fn(&T) -> (&[Edit], bool),
    ) -> Vec<(T, Option<Objection>)> {
        if all.is_empty() || !self.has_actions() {
            return all.into_iter().map(|it| (it, None)).collect();
        }
        let renderings = self.renderings(selection);
        let safety = |it: T| {
            let (edits, adds) = edits(&it);
            let objection = match &renderings {
                Some(renderings) => renderings.objection(edits, adds),
                None => Some(Objection::Unknown),
            };
            (it, objection)
        };
        all.into_iter().map(safety).collect()
    }

    /// What the engine makes of this template with the pod around `selection`.
    fn renderings(&self, selection: Span) -> Option<Renderings> {
        let (start, analysis) = self.stream.document_at(selection.start)?;
        let text = self.text.to_string();
        let own = text.get(start..start + analysis.parse.tree.text().len())?;
        let containers = start + own.find("containers:").unwrap_or_default();
        Renderings::of(&text, containers, self.settings())
    }

    /// Why the template `name` is not among the choices there, if it is not.
    pub fn refusal(
        &self,
        selection: Span,
        workspace: WorkspaceContext<'_>,
        name: &str,
    ) -> Option<Refusal> {
        let refusal = self.in_file(selection, workspace, |file, selection, workspace| {
            actions::refusal(file, selection, workspace, name)
        });
        if refusal.is_some() || !self.has_actions() {
            return refusal;
        }
        let mut checked = self.checked_choices(selection, workspace).into_iter();
        let objection =
            checked.find(|(it, _)| it.name == name).and_then(|(_, objection)| objection);
        objection.map(|it| Refusal::Rendered(it.reason()))
    }

    /// Why nothing of `pattern` is among the choices there, if that is since the file is a template.
    pub fn refused_pattern(
        &self,
        selection: Span,
        workspace: WorkspaceContext<'_>,
        pattern: TemplateKind,
    ) -> Option<&'static str> {
        let checked = self.checked_choices(selection, workspace).into_iter();
        let mut refused = checked.filter(|(it, _)| it.pattern == pattern);
        refused.find_map(|(_, objection)| objection).map(Objection::reason)
    }

    /// Whether a template engine would change something in it.
    fn has_actions(&self) -> bool {
        self.analyses().any(|it| TemplateText::has_actions(it.parse.tree.text()))
    }

    /// The findings of a file that is a template for containers to add.
    pub(super) fn template_findings(&self) -> Vec<Finding> {
        let finding = |problem: Problem| {
            Finding::new("template", Severity::Error, problem.span, problem.message)
        };
        problems(&self.text.to_string()).into_iter().map(finding).collect()
    }

    /// The document after `edits`, or the errors that it would have and does not have now.
    pub fn after_edits(&self, edits: &[Edit]) -> Result<Self, Vec<String>> {
        let next = Self::new(&apply(&self.text.to_string(), edits), self.settings());
        let errors = |of: &Self| {
            let found = of.found();
            let errors = found.iter().filter(|it| it.severity == Severity::Error);
            errors.map(|it| it.message.clone()).collect::<Vec<_>>()
        };
        let before = errors(self);
        let new: Vec<_> = errors(&next).into_iter().filter(|it| !before.contains(it)).collect();
        if new.is_empty() && next.faults() <= self.faults() { Ok(next) } else { Err(new) }
    }

    fn in_file<T: Default>(
        &self,
        selection: Span,
        workspace: WorkspaceContext<'_>,
        ask: impl FnOnce(&File<'_>, Span, WorkspaceContext<'_>) -> T,
    ) -> T {
        let Some((start, analysis)) = self.stream.document_at(selection.start) else {
            return T::default();
        };
        let all = self.stream.documents();
        let documents: Vec<(usize, &Parse)> = all.map(|(start, it)| (start, &it.parse)).collect();
        let index = documents.iter().position(|(it, _)| *it == start).unwrap_or_default();
        let from = selection.start - start;
        let inside = Span::new(from, selection.end.saturating_sub(start).max(from));
        // The Services of this file come first: they are nearer to its pods than those of others.
        let mut services = self.services();
        for service in workspace.services {
            if !services.contains(service) {
                services.push(service.clone());
            }
        }
        let workspace = WorkspaceContext { services: &services, ..workspace };
        let Target { version, pod_security, .. } = self.scope.target_of(&analysis.parse);
        ask(&File { documents: &documents, index, version, pod_security }, inside, workspace)
    }

    /// The Services of the file.
    pub fn services(&self) -> Vec<Service> {
        self.analyses().filter_map(|analysis| Service::of(&analysis.parse)).collect()
    }

    /// The pods of the file that have an app.
    pub fn pods(&self) -> Vec<PodPlace> {
        let each = self.stream.documents().flat_map(|(start, analysis)| of(start, analysis));
        each.collect()
    }
}

fn of(start: usize, analysis: &Analysis) -> Vec<PodPlace> {
    let mut found = Vec::new();
    for manifest in Manifest::all(&analysis.parse) {
        for pod in Pod::all(&manifest) {
            let apps = pod.containers.iter().filter(|it| it.role == Role::App);
            let apps: Vec<_> =
                apps.map(|it| (it.name().to_owned(), start + it.node.span().start)).collect();
            let name = manifest.name().unwrap_or_default().to_owned();
            let place = PodPlace { kind: manifest.kind.to_owned(), name, apps };
            found.extend((!place.apps.is_empty()).then_some(place));
        }
    }
    found
}
