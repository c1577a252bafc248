//! Adds an ambassador: a sidecar through which the app talks to other services on localhost.
//!

use crate::actions::patterns::{Pattern, offers};
use crate::actions::{Action, ActionCx, Offer};

pub(crate) static ACTION: Action = Action { id: "add-ambassador", run };

fn run(cx: &ActionCx<'_>) -> Vec<Offer> {
    offers(cx, ACTION.id, Pattern::Ambassador, "Add ambassador")
}
