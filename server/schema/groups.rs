//! A constant for each object type, in a module for each group: `core::POD_SPEC`, `apps::DEPLOYMENT_SPEC`.
//! A name that does not exist stops the build.

use super::types::ObjectType;

include!(concat!(env!("OUT_DIR"), "/groups.rs"));
