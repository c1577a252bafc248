//! Adds a native sidecar: an init container that keeps running and helps the app.
//!

use crate::actions::patterns::{Pattern, offers};
use crate::actions::{Action, ActionCx, Offer};

pub(crate) static ACTION: Action = Action { id: "add-sidecar", run };

fn run(cx: &ActionCx<'_>) -> Vec<Offer> {
    offers(cx, ACTION.id, Pattern::Sidecar, "Add sidecar")
}
