//! Which rules make up a level of the Pod Security Standards.

use crate::schema::PodSecurity;

/// The rules of `baseline`.
const BASELINE: [&str; 12] = [
    "pss-app-armor",
    "pss-capabilities",
    "pss-host-namespaces",
    "pss-host-path",
    "pss-host-ports",
    "pss-host-probes",
    "pss-privileged",
    "pss-proc-mount",
    "pss-seccomp",
    "pss-selinux",
    "pss-sysctls",
    "pss-windows-host-process",
];

/// What `restricted` has beyond them.
const RESTRICTED: [&str; 7] = [
    "pss-drop-capabilities",
    "pss-privilege-escalation",
    "pss-run-as-non-root",
    "pss-run-as-user",
    "pss-seccomp-profile",
    "pss-user-namespace-proc-mount",
    "pss-volume-types",
];

/// The rules of `baseline` that stricter ones of `restricted` replace.
const REPLACED: [&str; 3] = ["pss-capabilities", "pss-host-path", "pss-seccomp"];

/// Whether the rule with this code belongs to `level`.
pub fn is_in_level(code: &str, level: PodSecurity) -> bool {
    match level {
        PodSecurity::Privileged => false,
        PodSecurity::Baseline => BASELINE.contains(&code),
        PodSecurity::Restricted => {
            RESTRICTED.contains(&code) || BASELINE.contains(&code) && !REPLACED.contains(&code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BASELINE, REPLACED, RESTRICTED, is_in_level};
    use crate::rules::list::PROFILES;
    use crate::rules::{ALL, explain};
    use crate::schema::PodSecurity;

    #[test]
    fn every_rule_of_the_family_is_in_a_level() {
        let codes = ALL.iter().map(|rule| rule.code).filter(|code| code.starts_with("pss-"));
        let mut codes: Vec<_> = codes.collect();
        let mut listed: Vec<_> = BASELINE.into_iter().chain(RESTRICTED).collect();
        codes.sort_unstable();
        listed.sort_unstable();
        assert_eq!(codes, listed);
        assert!(ALL.iter().filter(|rule| rule.code.starts_with("pss-")).all(|rule| !rule.on));
        for code in REPLACED {
            assert!(!is_in_level(code, PodSecurity::Restricted), "{code}");
        }
        assert!(!listed.iter().any(|code| is_in_level(code, PodSecurity::Privileged)));
    }

    #[test]
    fn a_profile_or_a_level_switches_a_rule_on() {
        for rule in ALL.iter().filter(|rule| !rule.on) {
            let level = is_in_level(rule.code, PodSecurity::Baseline)
                || is_in_level(rule.code, PodSecurity::Restricted);
            assert!(!level || rule.profile().is_none(), "{}", rule.code);
        }
        for (rule, profile) in PROFILES {
            assert!(!rule.on, "{} is on without its profile", rule.code);
            // A new rule has no manual yet; `tests/it/generate.rs` writes it and tells.
            let Some(manual) = explain(rule.code) else { continue };
            let told = format!("profile `{}`", profile.name());
            assert!(manual.replace('\n', " ").contains(&told), "{}", rule.code);
        }
    }
}
