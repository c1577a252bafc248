//! The meaning of a value: a quantity in bytes, a schedule in words, a probe in seconds.

mod cron;
mod links;
mod probe;

use crate::formats::image::Image;
use crate::formats::quantity::Quantity;
use crate::pod::expected;
use crate::schema::Type;
use crate::schema::batch::CRON_JOB_SPEC;
use crate::schema::core::PROBE;
use crate::syntax::Node;
use crate::text::code;

/// The meaning of the value that `node` is or names, in Markdown.
pub(super) fn of(node: Node<'_>, value: Node<'_>) -> Option<String> {
    let expected = expected(value)?;
    let (owner, field) = expected.field?;
    let name = field.name();
    if node.is_key() && expected.ty == Type::Object(PROBE) {
        return probe::about(value);
    }
    if owner == PROBE && probe::TIMES.contains(&name) {
        return probe::about(value.parent()?);
    }
    match (expected.ty, name) {
        (Type::Quantity, _) => quantity(value.key().and_then(Node::text)?, value.text()?),
        (_, "schedule") if owner == CRON_JOB_SPEC => cron::about(value),
        (Type::Int32 | Type::Int64, "mode" | "defaultMode") => mode(value.as_int()?),
        (Type::Int32 | Type::Int64, name) if name.ends_with("Seconds") => duration(value.as_int()?),
        (Type::String, "image") => image(value.as_str()?),
        _ => links::about(owner, name, value),
    }
}

fn quantity(resource: &str, text: &str) -> Option<String> {
    let quantity = Quantity::parse(text).ok().filter(|it| !it.is_negative())?;
    let bytes = resource.contains("memory")
        || resource.contains("storage")
        || resource.starts_with("hugepages-")
        || resource == "sizeLimit";
    if bytes {
        let bytes = quantity.rounded_to_whole();
        return Some(format!("{}: {} bytes{}", code(text), grouped(bytes), binary(bytes)));
    }
    let thousandths = quantity.in_thousandths();
    (resource == "cpu").then(|| match thousandths {
        1000 => format!("{}: one core", code(text)),
        _ => format!(
            "{}: {} {}",
            code(text),
            decimal(thousandths),
            if thousandths < 1000 { "of a core" } else { "cores" }
        ),
    })
}

