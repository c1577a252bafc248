//! What a scalar means: the YAML 1.1 rules of the reader that kubectl and the API server use.
//!
//! `yes` and `on` are booleans there, `010` is eight, `1_000` a thousand, and `1:30` is text.
//! The source is the resolver of `sigs.k8s.io/yaml`'s go-yaml v2, run over 37 spellings.

use crate::syntax::tree::Style;

/// A typed scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'a> {
    Null,
    Bool(bool),
    /// A whole number of up to 64 bits, with or without a sign.
    Int(i128),
    Float(f64),
    Str(&'a str),
}

impl Scalar<'_> {
    /// What it is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::Float(_) => "a number",
            Self::Str(_) => "a string",
        }
    }

    /// The whole number it is for the server's JSON decoder, which takes `1.0` and `1e3` too.
    pub fn as_int(self) -> Option<i64> {
        match self {
            Self::Int(value) => i64::try_from(value).ok(),
            // Go prints floats below 1e21 without an exponent, and the decoder reads the digits.
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 9.3e18 => {
                i64::try_from(value as i128).ok()
            }
            _ => None,
        }
    }
}

/// Types a scalar from its decoded text, its style and its tag (`!!str`, empty for none).
pub(super) fn scalar<'a>(text: &'a str, style: Style, tag: &str) -> Scalar<'a> {
    match (style, tag) {
        (_, "!!str" | "!" | "!!binary") => Scalar::Str(text),
        (Style::Absent, _) => Scalar::Null,
        (Style::Plain, _) | (_, "!!int" | "!!bool" | "!!float" | "!!null") => plain(text),
        _ => Scalar::Str(text),
    }
}

/// Types a plain scalar.
pub(crate) fn plain(text: &str) -> Scalar<'_> {
    let typed = match text.as_bytes().first() {
        None => Some(Scalar::Null),
        Some(b'+' | b'-' | b'0'..=b'9') => number(text).or_else(|| word(text)),
        Some(b'.') => word(text).or_else(|| float(text)),
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            word(text)
        }
        _ => None,
    };
    typed.unwrap_or(Scalar::Str(text))
}

fn word(text: &str) -> Option<Scalar<'static>> {
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            Scalar::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Scalar::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

fn number(text: &str) -> Option<Scalar<'static>> {
    if !text.contains('_') {
        return integer(text).or_else(|| float(text));
    }
    // Underscores may stand anywhere between the digits.
    let plain = text.replace('_', "");
    integer(&plain).or_else(|| float(&plain))
}

/// Go's `ParseInt` and `ParseUint` with base 0.
fn integer(text: &str) -> Option<Scalar<'static>> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let value = sign * i128::from_str_radix(digits, radix).ok()?;
    // Only `ParseInt` knows a sign.
    let top = if text.starts_with('+') { i128::from(i64::MAX) } else { i128::from(u64::MAX) };
    (i128::from(i64::MIN)..=top).contains(&value).then_some(Scalar::Int(value))
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn float(text: &str) -> Option<Scalar<'static>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => digits(fraction),
        Some((whole, fraction)) => digits(whole) && (fraction.is_empty() || digits(fraction)),
        None => digits(mantissa),
    };
    let exponent_fits = exponent.is_none_or(|it| digits(it.strip_prefix(['+', '-']).unwrap_or(it)));
    if !mantissa_fits || !exponent_fits {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(Scalar::Float)
}

#[cfg(test)]
mod tests {
    use super::{Scalar, plain};

    #[test]
    fn spellings() {
        for (text, expected) in [
            ("abc", Scalar::Str("abc")),
            ("80", Scalar::Int(80)),
            ("-1", Scalar::Int(-1)),
            ("010", Scalar::Int(8)),
            ("0o10", Scalar::Int(8)),
            ("0x10", Scalar::Int(16)),
            ("0b11", Scalar::Int(3)),
            ("1_000", Scalar::Int(1000)),
            ("08", Scalar::Float(8.0)),
            ("1.5", Scalar::Float(1.5)),
            ("1e3", Scalar::Float(1000.0)),
            ("99999999999999999999", Scalar::Float(1e20)),
            ("yes", Scalar::Bool(true)),
            ("y", Scalar::Bool(true)),
            ("off", Scalar::Bool(false)),
            ("nO", Scalar::Str("nO")),
            ("~", Scalar::Null),
            ("null", Scalar::Null),
            ("10Mi", Scalar::Str("10Mi")),
            ("1:30", Scalar::Str("1:30")),
            ("2020-01-01", Scalar::Str("2020-01-01")),
            (".inf", Scalar::Float(f64::INFINITY)),
            ("-", Scalar::Str("-")),
            ("0x", Scalar::Str("0x")),
            ("1.2.3", Scalar::Str("1.2.3")),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    /// The spellings that go-yaml v2 knows, each in lower case, with a capital, and in capitals.
    #[test]
    fn words_that_are_no_text() {
        let title = |word: &str| format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        for (words, expected) in [
            (&["y", "yes", "on", "true"][..], Scalar::Bool(true)),
            (&["n", "no", "off", "false"], Scalar::Bool(false)),
            (&["null"], Scalar::Null),
        ] {
            for word in words {
                for spelt in [(*word).to_owned(), title(word), word.to_uppercase()] {
                    assert_eq!(plain(&spelt), expected, "{spelt}");
                }
                let odd = format!("{}{}", &word[..1], word[1..].to_uppercase());
                let is_text = odd != *word;
                assert_eq!(plain(&odd) == Scalar::Str(&odd), is_text, "{odd}");
            }
        }
        for (text, expected) in [
            (".Inf", f64::INFINITY),
            (".INF", f64::INFINITY),
            ("+.inf", f64::INFINITY),
            ("-.inf", f64::NEG_INFINITY),
            ("-.INF", f64::NEG_INFINITY),
        ] {
            assert_eq!(plain(text), Scalar::Float(expected), "{text}");
        }
        for text in [".nan", ".NaN", ".NAN"] {
            assert!(matches!(plain(text), Scalar::Float(number) if number.is_nan()), "{text}");
        }
    }

    #[test]
    fn whole_floats_are_integers() {
        assert_eq!(plain("1e3").as_int(), Some(1000));
        assert_eq!(plain("1.0").as_int(), Some(1));
        assert_eq!(plain("1.5").as_int(), None);
        assert_eq!(plain("99999999999999999999").as_int(), None);
    }
}
