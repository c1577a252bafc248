//! What must hold for any text: it is parsed, quickly, and every node lies where it says.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Cursor, Kind, Node, Parse, Style, Templated, Trust, parse};

/// `path = value` of every leaf.
fn leaves(text: &str) -> String {
    let parse = parse(text);
    let leaf = |node: &Node<'_>| !node.is_key() && node.children().next().is_none();
    let lines = parse.tree.nodes().filter(leaf).map(|node| {
        let value = node.resolved().and_then(Node::text).unwrap_or("<collection>");
        format!("{} = {value}\n", node.path())
    });
    lines.collect()
}

#[test]
fn what_kubectl_reads_is_read() {
    for (text, expected) in [
        ("\u{feff}a: 1\n", "a = 1\n"),
        ("a:\r\n  b: 1\r\nc: |\r\n  x\r\n", "a.b = 1\nc = x\n\n"),
        ("a:\rb: 1\r", "a = \nb = 1\n"),
        ("a:\tb\n", "a = b\n"),
        ("k:\n  args: [\n    a, # c\n    b,\n  ]\n", "k.args[0] = a\nk.args[1] = b\n"),
        ("a: \"x\ny\"\nb: 1\n", "a = x y\nb = 1\n"),
        ("a: &x {b: 1}\nc: *x\n", "a.b = 1\nc = <collection>\n"),
        ("---\n# only a comment\n", ""),
        ("{\"a\": [1, {\"b\": null}]}", "a[0] = 1\na[1].b = null\n"),
        ("a: [b: c, {d}]\n", "a[0].b = c\na[1].d = \n"),
        ("a: \"x\"#c\nb: [1]#c\nc: {d: 'e'}#c\n", "a = x\nb[0] = 1\nc.d = e\n"),
        ("a: {b: c \td\n, e:\tf}\n", "a.b = c \td\na.e = f\n"),
        ("a: [\n  \"x\"#, y\n]\n", "a[0] = x\n"),
        ("a: {\nb: 1, # ]\nc: ['}', \"]\"]\n}\nd: 2\n", "a.b = 1\na.c[0] = }\na.c[1] = ]\nd = 2\n"),
        ("a:\n  b: [\n{c: 1,\nd: it's}\n]\n", "a.b[0].c = 1\na.b[0].d = it's\n"),
        ("a: &x b\n*x: c\n", "a = b\n = c\n"),
        ("a: &x-1_ b\nd: {*x-1_: c}\n", "a = b\nd. = c\n"),
        ("a: 1\n...\nb: [\n", "a = 1\n"),
        ("a: |\n  x\n... # c\n  y\n", "a = x\n\n"),
        ("a: 'b\n\tc'\nd: [\"e\n \tf\",\n\tg]\n", "a = b c\nd[0] = e f\nd[1] = g\n"),
        ("a:\n  b: {c:\n d, e: f}\n", "a.b.c = d\na.b.e = f\n"),
        (
            "- a:\n  - \"x\n  y: \n  z\"\n- a:\n  - \"x\n  y: \n  z\"\n- 'b\n\n  c'\n",
            "[0].a[0] = x y: z\n[1].a[0] = x y: z\n[2] = b\nc\n",
        ),
    ] {
        let parse = parse(text);
        assert_eq!((parse.trust, &parse.errors), (Trust::Exact, &Vec::new()), "{text:?}");
        assert_eq!(leaves(text), expected, "{text:?}");
    }
}

/// A command of several kilobytes, in two containers.
#[test]
fn long_quoted_text_may_be_no_deeper_than_its_key() {
    let command = format!("  - a: \"sh{}\"\n", " \\\n  --b: c".repeat(800));
    let parse = parse(&format!("d:\n{command}{command}"));
    assert_eq!((parse.trust, parse.errors.len()), (Trust::Exact, 0));
}

/// The quote that ends the first text would otherwise start another, up to the next quote of the file.
#[test]
fn a_closing_quote_may_be_alone_in_its_line() {
    for quote in ['"', '\''] {
        let item = format!("  - a: {quote}b\n{quote}\n");
        let parse = parse(&format!("d:\n{item}{item}  - a: {quote}c{quote}\n"));
        assert_eq!((parse.trust, parse.errors.len()), (Trust::Exact, 0), "{quote}");
    }
}

