//! Comments that speak to podls.

pub(super) mod unused_allow;
