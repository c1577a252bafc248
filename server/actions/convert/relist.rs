//! Moves a container to another list of its pod, with its comments.

use crate::actions::convert::lines::{
    edited, ended, insert_lines, of_entry, of_item, remove_lines, shifted, with_comments, word,
};
use crate::pod::{Container, Pod, Role};
use crate::syntax::Node;
use crate::syntax::write::{self, Layout, New, Place};
use crate::text::{Edit, Span};

/// The changes of a container that moves.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) edits: Vec<Edit>,
    /// The dropped fields that the title lists.
    pub(super) dropped: Vec<&'static str>,
}

impl Changes {
    /// Removes existing `fields`; the title lists them if they are `loud`.
    pub(super) fn drop_fields(
        &mut self,
        node: Node<'_>,
        fields: &[&'static str],
        loud: bool,
    ) -> Option<()> {
        for field in fields {
            let Some(entry) = node.entry(field) else { continue };
            self.edits.push(write::remove(entry.key)?);
            if loud {
                self.dropped.push(field);
            }
        }
        Some(())
    }

    /// Removes what makes it a sidecar, or another policy and its rules, which the title lists.
    pub(super) fn drop_restarts(&mut self, node: Node<'_>) -> Option<()> {
        let always = node.field("restartPolicy").and_then(Node::as_str) == Some("Always");
        self.drop_fields(node, &["restartPolicy"], !always)?;
        self.drop_fields(node, &["restartPolicyRules"], true)
    }

    /// Makes it restart always.
    pub(super) fn always(&mut self, node: Node<'_>) -> Option<()> {
        let always = word(node, "Always");
        let edit = match node.entry("restartPolicy") {
            Some(entry) => write::replace(entry.value, &always),
            None => write::insert(node, "restartPolicy", &always, Place::After("image")),
        };
        self.edits.push(edit?);
        Some(())
    }

    /// The end of the title: the dropped fields.
    pub(super) fn losses(&self) -> String {
        match &self.dropped[..] {
            [] => String::new(),
            dropped => format!(" (drops {})", super::lines::listed(dropped)),
        }
    }
}

/// The edits that move a container to the end of `list` and make `changes` to it. With no list to
/// move to, the changes alone.
pub(super) fn relist(
    pod: &Pod<'_>,
    container: &Container<'_>,
    list: &str,
    changes: &Changes,
) -> Option<Vec<Edit>> {
    if container.role.list() == list {
        return Some(changes.edits.clone());
    }
    let source = container.node.parent()?;
    if source.kind().is_flow() {
        return in_flow(pod, container.node, list, changes);
    }
    in_block(pod, container.node, list, changes)
}

fn in_block(pod: &Pod<'_>, item: Node<'_>, list: &str, changes: &Changes) -> Option<Vec<Edit>> {
    let text = item.tree().text();
    let line_break = Layout::of(item).line_break;
    let lines = of_item(item)?;
    let moved = ended(&edited(text, lines.span, &changes.edits)?, line_break);
    let gap = text.get(lines.gap..lines.span.start)?;
    let insertion = match pod.spec.entry(list).map(|entry| entry.value) {
        Some(target) if target.kind().is_block() && target.is_seq() => {
            let last = of_item(target.items().last()?)?;
            let by = last.column as isize - lines.column as isize;
            let moved = format!("{gap}{}", shifted(&moved, by)?);
            insert_lines(text, last.span.end, &moved, line_break)
        }
        Some(_) => return None,
        None => {
            let beside = pod.spec.entry("containers").filter(|it| it.value.kind().is_block())?;
            let column = of_entry(beside.key)?.column;
            let dash = usize::try_from(beside.value.indent()).ok()?;
            let moved = shifted(&moved, dash as isize - lines.column as isize)?;
            let moved = format!("{}{list}:{line_break}{moved}", " ".repeat(column));
            Edit::insert(beside.key.span().start - column, moved)
        }
    };
    Some(vec![removal(item, text)?, insertion])
}

/// Removes an item with its lines; with the last one, the list.
pub(super) fn removal(item: Node<'_>, text: &str) -> Option<Edit> {
    let lines = of_item(item)?;
    let list = item.parent()?;
    if list.items().nth(1).is_some() {
        let first = list.items().next() == Some(item);
        let start = if first { lines.span.start } else { lines.gap };
        return Some(remove_lines(text, Span::new(start, lines.span.end)));
    }
    let key = list.key()?;
    let between = text.get(key.span().end..lines.span.start)?;
    if between.contains(['#', '&', '!']) {
        // A comment or an anchor of the list stays, and so does the list.
        return None;
    }
    let bytes = text.as_bytes();
    let start = crate::syntax::lines::line_start(bytes, key.span().start);
    let own_line = crate::syntax::lines::skip_blanks(bytes, start) == key.span().start;
    own_line.then(|| remove_lines(text, Span::new(start, lines.span.end)))
}

fn in_flow(pod: &Pod<'_>, item: Node<'_>, list: &str, changes: &Changes) -> Option<Vec<Edit>> {
    // A comment beside an item would stay behind.
    with_comments(item).filter(|it| *it == item.span())?;
    let text = edited(item.tree().text(), item.span(), &changes.edits)?;
    let moved = New::Source(text);
    let insertion = match pod.spec.entry(list).map(|entry| entry.value) {
        Some(target) if target.kind().is_flow() && target.items().next().is_some() => {
            write::push(target, &moved)?
        }
        Some(_) => return None,
        None => write::insert(pod.spec, list, &New::Seq(vec![moved]), Place::Before("containers"))?,
    };
    let source = item.parent()?;
    let only = source.items().nth(1).is_none();
    let removal = write::remove(if only { source.key()? } else { item })?;
    Some(vec![removal, insertion])
}

/// Whether it is the only app container, which a pod needs.
pub(super) fn is_last_app(pod: &Pod<'_>, container: &Container<'_>) -> bool {
    let apps = pod.containers.iter().filter(|it| it.role == Role::App);
    container.role == Role::App && apps.count() < 2
}

#[cfg(test)]
mod tests {
    use crate::actions::{File, WorkspaceContext, run};
    use crate::schema::{PodSecurity, Version};
    use crate::syntax;
    use crate::testing::selection;
    use crate::text::apply;

