//! What is found in templates: faults that no values can cure, and nothing else.

use std::sync::Arc;

use podls::ide::Document;

use crate::templates::{HEAD, SPECS};

/// Lines that are wrong in a container, and what is found.
const IN_CONTAINER: &[(&str, &str)] = &[
    ("bogus: 1", "unknown-field"),
    ("imagePullPolicy: always", "enum-value"),
    ("startupProbe: 12", "wrong-type"),
    ("terminationMessagePolicy: file", "enum-value"),
    ("lifecycle: {preStop: {sleep: {seconds: soon}}}", "wrong-type"),
    ("resizePolicy: [{resourceName: cpu, restartPolicy: Never}]", "enum-value"),
    ("livenessProbe: {httpGet: {port: 80, schema: HTTP}}", "unknown-field"),
];

/// More pod specs: what is wrong stands in other branches, deep in blocks, behind odd actions.
const MORE_SPECS: &[&str] = &[
    "      {{- if .Values.a }}
      dnsPolicy: Default
      {{- else if .Values.b }}
      containers:
      - name: web
        image: web:1
      {{- else }}
      containers:
      - name: other
        {{- range .Values.c }}
        {{- with .d }}
        image: {{ . }}
        {{- end }}
        {{- end }}
      {{- end }}
",
    "      serviceAccountName: {{ include \"web.account\" . }}
      imagePullSecrets:{{- include \"web.secrets\" . }}
      containers:
      - {{- include \"web.container\" . | nindent 8 }}
        image: \"{{ .Values.image | default \"}}\" }}\"
        args: [{{ .Values.arg | quote }}, {{ if .Values.b }}\"-b\"{{ end }}]
        {{- /* A comment
        of two lines: {{ if }} */}}
        command: {{ .Values.command | toJson }}
",
];

fn specs() -> impl Iterator<Item = &'static str> {
    SPECS.iter().map(|(spec, _)| *spec).chain(MORE_SPECS.iter().copied())
}

/// The codes of what is found, with their lines.
fn found(text: &str) -> Vec<(&'static str, usize)> {
    let findings = Document::new(text, &Arc::default()).findings().into_iter();
    findings.map(|it| (it.code, text[..it.span.start].matches('\n').count())).collect()
}

#[test]
fn what_no_values_cure_is_found_at_its_place() {
    let mut planted = 0;
    for spec in specs() {
        let text = format!("{HEAD}{spec}");
        assert_eq!(found(&text), [], "{text}");
        for (at, line) in text.lines().enumerate().filter(|(_, it)| it.contains("   image: ")) {
            for (fault, code) in IN_CONTAINER {
                let indent = &line[..line.len() - line.trim_start().len()];
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                lines.insert(at, format!("{indent}{fault}"));
                assert_eq!(found(&lines.join("\n")), [(*code, at)], "{}", lines.join("\n"));
                planted += 1;
            }
        }
    }
    assert!(planted > 70, "{planted}");
}

/// Pod specs with what is wrong with some values only.
const CURED: &[&str] = &[
    // The volume may be one of those of the values.
    "      containers:
      - name: web
        image: web:1
        volumeMounts:
        - name: data
          mountPath: /data
      volumes:
        {{- toYaml .Values.volumes | nindent 8 }}
",
    // One or the other.
    "      {{- if .Values.a }}
      hostNetwork: true
      {{- else }}
      hostNetwork: false
      {{- end }}
      {{- if .Values.b }}
      dnsPolicy: Default
      {{- end }}
      {{- if not .Values.b }}
      dnsPolicy: ClusterFirst
      {{- end }}
      containers:
      - name: web
        image: web:1
",
    "      initContainers:
      - name: agent
        image: agent:1
        livenessProbe: {tcpSocket: {port: 80}}
        {{- toYaml .Values.agent | nindent 8 }}
      containers:
      - name: web
        image: web:1
",
    "      containers:
      - name: web
        image: web:1
        {{- if .Values.securityContext }}
        securityContext:
          {{- toYaml .Values.securityContext | nindent 10 }}
        {{- end }}
        volumeMounts:
        - name: pods
          mountPath: /pods
          mountPropagation: Bidirectional
      volumes:
      - name: pods
        hostPath: {path: /pods}
",
    // The values decide whether it is a map, a list or a text.
    "      containers:
      - name: web
        image:
          {{- toYaml .Values.image | nindent 10 }}
        env: {{ .Values.env }}
        args:
        {{- include \"web.args\" . | nindent 8 }}
",
    // One value decides about both blocks.
    "      securityContext:
        fsGroup: 1000
      {{- if or .Values.hard .Values.soft }}
      affinity:
      {{- end }}
      {{- if .Values.hard }}
        podAntiAffinity: {}
      {{- else if .Values.soft }}
        podAntiAffinity: {}
      {{- end }}
      containers:
      - name: web
        image: web:1
",
    // The blanks that `indent` writes behind the last line break.
    "      containers:
      - name: web
        image: web:1
        ports:
{{ include \"web.ports\" . | indent 8 -}}
        stdin: true
",
    "      {{- if semverCompare \"<1.20-0\" .Capabilities.KubeVersion.Version }}
      serviceAccountNames: web
      {{- end }}
      containers:
      - name: web
        image: web:1
",
];

#[test]
fn what_values_may_cure_is_not_found() {
    for spec in CURED {
        let text = format!("{HEAD}{spec}");
        assert_eq!(found(&text), [], "{text}");
    }
}

#[test]
fn what_the_kind_cures_is_not_found() {
    let text = "{{- if .Values.statefulset }}
apiVersion: apps/v1
kind: StatefulSet
{{- else }}
apiVersion: apps/v1
kind: Deployment
{{- end }}
metadata:
  name: web
spec:
  {{- if .Values.statefulset }}
  {{- if .Values.service }}
  serviceName: {{ .Values.service }}
  {{- else }}
  serviceName: web
  {{- end }}
  {{- else }}
  strategy: {}
  {{- end }}
";
    assert_eq!(found(text), []);
}

#[test]
fn versions_that_the_cluster_decides_are_not_found() {
    let text = "{{- if .Capabilities.APIVersions.Has \"networking.k8s.io/v1\" }}
apiVersion: networking.k8s.io/v1
{{- else }}
apiVersion: extensions/v1beta1
{{- end }}
kind: Ingress
metadata:
  name: web
";
    assert_eq!(found(text), []);
    let old = "{{- if .Values.ingress.enabled }}
apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: web
{{- end }}
";
    assert_eq!(found(old), [("removed-api-version", 1)]);
}

#[test]
fn the_version_of_a_workload_may_come_from_a_value() {
    let text = HEAD.replace("apps/v1", "{{ include \"web.version\" . }}")
        + "      containers:\n      - name: web\n        image: web:1\n        imagePulPolicy: Always\n";
    assert_eq!(found(&text), [("unknown-field", 16)]);
}

#[test]
fn a_document_may_start_and_end_in_a_block() {
    let text = "{{- if .Values.a }}
---
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: a
    image: a:1
    imagePullPolicy: always
{{- else }}
---
apiVersion: v1
kind: Pod
metadata:
  name: b
spec:
  hostNetwrk: true
  containers:
  - name: b
    image: b:1
{{- end }}
";
    assert_eq!(found(text), [("enum-value", 10), ("unknown-field", 18)]);
}

#[test]
fn jinja() {
    let text = "apiVersion: v1
kind: Pod
metadata:
  name: {{ name }}
spec:
{% if host %}
  hostNetwork: ture
{% else %}
  dnsPolicy: default
{% endif %}
  containers:
{% for app in apps %}
  - name: {{ app.name }}
    image: \"{{ app.image | default('web:1') }}\"
    {# a comment: {% if %} #}
    bogus: 1
{% endfor %}
";
    assert_eq!(found(text), [("wrong-type", 6), ("enum-value", 8), ("unknown-field", 15)]);
}

#[test]
fn ytt() {
    let text = "#@ load(\"@ytt:data\", \"data\")
#! A comment.
#@ def labels():
app: web
#@ end
apiVersion: v1
kind: Pod
metadata:
  name: #@ data.values.name
  labels: #@ labels()
spec:
  #@ if data.values.host:
  hostNetwork: ture
  #@ else:
  hostNetwork: false
  #@ end
  containers:
  #@ for app in data.values.apps:
  - name: #@ app.name
    image: web:1
    bogus: 1
  #@ end
";
    assert_eq!(found(text), [("wrong-type", 12), ("unknown-field", 20)]);
    for unknown in ["#@overlay/match missing_ok=True\n", "#@ if/end data.values.a:\n"] {
        let text =
            text.replace("  hostNetwork: ture\n", &format!("  {unknown}  hostNetwork: ture\n"));
        assert_eq!(found(&text), [], "{text}");
    }
}
