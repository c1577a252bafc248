//! From our plain types to those of the protocol, and positions also back.

mod actions;
mod completion;
mod diagnostics;
mod inlay;
mod markup;
mod naming;
mod outline;
pub(super) mod position;
mod snippets;

pub(super) use actions::{code_actions, patterns};
pub(super) use completion::{completions, resolved};
pub(super) use diagnostics::{diagnostic_report, diagnostics, empty_report};
pub(super) use inlay::inlay_hints;
pub(super) use markup::hover;
pub(super) use naming::{highlights, locations, rename, rename_range};
pub(super) use outline::{folding_ranges, selection_ranges, symbols};
