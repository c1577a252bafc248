//! Actions: one file per code action that is not the fix of a rule.
//!
//! To add an action, write its file and run `cargo test`, as for a rule.
//!
//! Actions change a manifest on request; the repair of a fault is the fix of a rule. Only `ide` calls them;
//! they do not use files or editors.

mod convert;
pub mod fixes;
pub mod indent;
pub mod menu;
pub mod patterns;
mod route_service;

// <written by tests/it/generate.rs>
mod add_adapter;
mod add_ambassador;
mod add_init_container;
mod add_proxy;
mod add_sidecar;

/// All actions.
pub static ALL: &[&Action] = &[
    &add_adapter::ACTION,
    &add_ambassador::ACTION,
    &add_init_container::ACTION,
    &add_proxy::ACTION,
    &add_sidecar::ACTION,
    &convert::move_container::ACTION,
    &convert::split_container::ACTION,
    &convert::to_container::ACTION,
    &convert::to_init_container::ACTION,
    &convert::to_sidecar::ACTION,
    &convert::unwrap_pod::ACTION,
    &convert::use_ambassador::ACTION,
    &convert::wrap_pod::ACTION,
];
// </written>

use std::cell::OnceCell;

use crate::actions::patterns::{Added, Choice, Refusal, Service, TemplateList, Templates};
use crate::pod::{Container, ContainerRole, Manifest, Pod, Role};
use crate::schema::{PodSecurity, Version};
use crate::syntax::lines::{line_end, line_start};
use crate::syntax::write::tabstops::Tabstop;
use crate::syntax::{Kind, Node, Parse};
use crate::text::{Edit, Span};

/// The manual of all actions, collected from the `//!` comments of the action files.
pub const MANUAL: &str = include_str!("README.md");

/// A code action.
pub struct Action {
    /// The file name in kebab-case.
    pub id: &'static str,
    /// The offers at this place; empty if the action does not apply.
    pub run: fn(&ActionCx<'_>) -> Vec<Assist>,
    /// The codes of the findings that its first offer may cure.
    pub cures: &'static [&'static str],
}

/// For how many of the selected pods there are offers: a menu of thousands is useless.
const MOST_SELECTED: usize = 8;

/// The input of an action.
pub struct ActionCx<'a> {
    pub pod: &'a Pod<'a>,
    pub selection: Span,
    pub version: Version,
    /// The Pod Security level of the namespace.
    pub pod_security: PodSecurity,
    /// The containers that can be added.
    pub templates: &'a Templates,
    /// The Services that are known.
    pub services: &'a [Service],
    /// The documents of the file, and where each starts; `start` is that of the pod's own.
    pub documents: &'a [(usize, &'a Parse)],
    pub start: usize,
    /// What each container is for, computed when it is first needed.
    roles: OnceCell<Vec<ContainerRole<'a>>>,
}

/// The input of actions apart from the document.
#[derive(Clone, Copy, Debug)]
pub struct WorkspaceContext<'a> {
    pub templates: &'a Templates,
    pub services: &'a [Service],
    /// Whether the editor can show a list of templates to choose from.
    pub opens_lists: bool,
}

impl Default for WorkspaceContext<'_> {
    fn default() -> Self {
        Self { templates: Templates::built_in(), services: &[], opens_lists: false }
    }
}

