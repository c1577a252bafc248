//! Names across files: in the documents that are open and in those beside them.

use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::*;

use crate::config::Settings;
use crate::folder::{manifests_beside, manifests_with};
use crate::ide::{Document, NamePlace, Named};
use crate::lsp::convert;
use crate::lsp::session::Session;
use crate::lsp::snapshot::Snapshot;

impl Session {
    /// Where the thing is made that the name at `place` stands for: in this document, else in others.
    pub(super) async fn definitions(
        &self,
        place: &TextDocumentPositionParams,
    ) -> Result<Vec<Location>> {
        let mut found = self.named_places(place, |it| it.is_definition).await?;
        // Bases and overlays repeat names; what stands in the same file is meant.
        let uri = &place.text_document.uri;
        if found.iter().any(|it| it.uri == *uri) {
            found.retain(|it| it.uri == *uri);
        }
        Ok(found)
    }

    /// The places that name what stands at `place`, as far as they are `wanted`: in this document, and
    /// in others when the whole cluster knows the thing.
    pub(super) async fn named_places(
        &self,
        place: &TextDocumentPositionParams,
        wanted: impl Fn(&NamePlace) -> bool + Send + 'static,
    ) -> Result<Vec<Location>> {
        let (uri, position) = (&place.text_document.uri, place.position);
        let others = self.state().others(uri);
        let found = self.answer(uri, move |document| {
            let Some(named) = named(document, position) else { return Vec::new() };
            let mut found = Vec::new();
            for (document, mut places) in everywhere(document, &named, others) {
                places.retain(&wanted);
                found.extend(convert::locations(&document, &places));
            }
            found
        });
        Ok(found.await?.unwrap_or_default())
    }

    /// The edits that give what stands at `place` the name `new`.
    pub(super) async fn renamed(
        &self,
        place: TextDocumentPositionParams,
        new: String,
    ) -> Result<Option<WorkspaceEdit>> {
        let uri = &place.text_document.uri;
        let others = self.state().others(uri);
        let versioned = self.state().editor.versioned_edits;
        let answer = move |document: &Snapshot| {
            let named = named(document, place.position).filter(|it| it.thing.can_be_renamed());
            let named = named.ok_or("there is no name to change here")?;
            let edits = document.document.renamed(&named, &new)?;
            let mut changes = vec![(document.clone(), edits)];
            let others = match named.thing.is_global() {
                true => holding(document, &named, others)?,
                false => Vec::new(),
            };
            for other in others {
                if other.document.makes(&named.thing, &new) {
                    return Err(format!("there is another `{new}` already, in {}", other.uri));
                }
                let places = other.document.places_of(&named.thing);
                if !places.is_empty() {
                    let edits = other.document.rename_at(&places, &new);
                    changes.push((other, edits));
                }
            }
            Ok::<_, String>(convert::rename(changes, versioned))
        };
        match self.answer(uri, answer).await? {
            None => Ok(None),
            Some(Ok(edit)) => Ok(Some(edit)),
            Some(Err(fault)) => Err(Error::invalid_params(fault)),
        }
    }
}

fn named(document: &Snapshot, position: Position) -> Option<Named> {
    document.document.named_at(document.offset(position))
}

/// The documents that name the thing, with the places, the one it was found in first.
fn everywhere(
    document: &Snapshot,
    named: &Named,
    others: Vec<Snapshot>,
) -> impl Iterator<Item = (Snapshot, Vec<NamePlace>)> {
    let own = (document.clone(), document.document.places(named));
    let others = if named.thing.is_global() { with_files(document, others) } else { Vec::new() };
    let elsewhere = others.into_iter().filter_map(|other| {
        let places = other.document.places_of(&named.thing);
        (!places.is_empty()).then_some((other, places))
    });
    std::iter::once(own).chain(elsewhere)
}

/// The open documents, and all those beside the first one that hold the name, or a sentence about why
/// they cannot be known.
fn holding(
    document: &Snapshot,
    named: &Named,
    mut open: Vec<Snapshot>,
) -> std::result::Result<Vec<Snapshot>, String> {
    open.sort_by(|a, b| a.uri.cmp(&b.uri));
    let Ok(path) = document.uri.to_file_path() else { return Ok(open) };
    let settings = Arc::new(Settings::default());
    for (path, text) in manifests_with(&path, &named.thing.name)? {
        let Ok(uri) = Url::from_file_path(path) else { continue };
        if uri != document.uri && !open.iter().any(|it| it.uri == uri) {
            let file = Document::new(&text, &settings);
            open.push(Snapshot::of_file(uri, file, &document.editor));
        }
    }
    Ok(open)
}

/// The open documents, and those beside the first one that are not open.
fn with_files(document: &Snapshot, mut open: Vec<Snapshot>) -> Vec<Snapshot> {
    open.sort_by(|a, b| a.uri.cmp(&b.uri));
    let Ok(path) = document.uri.to_file_path() else { return open };
    let settings = Arc::new(Settings::default());
    let mut files: Vec<Snapshot> = Vec::new();
    for (path, text) in manifests_beside(&path) {
        let Ok(uri) = Url::from_file_path(path) else { continue };
        let is_open = uri == document.uri || open.iter().any(|it| it.uri == uri);
        if !is_open {
            let document_ = Document::new(&text, &settings);
            files.push(Snapshot::of_file(uri, document_, &document.editor));
        }
    }
    files.sort_by(|a, b| a.uri.cmp(&b.uri));
    open.extend(files);
    open
}
