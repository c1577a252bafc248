//! Edits on small texts, and what must hold for all of them.

use super::{New, Place, insert, insert_item, push, remove, replace};
use crate::syntax::{Node, parse};
use crate::text::{Edit, apply};

/// The node at a path such as `spec.containers[0]`, applied to by `edit`.
#[track_caller]
fn edited(text: &str, path: &str, edit: impl Fn(Node<'_>) -> Option<Edit>) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let parse = parse(text);
    let node = parse.tree.nodes().find(|node| !node.is_key() && node.path() == path);
    let node = node.unwrap_or_else(|| panic!("no node at {path}"));
    let Some(edit) = edit(node) else { return "no edit".to_owned() };
    let after = apply(text, &[edit]);
    assert_eq!(super::super::parse(&after).errors, [], "{after}");
    after
}

fn container() -> New {
    New::map([
        ("name", New::text("log")),
        ("args", New::Seq(vec![New::text("-v"), New::text("8")])),
    ])
}

#[track_caller]
fn check(actual: String, expected: &str) {
    let expected = expected.strip_prefix('\n').unwrap_or(expected);
    assert!(actual == expected, "got\n{actual}\nexpected\n{expected}");
}

#[test]
fn items_keep_the_style_of_their_list() {
    let add = |text| edited(text, "c", |node| push(node, &container()));
    check(add("c:\n- name: a\n"), "c:\n- name: a\n- name: log\n  args:\n  - -v\n  - \"8\"\n");
    check(
        add("c:\n    - name: a"),
        "c:\n    - name: a\n    - name: log\n      args:\n          - -v\n          - \"8\"",
    );
    check(
        add("c:\r\n- name: a\r\nd: 1\r\n"),
        "c:\r\n- name: a\r\n- name: log\r\n  args:\r\n  - -v\r\n  - \"8\"\r\nd: 1\r\n",
    );
    check(add("c: [{name: a}]\n"), "c: [{name: a}, {name: log, args: [-v, \"8\"]}]\n");
    check(add("c: [] # none\n"), "c: # none\n- name: log\n  args:\n  - -v\n  - \"8\"\n");
    check(add("c:\nd: 1\n"), "c:\n- name: log\n  args:\n  - -v\n  - \"8\"\nd: 1\n");
    check(
        add("c:\n- name: a\n  # about a\n# about d\nd: 1\n"),
        "c:\n- name: a\n  # about a\n- name: log\n  args:\n  - -v\n  - \"8\"\n# about d\nd: 1\n",
    );
}

#[test]
fn what_is_added_goes_below_a_line_that_waits() {
    let add = |text| edited(text, "c[0]", |node| insert(node, "e", &New::text("x"), Place::Last));
    check(add("c:\n- a: 1\n  b:\n    \n- d: 1\n"), "c:\n- a: 1\n  b:\n    \n  e: x\n- d: 1\n");
    check(add("c:\n- a: 1\n  b:\n    "), "c:\n- a: 1\n  b:\n    \n  e: x");
    check(add("c:\n- a: 1\n\n- d: 1\n"), "c:\n- a: 1\n  e: x\n\n- d: 1\n");
}

#[test]
fn kyaml_keeps_its_lines_and_commas() {
    let text = "{\n  c: [\n    {\n      name: \"a\",\n    },\n  ],\n}\n";
    let after = edited(text, "c", |node| push(node, &New::map([("name", New::text("b"))])));
    check(
        after,
        "{\n  c: [\n    {\n      name: \"a\",\n    },\n    {\n      name: \"b\",\n    },\n  ],\n}\n",
    );
    let after = edited(text, "c[0]", |node| insert(node, "image", &New::text("x"), Place::Last));
    check(after, "{\n  c: [\n    {\n      name: \"a\",\n      image: \"x\",\n    },\n  ],\n}\n");
}

#[test]
fn entries_go_where_they_are_told() {
    let text = "
a:
  one: 1
  two:
    x: |
      text
  # end
b: 2
";
    let add = |place| edited(text, "a", |node| insert(node, "new", &New::text("y: z"), place));
    check(
        add(Place::First),
        "a:\n  new: \"y: z\"\n  one: 1\n  two:\n    x: |\n      text\n  # end\nb: 2\n",
    );
    check(
        add(Place::After("one")),
        "a:\n  one: 1\n  new: \"y: z\"\n  two:\n    x: |\n      text\n  # end\nb: 2\n",
    );
    check(
        add(Place::Last),
        "a:\n  one: 1\n  two:\n    x: |\n      text\n  new: \"y: z\"\n  # end\nb: 2\n",
    );
}

#[test]
fn items_go_in_front_of_others() {
    let text = "c:\n  - name: a\n    x: 1\n  - name: b\n";
    let after =
        edited(text, "c", |node| insert_item(node, 1, &New::map([("name", New::text("new"))])));
    check(after, "c:\n  - name: a\n    x: 1\n  - name: new\n  - name: b\n");
    let after = edited(text, "c[0]", |node| insert(node, "k", &New::text("v"), Place::First));
    check(after, "c:\n  - k: v\n    name: a\n    x: 1\n  - name: b\n");
}

#[test]
fn removal_takes_whole_lines() {
    let text = "
c:
- name: a # first
  image: x
  probe:
    path: /
- name: b
d: {a: 1, b: 2}
e:
  only: 1
";
    let gone = |path| edited(text, path, remove);
    check(gone("c[0].name"), &text.replace("name: a # first\n  image", "image"));
    check(gone("c[0].probe"), &text.replace("  probe:\n    path: /\n", ""));
    check(
        gone("c[0]"),
        &text.replace("- name: a # first\n  image: x\n  probe:\n    path: /\n", ""),
    );
    check(gone("c[1]"), &text.replace("- name: b\n", ""));
    check(gone("d.a"), &text.replace("a: 1, ", ""));
    check(gone("d.b"), &text.replace(", b: 2", ""));
    check(gone("e.only"), &text.replace("e:\n  only: 1", "e: {}"));
}

#[test]
fn values_are_replaced_in_place() {
    let put = |text, value: &New| edited(text, "a", |node| replace(node, value));
    check(put("a: 1 # c\n", &New::text("yes")), "a: \"yes\" # c\n");
    check(put("a:\n", &New::text("x")), "a: x\n");
    check(put("a: old # c\nb: 1\n", &New::map([("k", New::text("v"))])), "a: # c\n  k: v\nb: 1\n");
    check(put("a:\n  old: 1\nb: 1\n", &New::map([("k", New::text("v"))])), "a:\n  k: v\nb: 1\n");
    check(
        put("a: {}\n", &New::map([("k", New::text("l1\nl2\n"))])),
        "a:\n  k: |\n    l1\n    l2\n",
    );
}

#[test]
fn comments_above_the_last_entry_stay() {
    let gone = |text, path| edited(text, path, remove);
    check(gone("v:\n  # keep\n  - n: a\nb: 1\n", "v[0]"), "v: []\n  # keep\nb: 1\n");
    check(gone("a: # tail\n  k: 1\n", "a.k"), "a: {} # tail\n");
    check(gone("a: &x\n  # why\n  k: 1\n", "a.k"), "a: &x {}\n  # why\n");
    check(gone("a: &x\n  k: 1\n", "a.k"), "a: &x {}\n");
}

#[test]
fn a_blank_separates_a_value_from_an_anchor() {
    let put = |text| edited(text, "a", |node| replace(node, &New::scalar("{}")));
    check(put("a: &x\n"), "a: &x {}\n");
    check(put("a: null\n"), "a: {}\n");
    check(put("a:\n"), "a: {}\n");
}
