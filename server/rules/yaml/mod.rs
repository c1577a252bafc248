//! The text itself.

pub(super) mod document_end;
pub(super) mod document_start;
pub(super) mod duplicate_key;
pub(super) mod leading_zero;
pub(super) mod missing_document_start;
pub(super) mod stray_tab;
pub(super) mod unreadable_yaml;
pub(super) mod yaml_key_boolean;
pub(super) mod yaml_syntax;
