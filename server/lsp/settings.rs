//! Settings: those of the editor, and over them those of the nearest `podls.yaml`.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::lsp_types::*;

use crate::config::{FILE_NAME, KEYS, Settings};
use crate::ide::FOLDER;
use crate::lsp::reading::Reading;
use crate::lsp::session::Session;
use crate::lsp::uris;
use crate::rules;

const SECTION: &str = "podls";

/// What the editor's extension keeps in our section for itself.
const EXTENSION_KEYS: [&str; 2] = ["server", "trace"];

/// Our part of what an editor sends: it is called `podls`, or it is all there is. `None` when nothing
/// in it is ours.
pub(super) fn section(mut sent: Value) -> Option<Value> {
    let map = sent.as_object_mut()?;
    let mut ours = match map.remove(SECTION) {
        Some(ours) => ours,
        None if KEYS.iter().any(|key| map.contains_key(*key)) => sent,
        None => return None,
    };
    if let Some(map) = ours.as_object_mut() {
        map.retain(|key, value| !EXTENSION_KEYS.contains(&key.as_str()) && !value.is_null());
    }
    Some(ours)
}

/// Whether a change of this file can change settings.
pub(super) fn is_settings_file(uri: &Url) -> bool {
    uris::file_name(uri) == FILE_NAME
}

impl Session {
    /// Asks the editor to say when settings change, as far as it can.
    pub(super) async fn register(self: Arc<Self>) {
        let editor = Arc::clone(&self.state().editor);
        let registration = |method: &str, options| Registration {
            id: method.to_owned(),
            method: method.to_owned(),
            register_options: options,
        };
        let mut wanted = Vec::new();
        if editor.registers_configuration {
            let options = serde_json::json!({"section": SECTION});
            wanted.push(registration("workspace/didChangeConfiguration", Some(options)));
        }
        if editor.registers_watchers {
            let options = serde_json::json!({"watchers": [
                {"globPattern": format!("**/{FILE_NAME}")},
                {"globPattern": format!("**/{FOLDER}/*.{{yaml,yml}}")},
            ]});
            wanted.push(registration("workspace/didChangeWatchedFiles", Some(options)));
        }
        if !wanted.is_empty()
            && let Err(error) = self.client.register_capability(wanted).await
        {
            tracing::warn!("the editor registers nothing: {error}");
        }
    }

    /// Asks the editor for the user's settings and takes them over.
    pub(super) async fn pull_settings(self: Arc<Self>) {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        let Ok(answer) = self.client.configuration(vec![item]).await else { return };
        let sent = answer.into_iter().next().unwrap_or_default();
        // An editor without settings of ours may have given some at the start.
        let settings = match sent.is_null() {
            true => self.state().settings.clone(),
            false => section(serde_json::json!({ SECTION: sent })).unwrap_or_default(),
        };
        self.take_settings(settings).await;
    }

    /// Takes over the user's settings and tells what in them cannot be used.
    pub(super) async fn take_settings(self: &Arc<Self>, editor: Value) {
        let problems = Settings::default().apply(&editor, &rules::codes());
        self.state().settings = editor;
        self.reload_settings();
        for problem in problems {
            self.tell(format!("podls settings: {problem}")).await;
        }
    }

    /// Looks again for what the settings of each open document are, and applies them once they are read.
    pub(super) fn reload_settings(self: &Arc<Self>) {
        if !self.state().has_open() {
            return;
        }
        let session = Arc::clone(self);
        tokio::spawn(async move {
            let _one_by_one = session.reloading.lock().await;
            let (documents, editor) = {
                let state = session.state();
                (state.settings_in_use(), state.settings.clone())
            };
            let read = move || changed(documents, &editor);
            let Ok((changed, problems)) = session.pool.run(false, read).await else { return };
            session.apply(changed);
            session.tell_all(problems).await;
        });
    }

    fn apply(&self, changed: Vec<(Url, Reading)>) {
        if changed.is_empty() {
            return;
        }
        let refreshes = {
            let mut state = self.state();
            for (uri, reading) in changed {
                state.set_settings(&uri, reading);
            }
            state.editor.refreshes_diagnostics
        };
        self.due.notify_one();
        if refreshes {
            let client = self.client.clone();
            // Nobody may wait for the editor here.
            tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
        }
    }
}

/// Reads the settings of `documents` again. Gives those that are others now, and what is wrong with any.
fn changed(
    documents: Vec<(Url, Arc<Reading>)>,
    editor: &Value,
) -> (Vec<(Url, Reading)>, Vec<String>) {
    let (mut changed, mut problems) = (Vec::new(), Vec::new());
    for (uri, known) in documents {
        let reading = Reading::new(uri.clone(), editor.clone());
        let is_changed = known.settings() != reading.settings();
        problems.extend(reading.take_problems());
        if is_changed {
            changed.push((uri, reading));
        }
    }
    (changed, problems)
}
