//! The handlers of probes and hooks that the API server validates.
//!
//! It refuses probes and hooks of plain init and of ephemeral containers as a whole, so their
//! ports are not reported.

use crate::pod::{Object, Role};
use crate::schema::core::CONTAINER_PORT;

/// Whether this port or handler is validated at all.
pub(super) fn is_port_validated(object: &Object<'_>) -> bool {
    match object.role() {
        Some(Role::Ephemeral) => false,
        Some(Role::Init) => object.ty == CONTAINER_PORT,
        _ => true,
    }
}
