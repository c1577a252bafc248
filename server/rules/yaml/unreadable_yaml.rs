//! Well-formed YAML that kubectl cannot read.
//!
//! Keys must be strings or numbers: a map, a list or null as a key cannot be converted to JSON, and
//! neither can `.inf` and `.nan`. `<<` merges only maps. An alias needs an anchor above it. Names of
//! anchors consist of letters, digits, `-` and `_`, and are followed by a space. In brackets a space must
//! stand between `key:` and a bracket, and a value with a `?` needs quotes.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     null: web
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels: &the.labels {app: web}
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels:{app: web}}
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, annotations: {example.com/page: /shop?id=1}}
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     "null": web
//! ```
//!
//! ## Fix
//!
//! Quotes a key that is null, or a value with a `?`, and adds a missing space after a colon. These are
//! suggestions: the key becomes the text `null`, and another value may be intended. Other faults have no
//! fix.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::syntax::{Entry, Kind, Node, Scalar, Style, Trust};
use crate::text::{Edit, Span};

pub(crate) static RULE: Rule = Rule {
    code: "unreadable-yaml",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    if parse.trust != Trust::Exact {
        return;
    }
    // Files of other programs may be read by other parsers.
    let is_manifest = |root: Node<'_>| root.get("apiVersion").or(root.get("kind")).is_some();
    let is_manifest = parse.tree.root().is_some_and(is_manifest);
    for node in parse.tree.nodes() {
        match node.kind() {
            Kind::Map { .. } => node.entries().for_each(|entry| check_key(entry, out)),
            Kind::Scalar(Style::Plain) => {
                check_plain(node, out);
                if is_manifest && node.in_flow() {
                    check_in_brackets(node, out);
                }
            }
            Kind::Alias if node.resolved().is_none() => {
                let name = node.tree().slice(node.content_span());
                out.report(node, format!("undefined anchor `{name}`"));
            }
            Kind::Alias => check_alias(node, out),
            _ => {}
        }
    }
    parse.tree.anchors().for_each(|(at, _)| check_name(at, out));
}

fn check_alias(alias: Node<'_>, out: &mut Checker<'_>) {
    let whole = alias.resolved().is_some_and(|it| it.span().contains(alias.span()));
    if whole {
        let name = alias.tree().slice(alias.content_span());
        out.report(alias, format!("anchor `{name}` contains itself"));
    }
    check_name(alias.content_span(), out);
}

/// Checks `&name` or `*name`: kubectl accepts fewer names than YAML allows.
fn check_name(at: Span, out: &mut Checker<'_>) {
    let text = out.parse.tree.text();
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let name = text.get(at.start + 1..at.end).unwrap_or_default();
    let behind = text.as_bytes().get(at.end);
    if name.is_empty() || !name.bytes().all(is_sign) {
        let message =
            format!("invalid anchor name `{name}`: expected letters, digits, `-` and `_` only");
        out.report_span(at, message);
    } else if behind.is_some_and(|byte| !byte.is_ascii_whitespace() && !b",]}:".contains(byte)) {
        out.report_span(at, format!("missing space after `{name}`"));
    }
}

fn check_key(entry: Entry<'_>, out: &mut Checker<'_>) {
    let key = entry.key;
    if key.is_incomplete() {
        return;
    }
    if key.is_map() || key.is_seq() {
        out.report(key, "a map or a list cannot be a key");
    } else if key.is_null() {
        out.report(key, "null is not a valid key").suggest("Quote the key", || {
            let source = key.tree().slice(key.content_span());
            let text = if source.is_empty() { "null" } else { source };
            vec![Edit::replace(key.content_span(), format!("\"{text}\""))]
        });
    } else if entry.is_merge() {
        let maps = |node: Node<'_>| node.resolved().is_some_and(Node::is_map);
        let value = entry.value;
        let mergeable = maps(value) || (value.is_seq() && value.items().all(maps));
        if !mergeable {
            out.report(value, "`<<` must merge a map");
        }
    }
}

/// A plain value in brackets that kubectl does not read as YAML 1.2 defines: it ends at a `?`, and includes a
/// colon before a bracket, as in `{a:{b: c}}`.
fn check_in_brackets(node: Node<'_>, out: &mut Checker<'_>) {
    let (span, tree) = (node.content_span(), node.tree());
    let text = tree.slice(span);
    let behind = tree.slice(Span::new(span.end, span.end + 2));
    if node.is_key() && matches!(behind, ":{" | ":[") {
        out.report(node, format!("missing space after `{text}:`"))
            .suggest("Add a space", || [Edit::insert(span.end + 1, " ")]);
    } else if text.bytes().skip(1).any(|byte| byte == b'?') {
        let quoted = !text.contains(['"', '\\', '\n']);
        out.report(node, "a plain value in brackets must not contain `?`")
            .suggest("Quote the value", || {
                quoted.then(|| Edit::replace(span, format!("\"{text}\"")))
            });
    }
}

/// Plain scalars that JSON does not have, and those with an invalid first character.
fn check_plain(node: Node<'_>, out: &mut Checker<'_>) {
    let text = node.text().unwrap_or_default();
    // `.inf`, `-.inf`, `.nan`: other numbers need not be read.
    if text.trim_start_matches(['+', '-']).starts_with('.')
        && let Some(Scalar::Float(value)) = node.scalar()
        && !value.is_finite()
    {
        out.report(node, format!("`{text}` cannot be written as JSON for the API server"));
    }
    if node.in_flow() && text.starts_with(['>', '|']) {
        out.report(node, format!("a plain value in brackets must not start with `{}`", &text[..1]));
    }
}