impl<'a> ActionCx<'a> {
    /// The container that the selection means: it is on its first line, or at its name or image. Not
    /// where aliases are, since what moves may have to stay behind its anchor.
    pub(crate) fn picked(&self) -> Option<Container<'a>> {
        let at = |container: &&Container<'a>| {
            let node = container.node;
            let bytes = node.tree().text().as_bytes();
            let start = line_start(bytes, node.span().start);
            let end = line_end(bytes, node.span().start).min(node.span().end);
            let entries = ["name", "image"].into_iter().filter_map(|key| node.entry(key));
            let mut spans = entries.map(|it| Span::new(it.key.span().start, it.value.span().end));
            Span::new(start, end).touches(self.selection)
                || spans.any(|span| span.touches(self.selection))
        };
        let lasting = |it: &&Container<'a>| it.role != Role::Ephemeral;
        let mut found = self.pod.containers.iter().filter(lasting).filter(at);
        let found = found.next_back().copied()?;
        let list = found.node.parent().filter(|it| it.is_seq())?;
        let own = self.pod.spec.get(found.role.list()) == Some(list);
        let aliased = list.tree().nodes().any(|it| it.kind() == Kind::Alias);
        (own && !aliased).then_some(found)
    }

    /// The app container that the selection means, if it is at a place where containers can be
    /// added: in a container, or at the keys `spec`, `containers` and `initContainers`.
    pub(crate) fn app(&self) -> Option<Container<'a>> {
        let inside = |node: Node<'a>| self.is_in(node);
        let at_key = |key: Node<'a>| inside(key);
        let lists = ["containers", "initContainers"];
        let mut keys = lists.iter().filter_map(|list| self.pod.spec.entry(list)).map(|it| it.key);
        let here = self.pod.spec.key().is_some_and(at_key)
            || keys.any(at_key)
            || self.pod.containers.iter().any(|it| inside(it.node));
        if !here {
            return None;
        }
        patterns::app_of(self.pod, inside)
    }

    /// What each container of the pod is for.
    pub(crate) fn roles(&self) -> &[ContainerRole<'a>] {
        self.roles.get_or_init(|| self.pod.container_roles())
    }

    /// An offer that rewrites existing text; the edits count from the start of the document.
    pub(crate) fn rewrite(&self, id: &'static str, title: String, edits: Vec<Edit>) -> Assist {
        let shifted = |edit: Edit| Edit { span: edit.span.shifted(self.start), ..edit };
        Assist::rewrite(id, title, edits.into_iter().map(shifted).collect())
    }

    /// Whether the selection is in `node`. Many editors put the cursor at the start of a line, in
    /// front of the dash of a container.
    fn is_in(&self, node: Node<'_>) -> bool {
        let span = node.span();
        let start = line_start(node.tree().text().as_bytes(), span.start);
        Span::new(start, span.end).touches(self.selection)
    }
}

/// An entry of an editor's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assist {
    pub id: &'static str,
    pub title: String,
    pub kind: AssistKind,
    pub edits: Vec<Edit>,
    /// The places in the edits that the user is to fill in, with the index of their edit.
    pub tabstops: Vec<(usize, Tabstop)>,
    /// For a fix: which finding of `Document::findings` it removes.
    pub finding: Option<usize>,
    pub preferred: bool,
    /// The template that it adds.
    pub adds: Option<Added>,
    /// The list that it opens instead of editing.
    pub opens: Option<TemplateList>,
}

impl Assist {
    /// An offer that rewrites existing text; the edits count from the start of the file.
    fn rewrite(id: &'static str, title: String, edits: Vec<Edit>) -> Self {
        Self::new(id, AssistKind::RefactorRewrite, title, edits)
    }

    fn new(id: &'static str, kind: AssistKind, title: String, edits: Vec<Edit>) -> Self {
        let (tabstops, finding, preferred) = (Vec::new(), None, false);
        Self { id, title, kind, edits, tabstops, finding, preferred, adds: None, opens: None }
    }
}

/// The group of an offer in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssistKind {
    QuickFix,
    /// A quick fix for text that has no findings of its own to fix.
    RepairIndentation,
    Refactor,
    RefactorRewrite,
    SourceFixAll,
}

/// A file for which actions are offered: its documents with their starts, and the index of the one
/// with the selection.
pub struct File<'a> {
    pub documents: &'a [(usize, &'a Parse)],
    pub index: usize,
    /// What the file is for.
    pub version: Version,
    pub pod_security: PodSecurity,
}

/// The offers at `selection`, which counts from the start of the document; the edits count from the
/// start of the file.
pub fn run(file: &File<'_>, selection: Span, workspace: WorkspaceContext<'_>) -> Vec<Assist> {
    let services = route_service::services(file.documents);
    let mut assists = Vec::new();
    at_pods(file, selection, workspace, |cx| {
        assists.extend(ALL.iter().flat_map(|action| (action.run)(cx)));
        assists.extend(route_service::assists(cx, &services));
    });
    assists.retain(|assist| are_apart(&assist.edits));
    assists
}

