//! Words that have a meaning: capabilities, names of kernel settings, headers, devices.

use super::{Verdict, ensure};
use crate::schema::Field;
use crate::schema::core::CAPABILITIES;

/// A capability of Linux as runtimes want it: upper case, without `CAP_`. The API server takes any
/// text, so this is for hints.
pub fn capability(text: &str) -> Verdict {
    ensure(!text.starts_with("CAP_"), "has the prefix `CAP_`, which container runtimes add")?;
    ensure(is_value(CAPABILITIES.field("add"), text), "is not a capability of Linux")
}

fn is_value(field: Option<Field>, text: &str) -> bool {
    field.is_some_and(|field| field.values().any(|value| value.value == text))
}

/// The name of a kernel setting: `net.ipv4.tcp_syncookies`, also with `/` for some of the dots.
pub fn sysctl(text: &str) -> Verdict {
    const FAULT: &str = "has an empty part, or one that starts or ends with `-` or `_`";
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let allowed = |byte: u8| inner(byte) || b"-_./".contains(&byte);
    ensure(
        text.bytes().all(allowed),
        "contains characters other than a-z, 0-9, `-`, `_`, `.`, `/`",
    )?;
    let ends = |part: &str| Some((part.bytes().next()?, part.bytes().next_back()?));
    let good = |part: &str| ends(part).is_some_and(|(first, last)| inner(first) && inner(last));
    ensure(text.split(['.', '/']).all(good), FAULT)?;
    ensure(text.len() <= 253, "is longer than 253 bytes")
}

/// The dotted name of a kernel setting that may be written with slashes: the first separator tells
/// which of the two separates.
pub fn dotted_sysctl(text: &str) -> String {
    if text.find(['.', '/']).is_none_or(|at| text[at..].starts_with('.')) {
        return text.to_owned();
    }
    let swap = |letter| match letter {
        '.' => '/',
        '/' => '.',
        other => other,
    };
    text.chars().map(swap).collect()
}

/// The name of a header of HTTP.
pub fn http_header(text: &str) -> Verdict {
    ensure(!text.is_empty(), "is empty")?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    ensure(text.bytes().all(allowed), "contains characters other than letters, digits and `-`")
}

/// The name of an iSCSI node: `iqn.2001-04.com.example:storage`, `eui.` or `naa.`.
pub fn iscsi(text: &str) -> Verdict {
    match text.get(..3) {
        // The API server looks for the pattern anywhere behind the prefix.
        Some("iqn") => ensure(
            text.match_indices("iqn.").any(|(at, _)| is_iqn(&text[at + 4..])),
            "is not `iqn.<year>-<month>.<domain>:<name>`",
        ),
        Some("eui") => ensure(is_id(text, 16), "is not `eui.` and 16 letters or digits"),
        Some("naa") => ensure(is_id(text, 32), "is not `naa.` and 32 letters or digits"),
        _ => Err("starts with none of `iqn.`, `eui.` and `naa.`"),
    }
}

/// What follows `iqn.`: a year and a month, a domain, a colon, a name up to the end of the text.
fn is_iqn(text: &str) -> bool {
    let Some((date, rest)) = text.split_at_checked(8) else { return false };
    let date_fits = date.bytes().zip(*b"9999-99.").all(|(byte, shape)| match shape {
        b'9' => byte.is_ascii_digit(),
        _ => byte == shape,
    });
    let Some((domain, name)) = rest.split_once(':') else { return false };
    let in_domain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    let in_name =
        |letter: char| !"^,;*&$|".contains(letter) && !" \t\n\r\u{b}\u{c}".contains(letter);
    date_fits
        && !domain.is_empty()
        && domain.bytes().all(in_domain)
        && !name.is_empty()
        && name.chars().all(in_name)
}

