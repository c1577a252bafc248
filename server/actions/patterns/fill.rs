//! The `${...}` in the texts of templates: values from the pod, and places for the user to fill in.
//!
//! `${port}` is a known value; `${host:my-service}` is the host from the pod if there is one,
//! otherwise a place to fill in that contains `my-service`.

use std::collections::BTreeMap;

use crate::syntax::write::tabstops;

/// The names of values from the pod, apart from `port.NAME` and `env.NAME`.
pub(super) const KNOWN: [&str; 11] = [
    "app",
    "app_image",
    "app_port",
    "app_user",
    "config_dir",
    "data_dir",
    "host",
    "host_port",
    "log_dir",
    "port",
    "tls_dir",
];

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    /// `${name}` or `${name:default}`.
    Place {
        name: &'a str,
        default: Option<&'a str>,
    },
}

/// The pieces of `text`. `${NAME}` in capitals, `$(NAME)` and `${name:-x}` are for the shell or for
/// Kubernetes and stay text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut rest, mut from) = (Vec::new(), text, 0);
    while let Some(at) = rest.get(from..).and_then(|it| it.find("${")).map(|at| at + from) {
        let inner = rest.get(at + 2..).unwrap_or_default();
        let place = inner.find('}').and_then(|end| Some((place(inner.get(..end)?)?, end)));
        let Some((place, end)) = place else {
            from = at + 2;
            continue;
        };
        found.extend(rest.get(..at).filter(|it| !it.is_empty()).map(Piece::Text));
        found.push(place);
        rest = inner.get(end + 1..).unwrap_or_default();
        from = 0;
    }
    found.extend((!rest.is_empty()).then_some(Piece::Text(rest)));
    found
}

fn place(inner: &str) -> Option<Piece<'_>> {
    let (name, default) = match inner.split_once(':') {
        Some((name, default)) => (name, Some(default)),
        None => (inner, None),
    };
    let first = name.chars().next()?;
    let word = |char: char| char.is_ascii_alphanumeric() || "_.-".contains(char);
    let shell = default.is_some_and(|it| it.starts_with(['-', '=', '?', '+']));
    let fits = first.is_ascii_lowercase() && name.chars().all(word) && !shell;
    fits.then_some(Piece::Place { name, default })
}

/// Variables by name, with their values as far as they are literal.
pub(super) type Variables<'a> = BTreeMap<&'a str, Option<&'a str>>;

/// The values for the texts of a template.
#[derive(Default)]
pub(super) struct Fill<'a> {
    /// Names with their values from the pod.
    pub(super) values: Vec<(String, String)>,
    /// The variables of the app, with their values as far as they are literal: `env.NAME`.
    pub(super) variables: Option<&'a Variables<'a>>,
    /// The places to fill in, by number.
    pub(super) places: &'a [String],
}

impl Fill<'_> {
    pub(super) fn put(&mut self, name: impl Into<String>, value: impl ToString) {
        self.values.push((name.into(), value.to_string()));
    }

    fn value(&self, name: &str) -> Option<&str> {
        if let Some(variable) = name.strip_prefix("env.") {
            return *self.variables?.get(variable)?;
        }
        self.values.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// Whether `text` has the place `name`, whose value the pod does not show.
    pub(super) fn lacks(&self, text: &str, name: &str) -> bool {
        let is_it =
            |piece: &Piece<'_>| matches!(piece, Piece::Place { name: it, .. } if *it == name);
        self.value(name).is_none() && pieces(text).iter().any(is_it)
    }

    /// The text with marks around the places to fill in.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut out = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Place { name, default } => match (self.value(name), default) {
                    (Some(value), _) => out.push_str(value),
                    (None, Some(default)) => {
                        let number = self.places.iter().position(|it| it == name);
                        out.push_str(&tabstops::mark(number.map_or(0, |it| it + 1), default));
                    }
                    (None, None) => {}
                },
            }
        }
        out
    }

    /// The text without marks.
    pub(super) fn plain(&self, text: &str) -> String {
        tabstops::plain(&self.fill(text)).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_places_are_filled() {
        let places = ["repository".to_owned()];
        let mut fill = Fill { places: &places, ..Fill::default() };
        fill.put("port", 80);
        for (text, plain) in [
            ("--listen=:${port}", "--listen=:80"),
            ("${port}${port}", "8080"),
            ("${port:1}", "80"),
            ("--repo=${repository:https://example.com/a.git}", "--repo=https://example.com/a.git"),
            ("$(POD_IP) ${HOME} $port ${port", "$(POD_IP) ${HOME} $port ${port"),
            ("${try:-3} ${HOME} ${port}", "${try:-3} ${HOME} 80"),
            ("${}", "${}"),
            ("é${port}é", "é80é"),
        ] {
            assert_eq!(fill.plain(text), plain);
        }
        let mut marked = fill.fill("a ${repository:b} ${port}");
        assert_eq!(tabstops::take(&mut marked).len(), 1);
        assert_eq!(marked, "a b 80");
    }
}
