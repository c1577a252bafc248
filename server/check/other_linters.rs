//! Annotations that tell other linters to ignore something: `ignore-check.kube-linter.io/latest-tag`.
//!
//! Whoever wrote one has looked at the matter and decided, so podls does not ask again. They count for
//! rules of good practice and of pod security; what the API server refuses no annotation lets pass.

use crate::check::{Finding, Linter, Rule, Selection};
use crate::pod::{Manifest, Pod};
use crate::syntax::{Node, Parse};

/// Takes away what an annotation of the object or of its pod tells another linter to ignore.
pub fn drop_ignored(findings: &mut Vec<Finding>, parse: &Parse, selection: &Selection) {
    let shared: Vec<_> = selection.rules().filter(|rule| !rule.linters.is_empty()).collect();
    let rule_of = |finding: &Finding| shared.iter().find(|rule| rule.code == finding.code);
    // Hardly any document has such findings while it is typed; the others end here.
    if !findings.iter().any(|finding| rule_of(finding).is_some()) {
        return;
    }
    for manifest in Manifest::all(parse) {
        let pods = Pod::all(&manifest);
        let of_pods = pods.iter().filter_map(Pod::metadata);
        let metadata: Vec<_> = manifest.root.field("metadata").into_iter().chain(of_pods).collect();
        let annotations = || metadata.iter().filter_map(|it| it.field("annotations"));
        if annotations().next().is_none() {
            continue;
        }
        let object = manifest.root.span();
        findings.retain(|finding| {
            let inside = (object.start..=object.end).contains(&finding.span.start);
            let Some(rule) = rule_of(finding).filter(|_| inside) else { return true };
            !annotations().flat_map(Node::entries).any(|entry| {
                let key = entry.key.text().unwrap_or_default();
                let value = entry.value.resolved().and_then(Node::text).unwrap_or_default();
                rule.is_ignored_by(key, value)
            })
        });
    }
}

impl Rule {
    /// Whether an annotation says that what the rule finds is to be ignored.
    pub fn is_ignored_by(&self, key: &str, value: &str) -> bool {
        let linters: &[Linter<'_>] = self.linters;
        let has = |check| linters.contains(&check);
        if let Some(check) = key.strip_prefix("ignore-check.kube-linter.io/") {
            return has(Linter::KubeLinter(check));
        }
        if let Some(check) = key.strip_prefix("polaris.fairwinds.com/") {
            let one =
                check.strip_suffix("-exempt").is_some_and(|check| has(Linter::Polaris(check)));
            let any = || linters.iter().any(|it| matches!(it, Linter::Polaris(_)));
            return value == "true" && (one || check == "exempt" && any());
        }
        if key.starts_with("checkov.io/skip") || key.starts_with("bridgecrew.io/skip") {
            let check = value.split('=').next().unwrap_or_default();
            return has(Linter::Checkov(check.trim()));
        }
        match key {
            "kube-linter.io/ignore-all" => {
                linters.iter().any(|it| matches!(it, Linter::KubeLinter(_)))
            }
            "kube-score/ignore" => {
                value.split(',').any(|check| has(Linter::KubeScore(check.trim())))
            }
            _ => false,
        }
    }
}
