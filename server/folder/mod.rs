//! What the files beside a manifest tell about it.
//!
//! A repository is not trusted: its files are read by `read_small` only, which neither waits nor
//! takes more than it is told to.
//!
//! What has to be read from disk beside the manifest belongs here. It is called by `cli` and `lsp`; it must not know editors.

mod encoding;
mod neighbours;
mod open;
mod reading;
mod settings;

pub use encoding::{Encoding, decode, encode};
pub use neighbours::{
    manifests_around, manifests_beside, manifests_with, namespaces_beside, templates_near,
};
pub use open::open_at_once;
pub use reading::{SMALL, holder, read_small};
pub use settings::{Folders, Overrides, SettingsProblem};
