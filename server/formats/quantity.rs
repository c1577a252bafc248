//! Quantities: `500m`, `1Gi`, `1e3`.
//!
//! A quantity is kept as a whole number of billionths, the finest the API server knows. That is
//! exact up to 10^29, a hundred billion exa; greater ones all count as equal.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// Billionths in one.
const ONE: i128 = 1_000_000_000;
/// Billionths in a thousandth.
const MILLI: i128 = ONE / 1_000;
/// The suffixes of the decimal family; each stands for a thousand of the one before it.
const DECIMAL: [&str; 10] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
/// The suffixes of the binary family; each stands for 1024 of the one before it.
const BINARY: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const FORM: &str = "is not a quantity such as `500m`, `2` or `1.5Gi`";
const SUFFIX: &str = "has an unknown suffix";

/// Which suffixes a quantity is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `k`, `M`, `G`, and none
    Decimal,
    /// `Ki`, `Mi`, `Gi`
    Binary,
    /// `1e3`
    Exponent,
}

/// An amount of something. Two are equal when their values are: `1000m` is `1`.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    billionths: i128,
    family: Family,
}

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self { billionths: 0, family: Family::Decimal };

    /// Reads the text of a scalar, quoted or not, as the API server does. What is finer than a
    /// billionth is rounded away from zero; `Ki` and the like end at 2^63 - 1.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("is empty");
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let number = unsigned.trim_start_matches(|c: char| c.is_ascii_digit());
        let whole = &unsigned[..unsigned.len() - number.len()];
        let (fraction, suffix) = match number.strip_prefix('.') {
            Some(behind) => {
                let suffix = behind.trim_start_matches(|c: char| c.is_ascii_digit());
                (&behind[..behind.len() - suffix.len()], suffix)
            }
            None => ("", number),
        };
        let scale = Scale::parse(suffix)?;
        let magnitude = scale.billionths(whole, fraction);
        let billionths = if negative { -magnitude } else { magnitude };
        Ok(Self { billionths, family: scale.family })
    }

    /// `number` whole units.
    pub fn whole(number: i64) -> Self {
        Self { billionths: i128::from(number) * ONE, family: Family::Decimal }
    }

    /// `number` thousandths.
    pub fn thousandths(number: i64) -> Self {
        Self { billionths: i128::from(number) * MILLI, family: Family::Decimal }
    }

    /// Which suffixes it was written with.
    pub fn family(self) -> Family {
        self.family
    }

    pub fn is_zero(self) -> bool {
        self.billionths == 0
    }

    pub fn is_negative(self) -> bool {
        self.billionths < 0
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.billionths % ONE == 0
    }

    /// Whether it is some whole number of `unit`. Only zero is a multiple of zero.
    pub fn is_multiple_of(self, unit: Self) -> bool {
        self.billionths.checked_rem(unit.billionths).map_or(self.is_zero(), |rest| rest == 0)
    }

    /// Rounded away from zero to thousandths, as the API server does in every map of resources.
    #[must_use]
    pub fn rounded_to_thousandths(self) -> Self {
        Self { billionths: away_from_zero(self.billionths, MILLI), ..self }
    }

    /// Rounded away from zero to whole units: bytes, cores.
    pub fn rounded_to_whole(self) -> i128 {
        away_from_zero(self.billionths, ONE) / ONE
    }

    /// How many thousandths it is, rounded away from zero: millicores.
    pub fn in_thousandths(self) -> i128 {
        away_from_zero(self.billionths, MILLI) / MILLI
    }

    /// The text that the API server prints: the same family, no fraction, the greatest suffix that
    /// leaves a whole number.
    pub fn canonical(self) -> String {
        let whole = self.billionths / ONE;
        if self.family == Family::Binary && self.is_whole() && whole.abs() >= 1024 {
            return with_suffix(whole, 1024, &BINARY);
        }
        if self.family == Family::Exponent {
            return self.with_exponent();
        }
        if self.is_zero() {
            return "0".to_owned();
        }
        with_suffix(self.billionths, 1000, &DECIMAL)
    }

    fn with_exponent(self) -> String {
        let (mut mantissa, mut exponent) = (self.billionths, -9);
        while mantissa != 0 && mantissa % 1000 == 0 {
            mantissa /= 1000;
            exponent += 3;
        }
        let mut text = mantissa.to_string();
        if mantissa != 0 && exponent != 0 {
            let _ = write!(text, "e{exponent}");
        }
        text
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.billionths == other.billionths
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.billionths.cmp(&other.billionths)
    }
}

impl Add for Quantity {
    type Output = Self;

    /// The sum is written like `self`, unless that is zero.
    fn add(self, other: Self) -> Self {
        let family = if self.is_zero() { other.family } else { self.family };
        Self { billionths: self.billionths.saturating_add(other.billionths), family }
    }
}

impl Sub for Quantity {
    type Output = Self;

