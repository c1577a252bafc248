//! Documents that are not objects, in a file with objects.

use crate::check::Finding;
use crate::ide::Document;
use crate::ide::analysis::Analysis;
use crate::pod::Manifest;
use crate::rules;

impl Document {
    /// The finding of a document that is not an object, unless a comment allows it. `has_objects` keeps whether
    /// the file has objects, since a file of data can have thousands of such documents.
    pub(super) fn stray(
        &self,
        analysis: &Analysis,
        has_objects: &mut Option<bool>,
    ) -> Option<Finding> {
        let is_object = |it: &Analysis| !Manifest::all(&it.parse).is_empty();
        if self.settings().fragment
            || !*has_objects.get_or_insert_with(|| self.analyses().any(is_object))
        {
            return None;
        }
        let finding = rules::stray_document(&analysis.parse)?;
        let runs = self.scope.selection().holds(finding.code);
        (runs && !analysis.directives.allow(&finding)).then_some(finding)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::ide::Document;
    use crate::text::apply;

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: b\n";

    fn messages(text: &str) -> Vec<String> {
        let found = Document::new(text, &Arc::default()).findings();
        found.into_iter().filter(|it| it.code == "missing-kind").map(|it| it.message).collect()
    }

    #[test]
    fn each_document_beside_an_object_is_one() {
        for (document, message) in [
            ("a: 1\n", "missing `apiVersion` and `kind` in this document"),
            ("- a\n", "this document must be an object with `apiVersion` and `kind`, not a list"),
            ("a\n", "this document must be an object with `apiVersion` and `kind`, not a string"),
            ("1\n", "this document must be an object with `apiVersion` and `kind`, not a number"),
        ] {
            assert_eq!(messages(&format!("{POD}---\n{document}")), [message]);
            assert_eq!(messages(&format!("{document}---\n{POD}")), [message]);
            assert_eq!(messages(&format!("{document}---\n{document}")), [""; 0]);
            let allowed = format!("{POD}---\n# podls: allow missing-kind\n{document}");
            assert_eq!(messages(&allowed), [""; 0], "{document}");
        }
        for empty in ["", "# a\n", "null\n", "~\n", "{{ a }}\n", "#{a}\n"] {
            assert_eq!(messages(&format!("{POD}---\n{empty}")), [""; 0], "{empty}");
        }
    }

    #[test]
    fn what_was_cut_off_is_joined_again() {
        let rest = "  - name: c\n    image: d\n";
        let text = format!("{POD}---\n{rest}");
        let found = Document::new(&text, &Arc::default()).findings();
        let fix = found.iter().find_map(|it| it.fixes.first()).expect("a fix");
        assert_eq!(apply(&text, &fix.edits), format!("{POD}{rest}"));
    }
}
