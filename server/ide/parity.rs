//! What the API server says of findings besides what podls says.

use std::collections::HashMap;

use crate::check::Finding;
use crate::ide::Document;
use crate::parity::{Place, echoes, server_path};
use crate::syntax::{Node, NodeId};
use crate::text::Span;

/// What the server says of a finding, for programs that compare with it; nobody would edit there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerReport {
    /// The place that the server's own path leads to, as far as the manifest has it, when that is not where
    /// the finding is: the server leaves indexes out and names maps instead of their keys.
    pub place: Option<Span>,
    /// Where it reports the fault again.
    pub echoes: Vec<Place>,
}

impl Document {
    /// What the server says of each of `findings`, which are those of this document.
    pub fn server_reports(&self, findings: &[Finding]) -> Vec<ServerReport> {
        let mut documents = self.stream.documents().peekable();
        let mut current = None;
        let mut lists = Lists::new();
        let report = |finding: &Finding| {
            while let Some(next) = documents.next_if(|(start, _)| *start <= finding.span.start) {
                current = Some(next);
                lists.clear();
            }
            let (start, analysis) = current?;
            let root = analysis.parse.tree.root().filter(|_| !finding.path.is_empty());
            let node = root.map(|root| deepest(root, &server_path(finding), &mut lists));
            let place = node.and_then(|node| self.server_place(finding, node, start));
            let shifted = |it: Place| Place { span: it.span.shifted(start), ..it };
            let echoes = echoes(&analysis.parse, finding).into_iter().map(shifted).collect();
            Some(ServerReport { place, echoes })
        };
        findings.iter().map(report).map(Option::unwrap_or_default).collect()
    }

    fn server_place(&self, finding: &Finding, node: Node<'_>, start: usize) -> Option<Span> {
        let (value, key) = (node.head_span(), node.key().unwrap_or(node).content_span());
        let line = |span: Span| self.text.line_col(span.start).0;
        let own = line(finding.span);
        let is_there = [value, key].into_iter().any(|span| line(span.shifted(start)) == own);
        (!is_there).then(|| key.shifted(start))
    }
}

/// The items of the lists that paths went through, so that each list is walked once.
type Lists<'a> = HashMap<NodeId, Vec<Node<'a>>>;

/// The last node on the way that `path` describes.
fn deepest<'a>(root: Node<'a>, path: &str, lists: &mut Lists<'a>) -> Node<'a> {
    let mut node = root;
    for step in steps(path) {
        let next = match step.parse::<usize>() {
            Ok(index) if node.is_seq() => {
                let items = lists.entry(node.id()).or_insert_with(|| node.items().collect());
                items.get(index).and_then(|item| item.resolved())
            }
            _ => node.get(step),
        };
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    node
}

/// The keys and indexes of `spec.containers[0].resources.limits[a.io/b]`.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    let pieces = path.split('[').enumerate();
    let steps = pieces.flat_map(|(number, piece)| {
        let (inside, behind) = match piece.split_once(']') {
            Some((inside, behind)) if number > 0 => (Some(inside), behind),
            _ => (None, piece),
        };
        inside.into_iter().chain(behind.split('.'))
    });
    steps.filter(|step| !step.is_empty())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn paths_fall_into_steps() {
        let path = "spec.containers[10].resources.limits[a.io/b].x";
        let expected = ["spec", "containers", "10", "resources", "limits", "a.io/b", "x"];
        assert_eq!(steps(path).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_server_points_at_the_map() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    \
            image: a\n    volumeMounts:\n    - name: v\n      mountPath: /a\n      subPath: /b\n  volumes:\n  \
            - name: v\n    emptyDir: {}\n";
        let document = Document::new(text, &Arc::default());
        let findings = document.findings();
        let place = document.server_reports(&findings)[0].place.unwrap();
        assert_eq!(findings[0].code, "path-relative");
        assert_eq!(&text[place.start..place.end], "volumeMounts");
    }

    /// The paths of the echoes in `text`.
    fn echoes(text: &str) -> Vec<String> {
        let document = Document::new(text, &Arc::default());
        let reports = document.server_reports(&document.findings()).into_iter();
        reports.flat_map(|it| it.echoes).map(|it| it.path).collect()
    }

    #[test]
    fn mounts_echo_that_a_volume_has_no_name() {
        let found = echoes(
            "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - name: db
        image: postgres:17
        volumeMounts:
        - {name: data, mountPath: /data}
        - {name: logs, mountPath: /logs}
        - {name: temp, mountPath: /temp}
      volumes:
      - {name: temp}
      - emptyDir: {}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
        );
        assert_eq!(found, ["spec.template.spec.containers[0].volumeMounts[1].name"]);
    }

    #[test]
    fn a_surge_that_is_no_number_counts_as_none() {
        let rollout = |surge: &str| {
            echoes(&format!(
                "
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  strategy: {{rollingUpdate: {{maxSurge: {surge}, maxUnavailable: 0}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: \"nginx:1.27\"}}]}}
"
            ))
        };
        assert_eq!(rollout("some"), ["spec.strategy.rollingUpdate.maxUnavailable"]);
        assert!(rollout("'1'").is_empty());
    }
}
