//! The name of an AppArmor profile has white space around it.
//!
//! No profile has such a name, and the API server refuses it.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     securityContext:
//!       appArmorProfile:
//!         type: Localhost
//!         localhostProfile: "web "
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     securityContext:
//!       appArmorProfile:
//!         type: Localhost
//!         localhostProfile: web
//! ```
//!
//! ## Fix
//!
//! Removes the white space.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::schema::core::APP_ARMOR_PROFILE;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "whitespace",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[APP_ARMOR_PROFILE], check)],
    ..Rule::DEFAULT
};

fn check(profile: &Object<'_>, out: &mut Checker<'_>) {
    if profile.text("type") != "Localhost" {
        return;
    }
    let Some(node) = profile.field("localhostProfile") else { return };
    let text = node.as_str().unwrap_or_default();
    let trimmed = text.trim();
    if trimmed != text {
        out.report(node, "the name of the profile has leading or trailing white space")
            .fix("Remove the white space", || write::replace(node, &New::text(trimmed)));
    }
}