/// `1,073,741,824`
fn grouped(number: i128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The same in the greatest binary unit, to a tenth.
fn binary(bytes: i128) -> String {
    let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let Some((unit, shift)) = units.into_iter().find(|(_, shift)| bytes >= 1 << shift) else {
        return String::new();
    };
    let tenths = (bytes * 10 + (1 << (shift - 1))) >> shift;
    let exact = bytes % (1 << shift) == 0;
    let about = if exact { "" } else { "about " };
    let fraction = if tenths % 10 == 0 { String::new() } else { format!(".{}", tenths % 10) };
    format!(", {about}{}{fraction} {unit}", tenths / 10)
}

/// Thousandths as a decimal number: `0.25`.
fn decimal(thousandths: i128) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The bits of a file mode in octal, and as `ls` shows them.
fn mode(mode: i64) -> Option<String> {
    if !(0..=0o777).contains(&mode) {
        return None;
    }
    let bit = |index: i64| mode >> (8 - index) & 1 == 1;
    let shown = (0..9).map(|index| match (bit(index), index % 3) {
        (false, _) => '-',
        (true, 0) => 'r',
        (true, 1) => 'w',
        (true, _) => 'x',
    });
    Some(format!("Octal `{mode:04o}`, `{}`: owner, group, others", shown.collect::<String>()))
}

/// Seconds in larger units, from two minutes on.
fn duration(seconds: i64) -> Option<String> {
    if !(120..=i64::from(u32::MAX)).contains(&seconds) {
        return None;
    }
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let said = parts.into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<_> = said.map(|(count, unit)| format!("{count} {unit}")).collect();
    Some(format!("{} s = {}", grouped(seconds.into()), said.join(" ")))
}

fn image(text: &str) -> Option<String> {
    let image = Image::parse(text).ok()?;
    let registry = image.registry.unwrap_or("docker.io");
    let folder =
        if image.registry.is_none() && !image.repository.contains('/') { "library/" } else { "" };
    let which = match (image.tag, image.digest) {
        (Some(tag), None) => format!("tag {}", code(tag)),
        (None, Some(digest)) => format!("digest {}", code(digest)),
        (Some(tag), Some(digest)) => {
            format!("digest {}; the tag {} is ignored", code(digest), code(tag))
        }
        (None, None) => "no tag, which means `latest`".to_owned(),
    };
    let whole = format!("{registry}/{folder}{}", image.repository);
    Some(format!("{}, {which}", code(&whole)))
}

#[cfg(test)]
mod tests {
    use super::{duration, image, mode, quantity};
    use crate::features::hover;
    use crate::syntax::parse;
    use crate::testing::selection;

    #[test]
    fn values_in_other_words() {
        let said = |text: Option<String>| text.unwrap_or_default();
        assert_eq!(said(quantity("cpu", "250m")), "`250m`: 0.25 of a core");
        assert_eq!(said(quantity("cpu", "1")), "`1`: one core");
        assert_eq!(said(quantity("cpu", "1.5")), "`1.5`: 1.5 cores");
        assert_eq!(said(quantity("memory", "1Gi")), "`1Gi`: 1,073,741,824 bytes, 1 GiB");
        assert_eq!(said(quantity("memory", "500M")), "`500M`: 500,000,000 bytes, about 476.8 MiB");
        assert_eq!(said(quantity("memory", "x")), "");
        assert_eq!(said(quantity("nvidia.com/gpu", "1")), "");
        assert_eq!(said(mode(0o640)), "Octal `0640`, `rw-r-----`: owner, group, others");
        assert_eq!(said(mode(644)), "");
        assert_eq!(said(duration(5400)), "5,400 s = 1 h 30 min");
        assert_eq!(said(duration(45)), "");
        assert_eq!(said(image("nginx:1.27")), "`docker.io/library/nginx`, tag `1.27`");
        assert_eq!(said(image("ghcr.io/a/b")), "`ghcr.io/a/b`, no tag, which means `latest`");
    }

    /// What a hover at `$0` in the container tells beside the docs.
    fn hovered(container: &str) -> String {
        let pod = format!(
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {{name: a, {container}}}\n  - name: b\n    volumeMounts: [{{name: v, mountPath: /b}}]\n  volumes:\n  - {{name: v, configMap: {{name: cfg}}}}\n"
        );
        let (text, at) = selection(&pod);
        let markdown = hover(&parse(&text), at.start).unwrap().markdown;
        markdown.split_once("\n---\n").map_or("", |(_, facts)| facts).to_owned()
    }

    #[test]
    fn probes_and_names_lead_to_what_they_mean() {
        for (container, expected) in [
            (
                "$0livenessProbe: {periodSeconds: 5}",
                "Runs every 5 s, with a timeout of 1 s. After 3 failures in a row (about 15 s), the container is restarted.",
            ),
            (
                "startupProbe: {$0failureThreshold: 30, initialDelaySeconds: 2}",
                "Runs every 10 s, first 2 s after the start, with a timeout of 1 s. The container has about 302 s to start, otherwise it is restarted. No other probe runs until then.",
            ),
            (
                "volumeMounts: [{name: $0v, mountPath: /a, readOnly: true}]",
                "Volume `v`: `configMap` `cfg`. Mounts:\n\n- container `a` at `/a`, read-only\n- container `b` at `/b`",
            ),
            (
                "ports: [{name: http, containerPort: 80}], readinessProbe: {httpGet: {port: $0http}}",
                "Port `http` is 80",
            ),
            ("workingDir: $0/x", ""),
        ] {
            assert_eq!(hovered(container), expected, "{container}");
        }
    }
}
