//! The declarations of rules agree with their manuals and their behaviour.

use std::collections::BTreeSet;

use crate::check::Fixes;
use crate::rules::{ALL, explain};
use crate::schema::PodSecurity;

fn in_level(level: PodSecurity) -> BTreeSet<&'static str> {
    ALL.iter().filter(|rule| rule.is_in_level(level)).map(|rule| rule.code).collect()
}

#[test]
fn restricted_replaces_what_it_makes_stricter() {
    let (baseline, restricted) =
        (in_level(PodSecurity::Baseline), in_level(PodSecurity::Restricted));
    let replaced: Vec<_> = baseline.difference(&restricted).copied().collect();
    assert_eq!(replaced, ["pss-capabilities", "pss-host-path", "pss-seccomp"]);
    assert!(in_level(PodSecurity::Privileged).is_empty());
    let family = ALL.iter().map(|rule| rule.code).filter(|code| code.starts_with("pss-"));
    assert_eq!(family.collect::<BTreeSet<_>>(), &baseline | &restricted);
}

/// Its manual says what switches a rule on, and what its fixes do.
#[test]
fn manuals_say_what_rules_declare() {
    for rule in ALL {
        // A new rule has no manual yet; `tests/it/generate.rs` writes it and tells.
        let Some(manual) = explain(rule.code) else { continue };
        let manual = manual.replace('\n', " ");
        if let Some(profile) = rule.profile() {
            let name = format!("profile `{}`", profile.name());
            assert!(manual.contains(&name), "{} does not say {name}", rule.code);
        }
        let says = manual.contains(" ### Fix ");
        assert!(!says || rule.fixes != Fixes::None, "{} has no fix", rule.code);
    }
}

#[test]
fn links_are_markdown() {
    for rule in ALL.iter().filter(|rule| rule.link.is_some()) {
        assert!(rule.url().is_some_and(|url| url.starts_with("https://")), "{}", rule.code);
    }
    let codes: BTreeSet<_> = ALL.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), ALL.len(), "two rules have one code");
}

/// A rule came with this version of podls or an earlier one.
#[test]
fn versions_are_those_of_podls() {
    let version = |text: &str| text.split('.').map(str::parse).collect::<Result<Vec<u32>, _>>();
    let current = version(env!("CARGO_PKG_VERSION")).unwrap();
    for rule in ALL {
        let since = version(rule.since).unwrap_or_default();
        assert!(since.len() == 3 && since <= current, "{}: {}", rule.code, rule.since);
    }
}
