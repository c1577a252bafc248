//! Every setting, with its doc comment and its default.
//!
//! The same settings come from the editor, from `podls.yaml` and from the command line. Reading them
//! never fails completely: a setting that cannot be used is reported and keeps its value.
//!
//! A setting is a field of `Settings`; the tables of settings are made from it. `ide`, `folder`, `cli` and `lsp` call it;
//! it does not read files, nor use documents.

mod fault;
mod fragment;
mod renamed;
mod yaml;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::schema::{PodSecurity, Profile, Profiles, Version};
use crate::text::nearest;

pub use fault::Fault;
pub use fragment::{HEIGHT, KUSTOMIZATIONS, Kustomization, gets_selectors, is_fragment};
pub use renamed::{RENAMED, current_code};

/// The level that each namespace enforces, by its name.
pub type Namespaces = BTreeMap<String, PodSecurity>;

/// The file with the settings of its folder and of those below.
pub const FILE_NAME: &str = "podls.yaml";

/// The names of the settings, as users write them.
pub const KEYS: [&str; 4] = ["kubernetesVersion", "podSecurity", "profiles", "rules"];

/// How many faults of one file are reported. The rest of the file is used anyway.
const MOST_FAULTS: usize = 20;

/// Settings of the editor, of `podls.yaml` and of the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The Kubernetes version the manifests are for: `"1.31"`. A comment `# podls: kubernetes 1.31`
    /// in a file takes precedence. By default, the newest version with built-in validation.
    #[serde(serialize_with = "as_text")]
    pub kubernetes_version: Version,
    /// The level of the Pod Security Standards that the namespace enforces: `privileged`,
    /// `baseline` or `restricted`. A comment `# podls: pod-security restricted` in a file takes
    /// precedence, then the label `pod-security.kubernetes.io/enforce` of its Namespace in the same
    /// file or folder. By default, `privileged`, which allows everything.
    #[serde(serialize_with = "as_name")]
    pub pod_security: PodSecurity,
    /// Groups of rules to run that are off by default: `resources`, `reliability`, `images`,
    /// `hardened`, `strict`. A comment `# podls: profile images` in a file adds to them. By
    /// default, none.
    #[serde(serialize_with = "as_names")]
    pub profiles: Profiles,
    /// The severity of rules by code: `off`, `hint`, `information`, `warning` or `error`. A rule
    /// that is off by default runs if it has a severity here. By default, every rule has a severity
    /// of its own.
    pub rules: BTreeMap<String, Level>,
    /// Whether the file contains only parts of objects. Not a setting: it follows from its path and the
    /// files around it, see `is_fragment`.
    #[serde(skip)]
    pub fragment: bool,
    /// The levels that namespaces around the file enforce. Not a setting: they come from their manifests.
    #[serde(skip)]
    pub namespaces: Namespaces,
    /// Whether the file is a template for containers to add. Not a setting: it follows from its folder.
    #[serde(skip)]
    pub template: bool,
}

/// The severity of a rule's findings, or that it is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Off,
    Hint,
    Information,
    Warning,
    Error,
}

impl Settings {
    /// Applies the settings in `value`, an object; `codes` are all rules. Returns each fault.
    pub fn apply(&mut self, value: &Value, codes: &[&str]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let Some(map) = object(value, &[], "the settings", &mut faults) else { return faults };
        for (key, value) in map {
            let wrong = |message| Fault::value(&[key], message);
            match key.as_str() {
                "kubernetesVersion" => match version(value) {
                    Ok(version) => self.kubernetes_version = version,
                    Err(problem) => faults.push(wrong(format!("`{key}`: {problem}"))),
                },
                "podSecurity" => match value.as_str().and_then(PodSecurity::parse) {
                    Some(level) => self.pod_security = level,
                    None => {
                        let [weak, middle, strong] = PodSecurity::NAMES;
                        let message = format!("`{key}` must be `{weak}`, `{middle}` or `{strong}`");
                        faults.push(wrong(message));
                    }
                },
                "profiles" => self.profiles = profiles(value, &mut faults),
                "rules" => self.apply_rules(value, codes, &mut faults),
                _ => tell(&mut faults, || Fault::key(&[key], unknown("setting", key, &KEYS))),
            }
        }
        faults
    }

    /// Applies the YAML text of a `podls.yaml`, as `apply` does.
    pub fn apply_yaml(&mut self, text: &str, codes: &[&str]) -> Vec<Fault> {
        match yaml::read(text) {
            Ok(value) => self.apply(&value, codes),
            Err(error) => {
                let place = error.location().map(|it| (it.line(), it.column()));
                vec![Fault { place, message: error.to_string(), ..Fault::default() }]
            }
        }
    }

    fn apply_rules(&mut self, value: &Value, codes: &[&str], faults: &mut Vec<Fault>) {
        let Some(map) = object(value, &["rules"], "`rules`", faults) else { return };
        for (code, level) in map {
            let keys = ["rules", code];
            let current = current_code(code);
            if !codes.contains(&current) {
                tell(faults, || Fault::key(&keys, unknown("rule", code, codes)));
                continue;
            }
            match Level::deserialize(level) {
                Ok(level) => {
                    self.rules.insert(current.to_owned(), level);
                }
                Err(error) => {
                    tell(faults, || Fault::value(&keys, format!("`rules.{code}`: {error}")));
                }
            }
        }
    }
}

/// The entries of `value`; nothing at all (an empty file, an editor without settings) has none.
fn object<'a>(
    value: &'a Value,
    keys: &[&str],
    what: &str,
    faults: &mut Vec<Fault>,
) -> Option<&'a serde_json::Map<String, Value>> {
    if !value.is_object() && !value.is_null() {
        faults.push(Fault::value(keys, format!("{what} must be a map")));
    }
    value.as_object()
}

