//! Makes a valid name or quantity out of a bad one, for quick fixes.

use super::Verdict;
use super::names::{dns1035, label, label_value, port_name, qualified_name, subdomain};
use super::quantity::Quantity;

/// The formats a name can be repaired for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Label,
    Subdomain,
    Dns1035,
    PortName,
    /// A label key; its prefix is repaired too.
    QualifiedName,
    LabelValue,
}

impl Format {
    fn check(self) -> fn(&str) -> Verdict {
        match self {
            Self::Label => label,
            Self::Subdomain => subdomain,
            Self::Dns1035 => dns1035,
            Self::PortName => port_name,
            Self::QualifiedName => qualified_name,
            Self::LabelValue => label_value,
        }
    }

    /// The longest it may be, in bytes.
    pub fn longest(self) -> usize {
        match self {
            Self::Subdomain => 253,
            Self::PortName => 15,
            _ => 63,
        }
    }

    fn keeps(self, byte: u8) -> bool {
        byte == b'-'
            || byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || match self {
                Self::Subdomain => byte == b'.',
                Self::QualifiedName | Self::LabelValue => {
                    byte.is_ascii_uppercase() || byte == b'.' || byte == b'_'
                }
                _ => false,
            }
    }
}

/// A name close to `name` that has the format; `None` when it has it already, or when nothing is
/// left of it.
pub fn suggest(name: &str, format: Format) -> Option<String> {
    suggest_within(name, format, format.longest())
}

/// The same, with at most `longest` bytes: a CronJob's name may have 52.
pub fn suggest_within(name: &str, format: Format, longest: usize) -> Option<String> {
    let made = match name.rsplit_once('/').filter(|_| format == Format::QualifiedName) {
        Some((prefix, key)) => {
            let prefix = repaired(prefix, Format::Subdomain, Format::Subdomain.longest());
            let key = repaired(key, format, longest);
            if prefix.is_empty() { key } else { format!("{prefix}/{key}") }
        }
        None => repaired(name, format, longest),
    };
    (made != name && !made.is_empty() && format.check()(&made).is_ok()).then_some(made)
}

/// Lower case where that is needed, one `-` for every run of what is not allowed, no punctuation at
/// the ends, cut.
fn repaired(name: &str, format: Format, longest: usize) -> String {
    let mut made = String::with_capacity(name.len());
    for letter in name.chars() {
        let byte = u8::try_from(letter).unwrap_or(b'-');
        if format.keeps(byte) {
            made.push(char::from(byte));
        } else if byte.is_ascii_uppercase() {
            made.push(char::from(byte.to_ascii_lowercase()));
        } else if !made.ends_with('-') {
            made.push('-');
        }
    }
    for (wrong, right) in [("--", "-"), ("..", "."), ("-.", "."), (".-", ".")] {
        let applies = match wrong {
            "--" => format == Format::PortName,
            _ => format == Format::Subdomain,
        };
        while applies && made.contains(wrong) {
            made = made.replace(wrong, right);
        }
    }
    let first = |byte: char| {
        byte.is_ascii_alphabetic() || byte.is_ascii_digit() && format != Format::Dns1035
    };
    let start = made.find(first).unwrap_or(made.len());
    let cut: String = made.chars().skip(start).take(longest).collect();
    cut.trim_end_matches(|last: char| !last.is_ascii_alphanumeric()).to_owned()
}

/// The quantity that was most likely meant: `512M` for `512MB`, `1Gi` for `1 gi`; `None` when `text`
/// is one already, or is nothing like it.
pub fn suggest_quantity(text: &str) -> Option<String> {
    if Quantity::parse(text).is_ok() {
        return None;
    }
    let kept = |letter: &char| !letter.is_whitespace() && *letter != '_';
    let text: String = text.chars().filter(kept).collect::<String>().replacen(',', ".", 1);
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let made = format!("{number}{}", suffix_meant(&text[number.len()..])?);
    let fits = number.ends_with(|c: char| c.is_ascii_digit()) && Quantity::parse(&made).is_ok();
    fits.then_some(made)
}

/// The suffix with its case put right and without a `B` for bytes.
fn suffix_meant(suffix: &str) -> Option<&'static str> {
    match suffix {
        // In Java and Docker it is 1024. So are `M` and `G` there, but those are valid here.
        "K" => return Some("Ki"),
        // More likely an exponent that lacks its number than an exa.
        "e" => return None,
        _ => {}
    }
    let unit = suffix.strip_suffix(['b', 'B']).unwrap_or(suffix);
    ["", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(unit))
}

#[cfg(test)]
mod tests {
    use super::{Format, suggest, suggest_quantity, suggest_within};

    #[test]
    fn makes_names_out_of_bad_ones() {
        for (format, bad, good) in [
            (Format::Label, "My_App", "my-app"),
            (Format::Label, "web.v1", "web-v1"),
            (Format::Label, "-a b__c-", "a-b-c"),
            (Format::Label, "über", "ber"),
            (Format::Subdomain, "My_App.V1", "my-app.v1"),
            (Format::Subdomain, ".a..b-.c.", "a.b.c"),
            (Format::Dns1035, "1-api", "api"),
            (Format::PortName, "HTTP", "http"),
            (Format::PortName, "web--metrics-port-1", "web-metrics-por"),
            (Format::QualifiedName, "My Key", "My-Key"),
            (Format::QualifiedName, "Example.com/a b", "example.com/a-b"),
            (Format::QualifiedName, "/x", "x"),
            (Format::LabelValue, "a/b:c", "a-b-c"),
            (Format::LabelValue, "_a_", "a"),
        ] {
            assert_eq!(suggest(bad, format).as_deref(), Some(good), "{format:?} {bad}");
        }
    }

    #[test]
    fn keeps_within_the_limit() {
        let long = format!("{}-b", "a".repeat(62));
        assert_eq!(suggest(&long, Format::Label), Some("a".repeat(62)));
        assert_eq!(suggest_within("abc-def", Format::Label, 4).as_deref(), Some("abc"));
        assert_eq!(suggest_within("abc", Format::Label, 2).as_deref(), Some("ab"));
    }

    #[test]
    fn has_nothing_to_say_where_nothing_helps() {
        for (format, name) in [
            (Format::Label, "fine"),
            (Format::Label, "___"),
            (Format::LabelValue, "___"),
            (Format::Label, ""),
            (Format::PortName, "8080"),
            (Format::QualifiedName, "a/b"),
        ] {
            assert_eq!(suggest(name, format), None, "{format:?} {name}");
        }
    }

    #[test]
    fn makes_quantities_out_of_bad_ones() {
        for (bad, good) in [
            ("1K", "1Ki"),
            ("1kb", "1k"),
            ("512MB", "512M"),
            ("1 Gi", "1Gi"),
            ("1gi", "1Gi"),
            ("1GI", "1Gi"),
            ("2GiB", "2Gi"),
            ("1,5", "1.5"),
            ("1_000Mi", "1000Mi"),
            ("100b", "100"),
            ("4gb", "4G"),
        ] {
            assert_eq!(suggest_quantity(bad).as_deref(), Some(good), "{bad}");
        }
        for bad in
            ["", "512M", "500m", "1e", "abc", "{}", "1.2.3", "1--1", "true", "b", "1Mi5", "1cpu"]
        {
            assert_eq!(suggest_quantity(bad), None, "{bad}");
        }
    }
}
