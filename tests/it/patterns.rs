//! Every template in every kind of workload and every style of YAML: the result is YAML, keeps what
//! was there, has no fault and no new warning, and has the helper once.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use podls::check::Severity;
use podls::config::Settings;
use podls::ide::{Choice, Document, Refusal, TemplateKind, Templates, WorkspaceContext};
use podls::schema::{PodSecurity, Version};
use podls::syntax;
use podls::text::{Edit, Span, apply};
use serde_yaml::Value;

/// Each kind: its apiVersion, and where its pod template is.
const KINDS: [(&str, &str, &str); 9] = [
    ("Pod", "v1", ""),
    ("PodTemplate", "v1", "template: {metadata: {labels: {app: web}}, spec: POD}"),
    ("ReplicationController", "v1", "spec: {replicas: 1, selector: {app: web}, template: T}"),
    ("Deployment", "apps/v1", "spec: {selector: {matchLabels: {app: web}}, template: T}"),
    ("ReplicaSet", "apps/v1", "spec: {selector: {matchLabels: {app: web}}, template: T}"),
    (
        "StatefulSet",
        "apps/v1",
        "spec: {serviceName: web, selector: {matchLabels: {app: web}}, template: T}",
    ),
    ("DaemonSet", "apps/v1", "spec: {selector: {matchLabels: {app: web}}, template: T}"),
    ("Job", "batch/v1", "spec: {template: T}"),
    ("CronJob", "batch/v1", "spec: {schedule: '0 0 * * *', jobTemplate: {spec: {template: T}}}"),
];

/// Pod specs: with nothing but an app, with every list that templates extend, empty lists, and with
/// signs that templates look for.
const PODS: [&str; 4] = [
    "{containers: [{name: app, image: 'registry.example.com/web:1'}]}",
    "{initContainers: [{name: prepare, image: 'registry.example.com/prepare:1', env: [{name: A, value: b}]}], \
      containers: [{name: app, image: 'registry.example.com/web:1', ports: [{name: http, containerPort: 8080}, \
      {name: metrics, containerPort: 9090}], env: [{name: MODE, value: fast}], \
      volumeMounts: [{name: scratch, mountPath: /scratch}]}, {name: second, image: 'registry.example.com/b:2'}], \
      volumes: [{name: scratch, emptyDir: {}}, {name: content, configMap: {name: content}}]}",
    "{initContainers: [], containers: [{name: app, image: 'registry.example.com/web:1', env: [], \
      volumeMounts: []}], volumes: []}",
    "{securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}, \
      containers: [{name: app, image: 'registry.example.com/web:1', \
      ports: [{name: http, containerPort: 8080}], \
      env: [{name: DB_HOST, value: db.example.com}, {name: DB_PORT, value: '5432'}, \
      {name: REDIS_URL, value: 'redis://cache:6379/0'}, {name: USERS_URL, value: 'http://users:8080/v1'}, \
      {name: STATSD_HOST, value: statsd}, {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: 'http://otel:4317'}, \
      {name: VAULT_ADDR, value: 'https://vault.example.com'}], \
      resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}, \
      volumeMounts: [{name: logs, mountPath: /var/log/web}, {name: config, mountPath: /etc/web}, \
      {name: tls, mountPath: /etc/web-tls, readOnly: true}, {name: data, mountPath: /srv}]}], \
      volumes: [{name: logs, emptyDir: {}}, {name: config, configMap: {name: web}}, \
      {name: tls, secret: {secretName: web-tls}}, {name: data, persistentVolumeClaim: {claimName: web}}]}",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Indentless,
    Indented,
    Flow,
    Kyaml,
    Json,
}

const STYLES: [Style; 5] =
    [Style::Indentless, Style::Indented, Style::Flow, Style::Kyaml, Style::Json];

