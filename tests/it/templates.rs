//! What is offered and found in templates of Helm: whatever the values are, an edit does the same and
//! damages nothing, and a finding holds. The lines of the templates tell by themselves where text may go.

use std::sync::Arc;

use podls::ide::{Document, WorkspaceContext};
use podls::text::{Edit, Span, apply};
use serde_json::json;

use crate::cli::{Folder, check_code, stderr};
use crate::client::{Editor, capabilities};

pub(crate) const HEAD: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
";

/// Pod specs, and whether containers can be added to them.
pub(crate) const SPECS: &[(&str, bool)] = &[
    ("      containers:\n      - name: web\n        image: {{ .Values.image }}\n", true),
    (
        "      containers:
      - name: web
        image: \"{{ .Values.image }}:{{ .Values.tag }}\"
        env:
{{ toYaml .Values.env | indent 10 }}
",
        true,
    ),
    (
        "      containers:
      - name: web
        image: {{ .Values.image }}
        resources:
          {{- toYaml .Values.resources | nindent 10 }}
",
        true,
    ),
    (
        "      {{- with .Values.extraInitContainers }}
      initContainers:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
      - name: web
        image: {{ .Values.image }}
",
        true,
    ),
    (
        "      containers:
      - name: web
        image: {{ .Values.image }}
      {{- if .Values.persistence.enabled }}
      volumes:
      - name: data
        persistentVolumeClaim:
          claimName: web
      {{- end }}
",
        true,
    ),
    (
        "      containers:
      - name: web
        image: {{ .Values.image }}
        volumeMounts: {{- toYaml .Values.mounts | nindent 8 }}
      volumes: {{- toYaml .Values.volumes | nindent 6 }}
",
        true,
    ),
    (
        "      containers:
      - name: web
        image: {{ .Values.image }}
        env:
        {{- range .Values.ports }}
        - name: PORT_{{ .name }}
          value: \"{{ .port }}\"
        {{- end }}
      {{- if .Values.proxy }}
      - name: proxy
        image: envoyproxy/envoy:v1.31.0
      {{- end }}
",
        true,
    ),
    (
        "      {{- if .Values.host }}
      hostNetwork: true
      {{- else }}
      dnsPolicy: Default
      {{- end }}
      containers:
        - name: web
          image: {{ .Values.image }}
          {{- with .Values.mounts }}
          volumeMounts:
            {{- toYaml . | nindent 12 }}
          {{- end }}
        {{- include \"web.extra\" . | nindent 8 }}
",
        true,
    ),
];

/// The edits of all that is offered at `at`.
fn offered(document: &Document, at: usize) -> Vec<(String, Vec<Edit>)> {
    let at = Span::at(at);
    let choices = document.choices(at, WorkspaceContext::default()).into_iter();
    let menu = document.actions_around(at, WorkspaceContext::default()).into_iter();
    choices.map(|it| (it.title, it.edits)).chain(menu.map(|it| (it.title, it.edits))).collect()
}

/// How many blocks are open at the start of each line, and whether something is printed there that
/// belongs to the key above.
fn lines(text: &str) -> Vec<(Vec<usize>, bool)> {
    let (mut open, mut states, mut above) = (Vec::new(), Vec::new(), "");
    for line in text.lines() {
        let fills = line.trim_start().starts_with("{{") && line.contains("toYaml");
        states.push((open.clone(), fills && above.trim_end().ends_with(':')));
        let number = states.len();
        if ["{{- if", "{{- with", "{{- range"].iter().any(|it| line.contains(it)) {
            open.push(number);
        } else if line.contains("{{- else") {
            open.pop();
            open.push(number);
        } else if line.contains("{{- end") {
            open.pop();
        }
        if fills || !line.contains("{{- ") {
            above = line;
        }
    }
    states
}

#[test]
fn nothing_is_put_behind_a_line_that_joins_the_next() {
    let text = |trim: &str| {
        format!(
            "apiVersion: {{{{ template \"version\" . }}}}\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web:1\n          resources:\n{{{{ toYaml .Values.resources | indent 12 {trim}}}}}\n{{{{- if .Values.a }}}}\n      hostNetwork: true\n{{{{- end }}}}\n      nodeSelector:\n{{{{ toYaml .Values.b | indent 8 }}}}\n"
        )
    };
    let count = |text: &str, line: &str| {
        let document = Document::new(text, &Arc::default());
        let end = text.find(line).unwrap() + line.len();
        let all = offered(&document, text.find("web:1").unwrap());
        let behind = |edit: &Edit| !edit.insert.trim().is_empty() && edit.span.start == end;
        (all.len(), all.iter().filter(|(_, edits)| edits.iter().any(behind)).count())
    };
    let (all, behind) = count(&text(""), "indent 12 }}\n");
    assert!(all > 10 && behind > 0, "{all} offered, {behind} behind the line");
    assert_eq!(count(&text("-"), "indent 12 -}}\n").1, 0);
}

#[test]
fn nothing_crosses_a_block() {
    let mut added = 0;
    for (spec, can_add) in SPECS {
        let text = format!("{HEAD}{spec}");
        let document = Document::new(&text, &Arc::default());
        let states = lines(&text);
        let at = text.find("name: web\n").unwrap();
        let offers = offered(&document, at);
        let adds: Vec<_> = offers.iter().filter(|(_, edits)| !edits.is_empty()).collect();
        assert_eq!(!adds.is_empty(), *can_add, "{spec}");
        for (title, edits) in adds {
            added += 1;
            for edit in edits {
                let removed = &text[edit.span.start..edit.span.end];
                assert!(!removed.contains("{{"), "{title}: {removed}");
                let line = text[..edit.span.start].matches('\n').count();
                let line = line + usize::from(edit.insert.starts_with('\n'));
                if let Some((blocks, fills)) = states.get(line) {
                    assert!(
                        blocks.is_empty() || edit.insert.trim().is_empty(),
                        "{title} in a block"
                    );
                    assert!(!fills, "{title} between a key and what fills it");
                }
            }
            let after = apply(&text, edits);
            assert!(!after.contains("\\\"\\"), "{after}");
            for line in text.lines().filter(|it| it.contains("{{")) {
                assert!(after.contains(line), "{title} takes away {line}");
            }
        }
    }
    assert!(added > 100, "{added}");
}

/// Templates of other engines: text that is added stands in none of their blocks.
const OTHERS: &[&str] = &[
    "spec:
  containers:
  - name: web
    image: {{ image }}
    env:
{% for name in names %}
    - name: {{ name }}
      value: a
{% endfor %}
{% if proxy %}
  - name: proxy
    image: envoy:1
{% endif %}
",
    "spec:
{% if init %}
  initContainers:
  - name: init
    image: init:1
{% endif %}
  containers:
{% if proxy %}
  - name: proxy
    image: envoy:1
{% endif %}
  - name: web
    image: {{ image }}
",
    "#@ load(\"@ytt:data\", \"data\")
spec:
  #@ if data.values.init:
  initContainers:
  - name: init
    image: init:1
  #@ end
  containers:
  - name: web
    image: #@ data.values.image
    env:
    #@ for name in data.values.names:
    - name: #@ name
      value: a
    #@ end
",
];

#[test]
fn nothing_crosses_a_block_of_jinja_and_ytt() {
    let mut added = 0;
    for spec in OTHERS {
        let text = format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n{spec}");
        let document = Document::new(&text, &Arc::default());
        let at = text.find("name: web\n    image").unwrap();
        for (title, edits) in offered(&document, at) {
            // Each line in front of which something stands, with the blocks that are open there.
            let mut open = 0;
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                let starts =
                    |words: &[&str]| words.iter().any(|it| line.trim_start().starts_with(it));
                let is_inserted = |edit: &Edit| edit.span.start == at && edit.insert.contains(": ");
                let is_in_block = open > 0 && edits.iter().any(is_inserted);
                assert!(!is_in_block, "{title}\n{}", apply(&text, &edits));
                open += usize::from(starts(&["{% if", "{% for", "#@ if", "#@ for"]));
                open -= usize::from(starts(&["{% end", "#@ end"]));
                at += line.len();
            }
            let after = apply(&text, &edits);
            for line in
                text.lines().filter(|it| ["{%", "{{", "#@"].iter().any(|mark| it.contains(mark)))
            {
                assert!(after.contains(line), "{title} takes away {line}");
            }
            added += 1;
        }
    }
    assert!(added > 60, "{added}");
}

/// A list that stands twice, once for values only.
#[test]
fn no_key_is_written_twice() {
    let text = format!(
        "{HEAD}      containers:
      - name: web
        image: web:1
      volumes:
{{{{- if .Values.config }}}}
      - name: config
        configMap: {{name: web}}
{{{{- end }}}}
{{{{- if .Values.extraVolumes }}}}
      volumes:
{{{{ toYaml .Values.extraVolumes | indent 8 }}}}
{{{{- end }}}}
"
    );
    let document = Document::new(&text, &Arc::default());
    let offers = offered(&document, text.find("name: web\n").unwrap());
    let adds_volume = |edits: &[Edit]| edits.iter().any(|edit| edit.insert.contains("emptyDir"));
    assert!(!offers.is_empty());
    assert!(offers.iter().all(|(_, edits)| !adds_volume(edits)));
}

/// Within `if or .Values.env .Values.other` the list of `.Values.env` may be `[]`, beside which nothing
/// can stand.
#[test]
fn what_values_may_print_is_not_added_again() {
    let text = |volumes: &str| {
        format!(
            "{HEAD}      containers:\n      - name: web\n        image: web:1\n      volumes:\n{volumes}"
        )
    };
    let printed = "{{ toYaml .Values.volumes | indent 6 }}\n";
    let literal = "      - name: logs\n        emptyDir: {}\n";
    let added = |volumes: &str, name: &str| {
        let text = text(volumes);
        let document = Document::new(&text, &Arc::default());
        let at = Span::at(text.find("web:1").unwrap());
        let all = document.choices(at, WorkspaceContext::default());
        let choice = all.into_iter().find(|it| it.name == name)?;
        Some(apply(&text, &choice.edits))
    };
    // The volume whose owner is to change may be one of the values.
    for name in ["fix-permissions", "config-reload", "cert-reload"] {
        assert!(added(literal, name).is_some(), "{name}");
        for volumes in [printed.to_owned(), format!("{literal}{printed}")] {
            assert_eq!(added(&volumes, name), None, "{name}");
        }
    }
    let clone = |volumes: &str| added(volumes, "git-clone").unwrap();
    assert!(clone(literal).contains("- name: content\n"));
    assert!(clone(printed).contains("- name: git-clone-content\n"), "{}", clone(printed));
}

#[test]
fn a_container_does_not_get_the_name_of_the_chart() {
    let name = |container: &str| {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{{{ template \"git-clone.fullname\" . }}}}\nspec:\n  template:\n    spec:\n      containers:\n      - name: {container}\n        image: web:1\n"
        );
        let document = Document::new(&text, &Arc::default());
        let at = Span::at(text.find("web:1").unwrap());
        let all = document.choices(at, WorkspaceContext::default());
        let choice = all.into_iter().find(|it| it.name == "git-clone").unwrap();
        let after = apply(&text, &choice.edits);
        after.contains("- name: git-clone-2\n")
    };
    assert!(name("{{ .Chart.Name }}"));
    assert!(!name("web"));
}

#[test]
fn processes_are_not_shared_where_values_may_give_those_of_the_node() {
    let names = |line: &str| {
        let text =
            format!("{HEAD}{line}      containers:\n      - name: web\n        image: web:1\n");
        let document = Document::new(&text, &Arc::default());
        let at = Span::at(text.find("web:1").unwrap());
        let all = document.choices(at, WorkspaceContext::default()).into_iter();
        all.filter(|it| it.name == "debug-shell").count()
    };
    assert_eq!(names("      hostPID: true\n"), 1);
    assert_eq!(names("      hostPID: {{ .Values.hostPID }}\n"), 0);
}

#[test]
fn a_cron_job_gets_no_name_of_unknown_length() {
    let titles = |name: &str| {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n  labels:\n    app: web\nspec:\n  containers:\n  - name: web\n    image: {{{{ .Values.image }}}}\n  restartPolicy: Never\n"
        );
        let document = Document::new(&text, &Arc::default());
        let all = offered(&document, text.find("kind").unwrap()).into_iter();
        let wraps: Vec<_> = all.map(|it| it.0).filter(|it| it.starts_with("Wrap")).collect();
        (wraps.iter().any(|it| it.contains("a Job")), wraps.iter().any(|it| it.contains("CronJob")))
    };
    assert_eq!(titles("web"), (true, true));
    assert_eq!(titles("{{ .Release.Name }}-web"), (true, false));
}

#[test]
fn nothing_is_put_beside_a_list_that_may_be_empty_in_its_block() {
    let text = |condition: &str| {
        format!(
            "{HEAD}      {{{{- if .Values.first }}}}
      hostNetwork: true
      {{{{- end }}}}
      containers:
      - name: web
        image: web:1
        env:
{{{{- if {condition} }}}}
{{{{ toYaml .Values.env | indent 10 }}}}
{{{{- end }}}}
"
        )
    };
    let adds_variable = |condition| {
        let text = text(condition);
        let document = Document::new(&text, &Arc::default());
        let offers = offered(&document, text.find("name: web\n        i").unwrap());
        assert!(!offers.is_empty());
        let is_variable = |edit: &Edit| edit.insert.starts_with("          - name: ");
        offers.iter().any(|(_, edits)| edits.iter().any(is_variable))
    };
    for (condition, is_filled) in [
        (".Values.env", true),
        ("and .Values.other (.Values.env)", true),
        ("or .Values.env .Values.other", false),
        ("not .Values.env", false),
        (".Values.other", false),
    ] {
        assert_eq!(adds_variable(condition), is_filled, "{condition}");
    }
}

#[test]
fn a_container_that_moves_takes_the_line_that_fills_it_along() {
    let last = "{{ toYaml .Values.resources | indent 10 }}\n";
    let text = format!(
        "{HEAD}      containers:
      - name: web
        image: {{{{ .Values.image }}}}
      - name: proxy
        image: envoy:1
        resources:
{last}"
    );
    let document = Document::new(&text, &Arc::default());
    let at = Span::at(text.find("proxy").unwrap());
    let offers = document.actions_around(at, WorkspaceContext::default());
    let up = offers.iter().find(|it| it.title == "Move `proxy` up").unwrap();
    let after = apply(&text, &up.edits);
    assert!(after.contains(&format!("        resources:\n{last}      - name: web\n")), "{after}");
}

#[test]
fn the_quotes_of_an_action_stay_as_they_are() {
    let path = "{{ template \"web.home\" . }}/conf";
    let text = format!(
        "{HEAD}      containers:
      - name: web
        image: web:1
        volumeMounts:
        - name: config
          mountPath: {path}
      volumes:
      - name: config
        configMap:
          name: web
"
    );
    let document = Document::new(&text, &Arc::default());
    let choices = document
        .choices(Span::at(text.find("name: web\n        i").unwrap()), WorkspaceContext::default());
    let reload = choices.iter().find(|it| it.name == "config-reload").unwrap();
    let after = apply(&text, &reload.edits);
    assert!(after.contains(&format!("mountPath: '{path}'")) && !after.contains("\\\""), "{after}");
}

#[test]
fn what_cannot_be_added_is_refused_with_the_reason() {
    let text = format!(
        "{HEAD}      containers:
      - name: web
        image: web:1
      volumes:
        {{{{- toYaml .Values.volumes | nindent 8 }}}}
"
    );
    let folder = Folder::new("templates", &[("web.yaml", text.as_bytes())]);
    let output = folder.podls(&["add", "init-container", "--template", "git-clone", "web.yaml"]);
    check_code(&output, 2);
    let why = "with some values the result is not valid YAML";
    assert!(stderr(&output).contains("`git-clone` cannot be added to Deployment"));
    assert!(stderr(&output).trim_end().ends_with(why), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(folder.path().join("web.yaml")).unwrap(), text);

    let mut able = capabilities();
    able["textDocument"]["codeAction"]["disabledSupport"] = json!(true);
    for (capabilities, is_shown) in [(able, true), (capabilities(), false)] {
        let mut editor = Editor::with(capabilities);
        editor.open("file:///web.yaml", &text);
        let line = text.lines().position(|it| it.contains("name: web")).unwrap();
        let here = json!({"line": line, "character": 10});
        let params = json!({
            "textDocument": {"uri": "file:///web.yaml"},
            "range": {"start": here, "end": here},
            "context": {"diagnostics": []},
        });
        let actions = editor.request("textDocument/codeAction", params);
        let actions = actions["result"].as_array().cloned().unwrap_or_default();
        let refused: Vec<_> = actions.iter().filter(|it| it.get("disabled").is_some()).collect();
        assert_eq!(!refused.is_empty(), is_shown, "{actions:?}");
        assert!(
            refused.iter().all(|it| it["disabled"]["reason"] == why && it.get("edit").is_none())
        );
        assert!(actions.len() > refused.len());
    }
}
