//! What is said of the containers of templates: no rendering disproves it.

use std::path::Path;
use std::sync::Arc;

use podls::features::{Format, diagrams, hints};
use podls::ide::Document;
use podls::pod::{Manifest, Pod};
use podls::syntax::{self, TemplateText, Templated, Trust, Way};
use podls::text::Span;

use crate::cli::{Folder, check_code, stderr};
use crate::templates::{HEAD, SPECS};

/// Pod specs of which values decide what containers are.
const MORE: &[&str] = &[
    "      initContainers:
      - name: agent
        image: agent:1
        {{- if .Values.native }}
        restartPolicy: Always
        {{- end }}
      - name: proxy
        image: envoyproxy/envoy:v1.31.0
        restartPolicy: Always
      containers:
      - name: web
        image: web:1
",
    "      initContainers:
      {{- if .Values.a }}
      - name: proxy
        image: envoyproxy/envoy:v1.31.0
        restartPolicy: Always
      {{- else }}
      - name: wait
        image: busybox:1
      {{- end }}
      containers:
      - name: web
        image: web:1
      {{- with .Values.exporter }}
      - name: nginx-exporter
        image: nginx/nginx-prometheus-exporter:1.4
      {{- if .ship }}
      - name: shipper
        image: fluent/fluent-bit:3
      {{- end }}
      {{- end }}
",
    "      containers:
      - name: web
        image: web:1
        resources: {limits: {cpu: 1, memory: 1Gi}}
      - name: shipper
        image: {{ .Values.image }}
        resources: {limits: {cpu: 1, memory: 1Gi}}
        volumeMounts:
        {{- if .Values.logs }}
        - {name: logs, mountPath: /var/log/app, readOnly: true}
        {{- end }}
        - {name: data, mountPath: /data}
      volumes:
      - {name: logs, emptyDir: {}}
      - {name: data, emptyDir: {}}
",
];

fn texts() -> Vec<String> {
    let chart = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chart/templates");
    let files = std::fs::read_dir(chart).unwrap().map(|it| it.unwrap().path());
    let files = files.filter(|it| it.extension().is_some_and(|it| it == "yaml"));
    let specs = SPECS.iter().map(|(spec, _)| *spec).chain(MORE.iter().copied());
    let own = specs.map(|spec| format!("{HEAD}{spec}"));
    own.chain(files.map(|it| std::fs::read_to_string(it).unwrap())).collect()
}

/// What the containers are in one rendering, by where their names end in the template; `None` if it holds
/// no pod.
fn printed(template: &TemplateText<'_>, choice: usize) -> Option<Vec<(usize, String)>> {
    let way = Way {
        branch: &|block| [None, Some(0), Some(1)][(choice >> (block % 3 * 2) & 3) % 3],
        is_full: &|_| true,
        is_opaque: true,
        is_list: &podls::schema::is_list_field,
    };
    let rendered = template.render(&way)?;
    let parse = syntax::parse(&rendered.text);
    let manifests = Manifest::all(&parse);
    let pods: Vec<_> = manifests.iter().flat_map(Pod::all).collect();
    if parse.trust != Trust::Exact || pods.iter().all(|pod| pod.containers.is_empty()) {
        return None;
    }
    let roles = pods.iter().flat_map(Pod::container_roles).filter_map(|found| {
        Some((rendered.source(found.container.name_node()?.span())?.end, found.label()))
    });
    Some(roles.collect())
}

#[test]
fn no_rendering_disproves_a_hint() {
    let (mut plain, mut conditional, mut unknown) = (0, 0, 0);
    for text in texts() {
        let parse = syntax::parse(&text);
        let hints = hints(&parse, Span::new(0, text.len()));
        let template = TemplateText::read(&text).unwrap();
        for hint in &hints {
            assert!(!["Burstable", "BestEffort", "Guaranteed"].contains(&hint.label.as_str()));
            if hint.label.ends_with(" with some values") {
                unknown += 1;
                continue;
            }
            for roles in (0..64).filter_map(|choice| printed(&template, choice)) {
                match roles.iter().find(|(at, _)| *at == hint.offset) {
                    Some((_, label)) => {
                        let rest = hint.label.strip_prefix(label.as_str());
                        let is_condition = |it: &str| {
                            it.is_empty() || [" if ", " with "].iter().any(|of| it.starts_with(of))
                        };
                        assert!(rest.is_some_and(is_condition), "{}\n{text}", hint.label);
                        plain += usize::from(rest == Some(""));
                    }
                    None => {
                        let is_conditional =
                            hint.label.contains(" .") || hint.label.contains(" if ");
                        assert!(is_conditional, "{}\n{text}", hint.label);
                        conditional += 1;
                    }
                }
            }
        }
    }
    assert!(plain > 20 && conditional > 20 && unknown > 1, "{plain} {conditional} {unknown}");
}

#[test]
fn a_picture_of_a_template_says_so_and_no_quality_of_service() {
    for text in texts() {
        let parse = syntax::parse(&text);
        for diagram in diagrams(&parse, None, Format::Text) {
            let is_template = parse.templated != Templated::No;
            assert_eq!(diagram.title.ends_with("(a template)"), is_template, "{}", diagram.title);
            assert!(!is_template || !diagram.content.contains("QoS"), "{}", diagram.content);
        }
    }
}

#[test]
fn a_version_that_is_gone_is_the_reason_why_nothing_is_added() {
    let text = HEAD.replace("apps/v1", "extensions/v1beta1") + SPECS[0].0;
    assert!(Document::new(&text, &Arc::default()).pods().is_empty());
    let folder = Folder::new("gone", &[("web.yaml", text.as_bytes())]);
    let output = folder.podls(&["add", "sidecar", "web.yaml"]);
    check_code(&output, 2);
    let why = "no pod found; `extensions/v1beta1` Deployment was removed; use `apps/v1`";
    assert!(stderr(&output).contains(why), "{}", stderr(&output));
}
