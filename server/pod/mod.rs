//! The typed view of a manifest.
