//! Makes an init container a sidecar, which two fixes offer.

use crate::pod::Container;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

/// The edit that sets `restartPolicy: Always`.
pub(super) fn make(container: &Container<'_>) -> Option<Edit> {
    let always = New::text("Always");
    write::put(container.node, "restartPolicy", &always, Place::After("image"))
}
