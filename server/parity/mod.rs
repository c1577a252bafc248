//! What only programs read that compare podls with the API server.
//!
//! Nobody edits by it, so it is computed where it is written as JSON. It is called by `ide`, `cli` and `lsp`; it must
//! not know editors or files.

mod echoes;
mod path;

pub use echoes::{Place, echoes};
pub use path::server_path;
