//! What completion says of fields that should not be written.

use super::POD;
use crate::complete::complete;
use crate::pod::Known;
use crate::schema::Version;
use crate::syntax::parse;
use crate::testing::selection;

/// What stands beside the label of a field that should not be written there.
#[test]
fn doubtful_fields_say_why() {
    let detail = |spec: &str, label: &str, version: Version| {
        let (text, at) = selection(&format!("{POD}{spec}\n"));
        let items = complete(&text, at.start, version, &|| Known::of(&parse(&text)));
        items.into_iter().find(|it| it.label == label).map(|it| it.detail)
    };
    for (spec, label, version, expected) in [
        (
            "  os: {name: linux}\n  securityContext:\n    $0",
            "windowsOptions",
            37,
            "not in a pod for Linux",
        ),
        (
            "  os: {name: windows}\n  securityContext:\n    $0",
            "windowsOptions",
            37,
            "core.v1.WindowsSecurityContextOptions",
        ),
        (
            "  os: {name: windows}\n  securityContext:\n    $0",
            "fsGroup",
            37,
            "not in a pod for Windows",
        ),
        (
            "  containers:\n  - name: a\n    $0",
            "restartPolicyRules",
            33,
            "requires Kubernetes 1.34",
        ),
        (
            "  containers:\n  - name: a\n    $0",
            "restartPolicyRules",
            34,
            "no effect before Kubernetes 1.35",
        ),
        ("  containers:\n  - name: a\n    $0", "livenessProbe", 37, "core.v1.Probe"),
        (
            "  initContainers:\n  - name: a\n    $0",
            "livenessProbe",
            37,
            "only allowed in a sidecar, with `restartPolicy: Always`",
        ),
        ("  initContainers:\n  - name: a\n    $0", "env", 37, "list of core.v1.EnvVar"),
    ] {
        let found = detail(spec, label, Version::new(version));
        assert_eq!(found.as_deref(), Some(expected), "{label} at {spec}");
    }
}
