//! What the files beside a document make, which completion offers: those that no editor has open.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tower_lsp::lsp_types::Url;

use crate::folder::manifests_around;
use crate::ide::{Document, Known};
use crate::lsp::snapshot::Pinned;
use crate::lsp::uris;

/// How long what was read is taken to be what the files say.
const FRESH: Duration = Duration::from_secs(10);

/// The files around a document with what each makes, and when they were read.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    files: Arc<Vec<(PathBuf, Known)>>,
    read: Instant,
}

impl Beside {
    fn new(path: &Path) -> Self {
        let files = manifests_around(path).into_iter();
        let files = files.map(|(path, text)| (path, Document::new(&text, &Arc::default()).known()));
        Self { files: Arc::new(files.collect()), read: Instant::now() }
    }

    /// What the files make that are not among those `open` in the editor.
    fn without(&self, open: &[PathBuf]) -> Known {
        let mut known = Known::default();
        let closed = self.files.iter().filter(|(path, _)| !open.contains(path));
        closed.for_each(|(_, it)| known.add(it.clone()));
        known
    }
}

/// What was read of the files around documents, by the path of the document.
#[derive(Default)]
pub(super) struct BesideCache(Mutex<HashMap<PathBuf, Beside>>);

impl BesideCache {
    /// What was read not long ago of the files around the document at `uri`. Around what is no file
    /// there are none.
    pub(super) fn get(&self, uri: &Url) -> Option<Beside> {
        let Some(path) = uris::path(uri) else {
            return Some(Beside { files: Arc::default(), read: Instant::now() });
        };
        self.lock().get(&path).filter(|it| it.read.elapsed() < FRESH).cloned()
    }

    /// What the files around the document at `uri` make, apart from those that are open: it and `others`.
    /// They are read, unless they are `known`.
    pub(super) fn made(&self, uri: &Url, others: &[Pinned], known: Option<&Beside>) -> Known {
        let read = || {
            let path = uris::path(uri)?;
            let beside = Beside::new(&path);
            let mut all = self.lock();
            all.retain(|_, it| it.read.elapsed() < FRESH);
            all.insert(path, beside.clone());
            Some(beside)
        };
        let open = others.iter().map(|it| &it.uri).chain([uri]);
        let open: Vec<PathBuf> = open.filter_map(uris::path).collect();
        let beside = known.cloned().or_else(read);
        beside.map(|it| it.without(&open)).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PathBuf, Beside>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
