//! What is found in small files.

use super::in_file;
use crate::fault::Fault;
use crate::plant;

const RULE: &str = "server/rules/a.rs";

fn found(name: &str, text: &str) -> Vec<String> {
    in_file(name, text).iter().map(|it| format!("{} in `{}`", it.what, it.item)).collect()
}

fn planted(text: &str, what: &str) -> String {
    let faults = in_file(RULE, text);
    let fault: &Fault = faults.iter().find(|it| it.what == what).unwrap();
    plant::switched(text, &[(7, fault)]).0
}

#[test]
fn expressions_are_switched() {
    assert_eq!(
        planted("fn a() { b(x < 3); }", "`<` to `<=` in `x < 3`"),
        "fn a() { b((if crate::mutant::on(7) { (x) <= (3) } else { x < 3 })); }"
    );
    assert_eq!(
        planted("fn a() { if b {} }", "condition `b` to `false`"),
        "fn a() { if (!crate::mutant::on(7) && (b)) {} }"
    );
}

#[test]
fn functions_return_at_once() {
    assert_eq!(
        planted("fn a() -> Option<B> { b() }", "body to `None`"),
        "fn a() -> Option<B> { if crate::mutant::on(7) { return None; } b() }"
    );
    assert_eq!(found(RULE, "fn a() -> bool { true }"), ["body to `false` in `a`"]);
    assert_eq!(found(RULE, "const fn a() -> bool { b() }"), [""; 0]);
}

#[test]
fn arms_are_left_out_if_another_takes_their_values() {
    assert_eq!(
        planted("fn a() { match b { C => d(), _ => {} } }", "no arm `C`"),
        "fn a() { match b { C if !crate::mutant::on(7) => d(), _ => {} } }"
    );
    let text = "fn a() -> B { match b { C => d(), E => {} } }";
    assert_eq!(found(RULE, text), [""; 0]);
}

#[test]
fn a_let_in_a_chain_stays() {
    let text = "fn a() -> B { if b && let Some(c) = d && !e {} }";
    let conditions = ["condition `b` to `true`", "condition `b` to `false`"];
    let rest = ["condition `!e` to `true`", "condition `!e` to `false`", "no `!` in `!e`"];
    let expected = conditions.iter().chain(&rest).map(|it| format!("{it} in `a`"));
    assert_eq!(found(RULE, text), expected.collect::<Vec<_>>());
}

#[test]
fn tables_lose_rows_and_change() {
    let text = "const A: &[(B, u8)] = &[(ty(\"c\"), 1), (ty(\"d\"), 2)];";
    let expected = [
        "no row `(ty(\"c\"), 1)` in `A`",
        "no row `(ty(\"d\"), 2)` in `A`",
        "`1` to `2` in `A`",
        "`2` to `3` in `A`",
    ];
    assert_eq!(found(RULE, text), expected);
}

#[test]
fn tests_have_no_faults() {
    assert_eq!(found(RULE, "#[cfg(test)]\nmod tests { fn a() { b(1 < 2); } }"), [""; 0]);
    assert_eq!(found("server/rules/tests/a.rs", "fn a() { b(1 < 2); }"), [""; 0]);
    assert_eq!(found("server/lsp/a.rs", "fn a() { b(1 < 2); }"), [""; 0]);
}

#[test]
fn data_loses_lines_and_changes() {
    let text = "# about\na: '1.27'\n";
    let expected = ["no line in `a`", "`27` to `28` in `a`"];
    assert_eq!(found("server/schema/data/since.yaml", text), expected);
}
