//! Comments for podls.

pub(super) mod unknown_directive;
pub(super) mod unused_allow;
