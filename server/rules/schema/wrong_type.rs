//! A value has the wrong type.
//!
//! The API server refuses the complete manifest. It reads values by the rules of YAML 1.1: `yes` and
//! `on` are booleans, `010` is eight, and a number that should be a string needs quotes.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: WORKERS
//!       value: 4
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: WORKERS
//!       value: "4"
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!     name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!     - name: web
//!       image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Puts quotes around a number or boolean where a string is expected, and removes those around a number
//! or boolean where one is expected. Writes `- name: V` or `name: V` for a word where a map with a name
//! is expected. These fixes are safe: the value stays as it was written.
//!
//! Puts quotes around a text that a colon made a map, or makes a map an item of a list. These fixes
//! are suggestions, since another value may be intended.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, TypedEntry};
use crate::schema::{Field, ObjectType, Type, core};
use crate::syntax::faults::{COLON_GLUED, CURLY, DASH_GLUED, missing_space};
use crate::syntax::slips::{has_glued_colon, has_glued_dash, is_curly_quoted, straightened};
use crate::syntax::write::{self, New};
use crate::syntax::{Kind, Node, Scalar, Style};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "wrong-type",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::AnyObject(check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for TypedEntry { entry, field } in object.fields {
        let Some(field) = *field else { continue };
        // `missing-kind` reports these.
        if object.node.parent().is_none() && matches!(field.name(), "apiVersion" | "kind") {
            continue;
        }
        let slot = Slot { name: field.name(), of: Some((object.ty, field)), item: false };
        check_value(entry.value, field.ty(), slot, out);
    }
}

/// The name of a value, and its field unless it is an entry of a map.
#[derive(Clone, Copy)]
struct Slot<'a> {
    name: &'a str,
    of: Option<(ObjectType, Field)>,
    /// Whether the value is an item of the list that has the name.
    item: bool,
}

/// Fields with a format or a name: a number or a boolean was not intended as one of them, and quotes
/// alone would cause the next error.
const FORMATTED: [(ObjectType, &str); 7] = [
    (core::AZURE_DISK_VOLUME_SOURCE, "diskURI"),
    (core::FILE_KEY_SELECTOR, "volumeName"),
    (core::HOST_ALIAS, "ip"),
    (core::ISCSI_VOLUME_SOURCE, "iqn"),
    (core::OBJECT_FIELD_SELECTOR, "fieldPath"),
    (core::VOLUME, "name"),
    (core::VOLUME_MOUNT, "name"),
];

impl Slot<'_> {
    /// Whether the field allows `text`.
    fn takes(self, text: &str) -> bool {
        let Some((ty, field)) = self.of else { return true };
        let free = field.values().len() == 0 && !FORMATTED.contains(&(ty, field.name()));
        free || field.values().any(|it| it.value == text)
    }
}

/// Checks a value of type `ty`; maps with fields of their own only for being maps.
/// An alias is reported itself: what it stands for may be right elsewhere.
fn check_value(place: Node<'_>, ty: Type, slot: Slot<'_>, out: &mut Checker<'_>) {
    let Some(value) = place.resolved().filter(|it| !it.is_null() && !it.is_incomplete()) else {
        return;
    };
    match (ty, value.scalar()) {
        (Type::Object(_) | Type::Map(_), None) if value.is_map() => {
            if let Type::Map(item) = ty {
                for entry in value.entries().filter(|entry| !entry.is_merge()) {
                    report_glued(entry.key, out);
                    let key = entry.key.text().unwrap_or_default();
                    let slot = Slot { name: key, of: None, item: false };
                    check_value(entry.value, item.get(), slot, out);
                }
            }
        }
        (Type::List(item), None) if value.is_seq() => {
            for node in value.items() {
                check_value(node, item.get(), Slot { item: true, ..slot }, out);
            }
        }
        (_, Some(scalar)) if fits(scalar, ty) => {}
        (Type::Json, _) => {}
        (_, scalar) => report(place, value, ty, scalar, slot, out),
    }
}

