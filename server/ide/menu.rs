//! What can be done at a place: fixes, repairs, and what can be added or converted.

use crate::actions::{Assist, AssistKind, WorkspaceContext, fixes, menu};
use crate::check::Finding;
use crate::ide::Document;
use crate::ide::budget::Budget;
use crate::text::Span;

impl Document {
    /// Fixes of the findings in the lines of `selection`, and what else can be done there.
    pub fn actions(&self, selection: Span) -> Vec<Assist> {
        self.actions_around(selection, WorkspaceContext::default())
    }

    /// The same, given what is known around the document.
    pub fn actions_around(&self, selection: Span, workspace: WorkspaceContext<'_>) -> Vec<Assist> {
        self.actions_and_refusals(selection, |_| false, workspace, |_| true).0
    }

    /// The same of the kinds that are `wanted`, with the fixes of the findings that are `asked` for, wherever
    /// they are; and what cannot be done since the file is a template, with the reason.
    pub fn actions_and_refusals(
        &self,
        selection: Span,
        asked: impl Fn(&Finding) -> bool,
        workspace: WorkspaceContext<'_>,
        wanted: impl Fn(AssistKind) -> bool,
    ) -> (Vec<Assist>, Vec<(Assist, &'static str)>) {
        let (mut offers, mut refused) = (Vec::new(), Vec::new());
        if wanted(AssistKind::QuickFix) || wanted(AssistKind::SourceFixAll) {
            let findings = self.found();
            if wanted(AssistKind::QuickFix) {
                offers.extend(self.fixes_at(selection, asked, &findings, workspace));
            }
            offers.extend(self.fix_all(&findings).filter(|offer| wanted(offer.kind)));
        }
        if wanted(AssistKind::RepairIndentation) {
            offers.extend(self.repairs_at(selection));
        }
        if wanted(AssistKind::Refactor) || wanted(AssistKind::RefactorRewrite) {
            let (mut more, not_here) = self.actions_of_pods(selection, workspace);
            more.retain(|offer| wanted(offer.kind));
            let has_fix_all = offers.iter().any(|offer| offer.kind == AssistKind::SourceFixAll);
            let room = menu::MOST - usize::from(has_fix_all);
            let more = menu::arranged(more, room, workspace.opens_lists);
            refused = not_here;
            refused.retain(|(offer, _)| wanted(offer.kind));
            refused.truncate(room - more.len());
            offers.extend(more);
        }
        (menu::without_doubles(offers), refused)
    }

    fn repairs_at(&self, selection: Span) -> Vec<Assist> {
        let Some((start, analysis)) = self.stream.document_at(selection.start) else {
            return Vec::new();
        };
        let from = selection.start - start;
        let inside = Span::new(from, selection.end.saturating_sub(start).max(from));
        let mut offers = self.indentation_assists(analysis, inside);
        for edit in offers.iter_mut().flat_map(|offer| &mut offer.edits) {
            edit.span = edit.span.shifted(start);
        }
        offers
    }

    /// The fixes of the findings in the lines of `selection` and of those that are `asked` for, those at
    /// `selection` first; then the offers to allow them.
    fn fixes_at(
        &self,
        selection: Span,
        asked: impl Fn(&Finding) -> bool,
        findings: &[Finding],
        workspace: WorkspaceContext<'_>,
    ) -> Vec<Assist> {
        let lines = self.text.whole_lines(selection);
        let is_wanted = |finding: &Finding| finding.span.touches(lines) || asked(finding);
        let all = findings.iter().enumerate().filter(|(_, finding)| is_wanted(finding));
        let (mut here, beside): (Vec<_>, Vec<_>) =
            all.map(|(index, _)| index).partition(|it| findings[*it].span.touches(selection));
        here.extend(beside);
        let mut budget = Budget::of_menu(self);
        let mut offers = Vec::new();
        for (index, fix) in self.offered_at(&here, findings, &mut budget) {
            let preferred = fix.safe;
            offers.push(fixes::one(index, fix, preferred));
        }
        for index in &here {
            offers.extend(self.cured(*index, findings, workspace, &mut budget));
        }
        // Each offer takes one more analysis, and several lines can have many findings.
        let line = |offset| self.text.line_col(offset).0;
        if line(selection.start) == line(selection.end) {
            offers.extend(self.allowing(&here, findings, &mut budget));
        }
        self.told_apart(offers, findings)
    }

    /// The offers without duplicates. Equal titles get the place of their finding.
    fn told_apart(&self, offers: Vec<Assist>, findings: &[Finding]) -> Vec<Assist> {
        let mut different: Vec<Assist> = Vec::with_capacity(offers.len());
        for offer in offers {
            let is_same = |it: &Assist| it.title == offer.title && it.edits == offer.edits;
            if !different.iter().any(is_same) {
                different.push(offer);
            }
        }
        let titles: Vec<_> = different.iter().map(|offer| offer.title.clone()).collect();
        for offer in &mut different {
            let has_twin = titles.iter().filter(|title| **title == offer.title).count() > 1;
            let finding = offer.finding.and_then(|index| findings.get(index));
            if let Some(finding) = finding.filter(|_| has_twin) {
                let (line, column) = self.text.line_col(finding.span.start);
                offer.title.push_str(&format!(" ({}:{})", line + 1, column + 1));
            }
        }
        different
    }
}
