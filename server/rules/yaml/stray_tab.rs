//! A tab at the start of a line.
//!
//! kubectl refuses a file with a tab at the start of a line in block style, even if only a comment
//! or nothing follows. Tabs are allowed in quotes, block scalars and brackets, except in brackets behind a
//! value without quotes that no comma follows on its line.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//! 	# the shop's front
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   # the shop's front
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     args: [
//! 	  --verbose]
//! ```
//!
//! ## Fix
//!
//! Replaces each tab before a comment with two spaces, and clears an empty line.

#![expect(clippy::tabs_in_doc_comments, reason = "the examples are about tabs")]

use crate::check::{Check, Checker, Fixes, Rule};
use crate::syntax::lines::{is_blank, is_break, next_line, skip_blanks};
use crate::syntax::{Kind, Node, Style, Tree, Trust};
use crate::text::{Edit, Span};

pub(crate) static RULE: Rule = Rule {
    code: "stray-tab",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    let text = parse.tree.text();
    // Other programs may use tabs in their own YAML.
    let is_manifest = |root: Node<'_>| root.get("apiVersion").or(root.get("kind")).is_some();
    let exact = parse.trust == Trust::Exact && parse.tree.root().is_some_and(is_manifest);
    if !exact || !text.contains('\t') {
        return;
    }
    for node in parse.tree.nodes() {
        check_dash(node, text, out);
        check_start(node, text, out);
        check_in_brackets(node, text, out);
    }
    let blanks = blanks_with_tabs(text);
    if blanks.is_empty() {
        return;
    }
    let leaves = leaves(&parse.tree);
    for span in blanks {
        let before = leaves.partition_point(|leaf| leaf.span().start <= span.start);
        let last = before.checked_sub(1).and_then(|last| leaves.get(last));
        if !last.is_none_or(|last| is_refused(text, span, *last)) {
            continue;
        }
        let comment = text.as_bytes().get(span.end) == Some(&b'#');
        let spaces =
            if comment { text[span.start..span.end].replace('\t', "  ") } else { "".into() };
        out.report_span(span, "tab where YAML requires spaces")
            .fix(if comment { "Replace with spaces" } else { "Clear the line" }, || {
                [Edit::replace(span, spaces)]
            });
    }
}

/// A tab between the dash of an item and the item: kubectl accepts only spaces there.
fn check_dash(node: Node<'_>, text: &str, out: &mut Checker<'_>) {
    let in_block = node.kind() == Kind::Seq { flow: false };
    for item in node.items().filter(|_| in_block) {
        let start = item.span().start;
        let before = text.get(..start).unwrap_or_default();
        let gap = before.len() - before.trim_end_matches([' ', '\t']).len();
        let span = Span::new(start - gap, start);
        let behind_dash = before.get(..span.start).is_some_and(|it| it.ends_with('-'));
        if behind_dash && before[span.start..].contains('\t') {
            out.report_span(span, "tab where YAML requires spaces")
                .fix("Replace with spaces", || [Edit::replace(span, " ")]);
        }
    }
}

/// A tab in the indentation of a line in block style.
fn check_start(node: Node<'_>, text: &str, out: &mut Checker<'_>) {
    let span = node.span();
    if node.in_flow() || span.is_empty() {
        return;
    }
    let before = &text.as_bytes()[..span.start];
    let blanks = before.iter().rev().take_while(|byte| is_blank(**byte)).count();
    let (above, indentation) = before.split_at(span.start - blanks);
    if above.last().is_none_or(|byte| is_break(*byte)) && indentation.contains(&b'\t') {
        report_indentation(Span::new(span.start - blanks, span.start), text, out);
    }
}

/// A tab at the start of a line after a plain value in brackets, which kubectl reads as its continuation.
fn check_in_brackets(node: Node<'_>, text: &str, out: &mut Checker<'_>) {
    let span = node.content_span();
    if !node.in_flow() || node.kind() != Kind::Scalar(Style::Plain) || span.is_empty() {
        return;
    }
    let bytes = text.as_bytes();
    let behind = bytes.get(span.end..).unwrap_or_default();
    let blanks = behind.iter().take_while(|byte| is_blank(**byte) || is_break(**byte)).count();
    let (mut at, reached) = (span.start, span.end + blanks);
    while let Some(end) = bytes[at..reached].iter().position(|byte| is_break(*byte)) {
        let line = next_line(bytes, at + end);
        let first = skip_blanks(bytes, line);
        let spaces = bytes[line..first].iter().take_while(|byte| **byte == b' ').count();
        let shallow = i32::try_from(spaces).is_ok_and(|column| column <= node.indent());
        if shallow && line + spaces < first && first < bytes.len() {
            report_indentation(Span::new(line, first), text, out);
        }
        at = line.min(reached);
    }
}

fn report_indentation(span: Span, text: &str, out: &mut Checker<'_>) {
    out.report_span(span, "tab where YAML requires spaces").fix("Replace with spaces", || {
        [Edit::replace(span, text[span.start..span.end].replace('\t', "  "))]
    });
}

/// The blanks at the start of lines on which nothing else stands but a comment, if a tab is in them.
fn blanks_with_tabs(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let (mut found, mut line) = (Vec::new(), 0);
    while line < bytes.len() {
        let end = skip_blanks(bytes, line);
        let ends = bytes.get(end).is_none_or(|byte| is_break(*byte) || *byte == b'#');
        if ends && bytes[line..end].contains(&b'\t') {
            found.push(Span::new(line, end));
        }
        line = next_line(bytes, end);
    }
    found
}

/// Scalars, aliases and outermost brackets, in their order.
fn leaves(tree: &Tree) -> Vec<Node<'_>> {
    let leaf = |node: &Node<'_>| {
        let kind = node.kind();
        let is_leaf = node.is_scalar() || kind == Kind::Alias || kind.is_flow();
        is_leaf && !node.in_flow() && !node.span().is_empty()
    };
    let mut leaves: Vec<_> = tree.nodes().filter(leaf).collect();
    leaves.sort_by_key(|leaf| leaf.span());
    leaves
}

