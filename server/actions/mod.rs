//! Actions: one file per code action that is not the fix of a rule.
//!
//! To add an action, write its file and run `cargo test`, as for a rule.
//!
//! Actions change a manifest on request; the repair of a fault is the fix of a rule. Only `ide` calls them;
//! they do not use files or editors.

mod action;
mod assist;
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

use crate::actions::patterns::{Choice, Refusal};
use crate::pod::{Manifest, Pod};
use crate::schema::{PodSecurity, Version};
use crate::syntax::Parse;
use crate::text::{Edit, Span};

pub use crate::actions::action::{Action, ActionCx, WorkspaceContext};
pub use crate::actions::assist::{Assist, AssistKind};

/// The manual of all actions, collected from the `//!` comments of the action files.
pub const MANUAL: &str = include_str!("README.md");

/// For how many of the selected pods there are offers: a menu of thousands is useless.
const MOST_SELECTED: usize = 8;

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
