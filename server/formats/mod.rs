//! What Kubernetes says beyond types: formats, quantities, signals. Pure functions over text.
//!
//! A check gives `Err` with what is wrong, in words that follow the value: "`My-App` contains
//! upper-case letters". All limits are in bytes, as they are for the API server.
//!
//! A check of a text that needs nothing but the text belongs here. It is called by `pod`, rules, completion and features; it
//! must not know documents.

pub mod address;
pub mod cron;
pub mod duration;
pub mod env;
pub mod image;
pub mod names;
pub mod numbers;
pub mod paths;
pub mod placeholder;
pub mod quantity;
pub mod suggest;
pub mod time_zone;
pub mod vocabulary;

/// Whether a text has a format: if not, what is wrong with it.
pub type Verdict = Result<(), &'static str>;

/// `Err` with `fault` unless `fine`.
fn ensure(fine: bool, fault: &'static str) -> Verdict {
    if fine { Ok(()) } else { Err(fault) }
}

/// Checks that `rule` takes every one of `good` and none of `bad`.
#[cfg(test)]
fn check(rule: impl Fn(&str) -> Verdict, good: &[&str], bad: &[&str]) {
    for text in good {
        assert_eq!(rule(text), Ok(()), "`{text}` is good");
    }
    for text in bad {
        let fault = rule(text).expect_err(text);
        let first = fault.split(' ').next();
        let verbs = ["is", "has", "starts", "ends", "contains", "must"];
        assert!(first.is_some_and(|verb| verbs.contains(&verb)), "`{text}` {fault}");
    }
}
