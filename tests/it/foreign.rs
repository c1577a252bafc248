//! Files of other programs, and manifests that other programs change first: no findings, and no offers.

use std::sync::Arc;

use podls::config::Settings;
use podls::ide::Document;

use crate::cli::{Folder, check_code, stdout};

fn document(text: &str) -> Document {
    Document::new(text, &Arc::new(Settings::default()))
}

#[test]
fn files_of_other_programs_are_left_alone() {
    for text in [
        "services:\n  web:\n    image: nginx\n    ports: ['80:80']\n    ports: ['81:81']\n",
        "version: '3'\nx-common: &common\n  restart: always\nservices:\n  web:\n    <<: *common\n  web: {}\n",
        "name: ci\non: push\njobs:\n  test:\n    runs-on: ubuntu\n    steps:\n    - run: echo\n\t- bad\n",
        "image:\n  tag: x\nimage:\n  tag: y\nresources: {}\n",
        "apiVersion: v2\nname: web\nversion: 1.0.0\nversion: 1.0.1\n",
        "{\"name\": \"x\", \"name\": \"y\", \"scripts\": {}}\n",
        "openapi: 3.0.0\ninfo: {title: x}\npaths: {}\npaths: {}\n",
        "profiles: [images]\nrules: {}\n",
        "stages: [build]\nbuild:\n  script: |\n    make\n  script: make\n",
        "- hosts: all\n  tasks: []\n",
    ] {
        let file = document(text);
        assert!(file.findings().is_empty(), "{text}{:?}", file.findings());
        let places = text.char_indices().filter(|(_, char)| *char == '\n').map(|(at, _)| at);
        for at in places {
            let items = file.completions(at);
            assert!(items.is_empty(), "{text} at {at}: {} items", items.len());
        }
    }
}

#[test]
fn encrypted_and_filled_in_values_are_no_faults() {
    let encrypted = "ENC[AES256_GCM,data:Mg==,iv:yy,tag:zz,type:str]";
    for (value, sops) in [
        (encrypted, format!("sops:\n  mac: {encrypted}\n  version: 3.8.1\n")),
        ("__NAME__", String::new()),
        ("'#{Name}'", String::new()),
        ("'#{Name}#'", String::new()),
    ] {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {value}\nspec:\n  replicas: {value}\n  \
             selector:\n    matchLabels:\n      app: {value}\n  template:\n    metadata:\n      labels:\n        \
             app: {value}\n    spec:\n      containers:\n      - name: {value}\n        image: {value}\n        \
             ports:\n        - containerPort: {value}\n{sops}---\napiVersion: v1\nkind: Secret\nmetadata:\n  \
             name: a\ndata:\n  password: {value}\n"
        );
        let findings = document(&text).findings();
        assert!(findings.is_empty(), "{text}{findings:?}");
    }
    let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nsops: {version: 3}\n";
    assert_eq!(document(manifest).findings().len(), 1, "nothing is encrypted there");
}

#[test]
fn a_new_file_offers_whole_manifests() {
    for text in ["", "\n", "k", "api", "# podls: kubernetes 1.35\n"] {
        assert!(!document(text).completions(text.len()).is_empty(), "{text:?}");
    }
}

#[test]
fn a_kustomization_adds_selectors() {
    let pod = "    spec:\n      containers:\n      - {name: web, image: 'nginx:1.27'}\n";
    let head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n";
    let none = format!("{head}  template:\n{pod}");
    let other = format!("{head}  selector: {{matchLabels: {{app: a}}}}\n  template:\n{pod}");
    let kustomization = "resources: [none.yaml, other.yaml]\ncommonLabels: {app: web}\n";
    let files = [
        ("none.yaml", none.as_bytes()),
        ("other.yaml", other.as_bytes()),
        ("kustomization.yaml", kustomization.as_bytes()),
    ];
    let folder = Folder::new("selectors", &files);
    check_code(&folder.podls(&["check", "."]), 0);
    let alone = Folder::new("no-selectors", &files[..2]);
    let output = alone.podls(&["check", "."]);
    check_code(&output, 1);
    let text = stdout(&output);
    assert!(text.contains("missing-selector") && text.contains("selector-mismatch"), "{text}");
}