#[test]
fn lines_of_quoted_text_are_joined_as_yaml_says() {
    let text = "a: \"b \\\nc\n\n\td\n---e\"\nf: 'g\nh''i'\n";
    let parse = parse(text);
    assert_eq!((parse.trust, parse.errors.len()), (Trust::Exact, 0));
    let root = parse.tree.root().unwrap();
    let value = |key| root.get(key).and_then(Node::text);
    assert_eq!((value("a"), value("f")), (Some("b c\nd ---e"), Some("g h'i")));
}

#[test]
fn what_is_not_yaml_says_where() {
    for (text, line) in [
        ("a: 1\nb\nc: 2\n", 1),
        ("a: 1\n\tb: 2\n", 1),
        ("a: \"x\nb: 1\nc: 2\n", 0),
        ("a: [1, 2\nb: 1\n", 0),
        ("a: [1,\nb: 1\nc: [2]\n", 0),
        ("a:\n  b: 1\n c: 2\n", 2),
        ("a: b: c\n", 0),
        ("a: \0\n", 0),
        ("a: 1\n*x: b\n", 1),
        ("a:\n  *x : b\n", 1),
    ] {
        let parse = parse(text);
        assert_eq!(parse.trust, Trust::Recovered, "{text:?}");
        let first = parse.errors.first().unwrap_or_else(|| panic!("no error in {text:?}"));
        let at = text[..first.span.start].matches('\n').count();
        assert_eq!(at, line, "{text:?}: {:?}", parse.errors);
    }
}

#[test]
fn a_bracket_without_an_end_is_one_fault() {
    let text = "env:\n- name: a\n  args: [a, {b: c\n    d: e\n    f: g\n";
    let errors = parse(text).errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
    let errors = parse("a: {b: c: d}\n").errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[test]
fn of_many_equal_keys_the_last_one_counts() {
    let text = format!("{}c: 1\n", "a: 1\nb: 2\n".repeat(2_000));
    let parse = parse(&text);
    let fields = parse.tree.root().unwrap().fields();
    let starts: Vec<_> = fields.map(|it| it.key.span().start).collect();
    assert_eq!(starts, [text.len() - 15, text.len() - 10, text.len() - 5]);
}

#[test]
fn merge_keys_and_the_last_of_equal_keys_count() {
    let parse = parse("x: &x {a: 1, b: 1}\ny:\n  <<: *x\n  b: 2\n  c: 3\n  c: 4\n");
    let map = parse.tree.root().and_then(|root| root.get("y")).unwrap();
    let value = |key| map.get(key).and_then(Node::as_int);
    assert_eq!([value("a"), value("b"), value("c"), value("d")], [Some(1), Some(2), Some(4), None]);
    let fields: Vec<_> = map.fields().filter_map(|entry| entry.key.text()).collect();
    assert_eq!(fields, ["b", "c", "a"]);
}

#[test]
fn a_map_that_is_merged_again_and_again_counts_once() {
    let parse = parse("x: &x {a: 1, b: 1}\ny: &y {c: 1}\nz:\n  <<: [*x, *y, *x, *x]\n");
    let map = parse.tree.root().and_then(|root| root.get("z")).unwrap();
    let fields: Vec<_> = map.fields().filter_map(|entry| entry.key.text()).collect();
    assert_eq!(fields, ["a", "b", "c"]);
}

#[test]
fn merges_bring_in_what_is_merged_there() {
    let text = "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: &c {<<: *a, z: 3}\nd: &d\n  <<: [*b, *c]\n  e: {<<: *d}\n";
    let parse = parse(text);
    let map = parse.tree.root().and_then(|root| root.get("d")).unwrap();
    let fields = |map: Node<'_>| {
        map.fields().map(|it| it.key.text().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(fields(map), ["e", "y", "x", "z"]);
    let value = |key| map.get(key).and_then(Node::as_int);
    assert_eq!([value("x"), value("y"), value("z")], [1, 2, 3].map(Some));
    assert_eq!(fields(map.get("e").unwrap()), [""; 0], "an anchor that contains itself");
}

#[test]
fn templates_are_no_errors() {
    for (text, templated) in [
        ("a: {{ .Values.x }}\n", Templated::Values),
        ("{{- if .x }}\na: 1\n{{- end }}\n", Templated::Lines),
        ("a: \"{{ x }}\"\n", Templated::No),
        ("#@ if x:\na: 1\n", Templated::Lines),
        ("{% if x %}\na: 1\n{% endif %}\n", Templated::Lines),
    ] {
        let parse = parse(text);
        assert_eq!((parse.templated, parse.errors.len()), (templated, 0), "{text:?}");
    }
}

/// Texts made to be expensive, each within a second even in a debug build.
#[test]
fn brackets_are_read_as_deep_as_kubectl_reads_them() {
    for line in ["[\n", "[", "{a: ", "{\n"] {
        let (tree, faults) = super::parse_tolerant(&line.repeat(40_000));
        assert_eq!(faults.len(), 1, "{line:?}");
        assert!(tree.nodes().count() < 30_000, "{line:?}");
    }
}

#[test]
fn hostile_texts_are_cheap() {
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        let alias = format!("*a{}", n - 1);
        format!("{text}a{n}: &a{n} [{alias}, {alias}, {alias}]\n")
    });
    let deep = (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n % 500))).collect::<String>();
    for text in [
        "[".repeat(20_000),
        "{a: ".repeat(20_000),
        "- ".repeat(20_000),
        "? ".repeat(20_000),
        format!("a: {}", "x".repeat(1_000_000)),
        format!("a: \"{}", "\\".repeat(100_000)),
        "&a *a ".repeat(1000),
        "a: &a [*a]\n<<: *a\n".to_owned(),
        "&a {<<: *a, b: 1}\n".to_owned(),
        "---\n".repeat(2000),
        bomb,
        deep,
    ] {
        let started = Instant::now();
        let parse = parse(&text);
        walk(&parse);
        Cursor::at(&text, text.len());
        let took = started.elapsed();
        assert!(took < Duration::from_secs(4), "{took:?}: {:?}", &text[..text.len().min(40)]);
    }
}

