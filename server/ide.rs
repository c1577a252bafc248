//! The facade: everything an editor or the command line can ask, in plain types with public
//! fields; no LSP types, no files, no async.

use std::sync::Arc;

use crate::actions::Offer;
use crate::complete::Item;
use crate::config::Settings;
use crate::features::{Fold, Hover, Symbol};
use crate::rules::Finding;
use crate::text::{Edit, Span, Text};

/// An immutable, cheap-to-clone snapshot of one file: a stream of YAML documents.
#[derive(Clone, Debug)]
pub struct Document {
    text: Text,
    settings: Arc<Settings>,
}

impl Document {
    pub fn new(text: &str, settings: &Arc<Settings>) -> Self {
        Self { text: Text::new(text), settings: Arc::clone(settings) }
    }

    /// The document after `edit`; what the edit does not touch is shared, not computed again.
    #[must_use]
    pub fn edited(&self, edit: &Edit) -> Self {
        Self { text: self.text.edited(edit), settings: Arc::clone(&self.settings) }
    }

    /// The same text under other settings.
    #[must_use]
    pub fn with_settings(&self, settings: &Arc<Settings>) -> Self {
        Self { text: self.text.clone(), settings: Arc::clone(settings) }
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What is wrong, sorted by place. Computed once per YAML document and kept.
    pub fn findings(&self) -> Vec<Finding> {
        Vec::new()
    }

    /// What fits at `offset`. The documentation of an item comes from `complete::resolve`.
    pub fn completions(&self, offset: usize) -> Vec<Item> {
        let _ = offset;
        Vec::new()
    }

    pub fn hover(&self, offset: usize) -> Option<Hover> {
        let _ = offset;
        None
    }

    /// Fixes of the findings that touch `selection`, and what else can be done there.
    pub fn actions(&self, selection: Span) -> Vec<Offer> {
        let _ = selection;
        Vec::new()
    }

    pub fn symbols(&self) -> Vec<Symbol> {
        Vec::new()
    }

    pub fn folds(&self) -> Vec<Fold> {
        Vec::new()
    }
}
