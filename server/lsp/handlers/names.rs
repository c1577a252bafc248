//! Names across files: in the documents that are open and in those beside them.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::*;

use crate::config::Settings;
use crate::folder::{manifests_beside, manifests_with};
use crate::ide::{Document, Named, SymbolPlace};
use crate::lsp::convert;
use crate::lsp::pace::Kind;
use crate::lsp::session::Session;
use crate::lsp::snapshot::{Pinned, Snapshot};
use crate::lsp::uris;

impl Session {
    /// Where the symbol is defined that the name at `place` stands for: in this document, else in others.
    pub(super) async fn definitions(
        &self,
        place: &TextDocumentPositionParams,
    ) -> Result<Vec<Location>> {
        let mut found = self.named_places(place, |it| it.is_definition).await?;
        // Bases and overlays repeat names; the same file takes precedence.
        let uri = &place.text_document.uri;
        let Some(own) = self.state().pin(uri).map(|it| it.uri) else { return Ok(found) };
        if found.iter().any(|it| it.uri == own) {
            found.retain(|it| it.uri == own);
        }
        Ok(found)
    }

    /// The places that name what stands at `place`, as far as they are `wanted`: in this document, and
    /// in others when the whole cluster knows the symbol.
    pub(super) async fn named_places(
        &self,
        place: &TextDocumentPositionParams,
        wanted: impl Fn(&SymbolPlace) -> bool + Send + 'static,
    ) -> Result<Vec<Location>> {
        let position = place.position;
        let answer = move |document: &Snapshot, others: &[Pinned]| {
            let Some(named) = named(document, position) else { return Vec::new() };
            let mut found = Vec::new();
            for (document, mut places) in everywhere(document, &named, others) {
                places.retain(&wanted);
                found.extend(convert::locations(&document, &places));
            }
            found
        };
        let uri = &place.text_document.uri;
        let found = self.answer_with_others(Kind::Names, uri, false, answer).await?;
        Ok(found.unwrap_or_default())
    }

    /// The edits that rename the symbol at `place` to `new`.
    pub(super) async fn renamed(
        &self,
        place: TextDocumentPositionParams,
        new: String,
    ) -> Result<Option<WorkspaceEdit>> {
        let uri = &place.text_document.uri;
        let versioned = self.state().editor.versioned_edits;
        let answer = move |document: &Snapshot, others: &[Pinned]| {
            let named = named(document, place.position).filter(|it| it.symbol.can_be_renamed());
            let named = named.ok_or("nothing to rename here")?;
            let edits = document.document.renamed(&named, &new)?;
            let mut changes = vec![(document.clone(), edits)];
            let others = match named.is_known_elsewhere() {
                true => holding(document, &named, others)?,
                false => Vec::new(),
            };
            for other in others {
                if named.symbol.is_global() && other.document.makes(&named.symbol, &new) {
                    let file = uris::spelled(&other.uri);
                    return Err(format!("`{new}` already exists in {file}"));
                }
                let places = other.document.places_from(&document.document, &named);
                if !places.is_empty() {
                    let edits = other.document.rename_at(&places, &new);
                    changes.push((other, edits));
                }
            }
            Ok::<_, String>(convert::rename(changes, versioned))
        };
        match self.answer_with_others(Kind::Names, uri, false, answer).await? {
            None => Ok(None),
            Some(Ok(edit)) => Ok(Some(edit)),
            Some(Err(fault)) => Err(Error::invalid_params(fault)),
        }
    }
}

fn named(document: &Snapshot, position: Position) -> Option<Named> {
    document.document.named_at(document.offset(position))
}

/// The documents that name the symbol, with the places, the one it was found in first.
fn everywhere(
    document: &Snapshot,
    named: &Named,
    others: &[Pinned],
) -> impl Iterator<Item = (Snapshot, Vec<SymbolPlace>)> {
    let own = (document.clone(), document.document.places(named));
    let others = if named.is_known_elsewhere() { with_files(document, others) } else { Vec::new() };
    let elsewhere = others.into_iter().filter_map(|other| {
        let places = other.document.places_from(&document.document, named);
        (!places.is_empty()).then_some((other, places))
    });
    std::iter::once(own).chain(elsewhere)
}

/// The open documents, and all those beside the first one that contain the name, or a message about
/// why they are unknown.
fn holding(
    document: &Snapshot,
    named: &Named,
    open: &[Pinned],
) -> std::result::Result<Vec<Snapshot>, String> {
    let files = match uris::path(&document.uri) {
        Some(path) => manifests_with(&path, &named.symbol.name)?,
        None => Vec::new(),
    };
    Ok(and_files(document, open, files))
}

/// The open documents, and those beside the first one that are not open.
fn with_files(document: &Snapshot, open: &[Pinned]) -> Vec<Snapshot> {
    let path = uris::path(&document.uri);
    let files = path.iter().flat_map(|path| manifests_beside(path));
    and_files(document, open, files)
}

/// The open documents, then those of `files` that are not open.
fn and_files(
    document: &Snapshot,
    open: &[Pinned],
    files: impl IntoIterator<Item = (PathBuf, String)>,
) -> Vec<Snapshot> {
    let mut open: Vec<_> = open.iter().map(Pinned::snapshot).collect();
    open.sort_by(|a, b| a.uri.cmp(&b.uri));
    let known: Vec<_> =
        open.iter().chain([document]).filter_map(|it| uris::path(&it.uri)).collect();
    let settings = Arc::new(Settings::default());
    let mut closed: Vec<Snapshot> = Vec::new();
    for (path, text) in files {
        let Some(uri) = uris::of_file(&path).filter(|_| !known.contains(&path)) else { continue };
        let neighbour = Document::new(&text, &settings);
        closed.push(Snapshot::of_file(uri, neighbour, &document.editor));
    }
    closed.sort_by(|a, b| a.uri.cmp(&b.uri));
    open.extend(closed);
    open
}
