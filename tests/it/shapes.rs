//! Texts of any size that are made to be slow: each says one thing again and again.

/// A kind of text; twice the number makes it twice as long.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    make: fn(usize) -> String,
}

impl Shape {
    /// The text of about `bytes` bytes.
    pub(crate) fn of_size(&self, bytes: usize) -> String {
        let (one, two) = ((self.make)(100).len(), (self.make)(200).len());
        let (each, fixed) = ((two - one).max(1), one.saturating_sub(two - one));
        (self.make)((bytes.saturating_sub(fixed * 100 / 100) * 100 / each).max(1))
    }
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n";
const CONTAINER: &str = "  containers:\n  - name: web\n    image: nginx:1.27\n";
const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n";

/// `entry` for each number below `n`, one after the other.
fn each(n: usize, entry: impl Fn(usize) -> String) -> String {
    (0..n).map(entry).collect()
}

fn listed(n: usize, entry: impl Fn(usize) -> String) -> String {
    (0..n).map(entry).collect::<Vec<_>>().join(", ")
}

/// A pod whose `spec` is what stands here.
fn pod(spec: &str) -> String {
    format!("{POD}{spec}")
}

/// A pod with one container, and this in it.
fn container(rest: &str) -> String {
    format!("{POD}{CONTAINER}{rest}")
}

/// A pod in one line, with this in its container.
fn one_line(rest: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{containers: [{{name: a, image: b, {rest}}}]}}}}\n"
    )
}

macro_rules! shapes {
    ($($name:literal => |$n:ident| $make:expr,)*) => {
        &[$(Shape { name: $name, make: |$n| $make },)*]
    };
}

