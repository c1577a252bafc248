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

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::form;

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
}
