//! Actions: one file per code action that is not the fix of a rule.
//!
//! To add an action, write its file and run `cargo test`, as for a rule.

pub mod fixes;
pub mod indent;
mod patterns;
mod route_service;

// <written by tests/it/generate.rs>
mod add_adapter;
mod add_ambassador;
mod add_init_container;
mod add_sidecar;
mod convert {
    mod lines;
    pub(super) mod move_container;
    mod relist;
    pub(super) mod split_container;
    mod template;
    pub(super) mod to_container;
    pub(super) mod to_init_container;
    pub(super) mod to_sidecar;
    pub(super) mod unwrap_pod;
    pub(super) mod use_ambassador;
    pub(super) mod wrap_pod;
}

#[rustfmt::skip]
pub static ALL: &[&Action] = &[
    &add_adapter::ACTION,
    &add_ambassador::ACTION,
    &add_init_container::ACTION,
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

use crate::pod::{Container, Manifest, Pod, Role};
use crate::schema::Version;
use crate::syntax::lines::{line_end, line_start};
use crate::syntax::{Kind, Node, Parse};
use crate::text::{Edit, Span};

/// The manual of all actions, collected from the `//!` comments of the action files.
pub const MANUAL: &str = include_str!("README.md");

/// A code action.
pub struct Action {
    /// The file name in kebab-case.
    pub id: &'static str,
    /// What can be done here; nothing where the action does not apply.
    pub run: fn(&ActionCx<'_>) -> Vec<Offer>,
}

/// What an action may look at.
pub struct ActionCx<'a> {
    pub pod: &'a Pod<'a>,
    pub selection: Span,
    pub version: Version,
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
        // Many editors put the cursor at the start of a line, in front of the dash of a container.
        let inside = |node: Node<'a>| {
            let span = node.span();
            let start = line_start(node.tree().text().as_bytes(), span.start);
            Span::new(start, span.end).touches(self.selection)
        };
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
}

/// What an editor lists in its menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub id: &'static str,
    pub title: String,
    pub kind: OfferKind,
    pub edits: Vec<Edit>,
    /// For a fix: which finding of `Document::findings` it removes.
    pub finding: Option<usize>,
    pub preferred: bool,
}

impl Offer {
    /// An offer that writes what is there in another way.
    pub(crate) fn rewrite(id: &'static str, title: String, edits: Vec<Edit>) -> Self {
        Self { id, title, kind: OfferKind::RefactorRewrite, edits, finding: None, preferred: false }
    }
}

/// The group of the menu in which an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferKind {
    QuickFix,
    /// A quick fix for text that has no findings of its own to fix.
    RepairIndentation,
    Refactor,
    RefactorRewrite,
    SourceFixAll,
}

/// What can be done at `selection` in the document at `index`, one of those of a file, each with the
/// place where it starts. `selection` is within the document; the edits are those of the file.
pub fn run_in_file(
    documents: &[(usize, &Parse)],
    index: usize,
    selection: Span,
    version: Version,
) -> Vec<Offer> {
    let Some((start, parse)) = documents.get(index) else { return Vec::new() };
    let mut offers = run(parse, selection, version);
    for edit in offers.iter_mut().flat_map(|offer| &mut offer.edits) {
        edit.span = edit.span.shifted(*start);
    }
    let services = route_service::services(documents);
    for manifest in Manifest::all(parse).iter().filter(|_| !services.is_empty()) {
        for pod in Pod::all(manifest) {
            let cx = ActionCx { pod: &pod, selection, version };
            offers.extend(route_service::offers(&cx, &services));
        }
    }
    offers
}

/// What can be done at `selection` in a document.
pub fn run(parse: &Parse, selection: Span, version: Version) -> Vec<Offer> {
    let mut offers = Vec::new();
    for manifest in Manifest::all(parse) {
        if !manifest.root.span().touches(selection) {
            continue;
        }
        for pod in Pod::all(&manifest) {
            let cx = ActionCx { pod: &pod, selection, version };
            offers.extend(ALL.iter().flat_map(|action| (action.run)(&cx)));
        }
    }
    offers
}
