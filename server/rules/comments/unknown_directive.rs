//! A `# podls:` comment is not valid.
//!
//! Valid comments are `# podls: pod-security restricted`, `# podls: kubernetes 1.31`,
//! `# podls: profile images`, `# podls: allow CODE` and `# podls: allow-file CODE`. A misspelt
//! comment has no effect. A reason may follow behind `--`:
//! `# podls: allow privileged -- the driver loads kernel modules`.
//!
//! ```yaml bad
//! # podls: pod-security restricetd
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! # podls: pod-security baseline
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Changes the word to the nearest valid one.

use crate::check::words;
use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::schema::{PodSecurity, Profile, Version};
use crate::text::{Edit, Span, nearest};

pub(crate) static RULE: Rule = Rule {
    code: "unknown-directive",
    severity: Severity::Warning,
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

const DIRECTIVES: [&str; 5] = ["kubernetes", "pod-security", "profile", "allow", "allow-file"];

fn check(out: &mut Checker<'_>) {
    for comment in out.parse.tree.comments() {
        let words = words(out.parse, *comment);
        let Some(((first, at), rest)) = words.split_first() else { continue };
        match *first {
            "allow" | "allow-file" if rest.is_empty() => {
                out.report_span(*at, format!("`{first}` requires at least one rule code"));
            }
            "allow" | "allow-file" => {}
            "kubernetes" => version(out, *at, rest),
            "pod-security" => match rest.first() {
                Some((level, at)) if PodSecurity::parse(level).is_none() => {
                    report(out, "Pod Security level", level, *at, &PodSecurity::NAMES);
                }
                Some(_) => {}
                None => nothing(out, *at, &PodSecurity::NAMES),
            },
            "profile" => {
                let names = Profile::ALL.map(Profile::name);
                for (name, at) in rest.iter().filter(|(name, _)| Profile::parse(name).is_none()) {
                    report(out, "profile", name, *at, &names);
                }
                if rest.is_empty() {
                    nothing(out, *at, &names);
                }
            }
            first => report(out, "directive", first, *at, &DIRECTIVES),
        }
    }
}

fn version(out: &mut Checker<'_>, directive: Span, rest: &[(&str, Span)]) {
    let said = rest.first();
    if said.is_none_or(|(text, _)| Version::parse(text).is_none()) {
        let at = said.map_or(directive, |(_, at)| *at);
        let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
        out.report_span(at, format!("invalid Kubernetes version: expected {oldest} to {newest}"));
    }
}

fn nothing(out: &mut Checker<'_>, at: Span, names: &[&str]) {
    out.report_span(at, format!("missing value: expected {}", one_of(names)));
}

fn report(out: &mut Checker<'_>, what: &str, word: &str, at: Span, names: &[&str]) {
    match nearest(word, names.iter().copied()) {
        Some(meant) => {
            let diagnostic =
                out.report_span(at, format!("unknown {what} `{word}`; did you mean `{meant}`?"));
            diagnostic.fix(format!("Change to `{meant}`"), || vec![Edit::replace(at, meant)]);
        }
        None => {
            out.report_span(at, format!("unknown {what} `{word}`: expected {}", one_of(names)));
        }
    }
}

/// `a`, `b` or `c`.
fn one_of(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn slips_are_found() {
        check_rule(
            &RULE,
            "
# podls: kubernetes 1.3
                    ^^^ invalid Kubernetes version: expected 1.25 to 1.37
# podls: pod-security strict
                      ^^^^^^ unknown Pod Security level `strict`: expected `privileged`, `baseline` or `restricted`
# podls: profile images, reliabilty
                         ^^^^^^^^^^ unknown profile `reliabilty`; did you mean `reliability`?
a: 1 # podls: alow x
              ^^^^ unknown directive `alow`; did you mean `allow`?
b: 2 # podls: allow
              ^^^^^ `allow` requires at least one rule code
# podls: profile
         ^^^^^^^ missing value: expected `resources`, `reliability`, `images`, `hardened` or `strict`
# podls: kubernetes v1.31.2-gke.1
# podls: profile images
# podls: allow-file x
# podls
# podls:
# see podls: allowed
",
        );
    }

    #[test]
    fn the_word_that_was_meant_takes_its_place() {
        check_fix(
            &RULE,
            "a: 1 # podls: pod-security Restricted\n",
            "a: 1 # podls: pod-security restricted\n",
        );
        check_fix(&RULE, "# podls: profiles images\na: 1\n", "# podls: profile images\na: 1\n");
    }
}
