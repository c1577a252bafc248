//! What must always hold for trees, on our own manifests and on whatever `../shared` holds.
use super::*;
