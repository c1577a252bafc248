//! Changes of a text in the format of `patch`.

use std::fmt::{self, Write};

use imara_diff::{Algorithm, Diff, InternedInput, Interner, Token};
use imara_diff::{UnifiedDiffConfig, UnifiedDiffPrinter};

/// The changes from `before` to `after` with three lines around each; empty if there are none.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let lines = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &lines);
    diff.postprocess_lines(&lines);
    let printer = Printer(&lines.interner);
    let hunks = diff.unified_diff(&printer, UnifiedDiffConfig::default(), &lines);
    format!("--- a/{name}\n+++ b/{name}\n{hunks}")
}

/// Prints lines as `patch` reads them. The printer of `imara_diff` does not say where a last line has no
/// line break, and counts from 1 also where there is no line.
struct Printer<'a>(&'a Interner<&'a str>);

impl Printer<'_> {
    fn line(&self, f: &mut impl Write, sign: char, line: Token) -> fmt::Result {
        let line = self.0[line];
        write!(f, "{sign}{line}")?;
        if line.ends_with('\n') { Ok(()) } else { f.write_str("\n\\ No newline at end of file\n") }
    }
}

impl UnifiedDiffPrinter for Printer<'_> {
    fn display_header(
        &self,
        mut f: impl Write,
        start_before: u32,
        start_after: u32,
        len_before: u32,
        len_after: u32,
    ) -> fmt::Result {
        let range = |start: u32, len: u32| match len {
            0 => format!("{start},0"),
            1 => format!("{}", start + 1),
            _ => format!("{},{len}", start + 1),
        };
        let (before, after) = (range(start_before, len_before), range(start_after, len_after));
        writeln!(f, "@@ -{before} +{after} @@")
    }

    fn display_context_token(&self, mut f: impl Write, token: Token) -> fmt::Result {
        self.line(&mut f, ' ', token)
    }

    fn display_hunk(&self, mut f: impl Write, before: &[Token], after: &[Token]) -> fmt::Result {
        before.iter().try_for_each(|line| self.line(&mut f, '-', *line))?;
        after.iter().try_for_each(|line| self.line(&mut f, '+', *line))
    }
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn lines_and_ends_are_those_of_patch() {
        let before = "a\r\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl";
        let after = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n";
        let hunks = "@@ -1,4 +1,4 @@\n-a\r\n+a\n b\n c\n d\n\
                     @@ -9,4 +9,4 @@\n i\n j\n k\n-l\n\\ No newline at end of file\n+l\n";
        assert_eq!(unified("x", before, after), format!("--- a/x\n+++ b/x\n{hunks}"));
        assert_eq!(unified("x", "", "a\n"), "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(unified("x", "a\n", ""), "--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n");
        assert_eq!(unified("x", "a", "a"), "");
    }
}
