//! Numbers: ranges of fields, and numbers that are written as text.

use super::{Verdict, ensure};

/// A port that something listens on.
pub fn port(number: i64) -> Verdict {
    ensure((1..=65535).contains(&number), "is not between 1 and 65535")
}

/// A user or group.
pub fn user(number: i64) -> Verdict {
    ensure((0..=i64::from(i32::MAX)).contains(&number), "is not between 0 and 2147483647")
}

/// The permissions of a file, as a number: 0644 in octal is 420.
pub fn file_mode(number: i64) -> Verdict {
    ensure((0..=0o777).contains(&number), "is not between 0 and 0777 (511)")
}

/// A whole number of 64 bits as one would print it: values of `Lt` and `Gt` tolerations.
pub fn decimal(text: &str) -> Verdict {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = text == "0" || !digits.starts_with('0');
    ensure(all_digits(digits) && canonical, "is not a whole number without leading zeros")?;
    ensure(text.parse::<i64>().is_ok(), "has more than 64 bits")
}

/// The annotation `controller.kubernetes.io/pod-deletion-cost`.
pub fn deletion_cost(text: &str) -> Verdict {
    let (digits, negative) = match text.strip_prefix('-') {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    let leading_zero = digits.starts_with('0') && digits != "0" && !negative;
    ensure(all_digits(digits) && !leading_zero, "is not a whole number without leading zeros")?;
    ensure(text.parse::<i32>().is_ok(), "has more than 32 bits")
}

/// A percentage of a rollout: `25%`.
pub fn percent(text: &str) -> Verdict {
    ensure(text.strip_suffix('%').is_some_and(all_digits), "is not a percentage such as `25%`")
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::{Verdict, check};
    use super::{decimal, deletion_cost, file_mode, percent, port, user};

    fn check_numbers(rule: fn(i64) -> Verdict, good: &[i64], bad: &[i64]) {
        good.iter().for_each(|number| assert_eq!(rule(*number), Ok(()), "{number}"));
        bad.iter().for_each(|number| assert!(rule(*number).is_err(), "{number}"));
    }

    #[test]
    fn ranges() {
        check_numbers(port, &[1, 80, 443, 8080, 65535], &[0, -1, 65536, 70000, 2_147_483_647]);
        check_numbers(
            user,
            &[0, 1, 1000, 65534, 2_147_483_647],
            &[-1, 2_147_483_648, 4_294_967_295, -2_147_483_648, i64::MAX],
        );
        check_numbers(file_mode, &[0o644, 420, 0, 511, 0o777, 0o400], &[644, 777, 512, -1, 0o1000]);
    }

    #[test]
    fn numbers_in_text() {
        check(
            decimal,
            &["0", "5", "-5", "9223372036854775807", "-9223372036854775808"],
            &["", "-", "05", "-0", "+5", "1.0", "1e3", "9223372036854775808"],
        );
        check(
            deletion_cost,
            &["0", "5", "-5", "-05", "2147483647"],
            &["", "+5", "05", "2147483648", "1.0", "a", " 1"],
        );
        check(percent, &["0%", "1%", "93%", "250%", "007%"], &["1", "%", "1.5%", "-1%", "1 %", ""]);
    }
}
