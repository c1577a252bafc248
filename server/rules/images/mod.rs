//! Names, tags and pulling of images.

pub(super) mod floating_tag;
pub(super) mod image_pull_policy_always;
pub(super) mod image_reference;
pub(super) mod image_without_digest;
pub(super) mod latest_image;
pub(super) mod latest_not_always;
pub(super) mod moved_image;
