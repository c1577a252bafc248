//! Durations as Go writes them: `1h30m`, `90s`, `1.5h`.

/// Nanoseconds of each unit. `µ` has two code points.
const UNITS: [(&str, i128); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("\u{b5}s", 1_000),
    ("\u{3bc}s", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

const FORM: &str = "is not a duration such as `90s` or `1h30m`";

/// Reads a duration as nanoseconds. What is finer is cut off.
pub fn parse(text: &str) -> Result<i64, &'static str> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(FORM);
    }
    let mut sum: i128 = 0;
    while !rest.is_empty() {
        let (value, behind) = part(rest)?;
        sum = sum.saturating_add(value);
        rest = behind;
    }
    i64::try_from(if negative { -sum } else { sum }).map_err(|_| "is longer than 292 years")
}

/// One number with its unit, and what follows.
fn part(text: &str) -> Result<(i128, &str), &'static str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at(digits(text));
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(behind) => behind.split_at(digits(behind)),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(FORM);
    }
    let end = rest.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(end);
    let known = UNITS.iter().find(|(name, _)| *name == unit);
    let (_, size) =
        known.ok_or(if unit.is_empty() { "must have a unit such as `s`" } else { FORM })?;
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().unwrap_or(i128::MAX) };
    let mut value = whole.saturating_mul(*size);
    let mut weight = *size;
    for digit in fraction.bytes() {
        weight /= 10;
        value = value.saturating_add(i128::from(digit - b'0') * weight);
    }
    Ok((value, rest))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_durations() {
        for (text, milliseconds) in [
            ("0", 0),
            ("90s", 90_000),
            ("1h30m", 5_400_000),
            ("1.5h", 5_400_000),
            (".5s", 500),
            ("1.s", 1_000),
            ("-5m", -300_000),
            ("+1m0.25s", 60_250),
            ("1000\u{b5}s", 1),
        ] {
            assert_eq!(parse(text), Ok(milliseconds * 1_000_000), "{text}");
        }
        for text in
            ["", "5", "1d", "1w", "-", ".", ".s", "s", "1 s", "1h 30m", "--5s", "1e3s", "00"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse("9999999h").is_err());
    }
}
