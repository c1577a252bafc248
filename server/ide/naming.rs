//! The definitions and references of names, and their renaming.

use super::Document;
use crate::formats::placeholder;
use crate::pod::{Known, Occurrence, Symbol, SymbolKind, links, names};
use crate::syntax::Parse;
use crate::syntax::write::New;
use crate::text::{Edit, Span};

/// The symbol of the name at a cursor.
#[derive(Clone, Debug)]
pub struct Named {
    pub symbol: Symbol,
    /// The name at the cursor.
    pub span: Span,
    /// The document of the file in which the symbol is known.
    document: usize,
}

impl Named {
    /// The symbol of a name that stands in the document at `index` of the file, which starts at `start`.
    pub(super) fn new(name: &Occurrence, start: usize, index: usize) -> Self {
        Self { symbol: name.symbol.clone(), span: name.span.shifted(start), document: index }
    }

    /// Whether other files may refer to it: it is a name in the cluster, a Service leads to it, or an
    /// autoscaler measures it.
    pub fn is_known_elsewhere(&self) -> bool {
        self.symbol.is_global() || is_linked(self.symbol.kind)
    }
}

/// A place that names a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SymbolPlace {
    pub span: Span,
    /// Whether the symbol is defined here; otherwise it is only referred to.
    pub is_definition: bool,
}

impl Document {
    /// The symbol of the name at `offset`.
    pub fn named_at(&self, offset: usize) -> Option<Named> {
        let (start, analysis) = self.stream.document_at(offset)?;
        let here = |name: &Occurrence| {
            let span = name.span.shifted(start);
            span.start <= offset && offset <= span.end
        };
        let index = self.stream.documents().position(|(at, _)| at == start)?;
        // The label a pod gets and the anchor around it share a place; what is made comes first.
        let found = names(&analysis.parse).into_iter().filter(here);
        if let Some(found) =
            found.min_by_key(|name| (name.span.end - name.span.start, !name.is_definition))
        {
            let span = found.span.shifted(start);
            return Some(Named { symbol: found.symbol, span, document: index });
        }
        let pods = self.parses().enumerate();
        let mut linked = pods.flat_map(|(document, (_, pods))| {
            links(&analysis.parse, pods).into_iter().map(move |name| (document, name))
        });
        let (document, found) = linked.find(|(_, name)| here(name))?;
        Some(Named { symbol: found.symbol, span: found.span.shifted(start), document })
    }

    /// All places of this file that name the symbol, which was found in it.
    pub fn places(&self, named: &Named) -> Vec<SymbolPlace> {
        let mut places = Vec::new();
        if named.symbol.is_global() {
            places = self.places_of(&named.symbol);
        } else if let Some((start, parse)) = self.parses().nth(named.document) {
            let own = names(parse).into_iter().filter(|it| it.symbol.same(&named.symbol));
            places.extend(own.map(|name| place(&name, start)));
            let is_linked = is_linked(named.symbol.kind);
            for (start, other) in self.parses().filter(|_| is_linked) {
                let same = links(other, parse).into_iter();
                let same = same.filter(|it| it.symbol.same(&named.symbol));
                places.extend(same.map(|name| place(&name, start)));
            }
        }
        places.sort_by_key(|place| (place.span, !place.is_definition));
        places.dedup_by_key(|place| place.span);
        places
    }

    /// The places of this file that name the symbol, which was found in `other`.
    pub fn places_from(&self, other: &Self, named: &Named) -> Vec<SymbolPlace> {
        if named.symbol.is_global() {
            return self.places_of(&named.symbol);
        }
        let Some((_, pods)) = other.parses().nth(named.document) else { return Vec::new() };
        let places = self.parses().flat_map(|(start, other)| {
            let same = links(other, pods).into_iter().filter(|it| it.symbol.same(&named.symbol));
            same.map(move |name| place(&name, start)).collect::<Vec<_>>()
        });
        places.collect()
    }

    /// The places of this file that name a symbol of the cluster.
    pub fn places_of(&self, symbol: &Symbol) -> Vec<SymbolPlace> {
        let mut places: Vec<SymbolPlace> = Vec::new();
        for (start, parse) in self.parses() {
            // Most documents of a long file do not contain the word at all.
            if !parse.tree.text().contains(&symbol.name) {
                continue;
            }
            let own = names(parse).into_iter().filter(|it| it.symbol.same(symbol));
            places.extend(own.map(|name| place(&name, start)));
        }
        places.dedup_by_key(|place| place.span);
        places
    }

    /// The definitions and references in the manifests of this file.
    pub fn known(&self) -> Known {
        let mut known = Known::default();
        self.parses().for_each(|(_, parse)| known.add(Known::of(parse)));
        known
    }

