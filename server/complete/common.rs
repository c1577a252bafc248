//! What people write most often, in the order in which they write it.

use crate::schema::ObjectType;

const fn ty(name: &str) -> ObjectType {
    ObjectType::named(name)
}

/// The place of a field among the common ones of its type; as many as there are for all others.
pub(super) fn place(of: ObjectType, field: &str) -> usize {
    let names = COMMON.iter().find(|(ty, _)| *ty == of).map_or(&[][..], |(_, names)| names);
    names.iter().position(|name| *name == field).unwrap_or(names.len())
}

#[rustfmt::skip]
static COMMON: &[(ObjectType, &[&str])] = &[
    (ty("meta.v1.ObjectMeta"), &["name", "namespace", "labels", "annotations"]),
    (ty("core.v1.PodSpec"), &["containers", "initContainers", "volumes", "restartPolicy", "serviceAccountName", "securityContext", "nodeSelector", "tolerations", "affinity", "imagePullSecrets", "terminationGracePeriodSeconds"]),
    (ty("core.v1.Container"), &["name", "image", "command", "args", "ports", "env", "resources", "volumeMounts", "envFrom", "readinessProbe", "livenessProbe", "startupProbe", "securityContext", "lifecycle", "imagePullPolicy", "restartPolicy"]),
    (ty("core.v1.EphemeralContainer"), &["name", "image", "command", "args", "targetContainerName", "stdin", "tty"]),
    (ty("core.v1.ContainerPort"), &["name", "containerPort", "protocol"]),
    (ty("core.v1.EnvVar"), &["name", "value", "valueFrom"]),
    (ty("core.v1.EnvVarSource"), &["configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef"]),
    (ty("core.v1.Volume"), &["name", "emptyDir", "configMap", "secret", "persistentVolumeClaim", "projected", "hostPath", "downwardAPI", "ephemeral", "csi", "nfs"]),
    (ty("core.v1.VolumeMount"), &["name", "mountPath", "readOnly", "subPath"]),
    (ty("core.v1.Probe"), &["httpGet", "tcpSocket", "exec", "grpc", "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"]),
    (ty("core.v1.HTTPGetAction"), &["path", "port", "scheme"]),
    (ty("core.v1.ResourceRequirements"), &["requests", "limits"]),
    (ty("core.v1.SecurityContext"), &["runAsNonRoot", "runAsUser", "allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities", "seccompProfile", "privileged"]),
    (ty("core.v1.PodSecurityContext"), &["runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup", "seccompProfile"]),
    (ty("core.v1.Capabilities"), &["drop", "add"]),
    (ty("core.v1.Toleration"), &["key", "operator", "value", "effect"]),
    (ty("core.v1.ServiceSpec"), &["selector", "ports", "type", "clusterIP"]),
    (ty("core.v1.ServicePort"), &["name", "port", "targetPort"]),
    (ty("apps.v1.DeploymentSpec"), &["replicas", "selector", "template", "strategy"]),
    (ty("apps.v1.StatefulSetSpec"), &["serviceName", "replicas", "selector", "template", "volumeClaimTemplates"]),
    (ty("apps.v1.DaemonSetSpec"), &["selector", "template", "updateStrategy"]),
    (ty("batch.v1.JobSpec"), &["backoffLimit", "template", "ttlSecondsAfterFinished", "activeDeadlineSeconds", "completions", "parallelism"]),
    (ty("batch.v1.CronJobSpec"), &["schedule", "jobTemplate", "timeZone", "concurrencyPolicy"]),
];
