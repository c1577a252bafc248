//! Hover: what the field or the value at the cursor means.

use std::fmt::Write;

use crate::features::{lifecycle, meaning, needs};
use crate::pod::{self, Expected, Manifest, Pod, expected};
use crate::schema;
use crate::syntax::{Node, Parse, Templated};
use crate::text::Span;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    pub span: Span,
    pub markdown: String,
}

/// The hover at `offset` of a document, if there is one.
pub fn hover(parse: &Parse, offset: usize) -> Option<Hover> {
    let node = parse.tree.root()?.at(offset);
    if !node.is_scalar() || node.content_span().is_empty() {
        return None;
    }
    let value = if node.is_key() { node.next_sibling()? } else { node };
    let mut markdown = match expected(value) {
        Some(expected) => about(expected, node)?,
        None => return None,
    };
    let meaning = meaning::of(node, value);
    let facts = facts(node, value);
    let depends = facts.is_some() && parse.templated != Templated::No;
    if let Some(facts) = facts.or(meaning) {
        let _ = write!(markdown, "\n\n---\n{facts}");
    }
    if depends {
        markdown.push_str("\n\n*This is a template: values can add or remove parts.*");
    }
    Some(Hover { span: node.head_span(), markdown })
}

fn about(expected: Expected, node: Node<'_>) -> Option<String> {
    let (owner, field) = expected.field?;
    if !node.is_key()
        && field.name() == "kind"
        && let Some(text) = kind_doc(node)
    {
        return Some(text);
    }
    let name = field.name();
    let mut out = format!("**{name}** `{}`", field.ty());
    if let Some(value) = field.values().find(|it| !node.is_key() && Some(it.value) == node.text()) {
        let _ = write!(out, "\n\n`{}`: {}", value.value, value.meaning);
    }
    let _ = write!(out, "\n\n{}", pod::describe(field));
    let _ = write!(out, "\n\n*{}*", owner.name());
    Some(out)
}

/// The docs of the kind that `kind:` names.
fn kind_doc(node: Node<'_>) -> Option<String> {
    let version = node.parent()?.get("apiVersion")?.as_str()?;
    let ty = schema::kind(version, node.as_str()?)?;
    Some(format!("**{}** `{version}`\n\n{}", node.as_str()?, ty.doc()))
}

/// Facts about this pod, which no manual has: the life cycle of the container with this name, or the
/// resources of the pod, for its `spec` and for the key `resources`.
fn facts(node: Node<'_>, value: Node<'_>) -> Option<String> {
    let key = value.key().and_then(Node::text)?;
    match key {
        "name" => {
            let container = value.parent()?;
            let pod = around(container)?;
            let found = pod.containers.iter().find(|it| it.node == container)?;
            Some(lifecycle::about(&pod, found))
        }
        "resources" | "spec" if node.is_key() => {
            let pod = around(value)?;
            let holder = value.parent()?;
            let is_own = pod.spec == value
                || pod.spec == holder
                || pod.containers.iter().any(|it| it.node == holder);
            is_own.then(|| needs::about(&pod))
        }
        _ => None,
    }
}