    /// What the first offer whose title starts with `title` makes of a fixture.
    fn done(title: &str, fixture: &str) -> Option<String> {
        let (text, span) = selection(fixture);
        let parse = syntax::parse(&text);
        let file = File {
            documents: &[(0, &parse)],
            index: 0,
            version: Version::default(),
            pod_security: PodSecurity::Privileged,
        };
        let assists = run(&file, span, WorkspaceContext::default());
        let assist = assists.iter().find(|it| it.title.starts_with(title))?;
        Some(apply(&text, &assist.edits))
    }

    const KYAML: &str = r#"{
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: "web",
  },
  spec: {
    containers: [{
      name: "web",
      image: "example.com/web:1",
    }, {
      # Ships the logs.
      name: "log-a$0gent",
      image: "fluent/fluent-bit:5.1.1",
    }],
  },
}
"#;

    #[test]
    fn kyaml_stays_kyaml() {
        let after = done("Convert `log-agent` to a sidecar", KYAML).unwrap();
        let parse = syntax::parse(&after);
        assert!(parse.errors.is_empty(), "{after}");
        assert!(after.contains("# Ships the logs."), "{after}");
        assert!(after.contains("restartPolicy: \"Always\"") && after.contains("initContainers: ["));
        let up = done("Move `log-agent` up", KYAML).unwrap();
        assert!(up.find("log-agent") < up.find("\"web\",\n      image"), "{up}");
        let pod = KYAML.replace("$0", "").replace("kind: \"", "kind: $0\"");
        let wrapped = done("Wrap into a Deployment", &pod).unwrap();
        let parse = syntax::parse(&wrapped);
        assert!(parse.errors.is_empty(), "{wrapped}");
        assert!(wrapped.contains("kind: \"Deployment\"") && wrapped.contains("matchLabels"));
        let back = wrapped.replace("kind: \"", "kind: $0\"");
        let back = done("Unwrap into a Pod", &back).unwrap();
        let expected = KYAML.replace("$0", "");
        let (_, spec) = expected.split_once("  spec").unwrap();
        assert!(back.ends_with(&format!("  spec{spec}")), "{back}");
    }

    #[test]
    fn comments_go_where_their_containers_go() {
        let text = "apiVersion: v1\nkind: Pod\nspec: {\n  containers: [\n    # One.\n    {name: one, image: a},\n    # Two.\n    {name: t$0wo, image: b},\n  ],\n}\n";
        let up = done("Move `two` up", text).unwrap();
        let expected = "[\n    # Two.\n    {name: two, image: b},\n    # One.\n    {name: one, image: a},\n  ],\n}\n";
        assert!(up.ends_with(expected), "{up}");
        assert_eq!(done("Convert", text), None);
        let text = text.replace("},\n    # Two", "}, # One too.\n    # Two");
        assert_eq!(done("Move `two` up", &text), None);
        let text = "apiVersion: v1\nkind: Pod\nspec:\n  initContainers: # In this order.\n  - name: o$0ne\n    image: a\n  containers:\n  - name: two\n    image: b\n";
        assert_eq!(done("Convert `one` to a container", text), None);
    }

    #[test]
    fn json_stays_json() {
        let text = r#"{"apiVersion": "v1", "kind": $0"Pod", "metadata": {"name": "web"}, "spec": {"containers": [{"name": "web", "image": "example.com/web:1"}]}}"#;
        let wrapped = done("Wrap into a Job", text).unwrap();
        let value: serde_json::Value = serde_json::from_str(&wrapped).unwrap();
        assert_eq!(value["spec"]["template"]["spec"]["restartPolicy"], "Never");
        let text = text.replace("}, \"spec\"", "},\n \"spec\"").replace(": {\"", ": {\n  \"");
        let wrapped = done("Wrap into a Deployment", &text).unwrap();
        let value: serde_json::Value = serde_json::from_str(&wrapped).unwrap();
        assert_eq!(value["spec"]["selector"]["matchLabels"]["app"], "web");
    }

    #[test]
    fn line_ends_are_kept() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: a\n  - name: log$0s\n    image: b";
        let expected = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  initContainers:\n  - name: logs\n    image: b\n    restartPolicy: Always\n  containers:\n  - name: web\n    image: a";
        let after = done("Convert `logs` to a sidecar", &text.replace('\n', "\r\n"));
        assert_eq!(after.as_deref(), Some(&*expected.replace('\n', "\r\n")));
        let up = done("Move `logs` up", text).unwrap();
        assert!(up.ends_with("image: b\n  - name: web\n    image: a"), "{up}");
    }

    #[test]
    fn what_a_pod_needs_stays() {
        let text =
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: w$0eb\n    image: a\n";
        assert_eq!(done("Convert", text), None);
        assert_eq!(done("Move", text), None);
        assert_eq!(done("Split", text), None);
        let aliased = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: w$0eb\n    env: &env []\n    image: a\n  - name: b\n    env: *env\n    image: a\n";
        assert_eq!(done("Move", aliased), None);
    }

    #[test]
    fn a_policy_that_is_lost_is_told() {
        for (policy, is_told) in [("Always", false), ("Never", true)] {
            let text = format!(
                "apiVersion: v1\nkind: Pod\nspec:\n  initContainers:\n  - name: o$0ne\n    image: a\n    restartPolicy: {policy}\n  containers:\n  - name: two\n    image: b\n"
            );
            let title = "Convert `one` to an app container";
            assert!(done(title, &text).is_some(), "{policy}");
            let losses = done(&format!("{title} (drops restartPolicy)"), &text);
            assert_eq!(losses.is_some(), is_told, "{policy}");
        }
    }
}
