//! The menu at a place: short, with what fits the pod first.

use crate::actions::patterns::{Added, TemplateKind, TemplateList};
use crate::actions::{Assist, AssistKind};

/// The highest number of entries of a menu, not counting fixes of findings.
pub const MOST: usize = 6;

/// The number of entries that are kept for templates.
const LEAST_ADDED: usize = 2;

/// At most `room` of `offers`, no two with the same title. If the editor `opens_lists`, templates that do not
/// fit the pod are replaced by one entry for their pattern, or by one for all patterns.
pub fn arranged(offers: Vec<Assist>, room: usize, opens_lists: bool) -> Vec<Assist> {
    let (adds, mut others): (Vec<_>, Vec<_>) = offers.into_iter().partition(|it| it.adds.is_some());
    others.truncate(room.saturating_sub(adds.len().min(LEAST_ADDED)));
    let ranked = ranked(adds);
    let left = room.saturating_sub(others.len());
    let mut menu = if opens_lists { with_lists(ranked, left) } else { ranked };
    menu.truncate(left);
    menu.extend(others);
    without_doubles(menu)
}

/// Templates that fit the pod, the best of each pattern before the second best, then the best one of each other
/// pattern.
fn ranked(adds: Vec<Assist>) -> Vec<Assist> {
    let mut ranked: Vec<((bool, usize, usize), Assist)> = Vec::new();
    for assist in adds {
        let Some(Added { pattern, fits, .. }) = assist.adds else { continue };
        let is_same = |(_, it): &&(_, Assist)| it.adds.is_some_and(|it| it.pattern == pattern);
        let before = ranked.iter().filter(is_same).count();
        if fits || before == 0 {
            let order = TemplateKind::ALL.iter().position(|it| *it == pattern);
            ranked.push(((!fits, before, order.unwrap_or_default()), assist));
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, assist)| assist).collect()
}

/// Templates that fit the pod, and entries that open lists of the others.
fn with_lists(ranked: Vec<Assist>, room: usize) -> Vec<Assist> {
    let of = |pattern| ranked.iter().filter_map(|it| it.adds).find(|it| it.pattern == pattern);
    let has_rest = |pattern: &TemplateKind| of(*pattern).is_some_and(|it| it.more || !it.fits);
    let mut lists: Vec<_> =
        TemplateKind::ALL.into_iter().filter(has_rest).map(TemplateList::Of).collect();
    let fitting = ranked.iter().filter(|it| it.adds.is_some_and(|it| it.fits)).count();
    if lists.len() + fitting.min(1) > room {
        lists = vec![TemplateList::All];
    }
    let fitting = fitting.min(room.saturating_sub(lists.len()));
    let mut menu: Vec<_> = ranked.into_iter().take(fitting).collect();
    menu.extend(lists.into_iter().map(list));
    menu
}

fn list(list: TemplateList) -> Assist {
    let title = match list {
        TemplateList::Of(pattern) => format!("{}…", pattern.verb()),
        TemplateList::All => "Add container…".to_owned(),
    };
    let assist = Assist::new("list-templates", AssistKind::Refactor, title, Vec::new());
    Assist { opens: Some(list), ..assist }
}

/// The entries without those that repeat a title.
pub fn without_doubles(menu: Vec<Assist>) -> Vec<Assist> {
    let mut seen: Vec<Assist> = Vec::with_capacity(menu.len());
    for assist in menu {
        if !seen.iter().any(|it| it.title == assist.title) {
            seen.push(assist);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [TemplateKind; 5] = TemplateKind::ALL;

    fn offers(wanted: &[(TemplateKind, bool)], others: usize) -> Vec<Assist> {
        let add = |(number, (pattern, fits)): (usize, &(TemplateKind, bool))| {
            let title = format!("{} {number}", pattern.name());
            let assist = Assist::new("add", AssistKind::Refactor, title, Vec::new());
            Assist { adds: Some(Added { pattern: *pattern, fits: *fits, more: true }), ..assist }
        };
        let other = |number| {
            Assist::new("x", AssistKind::RefactorRewrite, format!("move {number}"), Vec::new())
        };
        wanted.iter().enumerate().map(add).chain((0..others).map(other)).collect()
    }

    fn titles(offers: Vec<Assist>, room: usize, lists: bool) -> Vec<String> {
        arranged(offers, room, lists).into_iter().map(|it| it.title).collect()
    }

    #[test]
    fn what_fits_is_first_and_all_patterns_have_their_turn() {
        let [sidecar, adapter, .., init] = KINDS;
        let wanted = [(adapter, true), (adapter, true), (init, false), (sidecar, true)];
        let direct = ["sidecar 3", "adapter 0", "adapter 1", "init-container 2", "move 0"];
        assert_eq!(titles(offers(&wanted, 1), MOST, false), direct);
        let lists = [
            "sidecar 3",
            "adapter 0",
            "Add sidecar…",
            "Add adapter…",
            "Add init container…",
            "move 0",
        ];
        assert_eq!(titles(offers(&wanted, 1), MOST, true), lists);
        let narrow = ["sidecar 3", "Add container…", "move 0", "move 1", "move 2", "move 3"];
        assert_eq!(titles(offers(&wanted, 7), MOST, true), narrow);
    }

    /// Whatever is offered and whatever room there is.
    #[test]
    fn no_menu_is_too_long_or_says_the_same_twice() {
        for number in 0..1_500_usize {
            let wanted: Vec<_> = (0..number % 13)
                .map(|it| (KINDS[(number / 7 + it * it) % 5], (number >> it) % 3 == 1))
                .collect();
            let (others, room) = (number % 4, number % (MOST + 1));
            let mut all = offers(&wanted, others);
            all.extend(all.clone());
            for lists in [false, true] {
                let mut menu = titles(all.clone(), room, lists);
                assert!(menu.len() <= room, "{menu:?}");
                assert!(!menu.is_empty() || all.is_empty() || room == 0);
                menu.sort();
                let len = menu.len();
                menu.dedup();
                assert_eq!(menu.len(), len, "{menu:?}");
            }
        }
    }
}
