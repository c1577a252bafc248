//! What kind of file it is.

use crate::ide::Document;
use crate::pod::{Class, Manifest, is_foreign};
use crate::syntax::Templated;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Objects, and nothing that would be filled in.
    Manifests,
    /// A template: what it lacks may come when it is filled in.
    Template,
    /// Something else.
    NoManifest,
}

impl Document {
    /// What the file holds.
    pub fn content(&self) -> Content {
        let is_template = self.analyses().any(|it| it.parse.templated != Templated::No);
        let holds_manifest = || self.analyses().any(|it| !Manifest::all(&it.parse).is_empty());
        match self.settings().template || is_template {
            true => Content::Template,
            false if holds_manifest() => Content::Manifests,
            false => Content::NoManifest,
        }
    }

    /// Whether it holds one document, for another program than Kubernetes.
    pub(super) fn is_foreign(&self) -> bool {
        let mut documents = self.analyses();
        let only = documents.next().filter(|_| documents.next().is_none());
        only.is_some_and(|it| is_foreign(&it.parse))
    }

    /// The first object that newer versions of Kubernetes refuse, as the end of a sentence.
    pub fn gone(&self) -> Option<String> {
        let said = |it: Manifest<'_>| {
            let Class::Retired { retired, .. } = it.class else { return None };
            let instead = retired.replacement.map(|new| format!("; use `{new}`"));
            let (version, kind) = (it.api_version, it.kind);
            Some(format!("`{version}` {kind} was removed{}", instead.unwrap_or_default()))
        };
        self.analyses().flat_map(|it| Manifest::all(&it.parse)).find_map(said)
    }
}