/// A manifest of a kind with a pod, in a style, with comments.
fn manifest((kind, api_version, shape): (&str, &str, &str), pod: &str, style: Style) -> String {
    let policy = if kind.ends_with("Job") { "restartPolicy: OnFailure, " } else { "" };
    let pod = pod.replacen('{', &format!("{{{policy}"), 1);
    let template = format!("{{metadata: {{labels: {{app: web}}}}, spec: {pod}}}");
    let rest = match shape {
        "" => format!("spec: {pod}"),
        shape => match shape.strip_suffix("POD}") {
            Some(head) => format!("{head}{pod}}}"),
            None => shape.replace("template: T", &format!("template: {template}")),
        },
    };
    let text =
        format!("{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: web}}, {rest}}}");
    let value: Value = serde_yaml::from_str(&text).unwrap();
    if style == Style::Json {
        return serde_json::to_string_pretty(&value).unwrap();
    }
    let mut out = "# above\n".to_owned();
    match style {
        Style::Indentless => block(&value, 0, false, &mut out),
        Style::Indented => block(&value, 0, true, &mut out),
        Style::Flow => out = format!("{out}{} # beside\n", flow(&value)),
        Style::Kyaml | Style::Json => {
            out.push_str("---\n");
            kyaml(&value, 0, &mut out);
            out.push('\n');
        }
    }
    out + "# below\n"
}

fn scalar(value: &Value) -> String {
    serde_yaml::to_string(value).unwrap().trim_end().to_owned()
}

fn is_leaf(value: &Value) -> bool {
    match value {
        Value::Mapping(map) => map.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        _ => true,
    }
}

/// The value, whose first line has its indentation already.
fn block(value: &Value, indent: usize, indented: bool, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Mapping(map) => {
            for (index, (key, value)) in map.iter().enumerate() {
                let lead = if index == 0 { "" } else { &pad };
                let key = scalar(key);
                if is_leaf(value) {
                    let note = if key == "image" { " # an image" } else { "" };
                    let _ = writeln!(out, "{lead}{key}: {}{note}", scalar(value));
                    continue;
                }
                let _ = writeln!(out, "{lead}{key}:");
                let deeper = if value.is_sequence() && !indented { indent } else { indent + 2 };
                out.push_str(&" ".repeat(deeper));
                block(value, deeper, indented, out);
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                let lead = if index == 0 { "" } else { &pad };
                let _ = write!(out, "{lead}- ");
                block(item, indent + 2, indented, out);
            }
        }
        leaf => {
            let _ = writeln!(out, "{}", scalar(leaf));
        }
    }
}

fn flow(value: &Value) -> String {
    match value {
        Value::Mapping(map) => {
            let pair = |(key, value): (&Value, &Value)| format!("{}: {}", scalar(key), flow(value));
            format!("{{{}}}", map.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        leaf => scalar(leaf),
    }
}

fn kyaml(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Mapping(map) if !map.is_empty() => {
            out.push_str("{\n");
            for (key, value) in map {
                let _ = write!(out, "{pad}  {}: ", scalar(key));
                kyaml(value, indent + 2, out);
                out.push_str(",\n");
            }
            let _ = write!(out, "{pad}}}");
        }
        // KYAML writes the first map of a list behind its bracket.
        Value::Sequence(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                kyaml(item, indent, out);
            }
            out.push(']');
        }
        Value::String(text) => {
            let _ = write!(out, "{text:?}");
        }
        leaf => out.push_str(&scalar(leaf)),
    }
}

fn app_place(document: &Document) -> Span {
    Span::at(document.pods()[0].apps[0].1)
}

fn choices(document: &Document) -> Vec<Choice> {
    document.choices(app_place(document), WorkspaceContext::default())
}

fn found(document: &Document, severity: Severity) -> BTreeSet<String> {
    let findings = document.findings().into_iter().filter(|it| it.severity == severity);
    findings.map(|it| format!("{} {}", it.code, it.message)).collect()
}

/// Whether all of `old` is in `new`: more keys and items may be there, and texts may lead to this
/// host now.
fn keeps(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Mapping(old), Value::Mapping(new)) => {
            old.iter().all(|(key, value)| new.get(key).is_some_and(|it| keeps(value, it)))
        }
        (Value::Sequence(old), Value::Sequence(new)) => {
            let mut rest = new.iter();
            old.iter().all(|item| rest.any(|it| keeps(item, it)))
        }
        (Value::String(old), Value::String(new)) => {
            let led = new.contains("127.0.0.1") || new == "grpc";
            let port = |text: &str| text.parse::<u16>().is_ok();
            old == new || led || (port(old) && port(new))
        }
        _ => old == new,
    }
}

/// How many items the lists of containers in `value` have.
fn containers(value: &Value) -> usize {
    match value {
        Value::Mapping(map) => map
            .iter()
            .map(|(key, value)| match (key.as_str(), value) {
                (Some("containers" | "initContainers"), Value::Sequence(items)) => items.len(),
                _ => containers(value),
            })
            .sum(),
        _ => 0,
    }
}