/// Whether the server's decoder takes this scalar for this type.
fn fits(scalar: Scalar<'_>, ty: Type) -> bool {
    match (ty, scalar) {
        (Type::String | Type::Quantity | Type::IntOrString, Scalar::Str(_))
        | (Type::Bool, Scalar::Bool(_))
        | (Type::Number | Type::Quantity, Scalar::Int(_)) => true,
        (Type::Number | Type::Quantity, Scalar::Float(value)) => value.is_finite(),
        (Type::Time | Type::MicroTime, Scalar::Str(text)) => is_rfc3339(text),
        (Type::Bytes, Scalar::Str(text)) => is_base64(text),
        (Type::Int32 | Type::IntOrString, _) => {
            scalar.as_int().is_some_and(|value| i32::try_from(value).is_ok())
        }
        (Type::Int64, _) => scalar.as_int().is_some(),
        (Type::Json, Scalar::Float(value)) => value.is_finite(),
        (Type::Json, _) => true,
        _ => false,
    }
}

fn report(
    place: Node<'_>,
    value: Node<'_>,
    ty: Type,
    scalar: Option<Scalar<'_>>,
    slot: Slot<'_>,
    out: &mut Checker<'_>,
) {
    let name = match slot.item {
        true => format!("an item of `{}`", slot.name),
        false => format!("`{}`", slot.name),
    };
    let got = match (scalar, value.kind()) {
        (Some(scalar), _) => scalar.name(),
        (None, Kind::Seq { .. }) => "a list",
        (None, _) => "a map",
    };
    let wants = expected(ty);
    let quoted_map = quoted_map(value, ty);
    let message = match (ty, scalar.and_then(Scalar::as_int)) {
        (Type::Int32 | Type::IntOrString, Some(_)) => {
            format!("{name} must be a whole number of 32 bits")
        }
        (Type::Time | Type::MicroTime, _) => {
            format!("{name} must be {wants}, such as \"2020-01-31T00:00:00Z\"")
        }
        _ if got == wants => format!("{name} must be {}", exact(ty)),
        _ if quoted_map.is_some() => {
            format!("{name} must be a string, not a map: `: ` in an unquoted value makes a map")
        }
        _ => format!("{name} must be {wants}, not {got}"),
    };
    if let Some((fault, title, edits)) = slip(value, ty) {
        out.report(place, fault).suggest(title, || edits);
        return;
    }
    let quoted = quoted(value, ty).filter(|text| slot.takes(text.trim_matches('"')));
    let bare = unquoted(value, ty);
    let named = named(value, ty);
    let diagnostic = out.report(place, message);
    if place != value {
        return;
    }
    if let Some(text) = quoted {
        diagnostic.fix("Quote the value", || [Edit::replace(value.content_span(), text)]);
    } else if let Some(text) = quoted_map {
        diagnostic.suggest("Quote the value", || [Edit::replace(value.content_span(), text)]);
    } else if let Some(text) = bare {
        diagnostic.fix("Remove the quotes", || [Edit::replace(value.content_span(), text)]);
    } else if let Some(new) = named {
        diagnostic.fix("Write it as `name`", || write::replace(value, &new));
    } else if may_be_item(value, ty) {
        diagnostic.suggest("Make it an item of a list", || write::as_item(value));
    }
}

