//! The outline and what can be folded.

use tower_lsp::lsp_types::*;

use crate::features::{Fold, FoldKind, OutlineItem, OutlineKind as Kind};
use crate::lsp::snapshot::Snapshot;
use crate::text::Span;

/// The outline: a tree, or a list for editors that know no trees.
pub(in crate::lsp) fn symbols(document: &Snapshot) -> DocumentSymbolResponse {
    let symbols = first(document.document.symbols(), &mut { MOST });
    if document.editor.nested_symbols {
        let nested = symbols.into_iter().map(|symbol| nested(document, symbol));
        return DocumentSymbolResponse::Nested(nested.collect());
    }
    let mut list = Vec::new();
    flatten(document, symbols, None, &mut list);
    DocumentSymbolResponse::Flat(list)
}

/// How many symbols and folds an editor gets of one file: a message with more takes hundreds of
/// megabytes to write, and nobody looks at them.
const MOST: usize = 5_000;

/// The first `left` of the symbols, those below them counted.
fn first(symbols: Vec<OutlineItem>, left: &mut usize) -> Vec<OutlineItem> {
    let mut kept = Vec::new();
    for mut symbol in symbols {
        let Some(fewer) = left.checked_sub(1) else { break };
        *left = fewer;
        symbol.children = first(symbol.children, left);
        kept.push(symbol);
    }
    kept
}

#[expect(deprecated, reason = "a field of the protocol that cannot be left out")]
fn nested(document: &Snapshot, symbol: OutlineItem) -> DocumentSymbol {
    // Editors refuse a name that lies outside of what it names.
    let name_span = if symbol.span.contains(symbol.name_span) {
        symbol.name_span
    } else {
        Span::at(symbol.span.start)
    };
    let children: Vec<_> = symbol.children.into_iter().map(|it| nested(document, it)).collect();
    DocumentSymbol {
        name: shown(symbol.name),
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: document.range(symbol.span),
        selection_range: document.range(name_span),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

#[expect(deprecated, reason = "a field of the protocol that cannot be left out")]
fn flatten(
    document: &Snapshot,
    symbols: Vec<OutlineItem>,
    container: Option<&str>,
    list: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        let name = shown(symbol.name);
        list.push(SymbolInformation {
            name: name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(document.uri.clone(), document.range(symbol.span)),
            container_name: container.map(str::to_owned),
        });
        flatten(document, symbol.children, Some(&name), list);
    }
}

/// Editors refuse an empty name.
fn shown(name: String) -> String {
    if name.trim().is_empty() { "-".to_owned() } else { name }
}

/// Editors have no icons for pods, so these are chosen to look different from each other.
fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Manifest => SymbolKind::CLASS,
        Kind::Group => SymbolKind::NAMESPACE,
        Kind::Container => SymbolKind::OBJECT,
        Kind::InitContainer => SymbolKind::CONSTRUCTOR,
        Kind::Sidecar => SymbolKind::MODULE,
        Kind::Volume => SymbolKind::FILE,
        Kind::Port => SymbolKind::INTERFACE,
        Kind::Field => SymbolKind::FIELD,
    }
}

/// How many steps a selection grows in, the last of which is the whole file. Each is nested in the one
/// before, and some editors read no more than 128 levels of a message.
const STEPS: usize = 64;

/// What the selections at `positions` grow to, step by step.
pub(in crate::lsp) fn selection_ranges(
    document: &Snapshot,
    positions: &[Position],
) -> Vec<SelectionRange> {
    let grown = |position: &Position| {
        let mut spans = document.document.selections(document.offset(*position));
        if spans.len() > STEPS {
            spans.drain(STEPS - 1..spans.len() - 1);
        }
        let outermost_first = spans.into_iter().rev();
        let range = outermost_first.fold(None, |parent: Option<SelectionRange>, span| {
            let range = document.range(span);
            Some(SelectionRange { range, parent: parent.map(Box::new) })
        });
        let here = Range::new(*position, *position);
        range.unwrap_or(SelectionRange { range: here, parent: None })
    };
    positions.iter().map(grown).collect()
}

/// Whole lines, since that is what every editor can fold.
pub(in crate::lsp) fn folding_ranges(document: &Snapshot) -> Vec<FoldingRange> {
    let folds = document.document.folds();
    folds.iter().take(MOST).filter_map(|fold| folding_range(document, fold)).collect()
}

fn folding_range(document: &Snapshot, fold: &Fold) -> Option<FoldingRange> {
    let Range { start, end } = document.range(fold.span);
    // What ends at the start of a line ends on the line before.
    let end_line = if end.character == 0 { end.line.saturating_sub(1) } else { end.line };
    (end_line > start.line).then(|| FoldingRange {
        start_line: start.line,
        end_line,
        kind: match fold.kind {
            FoldKind::Comment => Some(FoldingRangeKind::Comment),
            FoldKind::Document | FoldKind::Block => Some(FoldingRangeKind::Region),
        },
        ..Default::default()
    })
}
