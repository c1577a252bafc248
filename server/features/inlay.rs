//! Inlay hints: the quality of service of a pod, and the roles of containers.
//!
//! They are few and short: a pod of one container has none, and they do not repeat the text beside them.

use crate::features::depends::Depends;
use crate::features::needs;
use crate::pod::{ContainerRole, Manifest, Pattern, Pod, Role};
use crate::syntax::Parse;
use crate::text::{Span, code};

/// A short text that an editor shows at a place, and a longer one to go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub offset: usize,
    pub label: String,
    /// Markdown
    pub tooltip: String,
}

/// The hints of a document that lie in `range`.
pub fn hints(parse: &Parse, range: Span) -> Vec<Hint> {
    let manifests = Manifest::all(parse);
    let near = manifests.iter().filter(|it| it.root.span().touches(range));
    let pods = near.flat_map(Pod::all).filter(|pod| pod.containers.len() > 1);
    let depends = Depends::of(parse);
    let mut hints: Vec<_> = pods.flat_map(|pod| of_pod(&pod, &depends)).collect();
    hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    hints
}

fn of_pod(pod: &Pod<'_>, depends: &Depends<'_>) -> Vec<Hint> {
    let mut hints = Vec::new();
    // The values of a template may bring more resources.
    let qos = pod.qos().filter(|_| !depends.is_template);
    if let (Some(key), Some(qos)) = (pod.spec.key(), qos) {
        let text = pod.spec.tree().text();
        let colon = text.get(key.span().end..).is_some_and(|rest| rest.starts_with(':'));
        hints.push(Hint {
            offset: key.span().end + usize::from(colon),
            label: qos.class.name().to_owned(),
            tooltip: needs::about(pod),
        });
    }
    let news = pod.container_roles().into_iter().filter(is_news);
    let hint = |it: ContainerRole<'_>| {
        let mut hint = of_container(&it)?;
        hint.label.push_str(&depends.remark(pod, &it));
        Some(hint)
    };
    hints.extend(news.filter_map(hint));
    hints
}

/// Whether the role differs from that of the list with the container.
fn is_news(found: &ContainerRole<'_>) -> bool {
    found.container.role == Role::Sidecar || found.pattern.is_some_and(Pattern::is_helper)
}

fn of_container(found: &ContainerRole<'_>) -> Option<Hint> {
    let name = found.container.name_node()?;
    let helps = found.helps.map(|it| format!(" It helps {}.", code(it.name()))).unwrap_or_default();
    Some(Hint {
        offset: name.span().end,
        label: found.label(),
        tooltip: format!("{}.{helps}", crate::features::lifecycle::capitalised(&found.reason)),
    })
}

#[cfg(test)]
mod tests {
    use super::hints;
    use crate::syntax::parse;
    use crate::text::Span;

    fn shown(text: &str) -> String {
        let mut out = text.to_owned();
        for hint in hints(&parse(text), Span::new(0, text.len())).into_iter().rev() {
            out.insert_str(hint.offset, &format!("<{}>", hint.label));
        }
        out
    }

    #[test]
    fn what_is_not_written_there_is_shown() {
        let text = "apiVersion: v1\nkind: Pod\nspec:\n  initContainers:\n  - name: wait\n  - name: log\n    restartPolicy: Always\n  containers:\n  - name: web\n  - name: redis-exporter\n    resources: {requests: {cpu: 1}}\n";
        let expected = "apiVersion: v1\nkind: Pod\nspec:<Burstable>\n  initContainers:\n  - name: wait\n  - name: log<native sidecar>\n    restartPolicy: Always\n  containers:\n  - name: web\n  - name: redis-exporter<adapter>\n    resources: {requests: {cpu: 1}}\n";
        assert_eq!(shown(text), expected);
        let part = hints(&parse(text), Span::new(0, 40));
        assert_eq!(part.len(), 1);
        assert!(part[0].tooltip.contains("has no cpu limit"), "{}", part[0].tooltip);
    }

    #[test]
    fn a_template_says_on_what_a_container_depends() {
        let pod = "apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  initContainers:
  {{- if .Values.agent.enabled }}
  - name: agent
    image: agent:1
    restartPolicy: Always
  {{- end }}
  - name: proxy
    image: proxy:1
    restartPolicy: Always
  containers:
  - name: a
";
        let all = hints(&parse(pod), Span::new(0, pod.len()));
        let labels: Vec<_> = all.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(labels, ["native sidecar if .Values.agent.enabled", "native sidecar"]);
    }

    #[test]
    fn a_pod_of_one_has_none() {
        let text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n";
        assert_eq!(shown(text), text);
    }
}
