//! A schedule in words.

use crate::formats::cron::{self, Schedule, Times};
use crate::syntax::Node;
use crate::text::code;

/// When the CronJob of this schedule runs, and in which time zone.
pub(super) fn about(schedule: Node<'_>) -> Option<String> {
    let zone = schedule.parent()?.field("timeZone").and_then(Node::as_str);
    let zone = match zone {
        Some(zone) => format!("in the time zone {}", code(zone)),
        None => "in the time zone of the control plane, usually UTC".to_owned(),
    };
    match cron::parse(schedule.as_str()?).ok()? {
        Schedule::Every(seconds) => Some(format!("Runs every {seconds} s.")),
        Schedule::Times(times) if times.is_never() => Some("Never runs.".to_owned()),
        Schedule::Times(times) => Some(format!("Runs {}, {zone}.", words(&times))),
    }
}

fn words(times: &Times) -> String {
    let (minutes, hours) = (values(times.minutes, 0..60), values(times.hours, 0..24));
    let mut out = match (minutes.as_slice(), hours.as_slice()) {
        (minutes, hours) if minutes.len() * hours.len() <= 6 => {
            let each = hours.iter().flat_map(|hour| {
                minutes.iter().map(move |minute| format!("{hour:02}:{minute:02}"))
            });
            format!("at {}", listed(&each.collect::<Vec<_>>()))
        }
        (minutes, hours) if hours.len() == 24 => every_hour(minutes),
        (minutes, hours) => format!("{}, hours {}", every_hour(minutes), ranges(hours, &[])),
    };
    let (days, weekdays) = (values(times.days, 1..32), values(times.weekdays, 0..7));
    let or = if times.both_days { "" } else { " or" };
    match (days.len() < 31, weekdays.len() < 7) {
        (true, true) => {
            out += &format!(
                ", on day {} of the month{or} on {}",
                ranges(&days, &[]),
                ranges(&weekdays, &DAYS)
            );
        }
        (true, false) => out += &format!(", on day {} of the month", ranges(&days, &[])),
        (false, true) => out += &format!(", on {}", ranges(&weekdays, &DAYS)),
        (false, false) => {}
    }
    let months = values(times.months, 1..13);
    if months.len() < 12 {
        out += &format!(", in {}", ranges(&months, &MONTHS));
    }
    out
}

const DAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 13] = [
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn every_hour(minutes: &[u32]) -> String {
    let step = minutes.get(1).copied().unwrap_or_default();
    let even = step > 1 && 60 % step == 0 && minutes.len() as u32 * step == 60;
    match minutes {
        _ if minutes.len() == 60 => "every minute".to_owned(),
        [0, ..] if even => format!("every {step} minutes"),
        [minute] => format!("at minute {minute} of each hour"),
        _ => format!("at the minutes {} of each hour", ranges(minutes, &[])),
    }
}

fn values(set: u64, of: std::ops::Range<u32>) -> Vec<u32> {
    of.filter(|bit| set >> bit & 1 == 1).collect()
}

/// `1, 3 to 5`, by their names if they have some.
fn ranges(values: &[u32], names: &[&str]) -> String {
    let name = |value: u32| match names.get(value as usize) {
        Some(name) => (*name).to_owned(),
        None => value.to_string(),
    };
    let runs = values.chunk_by(|a, b| a + 1 == *b).flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{} to {}", name(*first), name(*last))],
        few => few.iter().map(|value| name(*value)).collect(),
    });
    listed(&runs.collect::<Vec<_>>())
}

/// `a, b and c`
fn listed(words: &[String]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Schedule, cron, words};

    #[test]
    fn schedules_in_words() {
        for (schedule, expected) in [
            ("* * * * *", "every minute"),
            ("*/5 * * * *", "every 5 minutes"),
            ("17 * * * *", "at minute 17 of each hour"),
            ("0 3 * * *", "at 03:00"),
            ("0,30 3,15 * * *", "at 03:00, 03:30, 15:00 and 15:30"),
            ("*/15 9-17 * * 1-5", "every 15 minutes, hours 9 to 17, on Monday to Friday"),
            ("0 0 1,15 * *", "at 00:00, on day 1 and 15 of the month"),
            ("0 0 1 1 *", "at 00:00, on day 1 of the month, in January"),
            ("0 0 1 * 0", "at 00:00, on day 1 of the month or on Sunday"),
            ("@weekly", "at 00:00, on Sunday"),
            ("7-9 * * * *", "at the minutes 7 to 9 of each hour"),
        ] {
            let Ok(Schedule::Times(times)) = cron::parse(schedule) else { panic!("{schedule}") };
            assert_eq!(words(&times), expected, "{schedule}");
        }
    }
}