    /// The edits of this file that rename the symbol at `places` to `new`, or a message about why
    /// that is not possible.
    pub fn renamed(&self, named: &Named, new: &str) -> Result<Vec<Edit>, String> {
        let symbol = &named.symbol;
        if placeholder::is_filled_in(&symbol.name) {
            return Err(format!("`{}` is filled in by a template", symbol.name));
        }
        symbol.check_name(new).map_err(|fault| format!("`{new}` {fault}"))?;
        let wanted = Symbol { name: new.to_owned(), ..symbol.clone() };
        let there = Named { symbol: wanted, ..named.clone() };
        let is_taken = match symbol.kind {
            SymbolKind::Label => false,
            SymbolKind::Anchor => self.has_anchor(named.document, new),
            _ => self.places(&there).iter().any(|it| it.is_definition),
        };
        if new != symbol.name && is_taken {
            return Err(format!("`{new}` already exists"));
        }
        Ok(self.rename_at(&self.places(named), new))
    }

    /// Whether an anchor of a document has this name. Which one an alias means depends on where it
    /// stands, so no two should have the same.
    fn has_anchor(&self, document: usize, name: &str) -> bool {
        self.parses().nth(document).is_some_and(|(_, parse)| {
            let mut anchors = parse.tree.anchors().map(|(at, _)| parse.tree.slice(at));
            anchors.any(|it| it.strip_prefix('&') == Some(name))
        })
    }

    /// Whether this file defines another symbol of the same kind with the name `new`.
    pub fn makes(&self, symbol: &Symbol, new: &str) -> bool {
        let wanted = Symbol { name: new.to_owned(), ..symbol.clone() };
        let shared = symbol.kind == SymbolKind::Label || new == symbol.name;
        !shared && self.places_of(&wanted).iter().any(|it| it.is_definition)
    }

    /// The edits that put `new` at `places` of this file, in quotes where it needs them.
    pub fn rename_at(&self, places: &[SymbolPlace], new: &str) -> Vec<Edit> {
        let edit = |place: &SymbolPlace| Edit::replace(place.span, self.written(place.span, new));
        places.iter().map(edit).collect()
    }

    fn written(&self, span: Span, new: &str) -> String {
        let end = self.text.len();
        let around = Span::new(span.start.saturating_sub(1), (span.end + 1).min(end));
        let around = self.text.slice(around);
        let inside = around.starts_with(['"', '\'', '*', '&', '(', '/']);
        match New::text(new) {
            New::Scalar(text) if !inside => text,
            _ => new.to_owned(),
        }
    }

    fn parses(&self) -> impl Iterator<Item = (usize, &Parse)> {
        self.stream.documents().map(|(start, analysis)| (start, &analysis.parse))
    }
}

/// Whether manifests other than pods refer to such a symbol of a pod.
pub(super) fn is_linked(kind: SymbolKind) -> bool {
    matches!(kind, SymbolKind::Port | SymbolKind::Container)
}

fn place(name: &Occurrence, start: usize) -> SymbolPlace {
    SymbolPlace { span: name.span.shifted(start), is_definition: name.is_definition }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Document, SymbolPlace};
    use crate::config::Settings;
    use crate::testing::selection;
    use crate::text::apply;

    fn at_cursor(fixture: &str) -> (String, usize, Document) {
        let (text, at) = selection(fixture);
        let document = Document::new(&text, &Arc::new(Settings::default()));
        (text, at.start, document)
    }

    /// The lines of the places that name the symbol at the cursor, `=` where it is made.
    fn lines(fixture: &str) -> String {
        let (text, at, document) = at_cursor(fixture);
        let Some(named) = document.named_at(at) else { return "nothing".to_owned() };
        let line = |place: &SymbolPlace| {
            let number = 1 + text[..place.span.start].matches('\n').count();
            format!("{}{number}", if place.is_definition { "=" } else { "" })
        };
        document.places(&named).iter().map(line).collect::<Vec<_>>().join(" ")
    }

    fn renamed(fixture: &str, new: &str) -> String {
        let (text, at, document) = at_cursor(fixture);
        let named = document.named_at(at).unwrap();
        document.renamed(&named, new).map_or_else(|error| error, |edits| apply(&text, &edits))
    }

    const TWO: &str = "apiVersion: v1
kind: Service
spec:
  selector: {app: web}
  ports:
  - {port: 80, targetPort: http}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
      - name: app
        ports: [{name: http, containerPort: 80}]
        livenessProbe: {httpGet: {port: http}}
        volumeMounts: [{name: data, mountPath: /d}]
      - name: other
        ports: [{name: http, containerPort: 81}]
        volumeMounts: [{name: data, mountPath: /d}]
      volumes:
      - name: data
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: app
    volumeMounts: [{name: data, mountPath: /d}]
  volumes:
  - name: data
