//! Finds the actions of a template engine as the engine does.

use crate::syntax::template::{Action, Does};
use crate::text::Span;

/// Which engine a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    Go,
    Jinja,
    Ytt,
}

impl Engine {
    pub(super) fn of(text: &str) -> Self {
        match text {
            _ if text.contains("{%") => Self::Jinja,
            _ if text.contains("#@") && !text.contains("{{") => Self::Ytt,
            _ => Self::Go,
        }
    }

    /// The next action from `from` on, of which `blocks` start before it. The outer `None` when it does
    /// not end.
    pub(super) fn next(self, text: &str, from: usize, blocks: usize) -> Option<Option<Action>> {
        if self == Self::Ytt {
            return ytt(text, from, blocks);
        }
        let rest = text.get(from..)?;
        let opens = |at: &usize| self.closing(rest.get(*at..*at + 2).unwrap_or_default()).is_some();
        let Some(start) = memchr::memchr_iter(b'{', rest.as_bytes()).find(opens) else {
            return Some(None);
        };
        let open = rest.get(start..start + 2)?;
        let close = self.closing(open)?;
        let body = rest.get(start + open.len()..)?;
        let end = self.end(body, open, close)?;
        let inner = body.get(..end)?;
        let (inner, trims) = self.trimmed(inner);
        let span = Span::new(from + start, from + start + open.len() + end + close.len());
        Some(Some(Action { span, trims, does: self.does(open, inner, blocks)? }))
    }

    /// What ends an action that starts with `open`, if that starts one.
    fn closing(self, open: &str) -> Option<&'static str> {
        match open {
            "{{" => Some("}}"),
            "{%" if self == Self::Jinja => Some("%}"),
            "{#" if self == Self::Jinja => Some("#}"),
            _ => None,
        }
    }

    /// Where in `body` the action closes; strings may hold what looks like it.
    fn end(self, body: &str, open: &str, close: &str) -> Option<usize> {
        let head = body.trim_start_matches('-').trim_start();
        if open == "{#" || (self == Self::Go && head.starts_with("/*")) {
            let skipped = if open == "{#" { 0 } else { body.find("*/")? };
            return Some(skipped + body.get(skipped..)?.find(close)?);
        }
        let (bytes, close) = (body.as_bytes(), close.as_bytes());
        let (mut quote, mut at) = (None, 0);
        while let Some(byte) = bytes.get(at) {
            match (quote, *byte) {
                (None, b'"' | b'\'' | b'`') => quote = Some(*byte),
                (None, b'}' | b'%') if bytes.get(at..)?.starts_with(close) => return Some(at),
                // Go's template language has no such sign outside of strings.
                (None, b'\\') if self == Self::Go => return None,
                (Some(b'"' | b'\''), b'\\') => at += 1,
                // A string of Go's ends in its line.
                (Some(b'"' | b'\''), b'\n') if self == Self::Go => return None,
                (Some(open), _) if open == *byte => quote = None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The inside of an action without its marks for trimming. Go wants a blank beside them.
    fn trimmed(self, inner: &str) -> (&str, (bool, bool)) {
        let is_mark =
            |beside: Option<char>| self == Self::Jinja || beside.is_none_or(char::is_whitespace);
        let (mut inner, mut trims) = (inner, (false, false));
        if let Some(rest) = inner.strip_prefix('-').filter(|rest| is_mark(rest.chars().next())) {
            (inner, trims.0) = (rest, true);
        }
        if let Some(rest) = inner.strip_suffix('-').filter(|rest| is_mark(rest.chars().next_back()))
        {
            (inner, trims.1) = (rest, true);
        }
        (inner.trim(), trims)
    }

    /// What the action `inner` does; `None` where that cannot be told.
    fn does(self, open: &str, inner: &str, blocks: usize) -> Option<Does> {
        let word =
            inner.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default();
        let opens = |is_printed| Some(Does::Opens { block: blocks, is_printed });
        match (self, open) {
            (Self::Go, _) => match word {
                "if" | "with" | "range" | "block" => opens(true),
                "define" => opens(false),
                "else" => Some(Does::Else { has_condition: inner != "else" }),
                "end" => Some(Does::Ends),
                "break" | "continue" | "fail" => Some(Does::Nothing),
                _ if inner.starts_with("/*") || is_assignment(inner) => Some(Does::Nothing),
                _ => Some(Does::Prints),
            },
            (Self::Ytt, _) => None,
            (Self::Jinja, "{{") => Some(Does::Prints),
            (Self::Jinja, "{#") => Some(Does::Nothing),
            (Self::Jinja, _) => match word {
                "if" | "for" | "block" | "with" | "autoescape" => opens(true),
                "macro" => opens(false),
                "set" if !inner.contains('=') => opens(false),
                "else" => Some(Does::Else { has_condition: false }),
                "elif" => Some(Does::Else { has_condition: true }),
                // What follows is no template, up to its end, or is printed as something else.
                "raw" | "filter" | "call" => None,
                _ if word.starts_with("end") => Some(Does::Ends),
                _ => Some(Does::Nothing),
            },
        }
    }
}

/// `$x := 1`, `$_ = set ...`.
fn is_assignment(inner: &str) -> bool {
    let Some(rest) = inner.strip_prefix('$') else { return false };
    let name = |it: char| it.is_alphanumeric() || matches!(it, '_' | ',' | '$' | ' ');
    let behind = rest.trim_start_matches(name);
    behind.starts_with(":=") || (behind.starts_with('=') && !behind.starts_with("=="))
}

/// The next action of ytt from `from` on: a comment that starts with `#@` gives a value where it stands
/// behind something, and is a line of a program where it does not.
fn ytt(text: &str, from: usize, blocks: usize) -> Option<Option<Action>> {
    let rest = text.get(from..)?;
    let Some(start) = rest.find("#@").map(|at| from + at) else { return Some(None) };
    let end = start + text.get(start..)?.find(['\n', '\r']).unwrap_or(text.len() - start);
    let line = text.get(..start)?.rsplit(['\n', '\r']).next().unwrap_or_default();
    let code = text.get(start + 2..end)?;
    let does = match line.trim().is_empty() {
        true => ytt_line(code, blocks)?,
        false => Does::Prints,
    };
    Some(Some(Action { span: Span::new(start, end), trims: (false, false), does }))
}

/// What a line of ytt does. `None` where it is about nodes in a way of its own: overlays, and conditions for
/// one node.
fn ytt_line(code: &str, blocks: usize) -> Option<Does> {
    let is_own = code.starts_with("overlay")
        || ["if/end", "template.", "text/"].iter().any(|it| code.contains(it));
    let opens = |is_printed| Does::Opens { block: blocks, is_printed };
    let code = code.trim();
    let word = code.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default();
    Some(match word {
        _ if is_own => return None,
        "if" | "for" | "while" => opens(true),
        "def" => opens(false),
        "else" => Does::Else { has_condition: false },
        "elif" => Does::Else { has_condition: true },
        "end" => Does::Ends,
        _ => Does::Nothing,
    })
}
