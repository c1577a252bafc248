//! No item may take anything away: what would is not offered.
//!
//! Items that differ in one word do the same to the text around, so one of them is tried for all.

use std::collections::HashMap;

use crate::complete::{CompletionCx, Item};
use crate::syntax::Kept;
use crate::text::Edit;

/// Drops the items that would break the text around the cursor or change what it says.
pub(super) fn retain_harmless(cx: &CompletionCx<'_>, items: &mut Vec<Item>) {
    let is_whole = cx.node.parent().is_none();
    if items.is_empty() || cx.cursor.is_open || is_whole {
        return;
    }
    let kept = Kept::around(cx.text, cx.cursor);
    let mut tried: HashMap<(String, usize), bool> = HashMap::new();
    items.retain(|item| {
        let shape = (shape(item), item.also.len());
        *tried.entry(shape).or_insert_with(|| kept.keeps(&edits(item)))
    });
}

/// The edits of an item that must change nothing; one that replaces a word elsewhere is there to do so.
fn edits(item: &Item) -> Vec<Edit> {
    let mut edits = item.edits();
    let mut first = true;
    edits.retain(|edit| std::mem::take(&mut first) || edit.span.is_empty());
    edits
}

/// The text of an item without what makes it another one: its word, and the brackets or quotes in which
/// its value will be.
fn shape(item: &Item) -> String {
    let word = item.label.trim_start_matches("- ");
    let shape = item.insert.replacen(word, "\0", 1);
    ["{$0}", "[$0]", "\"$0\""].iter().fold(shape, |shape, value| shape.replacen(value, "$0", 1))
}
