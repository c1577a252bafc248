//! Documents that are no objects, in a file that has some.

use crate::check::Finding;
use crate::ide::Document;
use crate::ide::analysis::Analysis;
use crate::pod::Manifest;
use crate::rules;

impl Document {
    /// What is wrong with the document if it is no object, unless a comment allows it. Whether the file has
    /// objects is asked only once, into `has_objects`: files of data have thousands of such documents.
    pub(super) fn stray(
        &self,
        analysis: &Analysis,
        has_objects: &mut Option<bool>,
    ) -> Option<Finding> {
        let finding = rules::stray_document(&analysis.parse)?;
        let runs = !self.settings.fragment && self.selection.holds(finding.code);
        let is_object = |it: &Analysis| !Manifest::all(&it.parse).is_empty();
        let reported = runs
            && !analysis.directives.allow(&finding)
            && *has_objects.get_or_insert_with(|| self.analyses().any(is_object));
        reported.then_some(finding)
    }
}
