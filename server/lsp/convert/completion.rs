//! Completion items.

use serde_json::Value;
use tower_lsp::lsp_types::*;

use crate::complete::{self, Item, ItemKind};
use crate::ide::Known;
use crate::lsp::capabilities::Editor;
use crate::lsp::convert::markup::markup;
use crate::lsp::snapshot::Snapshot;

pub(in crate::lsp) fn completions(
    document: &Snapshot,
    position: Position,
    others: &dyn Fn() -> Known,
) -> CompletionResponse {
    let known = || {
        let mut known = document.document.known();
        known.add(others());
        known
    };
    let items = document.document.completions_around(document.offset(position), &known);
    let one_line = document.editor.one_line_items;
    let items =
        items.into_iter().filter_map(|item| if one_line { item.on_one_line() } else { Some(item) });
    let items = items.map(|item| completion(document, item)).collect();
    CompletionResponse::List(CompletionList { is_incomplete: false, items })
}

fn completion(document: &Snapshot, item: Item) -> CompletionItem {
    let editor = &document.editor;
    let snippet = item.snippet && editor.snippets;
    // Every editor indents the lines of a snippet like the line it goes into, also those that say
    // they can do without. Of plain text none does, unless it is asked to.
    let (text, mode) = if snippet {
        (item.insert, InsertTextMode::ADJUST_INDENTATION)
    } else {
        (item.text(), InsertTextMode::AS_IS)
    };
    let edit = TextEdit::new(document.range(item.replace), text);
    let also = item.also.iter().map(|it| TextEdit::new(document.range(it.span), it.insert.clone()));
    let also = also.collect();
    CompletionItem {
        label: item.label,
        kind: Some(kind(item.kind)),
        detail: Some(item.detail).filter(|detail| !detail.is_empty()),
        sort_text: Some(item.sort).filter(|sort| !sort.is_empty()),
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        insert_text_format: snippet.then_some(InsertTextFormat::SNIPPET),
        insert_text_mode: editor.insert_text_modes.then_some(mode),
        deprecated: (item.deprecated && !editor.completion_tags).then_some(true),
        tags: (item.deprecated && editor.completion_tags)
            .then(|| vec![CompletionItemTag::DEPRECATED]),
        additional_text_edits: Some(also).filter(|also: &Vec<_>| !also.is_empty()),
        data: item.docs.map(Value::String),
        ..Default::default()
    }
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Field => CompletionItemKind::FIELD,
        ItemKind::Value => CompletionItemKind::ENUM_MEMBER,
        ItemKind::Snippet => CompletionItemKind::SNIPPET,
        ItemKind::Reference => CompletionItemKind::REFERENCE,
        ItemKind::Manifest => CompletionItemKind::CLASS,
    }
}

/// The item with its documentation.
pub(in crate::lsp) fn resolved(mut item: CompletionItem, editor: &Editor) -> CompletionItem {
    let docs = item.data.as_ref().and_then(Value::as_str).and_then(complete::resolve);
    if let Some(docs) = docs {
        let docs = markup(docs, editor.markdown_in_completion);
        item.documentation = Some(Documentation::MarkupContent(docs));
    }
    item
}