/// Whether JSON is JSON still, and whether quoted strings have quoted neighbours only.
fn same_style(before: &str, after: &str) -> bool {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    let bare = |text: &str| {
        let parse = syntax::parse(text);
        let values = parse.tree.nodes().filter(|node| !node.is_key() && node.as_str().is_some());
        values.filter(|node| !parse.tree.slice(node.content_span()).starts_with('"')).count()
    };
    (!json(before) || json(after)) && (bare(before) > 0 || bare(after) == 0)
}

fn comments(text: &str) -> usize {
    syntax::parse(text).tree.comments().len()
}

/// What is wrong with `text` after `choice`. `warned` is what podls warned of before.
fn fault(
    text: &str,
    before: &Document,
    warned: &BTreeSet<String>,
    choice: &Choice,
) -> Option<String> {
    let after = apply(text, &choice.edits);
    let (old, new): (Value, Value) = (
        serde_yaml::from_str(text).unwrap(),
        match serde_yaml::from_str(&after) {
            Ok(value) => value,
            Err(error) => return Some(format!("it is no YAML: {error}\n{after}")),
        },
    );
    let document = Document::new(&after, before.settings());
    let errors = found(&document, Severity::Error);
    let warnings = found(&document, Severity::Warning);
    let new_warnings: Vec<_> = warnings.difference(warned).collect();
    let refusal = document.refusal(app_place(&document), WorkspaceContext::default(), &choice.name);
    let places = choice.tabstops.iter().all(|(index, stop)| {
        choice
            .edits
            .get(*index)
            .is_some_and(|it| it.insert.get(stop.span.start..stop.span.end).is_some())
    });
    let faults = [
        (!errors.is_empty()).then(|| format!("errors {errors:?}")),
        (!new_warnings.is_empty()).then(|| format!("warnings {new_warnings:?}")),
        (!keeps(&old, &new)).then(|| "something is gone".to_owned()),
        (containers(&new) != containers(&old) + 1).then(|| "not one container more".to_owned()),
        (comments(text) > comments(&after)).then(|| "a comment is gone".to_owned()),
        (refusal != Some(Refusal::There)).then(|| "it can be added again".to_owned()),
        (!places).then(|| "places to fill in are outside".to_owned()),
        (!same_style(text, &after)).then(|| "it is in another style".to_owned()),
        after.contains("${").then(|| "something is not filled in".to_owned()),
    ];
    let faults: Vec<_> = faults.into_iter().flatten().collect();
    (!faults.is_empty()).then(|| format!("{}\n{after}", faults.join("; ")))
}

#[test]
fn every_template_fits_everywhere() {
    let settings = Arc::new(Settings::default());
    let all = Templates::built_in().all().count();
    let thorough = std::env::var_os("PODLS_THOROUGH").is_some();
    let (mut manifests, mut added, mut wrong) = (0, 0, Vec::new());
    for kind in KINDS {
        for (number, pod) in PODS.iter().enumerate() {
            for style in STYLES {
                let text = manifest(kind, pod, style);
                let before = Document::new(&text, &settings);
                assert_eq!(found(&before, Severity::Error), BTreeSet::new(), "{text}");
                let choices = choices(&before);
                assert_eq!(choices.len(), all, "{} {number} {style:?}\n{text}", kind.0);
                let warned = found(&before, Severity::Warning);
                manifests += 1;
                // A sample has each template a few times, each time elsewhere.
                for (index, choice) in choices.iter().enumerate() {
                    if !thorough && (index + manifests) % 20 != 0 {
                        continue;
                    }
                    added += 1;
                    if let Some(fault) = fault(&text, &before, &warned, choice) {
                        let place = format!("{} in {} {number} {style:?}", choice.name, kind.0);
                        wrong.push(format!("{place}: {fault}"));
                    }
                }
            }
        }
    }
    eprintln!(
        "{all} templates, {} kinds, {} styles, {} pods: {added} of {} combinations tried, {} faults",
        KINDS.len(),
        STYLES.len(),
        PODS.len(),
        all * manifests,
        wrong.len()
    );
    assert!(all >= 28 && added >= if thorough { all * manifests } else { 250 });
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(8)].join("\n"));
}

