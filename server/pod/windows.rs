//! What pods for Windows may not have. From the API server's validation of `os`.

use crate::schema::ObjectType;

const SPEC: ObjectType = ObjectType::named("core.v1.PodSpec");
const POD_CONTEXT: ObjectType = ObjectType::named("core.v1.PodSecurityContext");
const CONTEXT: ObjectType = ObjectType::named("core.v1.SecurityContext");

/// The fields of `ty` that a pod for Windows may not set.
pub fn forbidden_on_windows(ty: ObjectType) -> &'static [&'static str] {
    match ty {
        SPEC => &["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources"],
        POD_CONTEXT => &[
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
        CONTEXT => &[
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
