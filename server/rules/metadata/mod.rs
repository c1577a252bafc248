//! Names, owners, finalizers and annotations of objects.

pub(super) mod annotation_too_large;
pub(super) mod annotation_value;
mod annotations;
pub(super) mod apparmor_annotation;
pub(super) mod deprecated_annotation;
pub(super) mod finalizer_conflict;
pub(super) mod finalizer_format;
pub(super) mod generate_name;
pub(super) mod managed_fields;
pub(super) mod name_not_label;
mod old_tolerations;
pub(super) mod owner_reference;
pub(super) mod seccomp_annotation;
