//! Rendering of small templates.

use super::{TemplateText, Way};

/// What is printed when blocks are on or off, with values in angle brackets.
fn rendered(text: &str, is_on: bool) -> Option<String> {
    let template = TemplateText::read(text)?;
    let way = Way { is_on: &|_| is_on, is_full: is_on, is_list: &|key| key.ends_with('s') };
    let mut out = template.render(&way)?;
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
        ("as: {{- toYaml .v | nindent 2 }}\n", "as:\n  - <toYaml>: v\n", "as:\n  []\n"),
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
fn blocks_around_a_place() {
    let text = "a{{ if x }}b{{ if y }}c{{ end }}d{{ end }}e";
    let template = TemplateText::read(text).unwrap();
    let around = |word| template.blocks_around(text.find(word).unwrap());
    assert_eq!(around("a{"), [0; 0]);
    assert_eq!(around("b{"), [0]);
    assert_eq!(around("c{"), [0, 1]);
    assert_eq!(around("d{"), [0]);
    assert_eq!(template.blocks_around(text.len()), [0; 0]);
}
