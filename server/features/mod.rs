//! Features: one file per question an editor asks.
//!
//! These features show something and change nothing. Only `ide` calls them; they do not use rules, files
//! or editors.

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