";

    #[test]
    fn places_are_found_from_each_of_them() {
        for (before, after, lines_) in [
            ("- {port: 80, targetPort: ht", "tp}", "6 =18 19"),
            ("livenessProbe: {httpGet: {port: ", "http}", "6 =18 19"),
            ("other\n        ports: [{name: http", ", c", "=22"),
            ("      volumes:\n      - name: d", "ata", "20 23 =25"),
            ("selector: {app: w", "eb}\n  ports", "4 12 =14"),
            ("tier: fr", "ont", "=14"),
            ("  - na", "me: app\n    v", "nothing"),
            ("  - name: ap", "p\n    v", "=32"),
        ] {
            let fixture =
                TWO.replacen(&format!("{before}{after}"), &format!("{before}$0{after}"), 1);
            assert_eq!(lines(&fixture), lines_, "{before}");
        }
    }

    #[test]
    fn a_new_name_goes_everywhere() {
        let rename =
            |from: &str, new: &str| renamed(&TWO.replacen(from, &format!("$0{from}"), 1), new);
        let text = rename("http, containerPort: 80", "web");
        assert_eq!(text.matches("targetPort: web").count(), 1);
        assert_eq!(text.matches("name: web, containerPort: 80").count(), 1);
        assert_eq!(text.matches("port: web}").count(), 1);
        assert_eq!(text.matches("http, containerPort: 81").count(), 1);
        assert_eq!(rename("http, containerPort: 80", "Web"), "`Web` contains upper-case letters");
        assert_eq!(rename("app\n        ports", "other"), "`other` already exists");
        // What would be a number gets quotes.
        assert!(rename("data, mountPath", "1").contains("{name: \"1\", mountPath"));
    }

    #[test]
    fn autoscalers_name_containers() {
        let pods = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: $0app}, {name: other}]}}}\n---\n";
        let horizontal = |target: &str| {
            format!(
                "{pods}apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef: {{kind: Deployment, name: {target}}}\n  metrics:\n  - containerResource: {{container: app, name: cpu}}\n  - containerResource: {{container: 'other'}}\n"
            )
        };
        let vertical = format!(
            "{pods}apiVersion: autoscaling.k8s.io/v1\nkind: VerticalPodAutoscaler\nspec:\n  targetRef: {{kind: Deployment, name: web}}\n  resourcePolicy:\n    containerPolicies: [{{containerName: app}}, {{containerName: '*'}}]\n"
        );
        for (fixture, expected) in
            [(horizontal("web"), "=4 11"), (horizontal("api"), "=4"), (vertical, "=4 11")]
        {
            assert_eq!(lines(&fixture), expected, "{fixture}");
        }
        let from_there =
            horizontal("web").replace("$0", "").replace("container: a", "container: a$0");
        assert_eq!(lines(&from_there), "=4 11");
        assert!(renamed(&from_there, "main").contains("{container: main, name: cpu}"));
    }

    #[test]
    fn completion_knows_the_objects_around() {
        let config = |name: &str, key: &str| {
            let data = format!("metadata: {{name: {name}}}\ndata: {{{key}: x}}\n");
            format!("apiVersion: v1\nkind: ConfigMap\n{data}")
        };
        let other = config("other", "k2");
        let other = Document::new(&other, &Arc::new(Settings::default()));
        let labels = |place: &str| {
            let own = config("own", "k1");
            let (_, at, document) = at_cursor(&format!(
                "{own}---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n    - valueFrom:\n        configMapKeyRef: {place}\n"
            ));
            let items = document.completions_around(at, &|| {
                let mut known = document.known();
                known.add(other.known());
                known
            });
            items.into_iter().map(|item| item.label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels("{name: $0}"), "other own");
        assert_eq!(labels("{name: own, key: $0}"), "k1");
        assert_eq!(labels("{name: other, key: $0}"), "k2");
    }

    #[test]
    fn quotes_variables_and_anchors_stay_what_they_are() {
        let pod = |container: &str| {
            format!("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {container}\n")
        };
        let text = pod("{env: [{name: \"$0A\", value: x}], args: ['$(A)', \"$$(A) $(A)\"]}");
        let expected = pod("{env: [{name: \"B\", value: x}], args: ['$(B)', \"$$(A) $(B)\"]}");
        assert_eq!(renamed(&text, "B"), expected);
        assert_eq!(
            renamed("a: &$0x 1\nb: *x\nc: &x 2\nd: *x\n", "y"),
            "a: &y 1\nb: *y\nc: &x 2\nd: *x\n"
        );
        // An alias would mean another one.
        let taken = "`y` already exists";
        assert_eq!(renamed("a: &$0x 1\nb: &y 2\nc: *x\nd: *y\n", "y"), taken);
        assert_eq!(renamed("a: &x 1\nb: &y 2\nc: *$0x\nd: *y\n", "y"), taken);
    }
}