/// Texts that break YAML, or nest without end.
pub(crate) const TEXTS: &[Shape] = shapes! {
    "colons" => |n| ": ".repeat(n) + "\n",
    "colons in a pod" => |n| container(&format!("    args: {}\n", ": ".repeat(n))),
    "keys in a line" => |n| "a: ".repeat(n) + "\n",
    "question marks" => |n| "? ".repeat(n) + "\n",
    "question marks on lines" => |n| "? a\n".repeat(n),
    "dashes" => |n| "- ".repeat(n) + "x\n",
    "dashes on lines" => |n| "-\n".repeat(n),
    "tags" => |n| "!a ".repeat(n) + "x\n",
    "anchors" => |n| "&a ".repeat(n) + "x\n",
    "anchors on lines" => |n| each(n, |i| format!("k{i}: &a{i} x\n")),
    "the same anchor" => |n| each(n, |i| format!("k{i}: &a x\nl{i}: *a\n")),
    "unknown aliases" => |n| each(n, |i| format!("k{i}: *b{i}\n")),
    "chained aliases" => |n| format!("k0: &a0 x\n{}", each(n, |i| format!("k{}: &a{} [*a{i}]\n", i + 1, i + 1))),
    "chained merges" => |n| format!("k0: &a0 {{x: y}}\n{}", each(n, |i| format!("k{}: &a{} {{<<: *a{i}}}\n", i + 1, i + 1))),
    "aliases of a large map" => |n| format!("a: &a\n{}b:\n{}", each(n / 2, |i| format!("  k{i}: v\n")), "- *a\n".repeat(n / 2)),
    "merges of a large map" => |n| format!("a: &a\n{}b:\n{}", each(n / 2, |i| format!("  k{i}: v\n")), "- <<: *a\n".repeat(n / 2)),
    "broken brackets" => |n| "a: [\nb: {\n".repeat(n),
    "open lists" => |n| "[".repeat(n) + "\n",
    "open lists on lines" => |n| "[\n".repeat(n),
    "open lists as values" => |n| "a: [\n".repeat(n),
    "open lists with items" => |n| each(n, |i| format!("a{i}: [x, y\n")),
    "open maps" => |n| "{a: ".repeat(n) + "\n",
    "open maps on lines" => |n| "{a:\n".repeat(n),
    "closed lists" => |n| "[".repeat(n) + &"]".repeat(n) + "\n",
    "closed maps" => |n| "{a: ".repeat(n) + "1" + &"}".repeat(n) + "\n",
    "closed maps in a pod" => |n| container(&format!("    args: {}1{}\n", "{a: ".repeat(n), "}".repeat(n))),
    "nested JSON" => |n| "{\"spec\":".repeat(n) + "1" + &"}".repeat(n) + "\n",
    "closing brackets" => |n| "]}".repeat(n) + "\n",
    "closing brackets on lines" => |n| "]\n}\n".repeat(n),
    "wrong brackets" => |n| "[}".repeat(n) + "\n",
    "wrong brackets on lines" => |n| "a: [}\n".repeat(n),
    "a bracket over many lines" => |n| format!("a: [\n{}", "  x,\n".repeat(n)),
    "a bracket left open at the top" => |n| format!("{POD}{CONTAINER}    args: [\n{}", "    - name: b\n".repeat(n)),
    "a brace over many lines" => |n| format!("a: {{\n{}", each(n, |i| format!("  k{i}: v,\n"))),
    "commas" => |n| format!("a: [{}]\n", ",".repeat(n)),
    "pairs in a list" => |n| format!("a: [{}]\n", listed(n, |i| format!("k{i}: v"))),
    "open double quotes" => |n| "a: \"x\n".repeat(n),
    "open single quotes" => |n| "a: 'x\n".repeat(n),
    "one open quote" => |n| format!("a: \"x\n{}", each(n, |i| format!("k{i}: v\n"))),
    "quotes in a line" => |n| "\"a\" ".repeat(n) + "\n",
    "quoted keys in a line" => |n| "\"a\": ".repeat(n) + "\n",
    "a quoted text over many lines" => |n| format!("a: \"{}\"\n", "x\n  ".repeat(n)),
    "escapes" => |n| format!("a: \"{}\"\n", "\\x41\\n".repeat(n)),
    "a plain text over many lines" => |n| format!("a: x\n{}", "  y\n".repeat(n)),
    "a plain text in a line" => |n| format!("a: {}\n", "word ".repeat(n)),
    "a word without end" => |n| format!("a: {}\n", "x".repeat(n)),
    "a key without end" => |n| format!("{}: x\n", "x".repeat(n)),
    "hashes in a line" => |n| format!("a: {}\n", "#a ".repeat(n)),
    "comments" => |n| "# a comment\n".repeat(n),
    "comments behind values" => |n| "a: b # a comment\n".repeat(n),
    "block scalars" => |n| each(n, |i| format!("k{i}: |\n")),
    "a block scalar" => |n| format!("a: |\n{}", "  text\n".repeat(n)),
    "block scalars with text" => |n| each(n, |i| format!("k{i}: |\n  a\n\n  b\n")),
    "empty lines" => |n| format!("a: b\n{}c: d\n", "\n".repeat(n)),
    "blanks" => |n| format!("a: b\n{}c: d\n", " ".repeat(n)),
    "blanks on lines" => |n| format!("a:\n{}", "    \n".repeat(n)),
    "tabs" => |n| "\ta: b\n".repeat(n),
    "tabs in a line" => |n| format!("{}a: b\n", "\t".repeat(n)),
    "carriage returns" => |n| "a: b\r".repeat(n),
    "wide characters" => |n| each(n, |i| format!("schlüssel{i}: 日本😀\n")),
    "wide characters in a line" => |n| format!("a: {}\n", "日本 ".repeat(n)),
    "control characters" => |n| "a: \u{85}b\u{2028}\n".repeat(n),
    "zeros" => |n| "a: b\0\n".repeat(n),
    "documents" => |n| "---\na: b\n".repeat(n),
    "empty documents" => |n| "---\n".repeat(n),
    "document ends" => |n| "...\n".repeat(n),
    "directives" => |n| "%YAML 1.2\n".repeat(n),
    "markers in a line" => |n| "--- ".repeat(n) + "\n",
    "the same key" => |n| "a: b\n".repeat(n),
    "keys" => |n| each(n, |i| format!("k{i}: v\n")),
    "words without a colon" => |n| "word\n".repeat(n),
    "a key, then a word" => |n| "a: b\nword\n".repeat(n),
    "lines in and out" => |n| "a:\n    b:\n  c:\n d:\n".repeat(n),
    "lines further out" => |n| each(n, |i| format!("{}a: b\n", " ".repeat(40usize.saturating_sub(i % 41)))),
    "items further in" => |n| each(n, |i| format!("{}- a\n", " ".repeat(i % 41))),
    "template values" => |n| each(n, |i| format!("k{i}: {{{{ .Values.x }}}}\n")),
    "template lines" => |n| "{{- if .Values.x }}\na: b\n{{- end }}\n".repeat(n),
    "template blocks" => |n| "{{ if .x }}\n".repeat(n),
    "template marks in a line" => |n| format!("a: {}\n", "{{ x }} ".repeat(n)),
    "open template marks" => |n| "{{ ".repeat(n) + "\n",
    "open template marks on lines" => |n| "a: {{ x\n".repeat(n),
    "Jinja" => |n| "{% if x %}\na: {{ b }}\n{% endif %}\n".repeat(n),
    "numbers without end" => |n| format!("a: {}\n", "1".repeat(n)),
    "directives of podls" => |n| each(n, |i| format!("# podls: allow rule-{i}\na{i}: b\n")),
    "directives for the file" => |n| each(n, |i| format!("# podls: allow-file rule-{i}\n")),
    "known directives for the file" => |n| "# podls: allow-file unknown-field\n".repeat(n),
};

