//! Completion in templates of Helm: whatever the values are, no item takes another value away.

use std::collections::BTreeMap;
use std::sync::Arc;

use podls::ide::Document;
use podls::syntax::{self, Kind, Node, Style, TemplateText, Trust, Way};
use podls::text::{Edit, apply};

use crate::corpus::is_thorough;
use crate::templates::{HEAD, SPECS};

/// How often each value is there, with its path; `None` when the text is no YAML.
pub(crate) fn values(text: &str) -> Option<BTreeMap<String, usize>> {
    let parse = syntax::parse(text);
    if parse.trust != Trust::Exact {
        return None;
    }
    let (mut found, mut open) = (BTreeMap::new(), Vec::new());
    open.extend(parse.tree.root().map(|root| (root, String::new())));
    while let Some((node, path)) = open.pop() {
        let is_empty = node.children().next().is_none();
        for entry in node.entries() {
            open.push((entry.value, format!("{path}.{}", entry.key.text().unwrap_or_default())));
        }
        open.extend(node.items().map(|item| (item, format!("{path}[]"))));
        let is_value = |node: Node<'_>| node.kind() != Kind::Scalar(Style::Absent);
        if is_empty && is_value(node) {
            *found.entry(format!("{path}={}", node.text().unwrap_or_default())).or_default() += 1;
        }
    }
    Some(found)
}

/// What each choice of blocks prints, with full and with empty values.
fn renderings(text: &str) -> Vec<Option<BTreeMap<String, usize>>> {
    let lists = ["env", "volumes", "volumeMounts", "initContainers", "containers", "ports"];
    let template = TemplateText::read(text).unwrap();
    let choices = 0..1_usize
        << text.matches("{{- if").count().min(4)
        << text.matches("{{- with").count().min(2);
    let both = choices.flat_map(|choice| [(choice, true), (choice, false)]);
    let print = |(choice, is_full): (usize, bool)| {
        let way = Way {
            branch: &|block| (choice >> block & 1 == 1).then_some(0),
            is_full: &|_| is_full,
            is_opaque: false,
            is_list: &|key| lists.contains(&key),
        };
        values(&template.render(&way).unwrap().text)
    };
    both.map(print).collect()
}

/// The text with a line for the user to write in, and where that is.
fn with_line(text: &str, before: usize, column: usize) -> (String, usize) {
    let at: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let blanks = " ".repeat(column);
    let edit = Edit::insert(at, format!("{blanks}\n"));
    (apply(text, &[edit]), at + column)
}

#[test]
fn no_item_takes_a_value_away() {
    let mut taken = 0;
    for (spec, _) in SPECS {
        let text = format!("{HEAD}{spec}");
        let head = HEAD.lines().count();
        let step = if is_thorough() { 1 } else { 4 };
        for line in (head..=text.lines().count()).step_by(step) {
            let near =
                [line.saturating_sub(1), line].map(|it| text.lines().nth(it).unwrap_or_default());
            let indents = near.map(|it| it.len() - it.trim_start().len());
            let mut columns = vec![indents[0], indents[0] + 2, indents[1]];
            columns.sort_unstable();
            columns.dedup();
            for column in columns {
                let (text, at) = with_line(&text, line, column);
                taken += check(&text, at);
            }
        }
    }
    assert!(taken > 50, "{taken}");
}

/// Takes one item of each kind at `at`; how many there were.
fn check(text: &str, at: usize) -> usize {
    let document = Document::new(text, &Arc::default());
    let before = renderings(text);
    let mut seen = Vec::new();
    let mut taken = 0;
    for item in document.completions(at) {
        let kind = (
            item.kind,
            item.insert.matches('\n').count(),
            item.insert.ends_with(": "),
            item.replace,
        );
        if seen.contains(&kind) {
            continue;
        }
        seen.push(kind);
        let after = apply(text, &item.edits());
        for (before, after_it) in before.iter().zip(renderings(&after)) {
            let Some(before) = before else { continue };
            let after_it = after_it.unwrap_or_else(|| panic!("{} breaks\n{after}", item.label));
            for (value, count) in before {
                let left = after_it.get(value).copied().unwrap_or_default();
                assert!(left >= *count, "{} takes {value} away\n{after}", item.label);
            }
        }
        taken += 1;
    }
    taken
}

#[test]
fn nothing_is_offered_between_a_key_and_the_line_that_fills_it() {
    for fills in ["{{- toYaml .Values.x | nindent 10 }}", "{{- include \"x\" . | nindent 10 }}"] {
        let text = format!(
            "{HEAD}      containers:\n      - name: web\n        image: web:1\n        resources:\n\n          {fills}\n"
        );
        let line = text.lines().position(str::is_empty).unwrap();
        for column in [8, 10, 12] {
            let (text, at) = with_line(&text, line, column);
            let items = Document::new(&text, &Arc::default()).completions(at);
            let labels: Vec<_> = items.iter().map(|it| it.label.as_str()).collect();
            assert_eq!(labels, [""; 0], "{text}");
        }
    }
}

