//! A file or standard input: how it is read and written.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::replace::replace;
use crate::cli::shown::shown;
use crate::folder::{Encoding, decode, encode, open_at_once};

/// How large a file may be in bytes.
const LARGEST: u64 = 64 << 20;

/// A file to check; without a path it is standard input.
pub(super) struct Input {
    /// Its name for programs, and its name for people.
    pub(super) name: String,
    pub(super) shown: String,
    pub(super) path: Option<PathBuf>,
    /// The folder on the command line, if the file was found in one.
    within: Option<PathBuf>,
}

/// The text of a file, and its encoding.
pub(super) struct Source {
    pub(super) text: String,
    pub(super) encoding: Encoding,
}

impl Input {
    pub(super) fn stdin() -> Self {
        let name = "<stdin>".to_owned();
        Self { shown: name.clone(), name, path: None, within: None }
    }

    /// A file that the user named.
    pub(super) fn named(path: PathBuf) -> Self {
        let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
        let name = path.display().to_string();
        Self { shown: shown(&name).into_owned(), name, path: Some(path), within: None }
    }

    /// A file in a folder that the user named.
    pub(super) fn found(path: PathBuf, within: &Path) -> Self {
        Self { within: Some(within.to_owned()), ..Self::named(path) }
    }

    /// Its text, or a message about why it cannot be read.
    pub(super) fn read(&self) -> Result<Source, String> {
        let bytes = self.bytes().map_err(|error| format!("{}: {error}", self.shown))?;
        let decoded = decode(bytes).map_err(|error| format!("{}: {error}", self.shown))?;
        Ok(Source { text: decoded.0, encoding: decoded.1 })
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        match (&self.path, &self.within) {
            (None, _) => limited(io::stdin().lock()),
            // A file that the user names can be of any type: `<(helm template .)` is a pipe.
            (Some(path), None) => file(File::open(path)?),
            (Some(path), Some(_)) => file(open_at_once(&fs::canonicalize(path)?)?),
        }
    }

    /// Whether it is standard input, which cannot be written back.
    pub(super) fn is_stdin(&self) -> bool {
        self.path.is_none()
    }

    /// Replaces what was read with `text`, or returns a message about why it cannot.
    pub(super) fn write(&self, before: &Source, text: &str) -> Result<(), String> {
        let Some(path) = &self.path else { return Ok(()) };
        let within = self.within.as_deref();
        let (before, after) =
            (encode(&before.text, before.encoding), encode(text, before.encoding));
        replace(path, within, &before, &after)
            .map_err(|error| format!("{}: not changed: {error}", self.shown))
    }
}

fn file(file: File) -> io::Result<Vec<u8>> {
    let known = file.metadata()?;
    match known.is_file() && known.len() > LARGEST {
        true => Err(too_large()),
        false => limited(file),
    }
}

fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(too_large()),
        false => Ok(bytes),
    }
}

fn too_large() -> io::Error {
    io::Error::other(format!("too large: more than {} MiB", LARGEST >> 20))
}