/// Manifests with much of one thing.
pub(crate) const MANIFESTS: &[Shape] = shapes! {
    "containers" => |n| pod(&format!("  containers:\n{}", each(n, |i| format!("  - name: c{i}\n    image: a\n")))),
    "containers of one name" => |n| pod(&format!("  containers:\n{}", "  - name: c\n    image: a\n".repeat(n))),
    "containers without a name" => |n| pod(&format!("  containers:\n{}", "  - image: a\n".repeat(n))),
    "containers that are nothing" => |n| pod(&format!("  containers:\n{}", "  -\n".repeat(n))),
    "aliased containers" => |n| pod(&format!("  containers:\n  - &c\n    name: a\n    image: a\n{}", "  - *c\n".repeat(n))),
    "aliased large containers" => |n| pod(&format!(
        "  containers:\n  - &c\n    name: a\n    image: a\n    env:\n{}{}",
        each(n / 2, |i| format!("    - name: V{i}\n      value: $(V1)\n")), "  - *c\n".repeat(n / 2)
    )),
    "merged containers" => |n| pod(&format!("  containers:\n  - &c\n    name: a\n    image: a\n{}", each(n, |i| format!("  - <<: *c\n    name: b{i}\n")))),
    "a large map merged by a container" => |n| pod(&format!("  x: &x\n{}  containers:\n  - name: a\n    <<: [{}]\n", each(n / 2, |i| format!("    k{i}: v\n")), listed(n / 2, |_| "*x".to_owned()))),
    "a large map merged by containers" => |n| pod(&format!("  x: &x\n{}  containers:\n{}", each(n / 2, |i| format!("    k{i}: v\n")), each(n / 2, |i| format!("  - name: c{i}\n    <<: *x\n")))),
    "many maps merged by containers" => |n| pod(&format!("  x:\n{}  containers:\n{}", each(n / 2, |i| format!("  - &x{i} {{k{i}: 1, image: a}}\n")), each(n / 200 + 1, |c| format!("  - name: c{c}\n    <<: [{}]\n", listed(100, |i| format!("*x{i}")))))),
    "chained merges in containers" => |n| pod(&format!("  x:\n  - &x0 {{image: a}}\n{}  containers:\n{}", each(n / 2, |i| format!("  - &x{} {{<<: [*x{i}, *x0], k{i}: 1}}\n", i + 1)), each(n / 2, |i| format!("  - {{name: c{i}, <<: *x{i}}}\n")))),
    "init containers" => |n| pod(&format!("  initContainers:\n{}{CONTAINER}", each(n, |i| format!("  - name: c{i}\n    image: a\n    command: [nc, -z, db{i}, '1']\n")))),
    "sidecars" => |n| pod(&format!("  initContainers:\n{}{CONTAINER}", each(n, |i| format!("  - name: c{i}\n    image: a\n    restartPolicy: Always\n")))),
    "known sidecars" => |n| pod(&format!("{CONTAINER}{}", each(n, |i| format!("  - name: proxy{i}\n    image: envoyproxy/envoy:v1\n    ports:\n    - containerPort: {}\n", 1000 + i)))),
    "ephemeral containers" => |n| pod(&format!("{CONTAINER}  ephemeralContainers:\n{}", each(n, |i| format!("  - name: c{i}\n    image: a\n    targetContainerName: web\n")))),
    "containers in a line" => |n| format!("{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{containers: [{}]}}}}\n", listed(n, |i| format!("{{name: c{i}, image: a}}"))),
    "containers that call each other" => |n| pod(&format!("  containers:\n{}", each(n, |i| format!("  - name: c{i}\n    image: a\n    ports:\n    - containerPort: {}\n    env:\n    - name: URL\n      value: http://localhost:{}\n", 1000 + i, 1001 + i)))),
    "containers with probes" => |n| pod(&format!("  containers:\n{}", each(n, |i| format!("  - name: c{i}\n    image: a\n    ports:\n    - name: p{i}\n      containerPort: {}\n    livenessProbe:\n      httpGet: {{port: p{i}}}\n", 1000 + i)))),
    "containers with resources" => |n| pod(&format!("  containers:\n{}", each(n, |i| format!("  - name: c{i}\n    image: a\n    resources:\n      requests: {{cpu: 1, memory: 1Gi}}\n      limits: {{cpu: 2, memory: 2Gi}}\n")))),
    "containers that share a volume" => |n| pod(&format!("  volumes:\n  - name: v\n    emptyDir: {{}}\n  containers:\n{}", each(n, |i| format!("  - name: c{i}\n    image: a\n    volumeMounts:\n    - name: v\n      mountPath: /v\n")))),
    "variables" => |n| container(&format!("    env:\n{}", each(n, |i| format!("    - name: V{i}\n      value: x\n")))),
    "variables of one name" => |n| container(&format!("    env:\n{}", "    - name: V\n      value: x\n".repeat(n))),
    "variables of a template" => |n| container(&format!("    env:\n{}", each(n, |i| format!("    - name: V{i}\n      value: \"{{{{ .Values.v{i} }}}}\"\n")))),
    "values in a line of a template" => |n| container(&format!("    args: [{}]\n", "{{ x }}, ".repeat(n))),
    "actions in a map of a template" => |n| container(&"    {{ a }}\n".repeat(n)),
    "glued actions of a template" => |n| container(&each(n, |i| format!("    k{i}:{{{{ include \"x\" . }}}}\n"))),
    "blocks of a template" => |n| pod(&format!("{}{CONTAINER}", each(n, |i| format!("  {{{{- if .Values.b{i} }}}}\n  b{i}: 1\n  {{{{- end }}}}\n")))),
    "variables in a line" => |n| one_line(&format!("env: [{}]", listed(n, |i| format!("{{name: V{i}, value: x}}")))),
    "variables in a chain" => |n| container(&format!("    env:\n{}", each(n, |i| format!("    - name: V{}\n      value: $(V{i})\n", i + 1)))),
    "references in one value" => |n| container(&format!("    env:\n    - name: A\n      value: x\n    - name: B\n      value: {}\n", "$(A)$(C)".repeat(n))),
    "open references" => |n| container(&format!("    env:\n    - name: B\n      value: {}\n", "$(A".repeat(n))),
    "references in arguments" => |n| container(&format!("    args:\n{}", "    - $(A)\n".repeat(n))),
    "URLs in variables" => |n| container(&format!("    env:\n{}", each(n, |i| format!("    - name: URL{i}\n      value: http://db{i}:5432/x\n")))),
    "sources of variables" => |n| container(&format!("    envFrom:\n{}", each(n, |i| format!("    - configMapRef: {{name: c{i}}}\n")))),
    "keys of Secrets in variables" => |n| container(&format!("    env:\n{}", each(n, |i| format!("    - name: V{i}\n      valueFrom: {{secretKeyRef: {{name: s, key: k{i}}}}}\n")))),
    "ports" => |n| container(&format!("    ports:\n{}", each(n, |i| format!("    - name: p{i}\n      containerPort: {}\n", i % 60_000 + 1)))),
    "ports of one number" => |n| container(&format!("    ports:\n{}", "    - containerPort: 80\n".repeat(n))),
    "host ports" => |n| container(&format!("    ports:\n{}", each(n, |i| format!("    - containerPort: {i}\n      hostPort: 80\n")))),
    "mounts" => |n| container(&format!(
        "    volumeMounts:\n{}  volumes:\n{}",
        each(n, |i| format!("    - name: v{i}\n      mountPath: /m{i}\n")),
        each(n, |i| format!("  - name: v{i}\n    emptyDir: {{}}\n"))
    )),
    "mounts at one place" => |n| container(&format!("    volumeMounts:\n{}  volumes:\n  - name: v\n", "    - name: v\n      mountPath: /m\n".repeat(n))),
    "mounts within each other" => |n| container(&format!("    volumeMounts:\n{}  volumes:\n  - name: v\n", each(n, |i| format!("    - name: v\n      mountPath: /m/{i}/m\n")))),
    "unknown volumes" => |n| container(&format!("    volumeMounts:\n{}", each(n, |i| format!("    - name: v{i}\n      mountPath: /m{i}\n")))),
    "volumes" => |n| container(&format!("  volumes:\n{}", each(n, |i| format!("  - name: v{i}\n    emptyDir: {{}}\n")))),
    "volumes of one name" => |n| container(&format!("  volumes:\n{}", "  - name: v\n    emptyDir: {}\n".repeat(n))),
    "volumes without a source" => |n| container(&format!("  volumes:\n{}", each(n, |i| format!("  - name: v{i}\n")))),
    "claims" => |n| container(&format!("  volumes:\n{}", each(n, |i| format!("  - name: v{i}\n    persistentVolumeClaim: {{claimName: c{i}}}\n")))),
    "items of a ConfigMap" => |n| container(&format!("  volumes:\n  - name: v\n    configMap:\n      name: c\n      items:\n{}", each(n, |i| format!("      - {{key: k{i}, path: p{i}}}\n")))),
    "sources of a projected volume" => |n| container(&format!("  volumes:\n  - name: v\n    projected:\n      sources:\n{}", each(n, |i| format!("      - secret: {{name: s{i}}}\n")))),
    "labels" => |n| format!("{POD}{CONTAINER}").replace("  name: web\nspec", &format!("  name: web\n  labels:\n{}spec", each(n, |i| format!("    l{i}: v\n")))),
    "annotations" => |n| format!("{POD}{CONTAINER}").replace("  name: web\nspec", &format!("  name: web\n  annotations:\n{}spec", each(n, |i| format!("    example.com/a{i}: v\n")))),
    "labels of a selector" => |n| format!("{DEPLOYMENT}  selector:\n    matchLabels:\n{}  template:\n    metadata:\n      labels:\n{}    spec:\n      containers:\n      - name: a\n        image: a\n", each(n, |i| format!("      l{i}: v\n")), each(n, |i| format!("        l{i}: v\n"))),
    "expressions of a selector" => |n| format!("{DEPLOYMENT}  selector:\n    matchExpressions:\n{}  template:\n    metadata:\n      labels: {{a: b}}\n    spec:\n      containers:\n      - name: a\n        image: a\n", each(n, |i| format!("    - {{key: k{i}, operator: In, values: [a]}}\n"))),
    "tolerations" => |n| pod(&format!("  tolerations:\n{}{CONTAINER}", each(n, |i| format!("  - key: k{i}\n    operator: Exists\n")))),
    "affinity terms" => |n| pod(&format!("  affinity:\n    podAntiAffinity:\n      requiredDuringSchedulingIgnoredDuringExecution:\n{}{CONTAINER}", each(n, |i| format!("      - topologyKey: k{i}\n        labelSelector: {{matchLabels: {{a: b}}}}\n")))),
    "spread constraints" => |n| pod(&format!("  topologySpreadConstraints:\n{}{CONTAINER}", each(n, |i| format!("  - topologyKey: k{}\n    maxSkew: 1\n    whenUnsatisfiable: DoNotSchedule\n", i % 3)))),
    "host aliases" => |n| pod(&format!("  hostAliases:\n{}{CONTAINER}", each(n, |i| format!("  - ip: 10.0.0.{}\n    hostnames: [a, b]\n", i % 250)))),
    "pull secrets" => |n| pod(&format!("  imagePullSecrets:\n{}{CONTAINER}", each(n, |i| format!("  - name: s{}\n", i % 7)))),
    "capabilities" => |n| container(&format!("    securityContext:\n      capabilities:\n        add:\n{}", "        - NET_ADMIN\n        - SYS_TIME\n".repeat(n))),
    "sysctls" => |n| pod(&format!("  securityContext:\n    sysctls:\n{}{CONTAINER}", each(n, |i| format!("    - name: net.a{i}\n      value: '1'\n")))),
    "resources of their own" => |n| container(&format!("    resources:\n      limits:\n{}", each(n, |i| format!("        example.com/r{i}: 1\n")))),
    "unknown fields" => |n| container(&each(n, |i| format!("    k{i}: v\n"))),
    "misspelt fields" => |n| container(&each(n, |i| format!("    imagee{i}: v\n"))),
    "the same field" => |n| container(&"    image: v\n".repeat(n)),
    "values of a wrong type" => |n| container(&format!("    args:\n{}", "    - 7\n".repeat(n))),
    "arguments" => |n| container(&format!("    args:\n{}", "    - --flag=value\n".repeat(n))),
    "arguments in a line" => |n| container(&format!("    args: [{}]\n", "--flag, ".repeat(n))),
    "a long command" => |n| container(&format!("    command: [sh, -c, \"{}\"]\n", "sleep 1; nc -z db 5432 && ".repeat(n))),
    "a long script" => |n| container(&format!("    command:\n    - sh\n    - -c\n    - |\n{}", "      until nc -z db 5432; do sleep 1; done\n".repeat(n))),
    "a long image" => |n| pod(&format!("  containers:\n  - name: a\n    image: {}\n", "a/".repeat(n))),
    "a long name" => |n| pod(&format!("  containers:\n  - name: {}\n    image: a\n", "a-".repeat(n))),
    "a long mount path" => |n| container(&format!("    volumeMounts:\n    - name: v\n      mountPath: {}\n  volumes:\n  - name: v\n", "/..".repeat(n))),
    "a long quantity" => |n| container(&format!("    resources:\n      limits:\n        cpu: {}\n", "1".repeat(n))),
    "a long label" => |n| format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    a: {}\n", "a.".repeat(n)),
    "a long schedule" => |n| format!("apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: \"{}1 * * * *\"\n", "1-5/2,".repeat(n)),
    "a long address" => |n| pod(&format!("  hostAliases:\n  - ip: {}\n{CONTAINER}", "1:".repeat(n))),
    "failure policies" => |n| format!("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  podFailurePolicy:\n    rules:\n{}  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n", "    - action: Ignore\n      onExitCodes: {operator: In, values: [1, 2, 3]}\n".repeat(n)),
    "exit codes" => |n| format!("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  podFailurePolicy:\n    rules:\n    - action: Ignore\n      onExitCodes: {{operator: In, values: [{}]}}\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n", listed(n, |i| (i % 250 + 1).to_string())),
    "finalizers" => |n| format!("{POD}{CONTAINER}").replace("  name: web\nspec", &format!("  name: web\n  finalizers:\n{}spec", each(n, |i| format!("  - example.com/f{i}\n")))),
    "resource claims" => |n| pod(&format!("  resourceClaims:\n{}{CONTAINER}    resources:\n      claims:\n{}", each(n, |i| format!("  - name: r{i}\n    resourceClaimName: c\n")), each(n, |i| format!("      - name: r{i}\n")))),
    "claim templates" => |n| format!("apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: a\nspec:\n  serviceName: a\n  selector: {{matchLabels: {{a: b}}}}\n  template:\n    metadata: {{labels: {{a: b}}}}\n    spec:\n      containers:\n      - name: a\n        image: a\n  volumeClaimTemplates:\n{}", each(n, |i| format!("  - metadata: {{name: v{i}}}\n    spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}\n"))),
    "pods" => |n| format!("---\n{POD}{CONTAINER}").repeat(n),
    "pods of many names" => |n| each(n, |i| format!("---\n{POD}{CONTAINER}").replace("name: web\nspec", &format!("name: web{i}\nspec"))),
    "pods in a list" => |n| format!("apiVersion: v1\nkind: List\nitems:\n{}", "- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n  spec:\n    containers:\n    - name: a\n      image: a\n".repeat(n)),
    "Services" => |n| format!("{POD}{CONTAINER}{}", each(n, |i| format!("---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{i}}}\nspec:\n  selector: {{app: web}}\n  ports: [{{port: 80}}]\n"))),
    "ports of a Service" => |n| format!("apiVersion: v1\nkind: Service\nmetadata: {{name: s}}\nspec:\n  ports:\n{}", each(n, |i| format!("  - {{name: p{i}, port: {}}}\n", i % 60_000 + 1))),
    "ConfigMaps" => |n| format!("{POD}{CONTAINER}{}", each(n, |i| format!("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: s{i}}}\ndata: {{a: b}}\n"))),
    "keys of a ConfigMap" => |n| format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: s}}\ndata:\n{}", each(n, |i| format!("  k{i}: v\n"))),
    "Namespaces" => |n| format!("{POD}{CONTAINER}{}", each(n, |i| format!("---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: n{i}\n  labels: {{pod-security.kubernetes.io/enforce: restricted}}\n"))),
    "comments between containers" => |n| pod(&format!("  containers:\n{}", each(n, |i| format!("  # about c{i}\n  - name: c{i}\n    image: a\n")))),
    "flattened containers" => |n| format!("apiVersion: v1\nkind: Pod\nmetadata:\nname: web\nspec:\ncontainers:\n{}", each(n, |i| format!("- name: c{i}\nimage: a\n"))),
    "a list in an unknown kind" => |n| format!("apiVersion: example.com/v1\nkind: Shop\nspec:\n  pods:\n{}", "  - containers:\n    - name: a\n      image: a\n".repeat(n)),
    "properties of a definition" => |n| format!("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: a}}\nspec:\n  versions:\n  - name: v1\n    schema:\n      openAPIV3Schema:\n        properties:\n{}", each(n, |i| format!("          p{i}: {{type: string}}\n"))),
    "a pod as JSON" => |n| format!("{{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {{\"name\": \"a\"}}, \"spec\": {{\"containers\": [{}]}}}}\n", listed(n, |i| format!("{{\"name\": \"c{i}\", \"image\": \"a\"}}"))),
    "a typed word in a large pod" => |n| pod(&format!("  containers:\n{}    ima\n", each(n, |i| format!("  - name: c{i}\n    image: a\n")))),
    "volumes of a template" => |n| container(&format!("  volumes:\n{}  {{{{- toYaml .Values.volumes | nindent 2 }}}}\n", each(n, |i| format!("  - name: v{i}\n    configMap:\n      name: {{{{ .Values.v{i} }}}}\n")))),
    "containers of a template" => |n| pod(&format!("  containers:\n{}", each(n, |i| format!("  - name: {{{{ .Values.c{i} }}}}\n    image: a\n")))),
};

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Shape> {
    TEXTS.iter().chain(MANIFESTS)
}