/// Whether the reader, which has come to `leaf`, refuses the blanks.
fn is_refused(text: &str, blanks: Span, leaf: Node<'_>) -> bool {
    let before = &text[blanks.start..blanks.end];
    let column = before.len() - before.trim_start_matches(' ').len();
    let end = leaf.span().end;
    let between = text.get(end.min(blanks.start)..blanks.start).unwrap_or_default();
    let goes_on = between.bytes().all(|byte| is_blank(byte) || is_break(byte));
    match leaf.kind() {
        // The reader continues such a text, and skips blanks that are deep enough.
        Kind::Scalar(Style::Plain) if goes_on => {
            i32::try_from(column).is_ok_and(|column| column <= leaf.indent())
        }
        Kind::Scalar(Style::Literal | Style::Folded) if goes_on => {
            column < depth_of_block(text, leaf, blanks.start)
        }
        _ => blanks.start >= end,
    }
}

/// How deep a block text is for the reader when it comes to `at`: like its first line that is not empty.
/// Before that no tab is deep enough.
fn depth_of_block(text: &str, leaf: Node<'_>, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut line = next_line(bytes, leaf.content_span().start);
    while line < at {
        let spaces = bytes[line..].iter().take_while(|byte| **byte == b' ').count();
        if bytes.get(skip_blanks(bytes, line)).is_some_and(|byte| !is_break(*byte)) {
            return spaces;
        }
        line = next_line(bytes, line);
    }
    let header = text[leaf.content_span().start..].lines().next().unwrap_or_default();
    let says_depth = header.contains(|char: char| char.is_ascii_digit());
    if says_depth { 0 } else { usize::MAX }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn depends_on_what_stands_before() {
        // `@` stands for a tab.
        let fixture = "
kind: Pod
a: one
 @
b: two
@
^ tab where YAML requires spaces
c: 'x
 @
 y'
 @# comment
^^ tab where YAML requires spaces
d: |
 @
^^ tab where YAML requires spaces
  text
  @
 @
^^ tab where YAML requires spaces
e: [
@
 f] # comment
";
        check_rule(&RULE, &fixture.replace('@', "\t"));
    }

    #[test]
    fn behind_a_dash_only_spaces_are_read() {
        // `@` stands for a tab.
        let fixture = "
kind: Pod
a:
-@b: c
 ^ tab where YAML requires spaces
- @d
 ^^ tab where YAML requires spaces
- e:@f
- -@g
   ^ tab where YAML requires spaces
";
        check_rule(&RULE, &fixture.replace('@', "\t"));
    }

    #[test]
    fn in_brackets_a_plain_text_takes_none() {
        // `@` stands for a tab.
        let fixture = "
kind: Pod
a: [b,
@c, d
@]
^ tab where YAML requires spaces
e:
  f: {g: h
  @i, j: 'k
   @l', m:
@n
@,
^ tab where YAML requires spaces
   @o}
";
        let fixture = fixture.replace("  @i,", "   @i,");
        check_rule(&RULE, &fixture.replace('@', "\t"));
        check_fix(&RULE, "kind: Pod\na: [b\n\tc]\n", "kind: Pod\na: [b\n  c]\n");
    }

    #[test]
    fn comments_keep_their_place() {
        check_fix(&RULE, "\n\t# c\nkind: 'x'\n", "\n  # c\nkind: 'x'\n");
        check_fix(&RULE, "\nkind: 'x'\n \t\nb: 1\n", "\nkind: 'x'\n\nb: 1\n");
    }
}
