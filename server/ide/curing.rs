//! Conversions that remove a finding, offered as its fixes.

use super::allowing::counted;
use crate::actions::{self, Assist, WorkspaceContext, fixes};
use crate::check::{Finding, Fix};
use crate::ide::Document;
use crate::ide::budget::Budget;
use crate::text::{Edit, Span, apply, floor};

/// The highest number of conversions in a fix: a container that becomes a sidecar may have to move up too.
const STEPS: usize = 4;

impl Document {
    /// The conversion that removes the finding at `index` and causes no other one.
    pub(super) fn cured(
        &self,
        index: usize,
        findings: &[Finding],
        workspace: WorkspaceContext<'_>,
        budget: &mut Budget,
    ) -> Option<Assist> {
        let finding = findings.get(index).filter(|it| actions::is_curable(it.code))?;
        let before = counted(findings);
        let own = (finding.code, finding.message.as_str());
        let (mut document, mut next, mut title) = (self.clone(), finding.clone(), None);
        for _ in 0..STEPS {
            let (step, done) = document.converted(&next, workspace, budget)?;
            title.get_or_insert(done);
            let after = step.findings();
            let counts = counted(&after);
            let is_new = |it: &Finding| {
                let key = (it.code, it.message.as_str());
                counts.get(&key) > before.get(&key)
            };
            let is_gone = counts.get(&own) < before.get(&own);
            let left =
                after.iter().find(|it| is_new(it) || (it.code == own.0 && it.message == own.1));
            match left.filter(|it| !is_gone || is_new(it)) {
                None if is_gone => {
                    let edits = vec![self.edit_to(&step)?];
                    let fix = Fix { title: title?, edits, safe: false };
                    return Some(fixes::one(index, fix, false));
                }
                None => return None,
                Some(left) => next = left.clone(),
            }
            document = step;
        }
        None
    }

    /// The document after the first conversion that may remove `finding`, and the title of the conversion. It
    /// changes the container of the finding or a related one.
    fn converted(
        &self,
        finding: &Finding,
        workspace: WorkspaceContext<'_>,
        budget: &mut Budget,
    ) -> Option<(Self, String)> {
        let related = finding.related.iter().map(|related| related.span);
        let places = related.chain([finding.span]);
        let mut offers = places.flat_map(|place| self.curing(place, finding.code, workspace));
        let offer = offers.next().filter(|_| budget.allows())?;
        let text = apply(&self.text.to_string(), &offer.edits);
        let next = Self::new(&text, self.settings());
        budget.spend(self.text.len(), 0);
        Some((next, offer.title))
    }

    /// The edit that turns this document into `other`.
    fn edit_to(&self, other: &Self) -> Option<Edit> {
        let (old, new) = (self.text.to_string(), other.text.to_string());
        let same = |(a, b): &(u8, u8)| a == b;
        let mut start = old.bytes().zip(new.bytes()).take_while(same).count();
        start = floor(&old, start);
        let (a, b) = (old.get(start..)?, new.get(start..)?);
        let mut end = a.bytes().rev().zip(b.bytes().rev()).take_while(same).count();
        while !a.is_char_boundary(a.len() - end) {
            end -= 1;
        }
        let insert = b.get(..b.len() - end)?;
        Some(Edit::replace(Span::new(start, old.len() - end), insert))
    }
}
