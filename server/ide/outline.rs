//! What decides whether an edit of a template is right: where it stands, and how its lines begin.
//!
//! Dozens of containers can be added at one place. Their lines begin alike, so the template has to be printed
//! for one of them only.

use crate::syntax::TemplateText;
use crate::text::{Edit, Span};

/// Edits that are right or wrong together have one outline.
pub(super) type Outline = Vec<(Span, String)>;

/// Fields whose values refer to something else in the pod, or may not be there twice.
const TELLING: [&str; 7] =
    ["name", "containerPort", "hostPort", "port", "claimName", "mountPath", "subPath"];

/// The outline of `edits` of `text`.
pub(super) fn outline(text: &str, edits: &[Edit]) -> Outline {
    edits.iter().map(|edit| (edit.span, of_one(text, edit))).collect()
}

fn of_one(text: &str, edit: &Edit) -> String {
    let insert = edit.insert.as_str();
    let is_lines = edit.span.is_empty() && insert.contains('\n');
    if !is_lines || TemplateText::has_actions(insert) {
        return insert.to_owned();
    }
    let lines = || insert.lines().filter(|line| !line.trim().is_empty());
    let least = lines().map(indent).min().unwrap_or_default();
    let mut outline = format!("{} {}", insert.starts_with('\n'), insert.ends_with('\n'));
    for line in lines() {
        let inner = line.trim_start().trim_start_matches("- ");
        let (key, value) = inner.split_once(':').unwrap_or((inner, ""));
        if indent(line) == least {
            outline.push_str(&format!("\n{}{key}", line.len() - inner.len()));
        }
        let value = value.trim();
        if TELLING.contains(&key) && !value.is_empty() && text.contains(value) {
            outline.push_str(&format!(" {value}"));
        }
    }
    outline
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::outline;
    use crate::text::Edit;

    #[test]
    fn what_stands_at_one_place_and_begins_alike_is_one() {
        let text = "containers:\n  - name: web\n    volumeMounts:\n    - name: data\n";
        let of = |insert: &str| outline(text, &[Edit::insert(12, insert)]);
        let agent = of("  - name: agent\n    image: a\n    args: [b]\n");
        assert_eq!(agent, of("  - name: proxy\n    image: c\n"));
        for other in [
            "- name: agent\n  image: a\n",
            "  - name: agent\n    image: a\n    volumeMounts:\n    - name: data\n",
            "  - name: agent\n    image: {{ .Values.image }}\n",
            "  agent:\n    image: a\n",
        ] {
            assert_ne!(agent, of(other), "{other}");
        }
    }
}
