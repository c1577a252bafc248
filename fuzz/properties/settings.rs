//! Settings may hold anything: what cannot be used is told, and the rest is taken.

use std::path::Path;
use std::sync::Arc;

use podls::config::{Kustomization, Level, Settings, is_fragment};
use podls::ide::Document;
use podls::rules;

use super::input::Input;
use super::texts;

const LINES: &[&str] = &[
    "kubernetesVersion: '1.31'\n",
    "kubernetesVersion: 1.3\n",
    "podSecurity: restricted\n",
    "podSecurity: [a]\n",
    "profiles: [images, strict]\n",
    "profiles: &x images\n",
    "rules:\n",
    "  unknown-field: off\n",
    "  wrong-type: hint\n",
    "  image-tag: error\n",
    "  latest: {}\n",
    "rules: {unknown-field: error}\n",
    "<<: *x\n",
    "resources: [*x, ../a.yaml]\n",
    "patches:\n- path: pod.yaml\n",
];

const POD: &str = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - imagee: a\n    args: 1\n";

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let text = match choices.byte() % 4 {
        0 => texts::text(text, &mut choices),
        _ => {
            let lines: String =
                text.iter().map(|it| LINES[usize::from(*it) % LINES.len()]).collect();
            lines.chars().take(2000).collect()
        }
    };
    let codes = rules::codes();
    let mut settings = Settings::default();
    let problems = settings.apply_yaml(&text, &codes);
    assert!(problems.len() <= text.len() + 1, "{text:?}");
    let known = settings.rules.keys().all(|code| codes.contains(&code.as_str()));
    assert!(known, "{:?} of {text:?}", settings.rules);
    same_again(&settings, &codes);
    is_fragment(Path::new("/a/b/pod.yaml"), |folder| {
        let mut kustomization = Kustomization::default();
        kustomization.add(folder, &text);
        Arc::new(kustomization)
    });
    let document = Document::new(POD, &Arc::new(settings.clone()));
    for finding in document.findings() {
        assert_ne!(settings.rules.get(finding.code), Some(&Level::Off), "{text:?}");
    }
}

/// What is written of settings is read as the same settings.
fn same_again(settings: &Settings, codes: &[&str]) {
    let mut again = Settings::default();
    let written = serde_json::to_value(settings).unwrap();
    assert!(again.apply(&written, codes).is_empty(), "{written}");
    assert_eq!(again, *settings);
    let mut from_yaml = Settings::default();
    assert!(from_yaml.apply_yaml(&written.to_string(), codes).is_empty(), "{written}");
    assert_eq!(from_yaml, *settings);
}