/// The test above would see what it looks for.
#[test]
fn faults_are_seen() {
    let text = manifest(KINDS[0], PODS[1], Style::Indentless);
    let document = Document::new(&text, &Arc::new(Settings::default()));
    let good = choices(&document).into_iter().find(|it| it.name == "git-sync").unwrap();
    let warned = found(&document, Severity::Warning);
    let wrong = |change: &dyn Fn(&mut Choice)| {
        let mut choice = good.clone();
        change(&mut choice);
        fault(&text, &document, &warned, &choice).unwrap_or_default()
    };
    assert_eq!(wrong(&|_| {}), "");
    let insert = |from: &'static str, to: &'static str| {
        wrong(&move |it| it.edits[0].insert = it.edits[0].insert.replacen(from, to, 1))
    };
    assert!(insert("image:", "imag:").starts_with("errors "));
    assert!(insert("name: git-sync", "name: prepare").starts_with("errors "));
    assert!(insert("image:", "  image:").starts_with("it is no YAML"));
    assert!(insert("1234", "${port}").contains("not filled in"));
    assert!(insert("containerPort: 1234", "containerPort: 9090").starts_with("warnings "));
    assert!(wrong(&|it| it.edits.clear()).contains("not one container more"));
    assert!(wrong(&|it| it.edits.push(Edit::remove(Span::new(0, 7)))).contains("comment"));
    assert!(wrong(&|it| it.name = "envoy".to_owned()).contains("added again"));
    let image = text.find("registry").unwrap();
    let span = Span::new(image, image + 3);
    assert!(wrong(&|it| it.edits.push(Edit::replace(span, "a"))).contains("something is gone"));
}

/// Before there were native sidecars, helpers are plain containers, and pods that end get none.
#[test]
fn older_versions_get_plain_containers() {
    let version = Version::parse("1.28").unwrap();
    let settings = Arc::new(Settings { kubernetes_version: version, ..Settings::default() });
    let mut added = 0;
    for (index, kind) in KINDS.into_iter().enumerate() {
        let text = manifest(kind, PODS[index % PODS.len()], STYLES[index % STYLES.len()]);
        let before = Document::new(&text, &settings);
        let choices = choices(&before);
        if kind.0.ends_with("Job") {
            assert!(
                choices.iter().all(|it| it.pattern == TemplateKind::InitContainer),
                "{}",
                kind.0
            );
        } else {
            assert_eq!(choices.len(), Templates::built_in().all().count());
        }
        for choice in choices.iter().skip(index % 3).step_by(3) {
            let fault = fault(&text, &before, &found(&before, Severity::Warning), choice);
            assert_eq!(fault, None, "{} in {}", choice.name, kind.0);
            added += 1;
        }
    }
    assert!(added > 80);
}

/// Where Pod Security is enforced, only what meets it is offered, and it does meet it.
#[test]
fn pod_security_is_kept() {
    for (level, refused) in
        [("baseline", &["sysctl"][..]), ("restricted", &["fix-permissions", "sysctl"])]
    {
        let security = PodSecurity::parse(level).unwrap();
        let settings = Arc::new(Settings { pod_security: security, ..Settings::default() });
        let context = "securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, \
                       capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}";
        let alone = PODS[0].replace("name: app", &format!("name: app, {context}"));
        let whole = PODS[3].replace("name: app", &format!("name: app, {context}"));
        for (kind, pod) in [(KINDS[0], alone), (KINDS[3], whole)] {
            let text = manifest(kind, &pod, Style::Indentless);
            let before = Document::new(&text, &settings);
            let choices = choices(&before);
            let gone = Templates::built_in()
                .all()
                .filter(|it| !choices.iter().any(|other| other.name == it.name));
            assert_eq!(gone.map(|it| it.name.as_str()).collect::<Vec<_>>(), refused);
            let warned = found(&before, Severity::Warning);
            for choice in &choices {
                assert_eq!(fault(&text, &before, &warned, choice), None, "{} {level}", choice.name);
            }
        }
    }
}

