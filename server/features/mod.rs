//! Features: one file per question an editor asks.
//!
//! What an editor or the command line shows without changing anything belongs here. It is called by `ide` only; it must not
//! know rules, files or editors.

mod depends;
mod diagram;
mod folding;
mod hover;
mod inlay;
mod lifecycle;
mod meaning;
mod needs;
mod pages;
mod selection;
mod symbols;

pub use diagram::{Diagram, Format, diagrams};
pub use folding::{Fold, FoldKind, folds};
pub use hover::{Hover, hover};
pub use inlay::{Hint, hints};
pub use pages::{page, page_names};
pub use selection::selections;
pub use symbols::{OutlineItem, OutlineKind, symbols};
