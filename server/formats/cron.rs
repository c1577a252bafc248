//! Schedules of CronJobs, read exactly as the API server reads them.
//!
//! Its reader is more tolerant than crontab in some places and less in others: `1,,2` and `*-foo`
//! pass, weekday 7 and `L` do not. What passes but hardly means what it says is `odd`.

use std::ops::Range;

use super::duration;

/// Why a schedule is none, and which bytes of it are to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub range: Range<usize>,
    /// The name of the field at fault, unless it is the schedule as a whole.
    pub field: Option<&'static str>,
    /// What is wrong, in words that follow the field.
    pub what: &'static str,
}

/// When a CronJob runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// So many seconds after the last run.
    Every(u64),
    /// When the clock matches.
    Times(Times),
}

/// The five fields as sets: bit `n` is set when `n` matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    pub minutes: u64,
    pub hours: u64,
    pub days: u64,
    pub months: u64,
    /// Sunday is 0.
    pub weekdays: u64,
    /// Whether days and weekdays both have to match. When both fields name some of their values, it
    /// is enough that one does.
    pub both_days: bool,
    /// Parts that pass but are hardly meant: where, and what is odd.
    pub odd: Vec<(Range<usize>, &'static str)>,
}

struct Field {
    name: &'static str,
    first: u32,
    last: u32,
    /// Names of the values from `first` on.
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { name: "minute", first: 0, last: 59, names: &[] },
    Field { name: "hour", first: 0, last: 23, names: &[] },
    Field { name: "day of the month", first: 1, last: 31, names: &[] },
    Field {
        name: "month",
        first: 1,
        last: 12,
        names: &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
    },
    Field {
        name: "weekday",
        first: 0,
        last: 6,
        names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
    },
];

/// The words that stand for five fields.
pub const DESCRIPTORS: [(&str, &str); 7] = [
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

/// Reads a schedule. A time zone in front (`TZ=`), which Kubernetes took up to 1.28, is for the
/// caller to look for.
pub fn parse(text: &str) -> Result<Schedule, Fault> {
    let whole = |what| Fault { range: 0..text.len(), field: None, what };
    if text.is_empty() {
        return Err(whole("is empty"));
    }
    if let Some(every) = text.strip_prefix("@every ") {
        let nanoseconds = duration::parse(every).map_err(whole)?;
        return Ok(Schedule::Every(u64::try_from(nanoseconds / 1_000_000_000).unwrap_or(0).max(1)));
    }
    if text.starts_with('@') {
        let known = DESCRIPTORS.iter().find(|(word, _)| *word == text);
        let (_, fields) = known.ok_or_else(|| whole("is not one of the words such as `@daily`"))?;
        return parse(fields);
    }
    let words = words(text);
    let [minute, hour, day, month, weekday] = words.as_slice() else {
        return Err(whole("must have five fields"));
    };
    let mut odd = Vec::new();
    let mut read =
        |at: usize, range: &Range<usize>| field(text, range.clone(), &FIELDS[at], &mut odd);
    let (minutes, _) = read(0, minute)?;
    let (hours, _) = read(1, hour)?;
    let (days, any_day) = read(2, day)?;
    let (months, _) = read(3, month)?;
    let (weekdays, any_weekday) = read(4, weekday)?;
    let both_days = any_day || any_weekday;
    Ok(Schedule::Times(Times { minutes, hours, days, months, weekdays, both_days, odd }))
}

/// The words between white space.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
        let end = at + letter.len_utf8();
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = end,
            None => words.push(at..end),
        }
    }
    words
}

