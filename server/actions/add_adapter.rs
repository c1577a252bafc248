//! Adds an adapter: a sidecar that gives the app's output one common form, such as metrics.
//!

use crate::actions::patterns::{Pattern, offers};
use crate::actions::{Action, ActionCx, Offer};

pub(crate) static ACTION: Action = Action { id: "add-adapter", run };

fn run(cx: &ActionCx<'_>) -> Vec<Offer> {
    offers(cx, ACTION.id, Pattern::Adapter, "Add adapter")
}