    /// The difference is written like `self`, unless that is zero.
    fn sub(self, other: Self) -> Self {
        let family = if self.is_zero() { other.family } else { self.family };
        Self { billionths: self.billionths.saturating_sub(other.billionths), family }
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// What a suffix multiplies with: 10^`ten` or 1024^`binary`.
struct Scale {
    family: Family,
    ten: i64,
    binary: usize,
}

impl Scale {
    fn parse(suffix: &str) -> Result<Self, &'static str> {
        if let Some(at) = DECIMAL.iter().position(|known| *known == suffix) {
            let ten = i64::try_from(at).map_or(0, |at| at * 3 - 9);
            return Ok(Self { family: Family::Decimal, ten, binary: 0 });
        }
        if let Some(binary) = BINARY.iter().position(|known| *known == suffix) {
            return Ok(Self { family: Family::Binary, ten: 0, binary });
        }
        let Some(exponent) = suffix.strip_prefix(['e', 'E']) else {
            let letters = suffix.bytes().all(|byte| byte.is_ascii_alphabetic());
            return Err(if letters { SUFFIX } else { FORM });
        };
        let ten = exponent.parse().map_err(|_| FORM)?;
        Ok(Self { family: Family::Exponent, ten, binary: 0 })
    }

    /// The value of `whole.fraction` in billionths, rounded up.
    fn billionths(&self, whole: &str, fraction: &str) -> i128 {
        self.short(whole, fraction).unwrap_or_else(|| self.long(whole, fraction))
    }

    /// The same for as many digits as people write; `None` when a step would not fit.
    fn short(&self, whole: &str, fraction: &str) -> Option<i128> {
        if whole.len() + fraction.len() > 18 {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes());
        let number = digits.fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let binary = 1024_i128.checked_pow(u32::try_from(self.binary).ok()?)?;
        let number = i128::from(number).checked_mul(binary)?;
        let places = self.ten.checked_add(9)?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        let ten = 10_i128.checked_pow(u32::try_from(places.unsigned_abs()).ok()?)?;
        let value = match places {
            0.. => number.checked_mul(ten)?,
            _ => number / ten + i128::from(number % ten != 0),
        };
        Some(self.limited(value))
    }

    fn long(&self, whole: &str, fraction: &str) -> i128 {
        let mut digits: Vec<u8> =
            whole.bytes().chain(fraction.bytes()).map(|byte| byte.wrapping_sub(b'0')).collect();
        for _ in 0..self.binary {
            multiply_by_1024(&mut digits);
        }
        let before_point = i64::try_from(digits.len() - fraction.len()).unwrap_or(i64::MAX);
        // The point moves right: nine places for the billionths, and as the suffix says.
        let point = before_point.saturating_add(9).saturating_add(self.ten);
        let (mut value, mut places) = (0_i128, 0_i64);
        for digit in digits {
            if places < point {
                value = value.saturating_mul(10).saturating_add(i128::from(digit));
                places += 1;
            } else if digit != 0 {
                value = value.saturating_add(1);
                break;
            }
        }
        while places < point && value != 0 && value != i128::MAX {
            value = value.saturating_mul(10);
            places += 1;
        }
        self.limited(value)
    }

    fn limited(&self, value: i128) -> i128 {
        match self.family {
            Family::Binary => value.min(i128::from(i64::MAX) * ONE),
            Family::Decimal | Family::Exponent => value,
        }
    }
}

/// Digits are decimal, the greatest first; new ones come in front.
fn multiply_by_1024(digits: &mut Vec<u8>) {
    let mut carry: u32 = 0;
    for digit in digits.iter_mut().rev() {
        carry += u32::from(*digit) * 1024;
        *digit = (carry % 10) as u8;
        carry /= 10;
    }
    let mut front = Vec::new();
    while carry > 0 {
        front.insert(0, (carry % 10) as u8);
        carry /= 10;
    }
    digits.splice(0..0, front);
}

fn away_from_zero(value: i128, unit: i128) -> i128 {
    match value % unit {
        0 => value,
        rest => (value - rest).saturating_add(unit * value.signum()),
    }
}

/// The greatest suffix that leaves a whole number.
fn with_suffix(mut value: i128, base: i128, suffixes: &[&str]) -> String {
    let mut chosen = "";
    for (at, suffix) in suffixes.iter().enumerate() {
        if at > 0 {
            if value % base != 0 {
                break;
            }
            value /= base;
        }
        chosen = suffix;
    }
    format!("{value}{chosen}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::check;
    use super::{Quantity, Scale};

    fn q(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn the_short_way_and_the_long_way_agree(
            whole in "[0-9]{0,12}",
            fraction in "[0-9]{0,6}",
            suffix in "n|u|m||k|M|E|Ki|Mi|Ei|e-?[0-9]{1,2}",
        ) {
            let scale = Scale::parse(&suffix).unwrap();
            if let Some(value) = scale.short(&whole, &fraction) {
                prop_assert_eq!(value, scale.long(&whole, &fraction));
            }
        }
    }

    #[test]
    fn reads_what_the_server_reads() {
        check(
            |text| Quantity::parse(text).map(|_| ()),
            &[
                "128974848",
                "129e6",
                "129M",
                "128974848000m",
                "123Mi",
                "1.5Gi",
                ".5",
                "1.",
                "1E3",
                "1e3",
                "1E",
                "+1",
                "0.1",
                "5.G",
                "1",
                " 1Gi ",
                "1e-3",
                "1k",
                "1e+3",
                "00",
                "+",
                "-",
                ".",
                "-.",
            ],
            &[
                "1K", "1kb", "512MB", "1 Gi", "1gi", "1GI", "1e", "1Mi5", "1,5", "1_000Mi", "",
                "true", "{}", "1.2.3", "1--1", "abc", "0x1FMi", "--1", "KB", "Gb", "mi", "B",
                "1e1.5", "1e5e", "\u{663}",
            ],
        );
        assert_eq!(Quantity::parse("1K").err(), Some("has an unknown suffix"));
    }

    #[test]
    fn compares_values_not_texts() {
        for (a, b) in [
            ("1", "1000m"),
            ("9Ei", "8Ei"),
            ("0.1", "100m"),
            ("1e3", "1k"),
            ("1.5Gi", "1536Mi"),
            ("1E", "1e18"),
            ("-1", "-1000m"),
            (".", "0"),
            ("0.0000000001", "1n"),
            ("1e-30", "1n"),
            ("-0.0000000001", "-1n"),
            ("1.0000000000000000000000000000000000000001", "1000000001n"),
            ("0.12345678901234567890Ki", "126419751949n"),
            ("00010", "10"),
            ("9Ei", "9223372036854775807"),
        ] {
            assert_eq!(q(a), q(b), "{a} {b}");
        }
        for (less, more) in [
            ("1G", "1Gi"),
            ("1G", "1000Mi"),
            ("1Gi", "1073741825"),
            ("8Ei", "100E"),
            ("1k", "1Ki"),
            ("0.9Ki", "1k"),
            ("-2", "-1"),
            ("1e28", "1e29"),
        ] {
            assert!(q(less) < q(more), "{less} {more}");
        }
    }

    #[test]
    fn rounds_away_from_zero() {
        for (text, rounded) in [
            ("1u", "1m"),
            ("0.0001", "1m"),
            ("1.0001", "1001m"),
            ("1.0005", "1001m"),
            ("2", "2"),
            ("0.12345678901234567890", "124m"),
            ("-1.0001", "-1001m"),
        ] {
            assert_eq!(q(text).rounded_to_thousandths().canonical(), rounded);
        }
        assert_eq!(q("1.1").rounded_to_whole(), 2);
        assert_eq!(q("0.9Gi").rounded_to_whole(), 966_367_642);
        assert_eq!(q("1.5").in_thousandths(), 1500);
        assert!(q("2.0").is_whole() && !q("0.5").is_whole());
    }

    #[test]
    fn prints_like_the_server() {
        for (text, canonical) in [
            ("1.5Gi", "1536Mi"),
            ("1024Mi", "1Gi"),
            ("0.5Mi", "512Ki"),
            ("1.5Ki", "1536"),
            ("0.9Gi", "966367641600m"),
            ("1000k", "1M"),
            ("0.5", "500m"),
            ("1024", "1024"),
            ("4000000000", "4G"),
            ("10E", "10E"),
            ("100E", "100E"),
            ("1000E", "1000E"),
            ("1e1", "10"),
            ("1e20", "100e18"),
            ("1.5e3", "1500"),
            ("1e-3", "1e-3"),
            ("0", "0"),
            ("0e5", "0"),
            ("0Ki", "0"),
            ("1000m", "1"),
            ("1024Ki", "1Mi"),
            ("1000", "1k"),
            ("1048576", "1048576"),
            ("1e3", "1e3"),
            ("-1.5Gi", "-1536Mi"),
            ("1023Ki", "1023Ki"),
            ("1024Ei", "9223372036854775807"),
            ("100n", "100n"),
            ("0.5Ki", "512"),
        ] {
            assert_eq!(q(text).canonical(), canonical, "{text}");
        }
    }

    #[test]
    fn adds_and_divides() {
        assert_eq!((q("1Gi") + q("512Mi")).canonical(), "1536Mi");
        assert_eq!((q("0") + q("1Gi")).canonical(), "1Gi");
        assert_eq!((q("1") - q("250m")).canonical(), "750m");
        assert!((q("1") - q("2")).is_negative());
        assert_eq!(["1", "500m", "2"].map(q).into_iter().sum::<Quantity>(), q("3.5"));
        assert!(q("6Mi").is_multiple_of(q("2Mi")) && !q("5Mi").is_multiple_of(q("2Mi")));
        assert!(q("0").is_multiple_of(q("0")) && !q("1").is_multiple_of(q("0")));
        assert_eq!(Quantity::whole(2) + Quantity::thousandths(500), q("2500m"));
        assert_eq!(q("1e500"), q("1e400") + q("1"));
    }
}
