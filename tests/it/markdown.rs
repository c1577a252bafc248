//! What a manifest says stands in hovers and tooltips as code: it makes no link, no picture, no HTML.

use std::sync::Arc;

use podls::ide::Document;
use podls::text::Span;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// A word that podls itself never says.
const EVIL: &str = "evil";

/// A manifest in which the user's words stand wherever they are shown.
fn manifest(word: &str) -> String {
    let word = serde_json::to_string(word).unwrap();
    let file = "apiVersion: batch/v1
kind: CronJob
metadata:
  name: WORD
spec:
  schedule: '0 4 * * *'
  timeZone: WORD
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
          - name: WORD
            image: WORD
            resources: {requests: {memory: 1Gi, WORD: 2}}
            volumeMounts:
            - {name: WORD, mountPath: WORD}
          containers:
          - name: web
            image: WORD
            env:
            - {name: WORD, value: 'http://localhost:9000'}
            resources: {limits: {WORD: 1}}
            ports:
            - {name: WORD, containerPort: WORD}
            livenessProbe: {httpGet: {port: WORD}}
            volumeMounts:
            - {name: WORD, mountPath: WORD}
          - name: WORD
            image: nginx:1.27
            ports:
            - {name: http, containerPort: 9000}
            volumeMounts:
            - {name: WORD, mountPath: /a}
          volumes:
          - name: WORD
            secret: {secretName: WORD}
";
    file.replace("WORD", &word)
}

/// Everything that is shown as Markdown.
fn shown(document: &Document) -> Vec<String> {
    let text = document.text().to_string();
    let places = text.char_indices().map(|(at, _)| at).filter(|at| at % 3 == 0);
    let mut shown: Vec<_> =
        places.filter_map(|at| document.hover(at)).map(|it| it.markdown).collect();
    shown.extend(document.hints(Span::new(0, text.len())).into_iter().map(|it| it.tooltip));
    shown.sort();
    shown.dedup();
    shown
}

#[track_caller]
fn check(word: &str) -> usize {
    let document = Document::new(&manifest(word), &Arc::default());
    let mut codes = 0;
    for markdown in shown(&document) {
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
            let told = match &event {
                Event::Code(text) => {
                    codes += usize::from(text.contains(EVIL));
                    continue;
                }
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => text.to_string(),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    dest_url.to_string()
                }
                _ => continue,
            };
            assert!(!told.contains(EVIL), "{word:?}: {event:?} in {markdown}");
        }
    }
    codes
}

#[test]
fn words_of_the_user_are_code() {
    for word in [
        "evil`](http://evil)<img src=evil>",
        "`evil`",
        "evil\n# evil\n\n<b>evil</b>",
        "[evil](http://evil)",
        "evil|evil|![evil](evil)",
        "```\nevil",
        "\\`evil\\`",
        "evil``` evil ``",
        "<https://evil>",
        "*evil* _evil_ **evil**",
    ] {
        assert!(check(word) > 8, "{word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_they_are(word in r#"(evil|`|``|\n|\n\n|\]\(|\[|<|>|<img src=evil>|!|\||\\|#| |\*|é|\u{202e}|http://evil){1,8}"#) {
        // A plain word needs no sign around it.
        prop_assume!(!word.chars().all(|it| it.is_ascii_alphanumeric()));
        check(&word);
    }
}
