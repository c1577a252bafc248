//! Questions about one pod of a file: its picture, and how it stands with it.

use crate::check::Severity;
use crate::features::{self, Diagram, Format};
use crate::ide::Document;
use crate::pod::Manifest;

/// What an object is, and how many findings there are in its YAML document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub kind: String,
    /// Empty when it has none.
    pub name: String,
    pub kubernetes_version: String,
    pub errors: usize,
    pub warnings: usize,
    /// Hints and information.
    pub hints: usize,
}

impl Document {
    /// A picture of the pod around `offset`, or of the first one of the file.
    pub fn diagram(&self, offset: Option<usize>, format: Format) -> Option<Diagram> {
        let Some(offset) = offset else {
            let mut parses = self.analyses().map(|analysis| &analysis.parse);
            return parses
                .find_map(|parse| features::diagrams(parse, None, format).into_iter().next());
        };
        let (start, analysis) = self.stream.document_at(offset)?;
        features::diagrams(&analysis.parse, Some(offset - start), format).into_iter().next()
    }

    /// Pictures of all pods of the file.
    pub fn diagrams(&self, format: Format) -> Vec<Diagram> {
        let parses = self.analyses().map(|analysis| &analysis.parse);
        parses.flat_map(|parse| features::diagrams(parse, None, format)).collect()
    }

    /// The object around `offset`, or the first one of the file; `None` where there is none.
    pub fn status(&self, offset: Option<usize>) -> Option<Status> {
        let (start, analysis) = match offset {
            Some(offset) => self.stream.document_at(offset)?,
            None => {
                let mut documents = self.stream.documents();
                documents.find(|(_, it)| !Manifest::all(&it.parse).is_empty())?
            }
        };
        let objects = Manifest::all(&analysis.parse);
        let at = offset.unwrap_or(start).saturating_sub(start);
        let holds = |it: &&Manifest<'_>| {
            let span = it.root.span();
            span.start <= at && at <= span.end
        };
        let object = objects.iter().rfind(holds).or(objects.first())?;
        let end = start + analysis.parse.tree.text().len();
        let findings = self.found();
        let own = || findings.iter().filter(|it| (start..=end).contains(&it.span.start));
        let count = |severity| own().filter(|it| it.severity == severity).count();
        Some(Status {
            kind: object.kind.to_owned(),
            name: object.name().unwrap_or_default().to_owned(),
            kubernetes_version: self.scope.target().version.to_string(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint) + count(Severity::Information),
        })
    }
}
