//! Pages about the patterns of pods with several containers, as `podls explain` shows them.

/// A page: its name, other names that people look for, and its Markdown.
type Page = (&'static str, &'static [&'static str], &'static str);

const PAGES: &[Page] = &[
    ("sidecar", &["sidecars", "sidecar-container", "helper"], include_str!("sidecar.md")),
    (
        "native-sidecar",
        &["native-sidecars", "native", "sidecar-native", "restartable-init-container"],
        include_str!("native-sidecar.md"),
    ),
    (
        "init-container",
        &["init-containers", "init", "initcontainer", "initcontainers"],
        include_str!("init-container.md"),
    ),
    ("adapter", &["adapters", "exporter"], include_str!("adapter.md")),
    ("ambassador", &["ambassadors"], include_str!("ambassador.md")),
    (
        "inbound-proxy",
        &["inbound-proxies", "proxy", "proxies", "mesh"],
        include_str!("inbound-proxy.md"),
    ),
];

/// The page of this name in Markdown. Case, `_` and blanks do not matter.
pub fn page(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase().replace(['_', ' '], "-");
    let found =
        PAGES.iter().find(|(own, others, _)| *own == name || others.contains(&name.as_str()));
    found.map(|(.., text)| *text)
}

/// The names of all pages.
pub fn page_names() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(name, ..)| *name)
}

#[cfg(test)]
mod tests {
    use super::{PAGES, page};
    use crate::pod::{ContainerRole, Manifest, Pattern, Pod, Role};
    use crate::syntax::parse;

    #[test]
    fn pages_are_found_by_any_of_their_names() {
        assert!(page("sidecar").unwrap().starts_with("# Sidecar\n"));
        assert_eq!(page("Init Containers"), page("init-container"));
        assert_eq!(page("initContainers"), page("init-container"));
        assert_eq!(page("app"), None);
        let mut names: Vec<_> =
            PAGES.iter().flat_map(|(name, others, _)| others.iter().chain([name])).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    /// Whoever sees a role finds its page, and pages that a page names are there.
    #[test]
    fn pages_lead_to_pages() {
        use Pattern::{Adapter, Ambassador, App, Init, Proxy, Sidecar};
        for pattern in [Init, Sidecar, Adapter, Ambassador, Proxy] {
            assert!(pattern.page().and_then(page).is_some(), "{pattern:?}");
        }
        assert_eq!(App.page(), None);
        for (name, _, text) in PAGES {
            for named in text.split("`podls explain ").skip(1) {
                let named = named.split('`').next().unwrap();
                let known = page(named).is_some() || named == "init-probe-forbidden";
                assert!(known && named != *name, "{named} in {name}");
            }
        }
    }

    /// The example of a page is YAML, and a case of the pattern.
    #[test]
    fn examples_are_what_they_say() {
        for (name, _, text) in PAGES {
            let example = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
            let parse = parse(example.unwrap());
            assert!(parse.errors.is_empty(), "{name}: {:?}", parse.errors);
            let manifests = Manifest::all(&parse);
            let pod = Pod::all(&manifests[0]).remove(0);
            let fits = |it: &ContainerRole<'_>| match *name {
                "native-sidecar" => it.container.role == Role::Sidecar,
                name => it.pattern.and_then(Pattern::page) == Some(name),
            };
            assert!(pod.container_roles().iter().any(fits), "{name}: {:?}", pod.container_roles());
        }
    }
}
