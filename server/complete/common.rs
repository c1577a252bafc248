//! What people write most often, in the order in which they write it.

use crate::schema::{ObjectType, apps, batch, core, meta};

/// The place of a field among the common ones of its type; as many as there are for all others.
pub(super) fn place(of: ObjectType, field: &str) -> usize {
    let names = COMMON.iter().find(|(ty, _)| *ty == of).map_or(&[][..], |(_, names)| names);
    names.iter().position(|name| *name == field).unwrap_or(names.len())
}

#[rustfmt::skip]
static COMMON: &[(ObjectType, &[&str])] = &[
    (meta::OBJECT_META, &["name", "namespace", "labels", "annotations"]),
    (core::POD_SPEC, &["containers", "initContainers", "volumes", "restartPolicy", "serviceAccountName", "securityContext", "nodeSelector", "tolerations", "affinity", "imagePullSecrets", "terminationGracePeriodSeconds"]),
    (core::CONTAINER, &["name", "image", "command", "args", "ports", "env", "resources", "volumeMounts", "envFrom", "readinessProbe", "livenessProbe", "startupProbe", "securityContext", "lifecycle", "imagePullPolicy", "restartPolicy"]),
    (core::EPHEMERAL_CONTAINER, &["name", "image", "command", "args", "targetContainerName", "stdin", "tty"]),
    (core::CONTAINER_PORT, &["name", "containerPort", "protocol"]),
    (core::ENV_VAR, &["name", "value", "valueFrom"]),
    (core::ENV_VAR_SOURCE, &["configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef"]),
    (core::VOLUME, &["name", "emptyDir", "configMap", "secret", "persistentVolumeClaim", "projected", "hostPath", "downwardAPI", "ephemeral", "csi", "nfs"]),
    (core::VOLUME_MOUNT, &["name", "mountPath", "readOnly", "subPath"]),
    (core::PROBE, &["httpGet", "tcpSocket", "exec", "grpc", "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"]),
    (core::HTTP_GET_ACTION, &["path", "port", "scheme"]),
    (core::RESOURCE_REQUIREMENTS, &["requests", "limits"]),
    (core::SECURITY_CONTEXT, &["runAsNonRoot", "runAsUser", "allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities", "seccompProfile", "privileged"]),
    (core::POD_SECURITY_CONTEXT, &["runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup", "seccompProfile"]),
    (core::CAPABILITIES, &["drop", "add"]),
    (core::TOLERATION, &["key", "operator", "value", "effect"]),
    (core::SERVICE_SPEC, &["selector", "ports", "type", "clusterIP"]),
    (core::SERVICE_PORT, &["name", "port", "targetPort"]),
    (apps::DEPLOYMENT_SPEC, &["replicas", "selector", "template", "strategy"]),
    (apps::STATEFUL_SET_SPEC, &["serviceName", "replicas", "selector", "template", "volumeClaimTemplates"]),
    (apps::DAEMON_SET_SPEC, &["selector", "template", "updateStrategy"]),
    (batch::JOB_SPEC, &["backoffLimit", "template", "ttlSecondsAfterFinished", "activeDeadlineSeconds", "completions", "parallelism"]),
    (batch::CRON_JOB_SPEC, &["schedule", "jobTemplate", "timeZone", "concurrencyPolicy"]),
];
