//! Rendering of small templates.

use super::{TemplateText, Way};
use crate::text::Span;

/// What is printed when blocks are on or off, with values in angle brackets.
fn rendered(text: &str, is_on: bool) -> Option<String> {
    let template = TemplateText::read(text)?;
    let way = Way {
        branch: &|_| is_on.then_some(0),
        is_full: &|_| is_on,
        is_opaque: false,
        is_list: &|key| key.ends_with('s'),
    };
    let mut out = template.render(&way)?.text;
    for action in text.split("{{").skip(1).filter_map(|it| it.split("}}").next()) {
        let name = action.trim_matches(['-', ' ']).split([' ', '|']).next().unwrap();
        out = out.replace(&super::render::word(&format!("{{{{{action}}}}}")), &format!("<{name}>"));
    }
    Some(out)
}

#[test]
fn blocks_are_printed_or_not() {
    for (text, on, off) in [
        ("a\n{{ if x }}b\n{{ end }}c\n", "a\nb\nc\n", "a\nc\n"),
        ("a\n{{- if x }}\nb\n{{- end }}\nc\n", "a\nb\nc\n", "a\nc\n"),
        ("a\n{{ if x -}}\n  b\n{{- end }}\nc\n", "a\nb\nc\n", "a\n\nc\n"),
        ("{{ if x }}a{{ else }}b{{ end }}\n", "a\n", "b\n"),
        ("{{ if x }}a{{ else if y }}b{{ else }}c{{ end }}\n", "a\n", "c\n"),
        ("{{ range .a }}{{ with . }}b{{ end }}{{ end }}\n", "b\n", "\n"),
        ("{{ define \"x\" }}a{{ end }}b\n", "b\n", "b\n"),
        ("{{ if x }}{{ fail \"no\" }}{{ end }}a\n", "a\n", "a\n"),
        ("{{/* if }} */}}a{{ $x := 1 }}{{ $x = 2 }}\n", "a\n", "a\n"),
        ("{{ if eq \"}}\" `{{ end }}` }}a{{ end }}\n", "a\n", "\n"),
        ("{% if x %}a{% elif y %}b{% else %}c{% endif %}{# {% if %} #}\n", "a\n", "c\n"),
        ("{% set x = 1 %}{% for y in z -%}\n a\n{%- endfor %}b\n", "ab\n", "b\n"),
    ] {
        assert_eq!(rendered(text, true).as_deref(), Some(on), "{text}");
        assert_eq!(rendered(text, false).as_deref(), Some(off), "{text}");
    }
}

#[test]
fn values_are_words_maps_and_lists() {
    for (text, full, empty) in [
        ("a: {{ x }}:{{ y }}\n", "a: <x>:<y>\n", "a: <x>:<y>\n"),
        ("a: {{ x | quote }}\n", "a: \"<x>\"\n", "a: \"<x>\"\n"),
        (
            "a:\n  {{- toYaml .v | nindent 2 }}\nb: 1\n",
            "a:\n  <toYaml>: v\nb: 1\n",
            "a:\n  {}\nb: 1\n",
        ),
        ("as:\n  {{- toYaml .v | nindent 2 }}\n", "as:\n  - <toYaml>: v\n", "as:\n  []\n"),
        ("as:\n{{ toYaml .v | indent 2 }}\n", "as:\n  - <toYaml>: v\n", "as:\n  []\n"),
        (
            "as:\n  {{- include \"x\" . | indent 2 }}\n    - b\n",
            "as:\n  - <include>: v\n    - b\n",
            "as:\n  - <include>: v\n    - b\n",
        ),
        ("as: {{- toYaml .v | nindent 2 }}\n", "as:\n  - <toYaml>: v\n", "as:\n  []\n"),
        (
            "as:{{ include \"x\" . }}\nb: 1\n",
            "as:\n  - <include>: v\nb: 1\n",
            "as:\n  - <include>: v\nb: 1\n",
        ),
        (
            "b:{{ include \"x\" . }}\n    {{- toYaml . | nindent 4 }}\n",
            "b:\n    <include>: v\n    <toYaml>: v\n",
            "b:\n    <include>: v\n    <toYaml>: v\n",
        ),
        ("{{ include \"x\" . -}}\na: 1\n", "a: 1\n", "a: 1\n"),
        (
            "a:\n  {{ v | to_nice_yaml(indent=2) | indent(2) }}\n",
            "a:\n  <v>: v\n",
            "a:\n  <v>: v\n",
        ),
        (
            "as:\n- b: 1\n{{ include \"x\" . }}\n",
            "as:\n- b: 1\n- <include>: v\n",
            "as:\n- b: 1\n- <include>: v\n",
        ),
        (
            "as:\n  - b\n{{ include \"x\" . }}\n",
            "as:\n  - b\n<include>: v\n",
            "as:\n  - b\n<include>: v\n",
        ),
        (
            "as:\n  - b: 1\n    {{- toYaml . | nindent 4 }}\n",
            "as:\n  - b: 1\n    <toYaml>: v\n",
            "as:\n  - b: 1\n    <toYaml>: v\n",
        ),
    ] {
        assert_eq!(rendered(text, true).as_deref(), Some(full), "{text}");
        assert_eq!(rendered(text, false).as_deref(), Some(empty), "{text}");
    }
}