#[test]
fn no_key_is_offered_in_a_map_to_which_a_line_brings_keys() {
    for line in ["{{- toYaml .Values.x | nindent 8 }}", "{{- include \"x\" . | nindent 8 }}"] {
        let text = format!("{HEAD}      securityContext:\n        {line}\n");
        let (text, at) = with_line(&text, text.lines().count(), 8);
        let items = Document::new(&text, &Arc::default()).completions(at);
        assert!(items.is_empty(), "{text}: {:?}", items.first());
    }
}

#[test]
fn nothing_is_offered_outside_of_the_block_of_an_object() {
    let object = format!("{{{{- if .Values.a }}}}\n{HEAD}{}", SPECS[0].0);
    let (text, at) = (format!("{object}{{{{- end }}}}\n"), object.len());
    let labels = |text: &str, at: usize| {
        let items = Document::new(text, &Arc::default()).completions(at).into_iter();
        items.map(|it| it.label).collect::<Vec<_>>()
    };
    assert_eq!(labels(&text, text.len()), [""; 0]);
    let inside = apply(&text, &[Edit::insert(at, "\n")]);
    assert!(labels(&inside, at).contains(&"status".to_owned()));
}

#[test]
fn no_manifest_is_offered_at_the_end_of_a_loop() {
    let offered = |opens: &str, ends: &str| {
        let head = format!("{opens}{HEAD}{}---\n", SPECS[0].0);
        let document = Document::new(&format!("{head}\n{ends}"), &Arc::default());
        let items = document.completions(head.len());
        items.iter().filter(|it| ["ConfigMap", "apiVersion"].contains(&it.label.as_str())).count()
    };
    assert_eq!(offered("", "# {{ .Values.a }}\n"), 2);
    assert_eq!(offered("{{- range .Values.a }}\n", "{{- end }}\n"), 0);
}

#[test]
fn what_stands_beside_the_cursor_is_looked_at_alone_if_the_rest_cannot_be_read() {
    let filled = "{{- if .Values.a }}\n{{ toYaml .Values.a | indent 8 }}\n{{- end }}\n";
    for head in ["", "{{- if .Values.b }}\nb\n{{- end }}\n"] {
        let head = format!("{head}{HEAD}      annotations:\n        a: b\n")
            .replace("spec:\n      annotations", "metadata:\n      annotations");
        let offered = |below: &str| {
            let text = format!("{head}      \n{below}");
            let items = Document::new(&text, &Arc::default()).completions(head.len() + 6);
            items.iter().any(|it| it.label == "name")
        };
        assert!(offered("# {{ .Values.a }}\n"), "{head}");
        assert!(!offered(filled), "{head}");
    }
}

#[test]
fn nothing_is_offered_inside_an_action() {
    for action in ["{{  }}", "{{ .Values.", "{{- if  }}"] {
        let text = format!("{HEAD}      containers:\n      - name: web\n        image: {action}\n");
        let at = text.find(action).unwrap()
            + action.len().min(6).min(action.trim_end_matches("}}").len());
        let items = Document::new(&text, &Arc::default()).completions(at);
        assert!(items.is_empty(), "{action}: {:?}", items.first());
    }
}

#[test]
fn fields_and_values_are_offered_beside_actions() {
    let text = format!(
        "{HEAD}      containers:\n      - name: {{{{ .Values.name }}}}\n        image: web:1\n        {{{{- if .Values.a }}}}\n        tty: true\n        {{{{- end }}}}\n        \n"
    );
    let at = text.len() - 1;
    let items = Document::new(&text, &Arc::default()).completions(at);
    for label in ["env", "ports", "resources", "livenessProbe"] {
        assert!(items.iter().any(|it| it.label == label), "{label}");
    }
    assert!(!items.iter().any(|it| it.label == "tty"));
}

/// Behind a conditional item a key belongs to it or to the item before it.
#[test]
fn no_key_is_offered_that_another_branch_brings_to_the_map() {
    let head = format!("{HEAD}      containers:\n      - name: app\n        image: a\n");
    let below = "      {{- if .Values.proxy }}\n      - name: proxy\n        image: b\n      {{- end }}\n        \
        resources: {}\n        command: [a]\n";
    let document = Document::new(&format!("{head}        \n{below}"), &Arc::default());
    let items = document.completions(head.len() + 8);
    let offered = |label: &str| items.iter().any(|it| it.label == label);
    assert_eq!(["lifecycle", "resources", "command"].map(offered), [true, false, false]);
}
