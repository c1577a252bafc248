//! Pages of Kubernetes about what several rules look at, in Markdown.

pub(crate) const HOST_PATH: &str =
    "[hostPath](https://kubernetes.io/docs/concepts/storage/volumes/#hostpath)";
pub(crate) const IMAGES: &str = "[Images](https://kubernetes.io/docs/concepts/containers/images/)";
pub(crate) const INIT_CONTAINERS: &str =
    "[Init containers](https://kubernetes.io/docs/concepts/workloads/pods/init-containers/)";
pub(crate) const PROBES: &str = "[Probes](https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/)";
pub(crate) const RESOURCES: &str = "[Resources of pods and containers](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/)";
pub(crate) const SECRETS: &str =
    "[Secrets](https://kubernetes.io/docs/concepts/configuration/secret/)";
pub(crate) const SECURITY_CONTEXTS: &str = "[Security contexts](https://kubernetes.io/docs/tasks/configure-pod-container/security-context/)";
pub(crate) const SIDECAR_CONTAINERS: &str =
    "[Sidecar containers](https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/)";
pub(crate) const USER_NAMESPACES: &str =
    "[User namespaces](https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/)";
