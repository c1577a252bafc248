//! Changes of a text in the format of `patch`.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput, Token};

/// How many unchanged lines stand around a change.
const CONTEXT: u32 = 3;

/// The changes from `before` to `after`; empty if there are none.
pub(super) fn unified(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let lines = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &lines);
    diff.postprocess_lines(&lines);
    let hunks: Vec<_> = diff.hunks().collect();
    let mut out = format!("--- a/{name}\n+++ b/{name}\n");
    let is_near = |one: &Hunk, next: &Hunk| next.before.start - one.before.end <= 2 * CONTEXT;
    for near in hunks.chunk_by(is_near) {
        write(&mut out, &lines, near);
    }
    out
}

/// Writes changes that are near each other, with the lines between and around them.
fn write(out: &mut String, lines: &InternedInput<&str>, near: &[Hunk]) {
    let (Some(first), Some(last)) = (near.first(), near.last()) else { return };
    let lead = first.before.start.min(CONTEXT);
    let end = (last.before.end + CONTEXT).min(lines.before.len() as u32);
    let trail = end - last.before.end;
    let before = place(first.before.start - lead..end);
    let after = place(first.after.start - lead..last.after.end + trail);
    out.push_str(&format!("@@ -{before} +{after} @@\n"));
    let mut add = |sign: char, side: &[Token], place: Range<u32>| {
        for &line in &side[place.start as usize..place.end as usize] {
            add_line(out, sign, lines.interner[line]);
        }
    };
    let mut at = first.before.start - lead;
    for hunk in near {
        add(' ', &lines.before, at..hunk.before.start);
        add('-', &lines.before, hunk.before.clone());
        add('+', &lines.after, hunk.after.clone());
        at = hunk.before.end;
    }
    add(' ', &lines.before, at..end);
}

/// The number of the first line and how many lines there are. Without any, the number is that of the line in
/// front of them.
fn place(lines: Range<u32>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.end),
        len => format!("{},{len}", lines.start + 1),
    }
}

fn add_line(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
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

    /// Two lines are changed, removed or preceded by others, wherever they stand.
    #[test]
    fn each_diff_can_be_applied_at_its_lines() {
        const CHANGES: [&[&str]; 3] = [&[], &["new\n"], &["one\n", "two\n", "old\n"]];
        let before: Vec<String> = (1..=18).map(|line| format!("{line}\n")).collect();
        for (first, last) in (0..18).flat_map(|first| (first..18).map(move |last| (first, last))) {
            for (one, other) in CHANGES.iter().flat_map(|it| CHANGES.iter().map(move |to| (it, to)))
            {
                let mut after: Vec<&str> = before.iter().map(String::as_str).collect();
                after.splice(last..=last, other.iter().copied());
                if first < last {
                    after.splice(first..=first, one.iter().copied());
                }
                let (before, after) = (before.concat(), after.concat());
                for (before, after) in [(&*before, &*after), (before.trim_end(), after.trim_end())]
                {
                    assert_eq!(patched(before, &unified("x", before, after)), after);
                }
            }
        }
    }

    /// What `patch` makes of a text, if each line has to be where the diff says.
    fn patched(text: &str, diff: &str) -> String {
        let old: Vec<&str> = text.split_inclusive('\n').collect();
        let (mut out, mut at, mut left) = (String::new(), 0, (0, 0));
        let number = |it: &str| it.parse::<usize>().unwrap();
        let lines: Vec<&str> = diff.split_inclusive('\n').collect();
        for (line, next) in lines.iter().zip(lines[1..].iter().chain([&""])).skip(2) {
            if line.starts_with('\\') {
                continue;
            }
            let content = &line[1..line.len() - usize::from(next.starts_with('\\'))];
            if let Some(places) = line.strip_prefix("@@ -") {
                assert_eq!(left, (0, 0), "{diff}");
                let mut sides = places.trim_end_matches(" @@\n").split(" +").map(|side| {
                    let (start, len) = side.split_once(',').unwrap_or((side, "1"));
                    (number(start), number(len))
                });
                let ((start, removed), (to, added)) =
                    (sides.next().unwrap(), sides.next().unwrap());
                let start = if removed > 0 { start - 1 } else { start };
                out.extend(old[at..start].iter().copied());
                let lines = out.split_inclusive('\n').count();
                assert_eq!(lines, if added > 0 { to - 1 } else { to }, "{diff}");
                (at, left) = (start, (removed, added));
                continue;
            }
            if !line.starts_with('+') {
                assert_eq!(old[at], content, "{diff}");
                (at, left.0) = (at + 1, left.0 - 1);
            }
            if !line.starts_with('-') {
                out.push_str(content);
                left.1 -= 1;
            }
        }
        assert_eq!(left, (0, 0), "{diff}");
        out.extend(old[at..].iter().copied());
        out
    }
}
