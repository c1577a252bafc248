//! Hover: what the field or the value at the cursor means.

use std::fmt::Write;

use crate::pod::{self, Expected, Manifest, Pod, Role, expected};
use crate::schema;
use crate::syntax::{Node, Parse};
use crate::text::Span;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    pub span: Span,
    pub markdown: String,
}

/// The hover at `offset` of a document; nothing where podls has nothing to say.
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
    if let Some(role) = role(value) {
        let _ = write!(markdown, "\n\n---\n{role}");
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

/// For the name of a container: what it is for its pod, and when it runs.
fn role(value: Node<'_>) -> Option<String> {
    let is_name = value.key().and_then(Node::text) == Some("name");
    let container = value.parent().filter(|_| is_name)?;
    let root = container.ancestors().last()?;
    let pod = Pod::around(Manifest::of(root), container)?;
    let found = pod.containers.iter().find(|it| it.node == container)?;
    let what = match found.role {
        Role::Init => "runs to its end before the next container starts",
        Role::Sidecar => {
            "starts in its place among the init containers, keeps running beside the app, and stops \
             after it"
        }
        Role::App => "runs beside the other containers, once all init containers have ended",
        Role::Ephemeral => "was added to look into a running pod",
    };
    Some(format!("{} {} of its list: {what}.", capitalised(found.role.name()), found.index + 1))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
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
    fn fields_values_and_kinds() {
        let image = first_lines(&format!("{POD}  - im$0age: x\n"));
        assert!(image.starts_with("**image** `string`||Container image name."), "{image}");
        let policy = first_lines(&format!("{POD}  - imagePullPolicy: Al$0ways\n"));
        assert!(policy.contains("`Always`: ask the registry"), "{policy}");
        let kind = first_lines("apiVersion: v1\nkind: P$0od\n");
        assert!(kind.starts_with("**Pod** `v1`||Pod is a collection"), "{kind}");
        assert_eq!(first_lines("a: $0b\n"), "");
    }

    #[test]
    fn a_sidecar_is_told_from_an_init_container() {
        let pod = "apiVersion: v1\nkind: Pod\nspec:\n  initContainers:\n  - name: l$0og\n";
        let text = |fixture: &str| {
            let (text, at) = selection(fixture);
            hover(&parse(&text), at.start).unwrap().markdown
        };
        assert!(text(pod).contains("Init container 1 of its list"));
        assert!(
            text(&format!("{pod}    restartPolicy: Always\n")).contains("Sidecar 1 of its list")
        );
    }

    #[test]
    fn the_type_at_a_place_is_known_in_half_a_manifest() {
        let tree = parse("kind: Pod\nspec:\n  hostNetwork: tr\n").tree;
        let node = tree.nodes().find(|it| it.text() == Some("tr")).unwrap();
        assert_eq!(expected(node).unwrap().ty, Type::Bool);
    }
}
