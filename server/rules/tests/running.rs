//! Findings of the engine in documents, with the standard rules.

use crate::check::Severity;
use crate::rules::run;
use crate::schema::Version;
use crate::syntax::parse;

fn codes(text: &str, fragment: bool) -> Vec<&'static str> {
    let found = run(&parse(text), Version::default(), fragment);
    found.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn a_patch_lacks_nothing_and_may_be_for_any_name() {
    let patch = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: \"*\"
spec:
  paused: true
  notes:
";
    assert_eq!(codes(patch, false), ["name-format", "missing-template", "unknown-field"]);
    assert_eq!(codes(patch, true), [""; 0]);
    assert_eq!(codes(&patch.replace("notes:", "notes: x"), true), ["unknown-field"]);
}

#[test]
fn a_template_may_keep_an_old_version() {
    let severity = |replicas: &str| {
        let text =
            format!("apiVersion: apps/v1beta2\nkind: Deployment\nspec:\n  replicas: {replicas}\n");
        let found = run(&parse(&text), Version::default(), false);
        let found = found.into_iter().find(|it| it.code == "removed-api-version");
        found.map(|finding| finding.severity)
    };
    assert_eq!(severity("1"), Some(Severity::Error));
    assert_eq!(severity("{{ replicas }}"), Some(Severity::Warning));
}

#[test]
fn a_rule_does_not_list_a_finding_for_each_few_bytes() {
    let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n";
    let text = format!("{head}{}  - name: a\n    imagee: b\n", "  -\n".repeat(20_000));
    let found = run(&parse(&text), Version::default(), false);
    assert!(found.len() < 2 * (500 + text.len() / 32) + 10, "{}", found.len());
    let unlisted: usize = found.iter().map(|it| it.unlisted).sum();
    assert_eq!(found.len() + unlisted, 40_002, "each is listed or counted");
    assert!(found.iter().any(|it| it.code == "unknown-field"), "other rules are listed");
}

#[test]
fn what_is_deeper_than_any_object_is_not_listed_one_by_one() {
    let text = format!("{}1{}", "{a: 1, a: 1, c: ".repeat(200), "}".repeat(200));
    let found = run(&parse(&text), Version::default(), false);
    let duplicates = found.iter().filter(|it| it.code == "duplicate-key").count();
    assert!((50..150).contains(&duplicates), "{duplicates}");
}

/// What is missing is told of if there is a line between it and the fault.
#[test]
fn nothing_is_missing_beside_a_fault() {
    for lines in 1..4 {
        let between = "  # a comment\n".repeat(lines - 1);
        for (before, behind) in [("  dnsPolicy: @x\n", ""), ("", "  dnsPolicy: @x\n")] {
            let container = "  containers: [{name: web}]\n";
            let spec = format!("{before}{between}{container}{between}{behind}");
            let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n{spec}");
            let found = run(&parse(&text), Version::NEWEST, false);
            let told = found.iter().any(|it| it.code == "required-field");
            assert_eq!(told, lines > 1, "{lines} lines away\n{text}");
        }
    }
}
