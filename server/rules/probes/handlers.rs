//! Probes and hooks, and the handlers they can have.
//!
//! A probe or a hook has one handler. The API server uses the first one in a fixed order, whatever the
//! order in the manifest, and validates only those of containers that keep running: it refuses all
//! probes and hooks of others.

use crate::pod::{HOOK_HANDLERS, Object, PROBE_HANDLERS, Role};
use crate::schema::Version;
use crate::schema::core::PROBE;
use crate::syntax::Entry;

/// The handlers a probe or hook can have, in the order of the server.
pub(super) fn possible(object: &Object<'_>) -> &'static [&'static str] {
    if object.ty == PROBE { PROBE_HANDLERS } else { HOOK_HANDLERS }
}

/// The handlers that it has, in the order of the server.
pub(super) fn set<'a>(
    object: &Object<'a>,
    version: Version,
) -> impl Iterator<Item = Entry<'a>> + use<'a> {
    let (node, ty) = (object.node, object.ty);
    let kept = possible(object).iter().filter(move |name| {
        !crate::schema::dropped(ty, name, version) && node.field(name).is_some()
    });
    kept.filter_map(move |name| node.entry(name))
}

/// Whether the server looks into it.
pub(super) fn may_have_handlers(object: &Object<'_>) -> bool {
    matches!(object.role(), Some(Role::App | Role::Sidecar))
}
