//! How much work the fixes of a file may make. Each has to be judged, and tried on a copy of the file;
//! a file can have thousands that do harm.

use super::safety;
use crate::ide::Document;

/// How much text may be read again to try fixes: so many times the file, and so many bytes for a short
/// one. A menu is asked for with each move of the cursor.
const TIMES: usize = 4;
const TIMES_FOR_A_MENU: usize = 2;
const LEAST: usize = 64 << 10;

/// What a finding takes, in bytes that are read in the same time.
const FINDING: usize = 100;

/// What is left. It is counted in bytes, not in time, so that the same file gives the same answer.
pub(super) struct Budget {
    trying: usize,
    refused: bool,
    /// What is left for judging.
    pub(super) safety: usize,
}

impl Budget {
    pub(super) fn of_file(document: &Document) -> Self {
        Self::of(document, TIMES)
    }

    pub(super) fn of_menu(document: &Document) -> Self {
        Self::of(document, TIMES_FOR_A_MENU)
    }

    fn of(document: &Document, times: usize) -> Self {
        let len = document.text().len();
        Self { trying: LEAST + times * len, refused: false, safety: safety::budget(len) }
    }

    /// Whether another trial may be made. The last one may cost more than there is.
    pub(super) fn allows(&mut self) -> bool {
        self.refused |= self.trying == 0;
        self.trying > 0
    }

    /// Pays for having read so much text, which left so many findings in the file.
    pub(super) fn spend(&mut self, read: usize, findings: usize) {
        self.trying = self.trying.saturating_sub(read + FINDING * findings);
    }

    /// Whether anything was left undone for lack of it.
    pub(super) fn was_too_small(&self) -> bool {
        self.refused || self.safety == 0
    }
}