/// The number of variables of a pod for which `cures` tries the actions.
const MOST_VARIABLES: usize = 64;

/// The first offer of each action that may cure a finding of `code` in the container at `selection`: for that
/// container, or for a variable of the pod.
pub fn cures(
    file: &File<'_>,
    selection: Span,
    workspace: WorkspaceContext<'_>,
    code: &str,
) -> Vec<Assist> {
    let mut assists = Vec::new();
    at_pods(file, selection, workspace, |cx| {
        let curing: Vec<_> = ALL.iter().filter(|action| action.cures.contains(&code)).collect();
        let here = cx.pod.containers.iter().map(|it| it.node.span());
        let here = here.filter(|span| span.touches(selection)).map(|span| Span::at(span.start));
        let variables = cx.pod.containers.iter().flat_map(|it| it.items("env"));
        let values = variables.filter_map(|it| Some(it.field("value")?.content_span()));
        for selection in here.chain(values.take(MOST_VARIABLES)) {
            let cx = ActionCx { selection, roles: OnceCell::new(), ..*cx };
            assists.extend(curing.iter().filter_map(|it| (it.run)(&cx).into_iter().next()));
        }
    });
    assists.retain(|assist| are_apart(&assist.edits));
    assists
}

/// Whether an action may cure findings of `code`.
pub fn is_curable(code: &str) -> bool {
    ALL.iter().any(|action| action.cures.contains(&code))
}

/// Whether no two edits touch the same text. In text that is not YAML a container can lie in another one,
/// and then the two cannot change places.
fn are_apart(edits: &[Edit]) -> bool {
    let mut spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
    spans.sort();
    spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// All containers that can be added to the pod around `selection`, wherever in its manifest that is.
pub fn choices(file: &File<'_>, selection: Span, workspace: WorkspaceContext<'_>) -> Vec<Choice> {
    let mut choices = Vec::new();
    at_pods(file, within(file, selection), workspace, |cx| {
        let app = patterns::app_of(cx.pod, |node| cx.is_in(node));
        // A manifest of a custom kind may contain several pods; the first one is used.
        if let Some(app) = app.filter(|_| choices.is_empty()) {
            choices = patterns::choices(cx, app);
        }
    });
    choices
}

/// Why the template `name` is not among the choices there, if it is not.
pub fn refusal(
    file: &File<'_>,
    selection: Span,
    workspace: WorkspaceContext<'_>,
    name: &str,
) -> Option<Refusal> {
    let mut refusal = None;
    at_pods(file, within(file, selection), workspace, |cx| {
        if let Some(app) = patterns::app_of(cx.pod, |node| cx.is_in(node)) {
            refusal = refusal.or_else(|| patterns::refusal(cx, app, name));
        }
    });
    refusal
}

/// `selection`, or the manifest if it is the only one: a comment above it belongs to it.
fn within(file: &File<'_>, selection: Span) -> Span {
    let Some((_, parse)) = file.documents.get(file.index) else { return selection };
    match Manifest::all(parse).as_slice() {
        [only] if !only.root.span().touches(selection) => Span::at(only.root.span().start),
        _ => selection,
    }
}

fn at_pods(
    file: &File<'_>,
    selection: Span,
    workspace: WorkspaceContext<'_>,
    mut each: impl FnMut(&ActionCx<'_>),
) {
    let Some((start, parse)) = file.documents.get(file.index).copied() else { return };
    let WorkspaceContext { templates, services, .. } = workspace;
    let File { documents, version, pod_security, .. } = *file;
    let manifests = Manifest::all(parse);
    let selected = manifests.iter().filter(|it| it.root.span().touches(selection));
    for manifest in selected.take(MOST_SELECTED) {
        for pod in Pod::all(manifest).iter().take(MOST_SELECTED) {
            each(&ActionCx {
                pod,
                selection,
                version,
                pod_security,
                templates,
                services,
                documents,
                start,
                roles: OnceCell::new(),
            });
        }
    }
}
