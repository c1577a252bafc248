//! The handlers of probes and hooks that the API server validates.
//!
//! It refuses probes and hooks of plain init and of ephemeral containers as a whole, so their
//! ports are not reported.

use crate::pod::{Object, Role};
use crate::schema::ObjectType;

pub(super) const PORT: ObjectType = ObjectType::named("core.v1.ContainerPort");
pub(super) const HTTP_GET: ObjectType = ObjectType::named("core.v1.HTTPGetAction");
pub(super) const TCP_SOCKET: ObjectType = ObjectType::named("core.v1.TCPSocketAction");
pub(super) const GRPC: ObjectType = ObjectType::named("core.v1.GRPCAction");

/// Whether this port or handler is validated at all.
pub(super) fn is_port_validated(object: &Object<'_>) -> bool {
    match object.role() {
        Some(Role::Ephemeral) => false,
        Some(Role::Init) => object.ty == PORT,
        _ => true,
    }
}
