//! A fix that gives a symbol another name gives it in all places of the file that refer to the symbol.

use super::naming::{Named, SymbolPlace, is_linked};
use super::safety::{FixSafety, Place, bare};
use crate::check::Fix;
use crate::pod::{Occurrence, Symbol, SymbolKind};
use crate::text::Edit;

/// What a search of the file counts for, besides the names that it finds.
const SEARCH: usize = 100;

impl FixSafety<'_> {
    /// The fix with an edit for each place of the file that names what it renames. The title says so,
    /// and that other files are as they were.
    pub(super) fn widened(&self, fix: &Fix) -> Fix {
        let mut fix = fix.clone();
        let Some((place, name, new)) = self.renamed(&fix) else { return fix };
        let local = name.symbol.kind.is_local();
        let rest = self.elsewhere(place, name, &fix.edits);
        let wanted = Symbol { name: new.clone(), ..name.symbol.clone() };
        let taken = || place.names().iter().any(|it| it.is_definition && it.symbol.same(&wanted));
        // Where two symbols have the name, the places that refer to it may mean the other one.
        let is_double = rest.iter().any(|it| it.is_definition);
        if !(rest.is_empty() || is_double || local && taken()) {
            fix.edits.extend(self.document.rename_at(&rest, &new));
            fix.title.push_str(" everywhere in this file");
        }
        if name.symbol.kind.is_known_outside() {
            fix.title.push_str("; other files may use it too");
        }
        fix
    }

    /// The name of a symbol that `fix` changes where the symbol is defined, and the new one.
    fn renamed(&self, fix: &Fix) -> Option<(&Place<'_>, &Occurrence, String)> {
        let edit = fix.edits.iter().find(|it| !it.span.is_empty() && !it.insert.contains('\n'))?;
        let place = self.place(edit.span.start)?;
        let new = bare(&edit.insert);
        let span = edit.span;
        let same = |name: &&Occurrence| {
            let at = name.span.shifted(place.start);
            name.is_definition
                && span.contains(at)
                && span.end - at.end <= 1
                && at.start - span.start <= 1
        };
        let name = place.names_at(span.start - place.start, span.end - place.start).find(same)?;
        let fixed = matches!(name.symbol.kind, SymbolKind::Anchor | SymbolKind::PortNumber);
        (!fixed && name.symbol.name != new).then_some((place, name, new))
    }

    /// The other places of the file that name it, without those that are edited already.
    fn elsewhere(&self, place: &Place<'_>, name: &Occurrence, edits: &[Edit]) -> Vec<SymbolPlace> {
        let left = self.searches.get();
        if left == 0 {
            return Vec::new();
        }
        let mut places = self.places_of(place, name);
        self.searches.set(left.saturating_sub(SEARCH + places.len()));
        places.retain(|it| !edits.iter().any(|edit| edit.span.touches(it.span)));
        places
    }

    /// All places of the file that name it. The names of each document are collected once.
    fn places_of(&self, place: &Place<'_>, name: &Occurrence) -> Vec<SymbolPlace> {
        let symbol = &name.symbol;
        if is_linked(symbol.kind) {
            return self.document.places(&Named::new(name, place.start, place.index));
        }
        let mut places = if symbol.is_global() {
            let holding = self.places.iter().filter(|it| it.contains(&symbol.name));
            holding.flat_map(|it| it.places_of(symbol)).collect()
        } else {
            place.places_of(symbol)
        };
        places.sort_by_key(|place| (place.span, !place.is_definition));
        places.dedup_by_key(|place| place.span);
        places
    }
}
