//! The menu of the light bulb: short, without doubles, and with what cures the findings of the line.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use podls::actions::{Assist, AssistKind, WorkspaceContext};
use podls::check::Finding;
use podls::config::Settings;
use podls::ide::Document;
use podls::rules;
use podls::text::{Span, apply};
use serde_json::{Value, json};

use crate::client::{Editor, capabilities};
use crate::corpus::is_thorough;

fn document(text: &str) -> Document {
    Document::new(text, &Arc::new(Settings::default()))
}

/// The menu at `place`, by an editor that can open lists or not.
fn menu(document: &Document, place: usize, opens_lists: bool) -> Vec<Assist> {
    let workspace = WorkspaceContext { opens_lists, ..WorkspaceContext::default() };
    document.actions_around(Span::at(place), workspace)
}

fn titles(menu: &[Assist]) -> Vec<&str> {
    menu.iter().map(|it| it.title.as_str()).collect()
}

/// Our own manifests and those of the truth set.
fn manifests() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = [root.join("manifests/valid"), root.join("truth/base")];
    let mut files: Vec<_> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()))
        .collect();
    files.sort();
    files.into_iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn menus_at_containers_are_short_and_say_nothing_twice() {
    let step = if is_thorough() { 1 } else { 9 };
    let (mut menus, mut entries) = (0, 0);
    for text in manifests().into_iter().step_by(step) {
        let document = document(&text);
        for (place, _) in text.match_indices("image: ").take(8) {
            for opens_lists in [false, true] {
                let menu = menu(&document, place, opens_lists);
                let beside = menu.iter().filter(|it| it.kind != AssistKind::QuickFix).count();
                let titles = titles(&menu);
                let different: BTreeSet<_> = titles.iter().collect();
                assert!(beside <= 6 && different.len() == titles.len(), "{titles:?}\n{text}");
                menus += 1;
                entries += beside;
            }
        }
    }
    assert!(menus > 20 && entries > 2 * menus, "{entries} entries in {menus} menus");
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  \
                   - name: app\n    image: example.com/web:1\n";

#[test]
fn what_fits_is_first_and_the_rest_is_in_lists() {
    let of = |image: &str, variable: &str, opens_lists: bool| {
        let text = format!("{}{variable}", POD.replace("example.com/web:1", image));
        let place = text.find("image: ").unwrap();
        let menu = menu(&document(&text), place, opens_lists);
        menu.into_iter().map(|it| it.title).collect::<Vec<_>>()
    };
    let database = "    env:\n    - {name: DATABASE_URL, value: 'postgres://u@db.example.com/a'}\n";
    assert_eq!(of("redis:8", "", false)[0], "Add adapter: Redis metrics exporter");
    assert_eq!(of("a/web:1", database, false)[0], "Add ambassador: PgBouncer connection pool");
    let lists = of("a/web:1", database, true);
    assert_eq!(lists[0], "Add ambassador: PgBouncer connection pool");
    assert!(lists[1..].iter().all(|title| title.ends_with('…')), "{lists:?}");
    assert_eq!(lists.len(), 6, "{lists:?}");
}

#[test]
fn what_makes_no_sense_is_not_offered() {
    let job = "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n  schedule: '@daily'\n  \
               jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          \
               containers:\n          - name: app\n            image: example.com/web:1\n            \
               ports: [{containerPort: 80}]\n";
    let agent = format!("{POD}    args: [--log=/var/log/web/a.log]\n");
    let agents = format!("{agent}  - name: ship\n    image: grafana/promtail:3.6.0\n");
    let proxied =
        format!("{POD}  - name: login\n    image: quay.io/oauth2-proxy/oauth2-proxy:v7\n");
    for opens_lists in [false, true] {
        let at = |text: &str| {
            let place = text.find("image: ").unwrap();
            let menu = menu(&document(text), place, opens_lists);
            menu.into_iter().map(|it| it.title).collect::<Vec<_>>().join("\n")
        };
        assert!(!at(job).contains("Add proxy") && !at(job).contains("Add adapter"), "{}", at(job));
        assert!(at(&agent).contains("log agent"));
        assert!(!at(&agents).contains("log agent"), "{}", at(&agents));
        assert!(at(POD).contains("Add proxy"));
        assert!(!at(&proxied).contains("Add proxy"), "{}", at(&proxied));
    }
}

/// What an editor with such commands gets, and others.
#[test]
fn lists_are_commands_of_the_editor() {
    let uri = "file:///manifests/menu.yaml";
    let place = json!({"line": 7, "character": 6});
    let params = json!({
        "textDocument": {"uri": uri}, "range": {"start": place, "end": place},
        "context": {"diagnostics": []}
    });
    let mut able = capabilities();
    able["experimental"] = json!({"commands": {"commands": ["podls.addContainer"]}});
    let asked = |capabilities: Value| {
        let mut editor = Editor::with(capabilities);
        editor.open(uri, POD);
        editor.request("textDocument/codeAction", params.clone())["result"].clone()
    };
    let able = asked(able);
    let list = able.as_array().unwrap().iter().find(|it| it["title"] == "Add sidecar…").unwrap();
    assert_eq!(list["command"], json!({"title": "Add sidecar…", "command": "podls.addSidecar"}));
    assert!(list.get("edit").is_none());
    let plain = asked(capabilities());
    assert!(plain.as_array().unwrap().iter().all(|it| it["edit"].is_object()));
}

/// The fixes of findings elsewhere in the line, and of those that the editor asks about.
#[test]
fn fixes_come_for_the_line_and_for_what_is_asked() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  restartPolicy: always\n  \
                containers:\n  - {imagePullPolicy: never, name: app, imag: b}\n";
    let uri = "file:///manifests/line.yaml";
    let mut editor = Editor::modern();
    editor.open(uri, text);
    let found = editor.diagnostics(uri, 1);
    let mut at = |line: u32, character: u32, diagnostics: &[&Value]| {
        let place = json!({"line": line, "character": character});
        let params = json!({
            "textDocument": {"uri": uri}, "range": {"start": place, "end": place},
            "context": {"diagnostics": diagnostics, "only": ["quickfix"]}
        });
        let reply = editor.request("textDocument/codeAction", params);
        let actions = reply["result"].as_array().unwrap().iter();
        actions.map(|it| it["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let policy = found.iter().find(|it| it["range"]["start"]["line"] == 4).unwrap();
    let here = at(6, 40, &[]);
    for title in ["Change to `Never`", "Change to `image`"] {
        assert!(here.iter().any(|it| it == title), "{here:?}");
    }
    assert!(!here.iter().any(|it| it == "Change to `Always`"), "{here:?}");
    let asked = at(6, 40, &[policy]);
    assert!(asked.iter().any(|it| it == "Change to `Always`"), "{asked:?}");
}

/// An offer to allow a finding removes it, and nothing but findings of its rule.
#[test]
fn findings_can_be_allowed_where_they_are() {
    let (mut offered, mut all) = (0, 0);
    for rule in rules::ALL {
        let Some(text) = bad_example(rule.code) else { continue };
        let document = only(rule.code, &text);
        let findings = document.findings();
        let Some(finding) = findings.iter().find(|it| it.code == rule.code) else { continue };
        all += 1;
        let wanted = format!("Allow `{}` here", rule.code);
        let menu = menu(&document, finding.span.start, false);
        let Some(offer) = menu.iter().find(|it| it.title.starts_with(&wanted)) else { continue };
        offered += 1;
        let after = apply(&text, &offer.edits);
        let kept: Vec<_> = lines_without_comments(&after);
        assert_eq!(kept, lines_without_comments(&text), "{after}");
        let left = only(rule.code, &after).findings();
        let others = |all: &[Finding]| -> Vec<(&'static str, String)> {
            let others = all.iter().filter(|it| it.code != rule.code);
            others.map(|it| (it.code, it.message.clone())).collect()
        };
        assert!(left.iter().filter(|it| it.code == rule.code).count() < findings.len());
        assert_eq!(others(&left), others(&findings), "{after}");
    }
    assert!(all > 200 && offered * 100 >= all * 90, "{offered} of {all}");
}

fn only(code: &str, text: &str) -> Document {
    let mut settings = Settings::default();
    settings.rules.insert(code.to_owned(), podls::config::Level::Warning);
    Document::new(text, &Arc::new(settings))
}

fn lines_without_comments(text: &str) -> Vec<&str> {
    let code = text.lines().map(|line| line.split("# podls: allow").next().unwrap().trim_end());
    code.filter(|line| !line.is_empty()).collect()
}

/// The first bad example in the manual of a rule.
fn bad_example(code: &str) -> Option<String> {
    let page = rules::MANUAL.split("\n## ").find(|page| page.lines().next() == Some(code))?;
    let (_, rest) = page.split_once("```yaml bad\n")?;
    Some(rest.split_once("```")?.0.to_owned())
}

/// Each rule whose findings a conversion cures offers it as their fix.
#[test]
fn conversions_are_offered_as_cures() {
    for code in [
        "container-restart-policy",
        "endless-helper-in-job",
        "init-calls-app",
        "main-container-not-first",
        "sidecar-after-user",
        "uncalled-ambassador",
    ] {
        // A pod needs an app that is not called.
        let other = "  - name: other\n    image: example.com/other:1\n";
        let text = bad_example(code).unwrap();
        let alone = ["container-restart-policy", "init-calls-app"].contains(&code);
        let text = if alone { text + other } else { text };
        let document = only(code, &text);
        let findings = document.findings();
        let finding = findings.iter().find(|it| it.code == code).unwrap();
        let menu = menu(&document, finding.span.start, false);
        let converts =
            |title: &str| ["Convert", "Move", "Route"].iter().any(|word| title.starts_with(word));
        let is_cure = |it: &&Assist| it.kind == AssistKind::QuickFix && converts(&it.title);
        let cure =
            menu.iter().find(is_cure).unwrap_or_else(|| panic!("{code}: {:?}", titles(&menu)));
        let after = only(code, &apply(&text, &cure.edits)).findings();
        assert!(after.iter().all(|it| it.code != code), "{code}: {}", cure.title);
        assert!(after.len() < findings.len(), "{code}: {after:?}");
    }
}