/// Three letters, any character, then `count` letters or digits.
fn is_id(text: &str, count: usize) -> bool {
    let mut letters = text.chars().skip(3);
    letters.next().is_some_and(|any| any != '\n')
        && letters.clone().count() == count
        && letters.all(|letter| letter.is_ascii_alphanumeric())
}

/// The name of a user of Windows, with or without a domain: `NT AUTHORITY\SYSTEM`.
pub fn windows_user(text: &str) -> Verdict {
    ensure(!text.is_empty(), "is empty")?;
    ensure(!text.chars().any(char::is_control), "contains control characters")?;
    let user = match text.split_once('\\') {
        Some((domain, user)) => {
            ensure(!user.contains('\\'), "has more than one `\\`")?;
            let fits = domain.len() < 256 && (is_netbios(domain) || is_dns(domain));
            ensure(fits, "has no valid domain in front of the `\\`")?;
            user
        }
        None => text,
    };
    ensure(!user.is_empty(), "has no user")?;
    ensure(user.len() <= 104, "has a user of more than 104 bytes")?;
    ensure(!user.bytes().all(|byte| byte == b'.' || byte == b' '), "has only dots and spaces")?;
    ensure(
        !user.contains(|c| "\"/\\:;|=,+*?<>@[]".contains(c)),
        "contains characters that are not allowed",
    )
}

fn is_netbios(domain: &str) -> bool {
    let fits = |letter: char| !"\\/:*?\"<>|".contains(letter);
    (1..=15).contains(&domain.chars().count())
        && domain.chars().all(fits)
        && !domain.starts_with('.')
}

fn is_dns(domain: &str) -> bool {
    domain.split('.').all(|part| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{capability, dotted_sysctl, http_header, iscsi, sysctl, windows_user};

    #[test]
    fn capabilities() {
        check(
            capability,
            &["ALL", "NET_ADMIN", "SYSLOG"],
            &["CAP_NET_ADMIN", "net_admin", "nonsense", ""],
        );
    }

    #[test]
    fn kernel_settings() {
        check(
            sysctl,
            &[
                "kernel.shm_rmid_forced",
                "net/ipv4/ip_forward",
                "net.ipv4.conf.eth0/1.arp",
                "a",
                "a-b_c.d",
            ],
            &["Net.core", "a..b", ".a", "a.", "a-.b", "kernel.shm*", "_a", ""],
        );
        for (text, dotted) in [
            ("net/ipv4/conf/eth0.1/arp", "net.ipv4.conf.eth0/1.arp"),
            ("net.ipv4.conf.eth0/1.arp", "net.ipv4.conf.eth0/1.arp"),
            ("a", "a"),
        ] {
            assert_eq!(dotted_sysctl(text), dotted);
        }
    }

    #[test]
    fn headers_and_devices() {
        check(
            http_header,
            &["X-Header-Name", "host", "A1", "-", "123"],
            &["", "a b", "X_Y", "a:", "é"],
        );
        let naa = format!("naa.{}", "0".repeat(32));
        check(
            iscsi,
            &[
                "iqn.2001-04.com.example:storage.disk1",
                "eui.0123456789abcdef",
                &naa,
                "iqn.2001-04.com.example:a:b",
                "iqn.junk-iqn.2001-04.a:b",
            ],
            &[
                "foo",
                "iqn.foo",
                "iqn.2001-04.com.example",
                "eui.0123",
                "naa.0",
                "IQN.2001-04.com.example:a",
                "iqn.2001-04.com.example:a b",
                "",
            ],
        );
    }

    #[test]
    fn users_of_windows() {
        let (good, bad) = ("x".repeat(104), "x".repeat(105));
        check(
            windows_user,
            &[
                "ContainerUser",
                "NT AUTHORITY\\SYSTEM",
                "corp.example.com\\svc user",
                "DOM\\u",
                &good,
            ],
            &["", "a\\b\\c", "\\u", "DOM\\", "u@x", "..", ". .", &bad, "a/b", "D:M\\u", "a\tb"],
        );
    }
}
