//! The last line: the number of findings and of files.

use crate::check::{Finding, Severity};
use crate::ide::Content;

/// How many findings there are of each severity, and in how many files.
#[derive(Default)]
pub(super) struct Counts {
    files: usize,
    files_with_findings: usize,
    severities: [usize; 4],
    templates: usize,
    without_manifest: usize,
}

const SEVERITIES: [(Severity, &str); 4] = [
    (Severity::Error, "error"),
    (Severity::Warning, "warning"),
    (Severity::Information, "remark"),
    (Severity::Hint, "hint"),
];

impl Counts {
    /// Those of one file.
    pub(super) fn new(findings: &[Finding], content: Content) -> Self {
        let count = |wanted| {
            let of_it = findings.iter().filter(|finding| finding.severity == wanted);
            of_it.map(|finding| 1 + finding.unlisted).sum()
        };
        Self {
            files: 1,
            files_with_findings: usize::from(!findings.is_empty()),
            severities: SEVERITIES.map(|(severity, _)| count(severity)),
            templates: usize::from(content == Content::Template),
            without_manifest: usize::from(content == Content::NoManifest),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.files_with_findings += other.files_with_findings;
        self.templates += other.templates;
        self.without_manifest += other.without_manifest;
        for (sum, more) in self.severities.iter_mut().zip(other.severities) {
            *sum += more;
        }
    }

    pub(super) fn of(&self, severity: Severity) -> usize {
        let counted = SEVERITIES.iter().zip(self.severities);
        counted.filter(|((known, _), _)| *known == severity).map(|(_, count)| count).sum()
    }

    /// One line: `2 errors and 1 hint in 1 of 3 files (1 without a manifest)`. It also has the
    /// number of skipped entries of folders (`passed`) and of files that could not be `done`.
    pub(super) fn summary(&self, passed: usize, failures: usize, done: &str) -> String {
        // If no file has one, the line says so already.
        let some_have_one = self.without_manifest < self.files;
        let without_manifest = if some_have_one { self.without_manifest } else { 0 };
        let aside = [
            (self.templates, "a template, checked in part", "templates, checked in part"),
            (without_manifest, "without a manifest", "without a manifest"),
            (passed, "skipped, not a regular file", "skipped, not regular files"),
        ];
        let aside = aside.iter().filter(|(count, ..)| *count > 0);
        let aside: Vec<_> = aside
            .map(|(count, one, more)| format!("{count} {}", if *count == 1 { one } else { more }))
            .collect();
        let mut line = self.found();
        if !aside.is_empty() {
            line += &format!(" ({})", aside.join("; "));
        }
        if failures > 0 {
            line += &format!("; {failures} could not be {done}");
        }
        line + "\n"
    }

    fn found(&self) -> String {
        let found = SEVERITIES.iter().zip(self.severities).filter(|(_, count)| *count > 0);
        let found: Vec<_> = found.map(|((_, word), count)| plural(count, word)).collect();
        let files = plural(self.files, "file");
        let none = if self.without_manifest == self.files { ", and no manifest" } else { "" };
        match found.split_last() {
            None => format!("nothing found in {files}{none}"),
            Some((last, [])) => format!("{last} in {} of {files}{none}", self.files_with_findings),
            Some((last, others)) => {
                let others = others.join(", ");
                format!("{others} and {last} in {} of {files}{none}", self.files_with_findings)
            }
        }
    }
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn found(severity: Severity) -> Finding {
        Finding::new("some-rule", severity, Span::default(), String::new())
    }

    #[test]
    fn the_summary_counts() {
        let manifest = |findings: &[Finding]| Counts::new(findings, Content::Manifests);
        let mut counts = Counts::default();
        assert_eq!(counts.summary(0, 0, "checked"), "nothing found in 0 files, and no manifest\n");
        counts.add(&Counts::new(&[], Content::NoManifest));
        assert_eq!(counts.summary(0, 0, "checked"), "nothing found in 1 file, and no manifest\n");
        counts.add(&manifest(&[found(Severity::Hint)]));
        assert_eq!(
            counts.summary(0, 0, "checked"),
            "1 hint in 1 of 2 files (1 without a manifest)\n"
        );
        counts.add(&manifest(&[found(Severity::Error), found(Severity::Error)]));
        counts.add(&Counts::new(&[found(Severity::Warning)], Content::Template));
        assert_eq!(
            counts.summary(2, 1, "checked"),
            "2 errors, 1 warning and 1 hint in 3 of 4 files (1 a template, checked in part; 1 \
             without a manifest; 2 skipped, not regular files); 1 could not be checked\n"
        );
        assert_eq!(counts.of(Severity::Error), 2);
    }
}
