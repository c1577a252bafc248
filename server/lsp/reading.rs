//! What the files around a document tell: its `podls.yaml`, kustomizations, Namespaces. They are read by
//! whoever needs them first, which is never the event loop.

use std::mem;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::Value;
use tower_lsp::lsp_types::Url;

use crate::config::Settings;
use crate::folder::{Folders, Overrides, SettingsProblem};
use crate::lsp::uris;
use crate::rules;

/// The settings of a document, to be read or read.
#[derive(Debug)]
pub(super) struct Reading {
    document: Url,
    /// What the user set in the editor.
    editor: Value,
    settings: OnceLock<Arc<Settings>>,
    /// What could not be used and was not told yet.
    problems: Mutex<Vec<String>>,
}

impl Reading {
    /// Settings to be read.
    pub(super) fn new(document: Url, editor: Value) -> Self {
        let (settings, problems) = <(OnceLock<_>, Mutex<_>)>::default();
        Self { document, editor, settings, problems }
    }

    pub(super) fn settings(&self) -> &Arc<Settings> {
        self.settings.get_or_init(|| {
            let (settings, problems) = read(&self.document, &self.editor);
            *self.problems.lock().unwrap_or_else(PoisonError::into_inner) = problems;
            Arc::new(settings)
        })
    }

    /// Whether `settings` reads no file any more. Around what is no file there is none.
    pub(super) fn is_at_hand(&self) -> bool {
        self.settings.get().is_some() || uris::path(&self.document).is_none()
    }

    /// What is to be told to the user, once.
    pub(super) fn take_problems(&self) -> Vec<String> {
        mem::take(&mut *self.problems.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The settings for the document at `uri`, and what in its `podls.yaml` cannot be used.
fn read(uri: &Url, editor: &Value) -> (Settings, Vec<String>) {
    let mut settings = Settings::default();
    // What cannot be used in here is told once, when it arrives.
    let _ = settings.apply(editor, &rules::codes());
    let Some(path) = uris::path(uri) else { return (settings, Vec::new()) };
    let mut folders = Folders::new(settings, Overrides::default());
    let settings = Arc::unwrap_or_clone(folders.settings(&path));
    (settings, folders.problems().iter().map(SettingsProblem::to_string).collect())
}
