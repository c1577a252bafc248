//! What the files around a document tell: its `podls.yaml`, kustomizations, Namespaces. They are read by
//! whoever needs them first, which is never the event loop.

use std::mem;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::Value;
use tower_lsp::lsp_types::Url;

use crate::config::Settings;
use crate::lsp::{settings, uris};

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
            let (settings, problems) = settings::of(&self.document, &self.editor);
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
