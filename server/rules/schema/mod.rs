//! Rules by the types of fields: tables for many fields.

pub(super) mod annotation_format;
pub(super) mod dropped_field;
pub(super) mod enum_value;
pub(super) mod field_forbidden;
pub(super) mod file_mode;
pub(super) mod id_range;
pub(super) mod label_format;
mod label_format_table;
pub(super) mod length_limit;
mod misplaced;
pub(super) mod name_format;
mod name_format_metadata;
mod name_format_rename;
mod name_format_table;
pub(super) mod number_range;
pub(super) mod one_of_conflict;
pub(super) mod one_of_required;
pub(super) mod path_backsteps;
pub(super) mod path_relative;
mod paths;
pub(super) mod quantity_format;
pub(super) mod required_field;
mod required_field_table;
mod table;
pub(super) mod too_many_items;
pub(super) mod unknown_field;
pub(super) mod wrong_type;