/// What is asked for comes first, and only a few are in the menu.
#[test]
fn what_fits_comes_first() {
    let pod = |container: &str| {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: app\n    \
             image: example.com/web:1\n{container}"
        );
        Document::new(&text, &Arc::new(Settings::default()))
    };
    let fitting = |document: &Document| -> Vec<String> {
        let choices = choices(document);
        let first = choices.iter().take_while(|it| it.fits).count();
        assert!(choices[first..].iter().all(|it| !it.fits));
        choices.into_iter().filter(|it| it.fits).map(|it| it.name).collect()
    };
    for (container, wanted) in [
        ("", &[][..]),
        ("    env: [{name: STATSD_PORT, value: '1'}]\n", &["statsd-exporter"]),
        ("    args: [--log-file=/var/log/web/a.log]\n", &["alloy", "fluent-bit", "vector"]),
        (
            "    env: [{name: REDIS_URL, value: 'redis://cache'}]\n",
            &["envoy", "redis-proxy", "wait-for-database", "wait-for-service"],
        ),
        ("    env: [{name: JAVA_OPTS, value: -Xmx1g}]\n", &["jmx-exporter"]),
    ] {
        let mut names = fitting(&pod(container));
        names.sort();
        assert_eq!(names, wanted, "{container}");
    }
    for (image, wanted) in [
        ("redis:8", "redis-exporter"),
        ("docker.io/library/nginx:1.29", "nginx-exporter"),
        ("quay.io/a/postgresql:17", "postgres-exporter"),
        ("mongo:8", "mongodb-exporter"),
        ("tomcat:11", "jmx-exporter"),
    ] {
        let text = pod("").text().to_string().replace("example.com/web:1", image);
        let document = Document::new(&text, &Arc::new(Settings::default()));
        assert_eq!(fitting(&document), [wanted], "{image}");
        let offers = document.actions(app_place(&document));
        let adapters = offers.iter().filter(|it| it.id == "add-adapter");
        assert_eq!(adapters.count(), 1, "{image}");
        for id in ["add-sidecar", "add-ambassador", "add-proxy", "add-init-container"] {
            let count = offers.iter().filter(|it| it.id == id).count();
            assert!((1..=3).contains(&count), "{image}: {count} of {id}");
        }
    }
}

const SERVICES: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web}
spec:
  containers:
  - name: app
    image: example.com/web:1
    ports:
    - {name: http, containerPort: 8000}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
  - name: http
    port: 80
    targetPort: http
  - name: alt
    port: 8000
---
apiVersion: v1
kind: Service
metadata:
  name: users
spec:
  selector: {app: users}
  ports:
  - port: 8080
    targetPort: http
";

/// The Service of the pod is led to a proxy, and others can be waited for.
#[test]
fn services_of_the_file_are_heeded() {
    let document = Document::new(SERVICES, &Arc::new(Settings::default()));
    let choices = choices(&document);
    let of = |name: &str| choices.iter().find(|it| it.name == name).unwrap();
    let text = apply(SERVICES, &of("oauth2-proxy").edits);
    assert!(text.contains("    targetPort: oauth2-proxy\n  - name: alt\n"), "{text}");
    assert!(text.contains("    port: 8000\n    targetPort: oauth2-proxy\n---\n"), "{text}");
    assert!(text.ends_with("  - port: 8080\n    targetPort: http\n"), "{text}");
    assert!(text.contains("--upstream=http://127.0.0.1:8000\n"), "{text}");
    let wait = of("wait-for-service");
    assert!(wait.fits && wait.title == "wait for users" && wait.tabstops.is_empty(), "{wait:?}");
    let text = apply(SERVICES, &wait.edits);
    assert!(text.contains("nc -z -w 2 users 8080 &&"), "{text}");
}

/// What the app talked to is what the ambassador talks to, and the app talks to the ambassador.
#[test]
fn an_app_is_led_to_its_ambassador() {
    let text = "\
kind: Pod
apiVersion: v1
metadata: {name: web}
spec:
  containers:
  - name: app
    image: example.com/web:1
    env:
    - name: DATABASE_URL
      value: \"postgres://app@db.example.com:6543/app\" # the database
";
    let document = Document::new(text, &Arc::new(Settings::default()));
    let choices = choices(&document);
    let choice = choices.iter().find(|it| it.name == "pgbouncer").unwrap();
    assert!(choice.fits);
    let after = apply(text, &choice.edits);
    assert!(
        after.contains("      value: \"postgres://app@127.0.0.1:5432/app\" # the database\n"),
        "{after}"
    );
    assert!(after.contains("- name: DB_HOST\n      value: db.example.com\n"), "{after}");
    assert!(after.contains("value: \"6543\"\n"), "{after}");
}