/// Asks every node what readers ask; nothing may panic or run away.
fn walk(parse: &Parse) {
    for node in parse.tree.nodes() {
        let text = parse.tree.slice(node.span());
        assert!(
            parse.tree.text().len() >= node.span().end && text.len() <= parse.tree.text().len()
        );
        node.resolved();
        node.scalar();
        node.tag();
        node.get("b");
    }
    let some = parse.tree.nodes().step_by(1 + parse.tree.len() / 50);
    some.for_each(|node| {
        node.path();
        node.fields().take(100).count();
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text gives a tree whose nodes lie inside of their parents, one behind the other.
    #[test]
    fn any_text_is_a_tree(
        text in "(a|b|- |: |\n|\n  |\n    |\t|\"|'|\\[|\\]|\\{|\\}|,|#| # |&x |\\*x|!!str |\\||>|>-|\\?|---\n|\\.\\.\\.\n|ö|\u{1F600}|\r\n|\r|\\\\|<<|~|\\{\\{|\\}\\}|%){0,40}"
    ) {
        let parse = parse(&text);
        walk(&parse);
        prop_assert_eq!(parse.trust == Trust::Exact, parse.errors.is_empty() && parse.trust == Trust::Exact);
        for node in parse.tree.nodes() {
            let span = node.span();
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?} cuts a character", span);
            if let Some(parent) = node.parent() && parse.trust == Trust::Exact {
                prop_assert!(parent.span().contains(span), "{node:?} in {parent:?}");
            }
            if let Some(next) = node.next_sibling() && parse.trust == Trust::Exact {
                prop_assert!(span.end <= next.span().start, "{node:?} and {next:?}");
            }
        }
        Cursor::at(&text, text.len() / 2);
    }

    /// A plain scalar's source is its value.
    #[test]
    fn spans_are_exact(words in prop::collection::vec("[a-zö]{1,8}", 1..6), indent in 1usize..5) {
        let pad = " ".repeat(indent);
        let text: String = words.iter().enumerate().map(|(n, word)| format!("k{n}:\n{pad}v: {word} # c\n{pad}l:\n{pad}- {word}\n")).collect();
        let parse = parse(&text);
        prop_assert_eq!(parse.trust, Trust::Exact);
        let plain = parse.tree.nodes().filter(|node| node.kind() == Kind::Scalar(Style::Plain));
        for node in plain {
            prop_assert_eq!(Some(parse.tree.slice(node.content_span())), node.text());
        }
        prop_assert_eq!(parse.tree.comments().len(), words.len());
    }
}