#[test]
fn what_the_engine_refuses_is_not_read() {
    for text in [
        "{{ if x }}a\n",
        "a{{ end }}\n",
        "{{ else }}\n",
        "{{ x \n",
        "{{ template \\\"x\\\" . }}\n",
        "{{ \"a\nb\" }}\n",
        "{% raw %}{{ x }}{% endraw %}\n",
        "{{ x | nindent $n }}\n",
    ] {
        assert_eq!(rendered(text, true), None, "{text}");
    }
}

#[test]
fn branches_around_a_place() {
    let text = "a{{ if x }}b{{ else if y }}c{{ if z }}d{{ end }}e{{ end }}f";
    let template = TemplateText::read(text).unwrap();
    let around = |word| {
        let branches = template.branches_around(text.find(word).unwrap()).into_iter();
        branches.map(|it| (it.block, it.index)).collect::<Vec<_>>()
    };
    assert_eq!(around("a{"), []);
    assert_eq!(around("b{"), [(0, 0)]);
    assert_eq!(around("c{"), [(0, 1)]);
    assert_eq!(around("d{"), [(0, 1), (1, 0)]);
    assert_eq!(around("e{"), [(0, 1)]);
    assert_eq!(template.branches_around(text.len()), []);
    let conditions = template.conditions_around(text.find("d{").unwrap());
    assert_eq!(conditions, ["{{ if x }}", "{{ else if y }}", "{{ if z }}"]);
}

#[test]
fn parts_have_blocks_that_start_before_and_end_behind() {
    for (text, printed) in [
        ("a{{ end }}b{{ if x }}c", "abc"),
        ("a{{ else }}b{{ end }}c", "ac"),
        ("a{{ end }}b{{ else }}c{{ if x }}{{ else }}d", "ab"),
    ] {
        assert_eq!(TemplateText::read(text).map(|it| it.blocks), None, "{text}");
        let template = TemplateText::read_part(text).unwrap();
        let way =
            Way { branch: &|_| Some(0), is_full: &|_| true, is_opaque: true, is_list: &|_| false };
        assert_eq!(template.render(&way).unwrap().text, printed, "{text}");
    }
}

#[test]
fn each_branch_is_covered() {
    let text = "{{ if a }}b{{ else if c }}d{{ else }}{{ if e }}f{{ else }}g{{ end }}h{{ end }}";
    let template = TemplateText::read(text).unwrap();
    let mut texts = Vec::new();
    for choice in template.covering(9) {
        let branch = |block| choice.get(&block).copied().or(Some(0));
        let way = Way { branch: &branch, is_full: &|_| true, is_opaque: true, is_list: &|_| false };
        texts.push(template.render(&way).unwrap().text);
    }
    assert_eq!(texts, ["b", "d", "fh", "gh"]);
    assert_eq!(template.covering(2).len(), 2);
    let apart = "{{ if a }}b{{ else }}c{{ end }}{{ if d }}e{{ else if f }}g{{ else }}h{{ end }}";
    assert_eq!(TemplateText::read(apart).unwrap().covering(9).len(), 3);
}

#[test]
fn literal_text_has_a_place() {
    let text = "a: 1\n{{- if x }}\nb: {{ y }}\n{{- end }}\nc: 2\n";
    let template = TemplateText::read(text).unwrap();
    let way =
        Way { branch: &|_| Some(0), is_full: &|_| true, is_opaque: true, is_list: &|_| false };
    let rendered = template.render(&way).unwrap();
    for word in ["a: 1", "b:", "c: 2"] {
        let at = rendered.text.find(word).unwrap();
        let source = rendered.source(Span::new(at, at + word.len())).unwrap();
        assert_eq!(&text[source.start..source.end], word);
        assert!(rendered.holds(source), "{word}");
    }
    let value = rendered.text.find("<%").unwrap();
    assert_eq!(rendered.source(Span::new(value, value + 4)), None);
    assert_eq!(rendered.source(Span::new(0, value + 1)), None);
    assert!(!rendered.holds(Span::new(text.find("if x").unwrap(), text.find("b:").unwrap())));
}

#[test]
fn values_that_a_block_does_not_ask_for_may_be_empty() {
    for (condition, is_asked) in [
        ("if .x", true),
        ("with (.x)", true),
        ("if and .y .x", true),
        ("range $i, $x := .x", true),
        ("if or .x .y", false),
        ("if not .x", false),
        ("if .y", false),
    ] {
        let text = format!(
            "a:\n{{{{- {condition} }}}}\n  {{{{- toYaml .x | nindent 2 }}}}\n{{{{- end }}}}\n"
        );
        let template = TemplateText::read(&text).unwrap();
        assert_eq!(template.maybe_empty().is_empty(), is_asked, "{condition}");
    }
}