/// One field as a set, and whether a part of it is `*`.
fn field(
    text: &str,
    range: Range<usize>,
    field: &Field,
    odd: &mut Vec<(Range<usize>, &'static str)>,
) -> Result<(u64, bool), Fault> {
    let mut found = (0, false);
    let mut start = range.start;
    for part in text[range.clone()].split(',') {
        let place = start..start + part.len();
        start = place.end + 1;
        if part.is_empty() {
            odd.push((range.clone(), "has an empty part, which is ignored"));
            continue;
        }
        let fault = |what| Fault { range: place.clone(), field: Some(field.name), what };
        let (bits, star, strange) = field.part(part).map_err(fault)?;
        found = (found.0 | bits, found.1 || star);
        odd.extend(strange.map(|what| (place.clone(), what)));
    }
    Ok(found)
}

type Part = (u64, bool, Option<&'static str>);

impl Field {
    /// `*`, `1`, `1-5`, each with or without `/2`.
    fn part(&self, part: &str) -> Result<Part, &'static str> {
        let mut slashes = part.split('/');
        let range = slashes.next().unwrap_or_default();
        let step = slashes.next().map(number).transpose()?;
        if slashes.next().is_some() {
            return Err("has a part with two `/`");
        }
        let mut odd = None;
        let mut ends = range.split('-');
        let low = ends.next().unwrap_or_default();
        let star = low == "*" || low == "?";
        let (first, last) = if star {
            if range.len() > 1 {
                odd = Some("has text after `*-`, which is ignored");
            }
            (self.first, self.last)
        } else {
            let first = self.value(low)?;
            let last = ends.next().map(|high| self.value(high)).transpose()?;
            if ends.next().is_some() {
                return Err("has a range with two `-`");
            }
            if range.starts_with('+') || range.contains("-+") {
                odd = Some("contains `+`");
            }
            // From a single value, a step goes on to the end.
            (first, last.unwrap_or(if step.is_some() { self.last } else { first }))
        };
        if first < self.first || last > self.last {
            return Err(self.bounds());
        }
        if first > last {
            return Err("has a range that ends before it starts");
        }
        if step == Some(0) {
            return Err("has a step of 0");
        }
        let step = step.unwrap_or(1);
        if step > self.last - self.first {
            odd = odd.or(Some("has a step that is longer than the range"));
        }
        let every = usize::try_from(step).unwrap_or(usize::MAX);
        let bits = (first..=last).step_by(every).fold(0, |bits, value| bits | 1 << value);
        Ok((bits, star && step == 1, odd))
    }

    fn value(&self, text: &str) -> Result<u32, &'static str> {
        let named = self.names.iter().zip(self.first..);
        match named.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
            Some((_, value)) => Ok(value),
            None => number(text),
        }
    }

    fn bounds(&self) -> &'static str {
        match self.last {
            59 => "must be between 0 and 59",
            23 => "must be between 0 and 23",
            31 => "must be between 1 and 31",
            12 => "must be between 1 and 12",
            _ => "must be between 0 (Sunday) and 6 (Saturday)",
        }
    }
}

/// Digits with or without a `+` in front.
fn number(text: &str) -> Result<u32, &'static str> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("has a part that is not a number");
    }
    let number: i64 = digits.parse().map_err(|_| "has a number of more than 64 bits")?;
    // The fields end long before this one does.
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

