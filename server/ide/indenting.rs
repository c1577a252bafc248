//! Repairs lost indentation, document by document.

use crate::actions::Assist;
use crate::actions::indent::{self, Reading, Repair};
use crate::check::{Finding, Severity};
use crate::ide::{Analysis, Document};
use crate::text::{Edit, Span, apply};

/// The longest document, in bytes, in which a single error under the cursor is looked at: some 200 lines.
const SHORT: usize = 8_000;

/// A file after its indentation was repaired, where there is only one result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indentation {
    pub text: String,
    /// The first lines of the documents that were repaired, from 0 on.
    pub repaired: Vec<usize>,
    /// What the user should check, in the order of the lines.
    pub left: Vec<Left>,
}

/// Something that the user should check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// From 0 on.
    pub line: usize,
    pub message: String,
    /// Whether the document was left as it was.
    pub untouched: bool,
}

impl Document {
    /// The repairs of the indentation of a document, when something is wrong with it at all.
    /// `selection` is within the document.
    pub(super) fn indentation_assists(&self, analysis: &Analysis, selection: Span) -> Vec<Assist> {
        if !self.is_in_trouble(analysis) || !self.is_asked_for(analysis, selection) {
            return Vec::new();
        }
        indent::assists(&analysis.parse, selection, self.scope.target().version)
    }

    /// Whether a search is worth its time: editors request actions with each move of the cursor, and
    /// most errors are not about indentation.
    fn is_asked_for(&self, analysis: &Analysis, selection: Span) -> bool {
        let text = analysis.parse.tree.text();
        let selected = text.get(selection.start..selection.end).unwrap_or_default();
        let is_here = |it: &Finding| it.severity == Severity::Error && it.span.touches(selection);
        let is_short = text.len() <= SHORT;
        selected.contains('\n')
            || is_flat(text)
            || (is_short && analysis.findings(&self.scope).iter().any(is_here))
    }

    /// Whether a document is not YAML, or has errors, as one without its indentation does.
    fn is_in_trouble(&self, analysis: &Analysis) -> bool {
        let error = |it: &Finding| it.severity == Severity::Error;
        !analysis.parse.errors.is_empty() || analysis.findings(&self.scope).iter().any(error)
    }

    /// The file with the indentation of its documents repaired. A document with two
    /// possible results is not changed.
    pub fn reindented(&self) -> Indentation {
        let mut done = Indentation::default();
        let mut edits = Vec::new();
        let documents: Vec<_> = self.stream.documents().collect();
        for (index, (start, analysis)) in documents.iter().enumerate() {
            let line = self.text.line_col(*start).0;
            let next = documents.get(index + 1).map(|(_, next)| &***next);
            match self.reading(analysis, next) {
                None => {}
                Some(Err((below, message))) => {
                    done.left.push(Left { line: line + below, message, untouched: true });
                }
                Some(Ok(reading)) => {
                    done.repaired.push(line);
                    done.left.extend(reading.texts.iter().map(|path| doubt(line, path)));
                    let shifted = |edit: Edit| Edit { span: edit.span.shifted(*start), ..edit };
                    edits.extend(reading.edits.into_iter().map(shifted));
                }
            }
        }
        done.text = apply(&self.text.to_string(), &edits);
        done
    }

    /// The only result for a document, or why there is none: a line of it, and a message. `None` if
    /// it needs no repair.
    fn reading(
        &self,
        analysis: &Analysis,
        next: Option<&Analysis>,
    ) -> Option<Result<Reading, (usize, String)>> {
        let readings = match self.repair(analysis) {
            Repair::Readings(readings) => readings,
            Repair::Unknown(why) if !analysis.parse.errors.is_empty() => {
                return Some(Err((0, why.to_owned())));
            }
            Repair::Fine | Repair::Unknown(_) => return None,
        };
        let only = one(readings);
        let ends_in_text = only.as_ref().is_ok_and(|it| it.ends_in_text);
        let cut = ends_in_text
            && next.is_some_and(|next| matches!(self.repair(next), Repair::Unknown(_)));
        Some(if cut { Err((0, CUT.to_owned())) } else { only })
    }

    fn repair(&self, analysis: &Analysis) -> Repair {
        if !self.is_in_trouble(analysis) {
            return Repair::Fine;
        }
        indent::repair(&analysis.parse, None, self.scope.target().version)
    }
}

const CUT: &str = "its last block of text may continue after the next `---`";

fn doubt(line: usize, path: &str) -> Left {
    let message = format!("the text in `{path}` may have lost its own indentation");
    Left { line, message, untouched: false }
}

/// The only result; for two of them, a line and its place in each.
fn one(readings: Vec<Reading>) -> Result<Reading, (usize, String)> {
    let mut differ = readings.iter().filter_map(|reading| reading.differs.clone());
    if let (Some((line, one)), Some((_, two))) = (differ.next(), differ.next()) {
        return Err((line, format!("two results are possible: {one}, or {two}")));
    }
    let several = readings.len() > 1;
    let only = readings.into_iter().next().filter(|_| !several);
    only.ok_or_else(|| (0, "two results are possible".to_owned()))
}

/// Whether most lines start at column 0, as when a manifest comes from a web page.
fn is_flat(text: &str) -> bool {
    let lines =
        text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with(['#', '%']));
    let (all, flat) = lines.fold((0, 0), |(all, flat), line| {
        (all + 1, flat + usize::from(!line.starts_with([' ', '\t'])))
    });
    flat > 4 && flat * 3 > all * 2
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// How many repairs are offered at `cursor`, a text in `manifest`.
    fn offered(manifest: &str, cursor: &str) -> usize {
        let at = Span::at(manifest.find(cursor).unwrap());
        let document = Document::new(manifest, &Arc::default());
        let assists = document.actions(at);
        assists.iter().filter(|it| it.id == "repair-indentation").count()
    }

    #[test]
    fn comments_are_flat_in_any_manifest() {
        let nested = "a:\n  b: 1\n  c: 1\n  d: 1\n";
        assert!(!is_flat(&format!("{}{nested}", "# comment\n".repeat(20))));
        assert!(is_flat("# comment\na:\nb: 1\nc: 1\n\nd: 1\ne: 1\n  f: 1\n"));
        assert!(!is_flat("a:\nb: 1\nc: 1\n"), "too short to tell");
    }

    #[test]
    fn a_search_is_made_where_it_may_help() {
        let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    \
            image: nginx:1.27\n    ports:\n    containerPort: 80\n";
        let flat: Vec<_> = pod.lines().map(str::trim_start).collect();
        assert_ne!(offered(&flat.join("\n"), "web"), 0);
        assert_eq!(offered(pod, "apiVersion"), 0);
        let item = "  - name: web\n    image: nginx:1.27\n    env: []\n    args: []\n";
        let long = pod.replace("  - name: web\n", &format!("{}  - name: web\n", item.repeat(200)));
        assert_eq!(offered(&long, "containerPort"), 0);
    }
}