/// The pod that holds a node. Items of a `List` are objects of their own, so every map around it
/// that has a kind is tried.
pub(super) fn around(inner: Node<'_>) -> Option<Pod<'_>> {
    let mut objects = inner.ancestors().filter(|it| it.is_map() && it.get("kind").is_some());
    objects.find_map(|object| Pod::around(Manifest::of(object), inner))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::hover;
    use crate::pod::expected;
    use crate::schema::Type;
    use crate::syntax::parse;
    use crate::testing::selection;

    #[track_caller]
    fn first_lines(fixture: &str) -> String {
        let (text, at) = selection(fixture);
        let parse = parse(&text);
        let found = hover(&parse, at.start).map(|it| it.markdown).unwrap_or_default();
        found.lines().take(3).collect::<Vec<_>>().join("|")
    }

    const POD: &str = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n";

    #[test]
    fn a_template_may_say_more() {
        let pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n";
        let said = |text: &str| {
            let found = hover(&parse(text), text.find("spec").unwrap()).unwrap();
            found.markdown.contains("This is a template")
        };
        assert!(!said(pod));
        assert!(said(&format!("{pod}{{{{- if .Values.b }}}}\n  - name: b\n{{{{- end }}}}\n")));
    }

    #[test]
    fn fields_values_and_kinds() {
        let image = first_lines(&format!("{POD}  - im$0age: x\n"));
        assert!(image.starts_with("**image** `string`||Container image name."), "{image}");
        let policy = first_lines(&format!("{POD}  - imagePullPolicy: Al$0ways\n"));
        assert!(policy.contains("`Always`: ask the registry"), "{policy}");
        let kind = first_lines("apiVersion: v1\nkind: P$0od\n");
        assert!(kind.starts_with("**Pod** `v1`||Pod is a collection"), "{kind}");
        assert_eq!(first_lines("a: $0b\n"), "");
    }

    #[track_caller]
    fn facts(spec: &str, expected: Expect) {
        let (text, at) = selection(&format!("apiVersion: v1\nkind: Pod\n{spec}"));
        let found = hover(&parse(&text), at.start).unwrap().markdown;
        expected.assert_eq(found.split_once("\n---\n").map_or("", |(_, facts)| facts));
    }

    const SPEC: &str = "spec:
  initContainers:
  - name: wait
  - name: db
    image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2
    restartPolicy: Always
    startupProbe: {}
  - name: migrate
    resources: {requests: {memory: 1Gi}}
  containers:
  - name: web
    resources: {requests: {cpu: 1}, limits: {memory: 128Mi}}
";

    #[test]
    fn the_life_of_a_container() {
        let at = |name: &str| SPEC.replace(&format!("name: {name}"), &format!("name: $0{name}"));
        facts(
            &at("wait"),
            expect![[r#"
                **Init container**: it runs to its end before the others.

                - Starts first.
                - `db` starts once it has ended with exit code 0.
                - Is restarted until it ends with exit code 0 (the pod's `restartPolicy` is `Always` by default)."#]],
        );
        facts(
            &at("db"),
            expect![[r#"
                **Native sidecar, ambassador**: its image connects to a database in the cloud. It helps `web`.

                - Starts once `wait` has ended with exit code 0.
                - `migrate` starts once it runs and its startup probe has succeeded, without waiting for it to be ready.
                - Stops once `web` has ended; the grace period of 30 s is for all.
                - Is restarted whenever it ends, whatever the pod's `restartPolicy` is."#]],
        );
        facts(
            &at("migrate"),
            expect![[r#"
                **Init container**: it runs to its end before the others.

                - Starts third, once `db` runs and its startup probe has succeeded.
                - `web` starts once it has ended with exit code 0.
                - Is restarted until it ends with exit code 0 (the pod's `restartPolicy` is `Always` by default)."#]],
        );
        facts(
            &at("web"),
            expect![[r#"
                **App**: the other containers help it.

                - Starts after all of `initContainers`, once `migrate` has ended with exit code 0.
                - Stops first; the grace period of 30 s is for all.
                - Is restarted whenever it ends (the pod's `restartPolicy` is `Always` by default)."#]],
        );
        facts(
            "spec:\n  restartPolicy: Never\n  containers:\n  - name: a\n  - name: $0b\n",
            expect![[r#"
                **Role unknown**: nothing shows whether it helps another one.

                - Starts right away together with the other app containers.
                - Stops first; the grace period of 30 s is for all.
                - Is never restarted (`restartPolicy: Never` of the pod)."#]],
        );
    }

    #[test]
    fn what_the_pod_needs() {
        let spec_and_resources =
            [format!("$0{SPEC}"), SPEC.replacen("resources", "$0resources", 1)];
        for fixture in spec_and_resources {
            facts(
                &fixture,
                expect![[r#"
                    **The pod as a whole**

                    | | requests | limits |
                    | --- | --- | --- |
                    | cpu | 1 | none |
                    | memory | 1Gi | none for init container `wait` |

                    While `migrate` runs, the pod needs more memory than later.

                    Quality of service: **Burstable**, not Guaranteed, since init container `wait` has no cpu limit."#]],
            );
        }
        facts(
            "sp$0ec:\n  containers:\n  - name: a\n",
            expect![[r#"
                **The pod as a whole**

                It has no requests and no limits.

                Quality of service: **BestEffort**, not Burstable, since no container requests cpu or memory."#]],
        );
    }

    #[test]
    fn the_type_at_a_place_is_known_in_half_a_manifest() {
        let tree = parse("kind: Pod\nspec:\n  hostNetwork: tr\n").tree;
        let node = tree.nodes().find(|it| it.text() == Some("tr")).unwrap();
        assert_eq!(expected(node).unwrap().ty, Type::Bool);
    }
}
