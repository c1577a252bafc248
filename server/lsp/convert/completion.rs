//! Completion items.

use serde_json::Value;
use tower_lsp::lsp_types::*;

use crate::complete::{self, Item, ItemKind};
use crate::ide::Document;
use crate::lsp::capabilities::Editor;
use crate::lsp::convert::markup::markup;
use crate::lsp::snapshot::Snapshot;

pub(in crate::lsp) fn completions(
    document: &Snapshot,
    position: Position,
    others: &[Document],
) -> CompletionResponse {
    let items = document.document.completions_around(document.offset(position), others);
    let items = items.into_iter().map(|item| completion(document, item)).collect();
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
        let plain = if item.snippet { without_places(&item.insert) } else { item.insert };
        (indented(plain, document, item.replace.start), InsertTextMode::AS_IS)
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
        ItemKind::Skeleton => CompletionItemKind::SNIPPET,
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

/// `insert`, whose lines count from the indentation of the line it goes into, as it stands there.
fn indented(insert: String, document: &Snapshot, offset: usize) -> String {
    if !insert.contains('\n') {
        return insert;
    }
    let text = document.document.text();
    let (line, _) = text.line_col(offset);
    let line = text.slice(text.line_span(line));
    let blanks = line.len() - line.trim_start_matches(' ').len();
    insert.replace('\n', &format!("\n{}", " ".repeat(blanks)))
}

/// The text of a snippet for editors that know none: a place to fill in becomes the word it suggests.
fn without_places(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut rest = snippet;
    let mut open = 0;
    while let Some(at) = rest.find(['$', '\\', '}']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        rest = match sign.as_bytes() {
            [b'\\', ..] => {
                let escaped = sign.chars().nth(1).map_or(0, char::len_utf8);
                out.push_str(&sign[1..1 + escaped]);
                &sign[1 + escaped..]
            }
            [b'$', b'{', ..] => {
                open += 1;
                let inner = sign[2..].trim_start_matches(|char: char| char.is_ascii_digit());
                inner.strip_prefix(':').unwrap_or(inner)
            }
            [b'$', b'0'..=b'9', ..] => {
                sign[1..].trim_start_matches(|char: char| char.is_ascii_digit())
            }
            [b'}', ..] if open > 0 => {
                open -= 1;
                &sign[1..]
            }
            _ => {
                out.push_str(&sign[..1]);
                &sign[1..]
            }
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_their_words() {
        for (snippet, text) in [
            ("name: ${1:app}\nimage: ${2:nginx:1.27}$0", "name: app\nimage: nginx:1.27"),
            ("a$1b${2}c", "abc"),
            ("${1:x${2:y}z}", "xyz"),
            (r"\$(VAR) \} \\ }", r"$(VAR) } \ }"),
            ("$(VAR) $x", "$(VAR) $x"),
            ("é$", "é$"),
            ("\\", ""),
        ] {
            assert_eq!(without_places(snippet), text, "{snippet}");
        }
    }
}
