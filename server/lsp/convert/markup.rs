//! Hover, and Markdown for those who cannot show it.

use tower_lsp::lsp_types::*;

use crate::lsp::snapshot::Snapshot;

pub(in crate::lsp) fn hover(document: &Snapshot, position: Position) -> Option<Hover> {
    let hover = document.document.hover(document.offset(position))?;
    let contents = markup(hover.markdown, document.editor.markdown_in_hover);
    Some(Hover {
        contents: HoverContents::Markup(contents),
        range: Some(document.range(hover.span)),
    })
}

/// `markdown` for an editor that shows it, or else as plain text.
pub(super) fn markup(markdown: String, shows_markdown: bool) -> MarkupContent {
    match shows_markdown {
        true => MarkupContent { kind: MarkupKind::Markdown, value: markdown },
        false => MarkupContent { kind: MarkupKind::PlainText, value: plain(&markdown) },
    }
}

/// The text without signs that only say how it looks: code stays as it is, a link becomes its text
/// with the address behind it.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
            continue;
        }
        if code {
            out.push_str(line);
        } else {
            plain_line(line.trim_start_matches('#').trim_start(), &mut out);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

fn plain_line(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['`', '*', '[', '\\']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        rest = match link(sign) {
            Some((text, address, after)) => {
                plain_line(text, out);
                out.push_str(&format!(" ({address})"));
                after
            }
            None if sign.starts_with("**") => &sign[2..],
            None if sign.starts_with('`') => &sign[1..],
            None if sign.starts_with('\\') => {
                let escaped = sign.chars().nth(1).map_or(0, char::len_utf8);
                out.push_str(&sign[1..1 + escaped]);
                &sign[1 + escaped..]
            }
            None => {
                out.push_str(&sign[..1]);
                &sign[1..]
            }
        };
    }
    out.push_str(rest);
}

/// Text, address and what follows of a `[text](address)` that `markdown` starts with.
fn link(markdown: &str) -> Option<(&str, &str, &str)> {
    let (text, rest) = markdown.strip_prefix('[')?.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    (!text.contains(['[', ']'])).then_some((text, address, after))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_is_readable() {
        for (markdown, text) in [
            ("# A title\n\nSome **bold** `code`.\n", "A title\n\nSome bold code."),
            ("```yaml\na: **x**  # `y`\n```\nafter", "a: **x**  # `y`\nafter"),
            ("see [the `docs`](https://x.y/z) [1]", "see the docs (https://x.y/z) [1]"),
            ("- a * b\n- \\*c", "- a * b\n- *c"),
            ("", ""),
        ] {
            assert_eq!(plain(markdown), text);
        }
    }
}