/// The profiles of a list, or a single one.
fn profiles(value: &Value, faults: &mut Vec<Fault>) -> Profiles {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let mut found = Profiles::default();
    for item in items.iter().filter(|item| !item.is_null()) {
        let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
        match Profile::parse(&text) {
            Some(profile) => found = found.with(profile),
            None => tell(faults, || {
                let message = unknown("profile", &text, &Profile::ALL.map(Profile::name));
                Fault::value(&["profiles"], message)
            }),
        }
    }
    found
}

fn tell(faults: &mut Vec<Fault>, fault: impl FnOnce() -> Fault) {
    if faults.len() < MOST_FAULTS {
        faults.push(fault());
    }
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("unknown {what} `{name}`; did you mean `{meant}`?"),
        None => format!("unknown {what} `{name}`"),
    }
}

/// Reads a version from a string, or from the number that YAML makes of it without quotes.
fn version(value: &Value) -> Result<Version, String> {
    // YAML reads 1.30 without quotes as 1.3, so the two cannot be distinguished.
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Version::parse(&text).ok_or_else(|| {
        let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
        format!(
            "invalid Kubernetes version `{text}`: expected \"{oldest}\" to \"{newest}\", in quotes"
        )
    })
}

fn as_text<S: Serializer>(version: &Version, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(version)
}

fn as_names<S: Serializer>(profiles: &Profiles, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(profiles.iter().map(Profile::name))
}

fn as_name<S: Serializer>(level: &PodSecurity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(level.name())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CODES: [&str; 2] = ["unknown-field", "missing-memory-limit"];

    fn settings(version: u8, rules: &[(&str, Level)]) -> Settings {
        let rules = rules.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect();
        Settings { kubernetes_version: Version::new(version), rules, ..Settings::default() }
    }

    fn messages(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(Fault::to_string).collect()
    }

    fn images() -> Profiles {
        Profiles::default().with(Profile::Images)
    }

    #[test]
    fn profiles_are_a_list_or_one() {
        for (text, told) in [
            ("profiles: images", ""),
            ("profiles: [images, imagez]", "unknown profile `imagez`; did you mean `images`?"),
            ("profiles: [images, 7]", "unknown profile `7`"),
        ] {
            let mut read = Settings::default();
            let problems = read.apply_yaml(text, &CODES);
            assert_eq!(
                (read.profiles, messages(&problems).concat().as_str()),
                (images(), told),
                "{text}"
            );
        }
    }

    #[test]
    fn every_setting_is_read() {
        let mut read = Settings::default();
        let text = "kubernetesVersion: '1.31'\npodSecurity: baseline\nprofiles: [images]\nrules:\n  unknown-field: off\n";
        assert!(read.apply_yaml(text, &CODES).is_empty());
        let expected = settings(31, &[("unknown-field", Level::Off)]);
        assert_eq!(
            read,
            Settings { pod_security: PodSecurity::Baseline, profiles: images(), ..expected }
        );
        let names = serde_json::to_value(&read).unwrap();
        let names: Vec<_> = names.as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, KEYS);
    }

    #[test]
    fn later_settings_go_over_earlier_ones() {
        let mut read = Settings::default();
        let first = json!({"kubernetesVersion": "1.30", "rules": {"unknown-field": "hint"}});
        assert!(read.apply(&first, &CODES).is_empty());
        assert!(
            read.apply(&json!({"rules": {"missing-memory-limit": "error"}}), &CODES).is_empty()
        );
        let both = [("unknown-field", Level::Hint), ("missing-memory-limit", Level::Error)];
        assert_eq!(read, settings(30, &both));
    }

    #[test]
    fn what_cannot_be_used_is_told_and_the_rest_taken() {
        let mut read = Settings::default();
        let value = json!({
            "kubernetesversion": "1.31",
            "kubernetesVersion": 1.3,
            "rules": {"unknown_field": "off", "unknown-field": "info", "x": 1,
                "missing-memory-limit": "hint"},
            "colour": true,
            "podSecurity": "strict",
        });
        let problems = read.apply(&value, &CODES);
        let default = Version::default().minor();
        assert_eq!(read, settings(default, &[("missing-memory-limit", Level::Hint)]));
        let told = [
            "unknown setting `colour`",
            "`kubernetesVersion`: invalid Kubernetes version `1.3`: expected \"1.25\" to \"1.37\", in quotes",
            "unknown setting `kubernetesversion`; did you mean `kubernetesVersion`?",
            "`podSecurity` must be `privileged`, `baseline` or `restricted`",
            "`rules.unknown-field`: unknown variant `info`, expected one of `off`, `hint`, \
             `information`, `warning`, `error`",
            "unknown rule `unknown_field`; did you mean `unknown-field`?",
            "unknown rule `x`",
        ];
        assert_eq!(messages(&problems), told);
    }

    #[test]
    fn many_faults_hide_no_setting() {
        let wrong: String = (0..100).map(|at| format!("  w{at}: off\n")).collect();
        let mut read = Settings::default();
        let told = read.apply_yaml(&format!("rules:\n{wrong}  unknown-field: off\n"), &CODES);
        assert_eq!(told.len(), MOST_FAULTS);
        assert_eq!(read.rules.get("unknown-field"), Some(&Level::Off));
    }

    #[test]
    fn no_settings_are_settings() {
        for text in ["", "# nothing\n", "{}", "rules:\n"] {
            assert_eq!(Settings::default().apply_yaml(text, &CODES), [], "{text}");
        }
        for text in ["- a", "rules: 1", "a: [", "7"] {
            assert_eq!(Settings::default().apply_yaml(text, &CODES).len(), 1, "{text}");
        }
    }
}
