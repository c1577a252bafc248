//! The form of time zone names. Which names exist is for the database of the server to know.

use super::{Verdict, ensure};

/// Whether `spec.timeZone` of a CronJob can be the name of a zone. Parts between slashes are file
/// names of at most 14 characters.
pub fn form(text: &str) -> Verdict {
    ensure(!text.is_empty(), "is empty")?;
    ensure(!text.eq_ignore_ascii_case("local"), "is not the name of a zone")?;
    for part in text.split('/') {
        ensure(!part.is_empty(), "has an empty part beside a `/`")?;
        ensure(part != "." && part != "..", "has a part that is only dots")?;
        ensure(!part.starts_with('-'), "has a part that starts with `-`")?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte);
        ensure(part.bytes().all(allowed), "has characters that no zone has")?;
        ensure(part.len() <= 14, "has a part of more than 14 characters")?;
    }
    Ok(())
}

/// What stands in front of the first slash.
const AREAS: [&str; 16] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Mexico",
    "Pacific",
    "US",
];

/// The zones that are in no area.
const SINGLE: [&str; 45] = [
    "CET",
    "CST6CDT",
    "Cuba",
    "EET",
    "EST",
    "EST5EDT",
    "Egypt",
    "Eire",
    "Factory",
    "GB",
    "GB-Eire",
    "GMT",
    "GMT+0",
    "GMT-0",
    "GMT0",
    "Greenwich",
    "HST",
    "Hongkong",
    "Iceland",
    "Iran",
    "Israel",
    "Jamaica",
    "Japan",
    "Kwajalein",
    "Libya",
    "MET",
    "MST",
    "MST7MDT",
    "NZ",
    "NZ-CHAT",
    "Navajo",
    "PRC",
    "PST8PDT",
    "Poland",
    "Portugal",
    "ROC",
    "ROK",
    "Singapore",
    "Turkey",
    "UCT",
    "UTC",
    "Universal",
    "W-SU",
    "WET",
    "Zulu",
];

/// Whether a name of this form can be in the database: names are case-sensitive there, and every
/// place but a few belongs to an area.
pub fn known(text: &str) -> Verdict {
    match text.split_once('/') {
        // Systems also keep the database below these names.
        Some(("posix" | "right" | "SystemV", _)) => Ok(()),
        Some((area, place)) => {
            ensure(AREAS.contains(&area), "is in no known area")?;
            let upper = place.starts_with(|first: char| first.is_ascii_uppercase());
            ensure(upper, "has a place without an upper-case letter")
        }
        None => ensure(SINGLE.contains(&text), "is not known"),
    }
}

/// The name that was meant, where only its case is wrong.
pub fn nearest(text: &str) -> Option<String> {
    if let Some(single) = SINGLE.iter().find(|zone| zone.eq_ignore_ascii_case(text)) {
        return Some((*single).to_owned());
    }
    let (area, place) = text.split_once('/')?;
    let area = AREAS.iter().find(|known| known.eq_ignore_ascii_case(area))?;
    let words = place.split_inclusive(['/', '_', '-']).map(capital);
    let name = format!("{area}/{}", words.collect::<String>());
    (name != text && form(&name).is_ok()).then_some(name)
}

/// A word as it stands in names of places: with one upper-case letter, unless it is a short one.
fn capital(word: &str) -> String {
    let plain = word.to_ascii_lowercase();
    let mut letters = plain.chars();
    match letters.next() {
        _ if ["of-", "es_", "au-"].contains(&&*plain) => plain,
        Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
        None => plain,
    }
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
    fn knows_areas_and_zones_without_one() {
        check(
            known,
            &["UTC", "Europe/Paris", "Etc/GMT+5", "US/Pacific", "America/Argentina/Ushuaia"],
            &["utc", "europe/paris", "Europe/paris", "Mars/Base", "Berlin"],
        );
        for (wrong, right) in [
            ("utc", "UTC"),
            ("europe/paris", "Europe/Paris"),
            ("America/new_york", "America/New_York"),
            ("america/PORT-AU-PRINCE", "America/Port-au-Prince"),
        ] {
            assert_eq!(nearest(wrong).as_deref(), Some(right));
        }
        assert_eq!(nearest("Berlin"), None);
    }
}
