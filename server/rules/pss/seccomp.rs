//! Seccomp profiles that both levels forbid.

use super::contexts::{context, profile_type, title};
use crate::check::Checker;
use crate::pod::Pod;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

/// Reports a profile of `holder` that disables seccomp.
pub(super) fn check_profile(pod: &Pod<'_>, holder: Node<'_>, out: &mut Checker<'_>) {
    let profile = context(holder, "seccompProfile").and_then(profile_type);
    let Some((node, ty)) = profile else { return };
    if matches!(ty, "RuntimeDefault" | "Localhost") {
        return;
    }
    let whose = title(pod, holder);
    let message = format!("seccomp profile `{ty}` of {whose} violates Pod Security `baseline`");
    let diagnostic = out.report(node, message);
    if node.is_scalar() {
        diagnostic.suggest("Change to `RuntimeDefault`", || {
            write::replace(node, &New::text("RuntimeDefault"))
        });
    }
}
