//! Selectors and the labels that they must match.

pub(super) mod job_selector;
pub(super) mod match_label_keys;
mod matching;
pub(super) mod missing_selector;
pub(super) mod null_selector;
pub(super) mod selector_invalid;
pub(super) mod selector_mismatch;
