//! Things of which a list may have only one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// Each item whose key an earlier one has, behind the first that has it; in the order of the list.
pub(crate) fn duplicates<K: Eq + Hash, T: Copy>(
    items: impl Iterator<Item = (K, T)>,
) -> Vec<(T, T)> {
    let mut found = Vec::new();
    let mut items = items.peekable();
    // Most lists have one item at most, and need no table.
    let Some(first) = items.next().filter(|_| items.peek().is_some()) else { return found };
    let mut seen = HashMap::from([first]);
    for (key, item) in items {
        match seen.entry(key) {
            Entry::Occupied(there) => found.push((*there.get(), item)),
            Entry::Vacant(place) => {
                place.insert(item);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::duplicates;

    #[test]
    fn later_ones_stand_behind_the_first() {
        let found = |text: &str| duplicates(text.chars().zip(0..));
        assert_eq!(found(""), []);
        assert_eq!(found("a"), []);
        assert_eq!(found("abc"), []);
        assert_eq!(found("abacaab"), [(0, 2), (0, 4), (0, 5), (1, 6)]);
    }
}
