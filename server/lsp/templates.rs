//! Where templates of the user come from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::folder::templates_near;
use crate::ide::{FileProblem, Templates};

/// The containers that can be added, by the folder of a manifest.
#[derive(Default)]
pub(super) struct TemplateCache(Mutex<HashMap<PathBuf, Arc<Templates>>>);

impl TemplateCache {
    /// The templates for the file at `path`, if they were read before.
    pub(super) fn get(&self, path: &Path) -> Option<Arc<Templates>> {
        self.lock().get(folder(path)).cloned()
    }

    /// Reads them, up to the nearest of the `roots` that the user works in, and tells what is wrong with them.
    pub(super) fn read(
        &self,
        path: &Path,
        roots: &[PathBuf],
    ) -> (Arc<Templates>, Vec<FileProblem>) {
        let is_root =
            |folder: &Path| roots.iter().any(|root| root == folder) || folder.join(".git").exists();
        let (templates, problems) = templates_near(path, is_root);
        let templates = Arc::new(templates);
        self.lock().insert(folder(path).to_owned(), Arc::clone(&templates));
        (templates, problems)
    }

    /// Templates may have changed: they are read again when they are asked for.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PathBuf, Arc<Templates>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}
