//! What pods for Windows may not have. From the API server's validation of `os`.

use crate::schema::ObjectType;
use crate::schema::core::{POD_SECURITY_CONTEXT, POD_SPEC, SECURITY_CONTEXT};

/// The fields of `ty` that a pod for Windows may not set.
pub fn forbidden_on_windows(ty: ObjectType) -> &'static [&'static str] {
    match ty {
        POD_SPEC => &["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources"],
        POD_SECURITY_CONTEXT => &[
            "appArmorProfile",
            "seLinuxOptions",
            "seccompProfile",
            "fsGroup",
            "fsGroupChangePolicy",
            "sysctls",
            "runAsUser",
            "runAsGroup",
            "supplementalGroups",
            "supplementalGroupsPolicy",
            "seLinuxChangePolicy",
        ],
        SECURITY_CONTEXT => &[
            "appArmorProfile",
            "seLinuxOptions",
            "seccompProfile",
            "capabilities",
            "readOnlyRootFilesystem",
            "privileged",
            "allowPrivilegeEscalation",
            "procMount",
            "runAsUser",
            "runAsGroup",
        ],
        _ => &[],
    }
}
