//! A template of a user is refused with a place, or it can be added.

use std::sync::Arc;

use podls::config::Settings;
use podls::ide::{Document, Templates, WorkspaceContext};
use podls::text::Span;

use super::input::{Choices, Input, LONGEST};
use super::words::{MARKS, keys, values};
use super::{applied, assert_inside, faults, texts};

const SEEDS: &[&str] = &[
    "title: A helper\npattern: sidecar\nimage: example.com/helper:1\nargs: [\"--listen=:${port}\"]\nports:\n- \
     {name: http, port: 80}\nrequests: {cpu: 10m, memory: 16Mi}\nstartupProbe:\n  httpGet:\n    path: /\n    port: \
     ${port}\n",
    include_str!("../../server/actions/patterns/fluent_bit.yaml"),
    include_str!("../../server/actions/patterns/envoy.yaml"),
    include_str!("../../server/actions/patterns/nginx_exporter.yaml"),
];

const POD: &str = include_str!("../../tests/manifests/valid/20-deploy-web.yaml");

pub(super) fn check(data: &[u8]) {
    let Input { text, mut choices } = Input::new(data);
    let text = match choices.byte() % 4 {
        0 => texts::text(text, &mut choices),
        _ => changed(choices.pick(SEEDS), &mut Choices::of(text)),
    };
    let settings = Arc::new(Settings { template: true, ..Settings::default() });
    let findings = Document::new(&text, &settings).findings();
    for finding in &findings {
        assert_inside(&text, finding.span, &finding.message);
    }
    let mut templates = Templates::default();
    let problems = templates.add("mine", &text);
    assert_eq!(problems.len(), findings.len(), "{text:?}");
    let pod = Document::new(POD, &Arc::default());
    let around = WorkspaceContext { templates: &templates, ..WorkspaceContext::default() };
    let (before, at) = (faults(POD), POD.find("containers:").unwrap());
    for choice in pod.choices(Span::at(at), around).iter().filter(|it| it.name == "mine") {
        let after = applied(POD, &choice.edits, "mine");
        assert!(faults(&after) <= before, "{text}\n{text:?}\n{after}");
        for (edit, stop) in &choice.tabstops {
            assert_inside(&choice.edits[*edit].insert, stop.span, "a place to fill in");
        }
    }
}

/// `text` with a few words in other places.
fn changed(text: &str, choices: &mut Choices<'_>) -> String {
    const PLACES: &[&str] =
        &["${port}", "${a:b}", "${a:${b:c}}", "${", "$$", "${app_image}", "${log:/x}"];
    let mut text = text.to_owned();
    while !choices.is_empty() && text.len() < LONGEST {
        let at = choices.place(&text);
        let end = text[at..].find(['\n', ',', '}']).map_or(text.len(), |it| at + it);
        match choices.below(6) {
            0 => text.insert_str(at, choices.pick(MARKS)),
            1 => text.insert_str(at, choices.pick(PLACES)),
            2 => text.replace_range(at..end, choices.pick(values())),
            3 => text.replace_range(at..end, choices.pick(keys())),
            4 => text.replace_range(at..end, ""),
            _ => text
                .insert_str(at, &format!("\n{}: {}", choices.pick(keys()), choices.pick(values()))),
        }
    }
    text
}