impl Times {
    /// Whether there is no minute at all when it runs, such as on 30 February.
    pub fn is_never(&self) -> bool {
        if self.minutes == 0 || self.hours == 0 || self.months == 0 {
            return true;
        }
        let day_exists = (1..=12).any(|month| {
            let days = match month {
                2 => 29,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            self.months & 1 << month != 0 && (1..=days).any(|day| self.days & 1 << day != 0)
        });
        let weekday_exists = self.weekdays != 0;
        if self.both_days {
            !(day_exists && weekday_exists)
        } else {
            !(day_exists || weekday_exists)
        }
    }

    /// Whether it runs at this time. Days and months count from 1, Sunday is 0.
    pub fn matches(&self, minute: u32, hour: u32, day: u32, month: u32, weekday: u32) -> bool {
        let has = |set: u64, value: u32| set.checked_shr(value).is_some_and(|bits| bits & 1 == 1);
        let (day, weekday) = (has(self.days, day), has(self.weekdays, weekday));
        let day_fits = if self.both_days { day && weekday } else { day || weekday };
        has(self.minutes, minute) && has(self.hours, hour) && has(self.months, month) && day_fits
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, Fault, Schedule, Times, parse};

    fn times(text: &str) -> Times {
        match parse(text).unwrap() {
            Schedule::Times(times) => times,
            Schedule::Every(_) => panic!("`{text}` has no times"),
        }
    }

    const GOOD: &[&str] = &[
        "* * * * *",
        "0 0 1 1 0",
        "*/5 * * * *",
        "0 9-17 * * mon-fri",
        "0 0 1,15 * ?",
        "5/15 * * JAN,feb *",
        " 0\t0 * *  * ",
        "@daily",
        "@hourly",
        "@every 5m",
        "@every 1h30m",
        "1,,2 * * * *",
        ", * * * *",
        "*-foo * * * *",
        "+5 * * * *",
        "007 * * * *",
        "*/100 * * * *",
        "@every 0",
        "@every -5m",
        "0 0 31 2 *",
        "*-5/2 * * * *",
        "0\u{a0}0 * * *",
    ];
    const BAD: &[&str] = &[
        "",
        "* * * *",
        "* * * * * *",
        "@reboot",
        "@Daily",
        " @daily",
        "@daily ",
        "@every 5",
        "@every 1d",
        "@every  5m",
        "@every",
        "1.5 * * * *",
        "-5 * * * *",
        "5-* * * * *",
        "*/0 * * * *",
        "1-2-3 * * * *",
        "1/2/3 * * * *",
        "0 0 * * 7",
        "0 0 * * sunday",
        "0 0 * * fri-mon",
        "0 22-2 * * *",
        "60 * * * *",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 32 * *",
        "0 0 * 13 *",
        "0 0 L * *",
        "0 0 15W * *",
        "0 0 * * 5#2",
        "H * * * *",
        "*/mon * * * *",
        "99999999999 * * * *",
        "5/ * * * *",
        "- * * * *",
        "jan * * * *",
    ];

    #[test]
    fn reads_what_the_server_reads() {
        for text in GOOD {
            assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
        }
        for text in BAD {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn says_where_the_fault_is() {
        let fault = parse("0 0 * * 1,7").unwrap_err();
        let what = "must be between 0 (Sunday) and 6 (Saturday)";
        assert_eq!(fault, Fault { range: 10..11, field: Some("weekday"), what });
        assert_eq!(parse("* *").unwrap_err().field, None);
        assert!(FIELDS.iter().all(|field| field.bounds().contains(&field.last.to_string())));
    }

    #[test]
    fn reads_sets() {
        assert_eq!(times("5/20 * * * *").minutes, 1 << 5 | 1 << 25 | 1 << 45);
        assert_eq!(times("0 22/3 * * *").hours, 1 << 22);
        assert_eq!(times("0 0 * jan-mar/2 *").months, 1 << 1 | 1 << 3);
        assert_eq!(times("0 0 * * Sun,TUE").weekdays, 0b101);
        assert_eq!(parse("@every 90s"), Ok(Schedule::Every(90)));
        assert_eq!(parse("@every -5m"), Ok(Schedule::Every(1)));
        assert_eq!(parse("@every 1500ms"), Ok(Schedule::Every(1)));
        assert_eq!(parse("@weekly"), parse("0 0 * * 0"));
    }

    #[test]
    fn days_are_both_needed_only_beside_a_star() {
        for (text, both) in [
            ("0 0 1 * 1", false),
            ("0 0 * * 1", true),
            ("0 0 1 * *", true),
            ("0 0 */2 * 1", false),
            ("0 0 */1 * 1", true),
            ("0 0 1,* * 1", true),
            ("0 0 1 * ?", true),
        ] {
            assert_eq!(times(text).both_days, both, "{text}");
        }
        let friday_or_13th = times("0 0 13 * fri");
        assert!(friday_or_13th.matches(0, 0, 13, 1, 2) && friday_or_13th.matches(0, 0, 1, 1, 5));
        assert!(!friday_or_13th.matches(0, 0, 1, 1, 2) && !friday_or_13th.matches(1, 0, 13, 1, 5));
    }

    #[test]
    fn finds_what_never_runs_or_is_odd() {
        for (text, never) in [
            ("0 0 30 2 *", true),
            ("0 0 31 2,4,6,9,11 *", true),
            (", * * * *", true),
            ("0 0 , * *", true),
            ("0 0 29 2 *", false),
            ("0 0 31 2 1", false),
            ("* * * * *", false),
        ] {
            assert_eq!(times(text).is_never(), never, "{text}");
        }
        for text in [
            "1,,2 * * * *",
            "*- * * * *",
            "*-5 * * * *",
            "*-foo * * * *",
            "+5 * * * *",
            "*/100 * * * *",
        ] {
            assert_eq!(times(text).odd.len(), 1, "{text}");
        }
        assert!(times("*/59 0-5/2 1,2 * mon").odd.is_empty());
    }
}