/// A missing or wrong character that changes the type, with the title and the edits of its fix: curly quotes
/// around a string, no space after the dash of an item or the colon of a map.
fn slip(value: Node<'_>, ty: Type) -> Option<(&'static str, &'static str, Vec<Edit>)> {
    let span = value.content_span();
    let text = value.tree().slice(span);
    match ty {
        Type::String if value.is_map() && is_curly_quoted(text) => {
            let edit = Edit::replace(span, straightened(text));
            Some((CURLY, "Replace with straight quotes", vec![edit]))
        }
        Type::List(_) if has_glued_dash(text) => {
            let starts = starts_of_lines(text).filter(|at| has_glued_dash(&text[*at..]));
            let edits = starts.map(|at| Edit::insert(span.start + at + 1, " ")).collect();
            Some((DASH_GLUED, "Add a space", edits))
        }
        Type::Object(_) | Type::Map(_) if has_glued_colon(text) && !value.is_map() => {
            let key = text.split(':').next()?;
            let known = ty.object().is_none_or(|of| of.field(key).is_some());
            let edit = Edit::insert(span.start + key.len() + 1, " ");
            known.then(|| (COLON_GLUED, "Add a space", vec![edit]))
        }
        _ => None,
    }
}

/// Reports a key in brackets that contains its value: `{cpu:1}`.
fn report_glued(key: Node<'_>, out: &mut Checker<'_>) {
    if let Some(at) = missing_space(key) {
        out.report_span(key.content_span(), COLON_GLUED)
            .path(key.path())
            .suggest("Add a space", || [Edit::insert(at, " ")]);
    }
}

/// The offset at which the text of each line starts.
fn starts_of_lines(text: &str) -> impl Iterator<Item = usize> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at + line.len() - line.trim_start().len();
        *at += line.len();
        Some(start)
    })
}

fn expected(ty: Type) -> &'static str {
    match ty {
        Type::String => "a string",
        Type::Bool => "a boolean",
        Type::Int32 | Type::Int64 | Type::Number => "a number",
        Type::IntOrString => "a number or a string",
        Type::Quantity => "a quantity",
        Type::Time | Type::MicroTime => "a date with time",
        Type::Bytes => "base64 text",
        Type::Json => "any value",
        Type::Object(_) | Type::Map(_) => "a map",
        Type::List(_) => "a list",
    }
}

/// What the type requires beyond its name.
fn exact(ty: Type) -> &'static str {
    match ty {
        Type::Int32 => "a whole number of 32 bits",
        Type::Int64 => "a whole number of 64 bits",
        _ => "of the right type",
    }
}

/// The value in quotes, if that makes it the expected string.
fn quoted(value: Node<'_>, ty: Type) -> Option<String> {
    let plain = value.kind() == Kind::Scalar(Style::Plain) && value.tag().is_empty();
    let text = value.tree().slice(value.content_span());
    (plain && ty == Type::String).then(|| format!("\"{text}\""))
}

/// The line in quotes that was read as a map because of a colon, if the map has only this line.
fn quoted_map(value: Node<'_>, ty: Type) -> Option<String> {
    let mut entries = value.entries();
    let (entry, None) = (entries.next()?, entries.next()) else { return None };
    let text = value.tree().slice(value.content_span());
    let plain = |node: Node<'_>| matches!(node.kind(), Kind::Scalar(Style::Plain | Style::Absent));
    let one_line = ty == Type::String
        && !value.kind().is_flow()
        && plain(entry.key)
        && plain(entry.value)
        && !text.contains(['\n', '"', '\\', '#']);
    one_line.then(|| format!("\"{}\"", text.trim_end()))
}

/// The map for a word, if the type of the map has only a name.
fn named(value: Node<'_>, ty: Type) -> Option<New> {
    let Type::Object(of) = ty else { return None };
    let text = value.as_str().filter(|text| !text.is_empty())?;
    let only_name = of.fields().all(|field| field.name() == "name");
    (only_name && of.field("name").is_some()).then(|| New::map([("name", New::text(text))]))
}

/// Whether the map can be an item of the expected list: it has no other keys.
fn may_be_item(value: Node<'_>, ty: Type) -> bool {
    let Type::List(item) = ty else { return false };
    let Type::Object(of) = item.get() else { return false };
    let known = |key: Node<'_>| key.text().is_some_and(|name| of.field(name).is_some());
    value.entries().next().is_some() && value.entries().all(|entry| known(entry.key))
}

