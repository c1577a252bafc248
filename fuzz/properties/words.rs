//! The words that manifests are made of: fields and values from the schema, and what YAML writes around
//! them.

use std::sync::OnceLock;

use podls::schema::{ObjectType, apps, core, kinds, meta};

/// Types that hold much of what podls knows about.
const TYPES: [ObjectType; 12] = [
    core::POD_SPEC,
    core::CONTAINER,
    core::PROBE,
    core::VOLUME,
    core::VOLUME_MOUNT,
    core::ENV_VAR,
    core::CONTAINER_PORT,
    core::SECURITY_CONTEXT,
    core::RESOURCE_REQUIREMENTS,
    core::SERVICE_SPEC,
    apps::DEPLOYMENT_SPEC,
    meta::OBJECT_META,
];

/// Keys of manifests.
pub(super) fn keys() -> &'static [&'static str] {
    static KEYS: OnceLock<Vec<&str>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let types = TYPES.iter();
        let mut keys: Vec<_> = types.flat_map(|ty| ty.fields().map(|it| it.name())).collect();
        keys.extend(["spec", "metadata", "kind", "apiVersion", "data", "items", "<<", "a"]);
        keys.sort_unstable();
        keys.dedup();
        keys
    })
}

/// Values that fields have.
pub(super) fn values() -> &'static [&'static str] {
    static VALUES: OnceLock<Vec<&str>> = OnceLock::new();
    VALUES.get_or_init(|| {
        let types = TYPES.iter();
        let fields = types.flat_map(|ty| ty.fields().collect::<Vec<_>>());
        let mut values: Vec<_> = fields
            .flat_map(|field| field.values().map(|it| it.value).collect::<Vec<_>>())
            .collect();
        values.extend(kinds().map(|kind| kind.kind));
        values.extend(PLAIN);
        values.sort_unstable();
        values.dedup();
        values
    })
}

const PLAIN: &[&str] = &[
    "web",
    "nginx:1.27",
    "v1",
    "apps/v1",
    "batch/v1",
    "80",
    "0",
    "-1",
    "1.5",
    "100m",
    "64Mi",
    "1Gi",
    "true",
    "false",
    "yes",
    "null",
    "~",
    "",
    "\"\"",
    "''",
    "\"80\"",
    "'it''s'",
    "\"a\\nb\"",
    "{}",
    "[]",
    "[a, b]",
    "{a: b}",
    "{name: data, mountPath: /d}",
    "[{name: A, value: $(B)}]",
    "*x",
    "&x y",
    "&x",
    "!!str 1",
    "!!binary aGk=",
    "|",
    ">-",
    "|2",
    "/var/log",
    "$(A)",
    "wéb",
    "日本",
    "😀",
    "a: b",
    "a #b",
    "{{ .Values.x }}",
    "${X}",
    "0x10",
    "1_000",
    "1e3",
    "2024-01-01",
    "* * * * *",
    "10.0.0.1",
    "<<",
];

/// What stands around words.
pub(super) const MARKS: &[&str] = &[
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    "\n---\n",
    "\n...\n",
    ": ",
    ":",
    "- ",
    "-",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "# x",
    " #",
    "\t",
    "\r\n",
    "\r",
    "\n\n",
    "|",
    ">",
    "&x ",
    "*x",
    "!",
    "!!str ",
    "? ",
    "%",
    "@",
    "`",
    "\\",
    "<<: *x",
    "{{",
    "}}",
    "{{- if x }}\n",
    "{{- end }}\n",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{202e}",
    "é",
    "日本語",
    "😀",
    " ",
    "  ",
    "    ",
    "# podls: allow wrong-type\n",
    "# podls: kubernetes 1.31\n",
    "# podls: profile strict\n",
    "# podls: pod-security restricted\n",
    "podls0probe0",
    "\u{FDD0}",
    "\u{FDD1}",
    "$",
    "$1",
    "${1:x}",
];
