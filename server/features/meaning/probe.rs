//! The timing of a probe in seconds.

use crate::pod::PROBES;
use crate::syntax::Node;

/// The fields that decide it.
pub(super) const TIMES: [&str; 5] = [
    "periodSeconds",
    "failureThreshold",
    "initialDelaySeconds",
    "timeoutSeconds",
    "successThreshold",
];

/// How often a probe runs, and after how long it fails.
pub(super) fn about(probe: Node<'_>) -> Option<String> {
    let which = probe.key().and_then(Node::text).filter(|name| PROBES.contains(name))?;
    let number = |field: &str, default: i64| {
        let value = probe.field(field).map_or(Some(default), Node::as_int)?;
        (0..=1_000_000_000).contains(&value).then_some(value)
    };
    let positive = |field, default| {
        number(field, default).map(|value| if value == 0 { default } else { value })
    };
    let (period, failures) = (positive("periodSeconds", 10)?, positive("failureThreshold", 3)?);
    let (delay, timeout) = (number("initialDelaySeconds", 0)?, positive("timeoutSeconds", 1)?);
    let start = match delay {
        0 => String::new(),
        delay => format!(", first {delay} s after the start"),
    };
    let in_a_row = match failures {
        1 => "one failure".to_owned(),
        _ => format!("{failures} failures in a row"),
    };
    let asked = format!("Runs every {period} s{start}, with a timeout of {timeout} s.");
    let end = period.saturating_mul(failures);
    let then = match which {
        "startupProbe" => format!(
            "The container has about {} s to start, otherwise it is restarted. No other probe runs until then.",
            delay.saturating_add(end)
        ),
        "readinessProbe" => {
            let back = match positive("successThreshold", 1)? {
                1 => "one success".to_owned(),
                count => format!("{count} successes"),
            };
            format!(
                "After {in_a_row} (about {end} s), it gets no traffic from Services until {back}."
            )
        }
        _ => format!("After {in_a_row} (about {end} s), the container is restarted."),
    };
    Some(format!("{asked} {then}"))
}