/// The text of a quoted number or boolean, if one is expected.
fn unquoted<'a>(value: Node<'a>, ty: Type) -> Option<&'a str> {
    let text = value.as_str()?.trim();
    fits(crate::syntax::plain_scalar(text), ty).then_some(text)
}

/// `2006-01-02T15:04:05Z`, with a fraction or an offset, as Go reads it.
fn is_rfc3339(text: &str) -> bool {
    let shape = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, wants)| match wants {
                b'0' => byte.is_ascii_digit(),
                _ => byte == wants,
            })
    };
    let (Some(head), Some(tail)) = (text.get(..19), text.get(19..)) else { return false };
    let zone = tail
        .strip_prefix('.')
        .map_or(tail, |it| it.trim_start_matches(|c: char| c.is_ascii_digit()));
    shape(head, "0000-00-00T00:00:00")
        && (zone == "Z" || shape(zone, "+00:00") || shape(zone, "-00:00"))
}

fn is_base64(text: &str) -> bool {
    let text: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let body = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let valid = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && text.len() - body <= 2 && text[..body].iter().all(valid)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn items_are_named_as_items() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  imagePullSecrets: [a]
                     ^ an item of `imagePullSecrets` must be a map, not a string
  containers:
  - web
    ^^^ an item of `containers` must be a map, not a string
  - name: b
    image: x
    ports: [80]
            ^^ an item of `ports` must be a map, not a number
    args: [1]
           ^ an item of `args` must be a string, not a number
",
        );
    }

    #[test]
    fn times_are_those_of_go() {
        for (text, fits) in [
            ("2006-01-02T15:04:05Z", true),
            ("2006-01-02T15:04:05.25Z", true),
            ("2006-01-02T15:04:05+02:00", true),
            ("2006-01-02T15:04:05-02:00", true),
            ("2006-01-02T15:04:05", false),
            ("2006-01-02T15:04:05z", false),
            ("2006-01-02T15:04:05+2:00", false),
            ("2006-01-02 15:04:05Z", false),
            ("2006-01-02T15:04Z", false),
            ("2006-01-02", false),
        ] {
            assert_eq!(super::is_rfc3339(text), fits, "{text}");
        }
    }

    #[test]
    fn json_has_no_infinite_numbers() {
        use crate::schema::Type;
        use crate::syntax::Scalar;
        for (scalar, takes) in [
            (Scalar::Float(1.5), true),
            (Scalar::Float(f64::NAN), false),
            (Scalar::Float(f64::INFINITY), false),
            (Scalar::Str("a"), true),
            (Scalar::Null, true),
        ] {
            assert_eq!(super::fits(scalar, Type::Json), takes, "{scalar:?}");
        }
    }

    #[test]
    fn a_space_is_missing() {
        let pod = |lines: &str| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n{lines}"
            )
        };
        let fixed = |before: &str, after: &str| check_fix(&RULE, &pod(before), &pod(after));
        fixed("  - name: a\n    args: [“b: c”, d]\n", "  - name: a\n    args: [\"b: c\", d]\n");
        fixed(
            "  - name: a\n    resources: {limits: {cpu:1}}\n",
            "  - name: a\n    resources: {limits: {cpu: 1}}\n",
        );
        fixed("  - image:x\n", "  - image: x\n");
        fixed("    -name: a\n", "    - name: a\n");
        fixed(
            "  - name: a\n    args:\n      -a\n      --b\n      -c\n",
            "  - name: a\n    args:\n      - a\n      --b\n      - c\n",
        );
        fixed(
            "  - name: a\n    resources:\n      limits:x\n",
            "  - name: a\n    resources:\n      limits: x\n",
        );
    }

    #[test]
    fn a_colon_makes_a_map() {
        let pod = |argument: &str| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - name: a\n    image: x\n    args:\n    - {argument}\n    - b\n"
            )
        };
        check_fix(&RULE, &pod("--bind=:: x"), &pod("\"--bind=:: x\""));
        check_fix(&RULE, &pod("a: b"), &pod("\"a: b\""));
    }
}
