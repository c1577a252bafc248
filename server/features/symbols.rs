//! The outline: manifests, their containers, volumes and ports.

use crate::pod::{ContainerRole, Manifest, Pod, Role};
use crate::syntax::{Node, Parse};
use crate::text::Span;

/// An entry of the outline: `Pod web > initContainers > wait-db`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    pub name: String,
    pub detail: String,
    pub kind: OutlineKind,
    /// All of it.
    pub span: Span,
    /// The part that an editor selects: its name.
    pub name_span: Span,
    pub children: Vec<OutlineItem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    Manifest,
    Group,
    Container,
    InitContainer,
    Sidecar,
    Volume,
    Port,
    Field,
}

impl OutlineItem {
    /// The symbol `by` bytes further down, with all below it.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.shifted(by);
        self.name_span = self.name_span.shifted(by);
        self.children = self.children.into_iter().map(|child| child.shifted(by)).collect();
        self
    }
}

/// The outline of a document; empty when it is no manifest.
pub fn symbols(parse: &Parse) -> Vec<OutlineItem> {
    Manifest::all(parse).iter().map(manifest).collect()
}

fn manifest(manifest: &Manifest<'_>) -> OutlineItem {
    let metadata = manifest.root.field("metadata");
    let named = metadata.and_then(|it| it.field("name").or_else(|| it.field("generateName")));
    let name = named.and_then(Node::as_str).unwrap_or_default();
    let kind = manifest.root.entry("kind").map_or(manifest.root, |entry| entry.value);
    let pods = Pod::all(manifest);
    let children = match pods.is_empty() {
        true => fields(manifest.root),
        false => pods.iter().flat_map(groups).collect(),
    };
    OutlineItem {
        name: format!("{} {name}", manifest.kind).trim_end().to_owned(),
        detail: manifest.api_version.to_owned(),
        kind: OutlineKind::Manifest,
        span: manifest.root.span(),
        name_span: inside(named.unwrap_or(kind).head_span(), manifest.root.span()),
        children,
    }
}

/// LSP wants the selected part to lie in the whole.
fn inside(span: Span, whole: Span) -> Span {
    if whole.contains(span) { span } else { Span::at(whole.start) }
}

fn fields(root: Node<'_>) -> Vec<OutlineItem> {
    let own = root.entries().filter(|entry| !entry.is_merge());
    own.map(|entry| OutlineItem {
        name: entry.key.text().unwrap_or_default().to_owned(),
        detail: entry.value.text().unwrap_or_default().chars().take(60).collect(),
        kind: OutlineKind::Field,
        span: Span::new(entry.key.span().start, entry.value.span().end.max(entry.key.span().end)),
        name_span: entry.key.content_span(),
        children: Vec::new(),
    })
    .filter(|symbol| !symbol.name.is_empty())
    .collect()
}

/// The lists of a pod that have items, in the order of the file.
fn groups(pod: &Pod<'_>) -> Vec<OutlineItem> {
    let lists = ["initContainers", "containers", "ephemeralContainers", "volumes"];
    let roles = pod.container_roles();
    let group = |list: &&str| group(pod, &roles, list);
    let mut groups: Vec<OutlineItem> = lists.iter().filter_map(group).collect();
    groups.sort_by_key(|group| group.span);
    groups
}

fn group(pod: &Pod<'_>, roles: &[ContainerRole<'_>], list: &str) -> Option<OutlineItem> {
    let entry = pod.spec.entry(list)?;
    let children: Vec<OutlineItem> = match list {
        "volumes" => entry.value.items().filter_map(volume).collect(),
        _ => {
            let single = roles.len() == 1;
            let own = roles.iter().filter(|it| it.container.role.list() == list);
            own.map(|it| container(it, single)).collect()
        }
    };
    if children.is_empty() {
        return None;
    }
    Some(OutlineItem {
        name: list.to_owned(),
        detail: String::new(),
        kind: OutlineKind::Group,
        span: Span::new(entry.key.span().start, entry.value.span().end.max(entry.key.span().end)),
        name_span: entry.key.content_span(),
        children,
    })
}

fn container(found: &ContainerRole<'_>, single: bool) -> OutlineItem {
    let container = found.container;
    let span = container.node.span();
    let name = container.name_node().unwrap_or(container.node);
    OutlineItem {
        name: if container.name().is_empty() {
            container.title()
        } else {
            container.name().to_owned()
        },
        detail: detail(found, single),
        kind: match container.role {
            Role::Init => OutlineKind::InitContainer,
            Role::Sidecar => OutlineKind::Sidecar,
            Role::App | Role::Ephemeral => OutlineKind::Container,
        },
        span,
        name_span: inside(name.head_span(), span),
        children: container.items("ports").filter_map(port).collect(),
    }
}

/// Its role, where there are several and it is known, and its image.
fn detail(found: &ContainerRole<'_>, single: bool) -> String {
    let image = found.container.image();
    if single || (found.pattern.is_none() && found.container.role == Role::App) {
        return image.to_owned();
    }
    match image {
        "" => found.label(),
        image => format!("{} \u{b7} {image}", found.label()),
    }
}

fn port(node: Node<'_>) -> Option<OutlineItem> {
    let number = node.field("containerPort")?;
    let name = node.field("name").and_then(Node::as_str).unwrap_or_default();
    Some(OutlineItem {
        name: format!("{} {name}", number.text()?).trim_end().to_owned(),
        detail: node.field("protocol").and_then(Node::as_str).unwrap_or("TCP").to_owned(),
        kind: OutlineKind::Port,
        span: node.span(),
        name_span: inside(number.head_span(), node.span()),
        children: Vec::new(),
    })
}

fn volume(item: Node<'_>) -> Option<OutlineItem> {
    let node = item.resolved()?;
    let name = node.field("name")?;
    let source = node.entries().find(|entry| entry.key.text() != Some("name"));
    Some(OutlineItem {
        name: name.text()?.to_owned(),
        detail: source.and_then(|it| it.key.text()).unwrap_or("emptyDir").to_owned(),
        kind: OutlineKind::Volume,
        span: node.span(),
        name_span: inside(name.head_span(), node.span()),
        children: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::{OutlineItem, symbols};
    use crate::syntax::parse;

    fn outline(symbols: &[OutlineItem], depth: usize) -> String {
        let line = |it: &OutlineItem| {
            let below = outline(&it.children, depth + 1);
            format!("{}{} ({:?}, {})\n{below}", "  ".repeat(depth), it.name, it.kind, it.detail)
        };
        symbols.iter().map(line).collect()
    }

    #[test]
    fn a_pod_is_its_containers_and_volumes() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  volumes:\n  - name: logs\n  containers:\n  - name: app\n    image: nginx\n    ports:\n    - containerPort: 80\n      name: http\n  initContainers:\n  - name: log\n    restartPolicy: Always\n";
        expect![[r#"
            Pod web (Manifest, v1)
              volumes (Group, )
                logs (Volume, emptyDir)
              containers (Group, )
                app (Container, app · nginx)
                  80 http (Port, TCP)
              initContainers (Group, )
                log (Sidecar, native sidecar)
        "#]]
        .assert_eq(&outline(&symbols(&parse(text)), 0));
    }
}
