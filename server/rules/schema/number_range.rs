//! A number that is too small or too large for its field.
//!
//! The API server refuses the manifest. Ports, user ids and file modes have rules of their own.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   activeDeadlineSeconds: 0
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     livenessProbe:
//!       tcpSocket:
//!         port: 80
//!       periodSeconds: -10
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   activeDeadlineSeconds: 600
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     livenessProbe:
//!       tcpSocket:
//!         port: 80
//!       periodSeconds: 10
//! ```
//!
//! ## Fix
//!
//! Changes the number to the nearest one that is allowed.

use super::table::{self, Rows, types};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::{Object, Role};
use crate::schema::{ObjectType, apps, batch, core};
use crate::syntax::Node;
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "number-range",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

/// The range of a field.
struct FieldRange {
    field: &'static str,
    least: i64,
    most: i64,
    when: fn(&Object<'_>) -> bool,
}

const MOST: i64 = i64::MAX;

const fn row(field: &'static str, least: i64, most: i64) -> FieldRange {
    FieldRange { field, least, most, when: always }
}

/// The same, in a probe that the server looks into.
const fn probe(field: &'static str, least: i64) -> FieldRange {
    FieldRange { when: runs_probes, ..row(field, least, MOST) }
}

const DAY: i64 = 24 * 60 * 60;

#[rustfmt::skip]
const TABLE: &[Rows<FieldRange>] = &[
    (apps::DAEMON_SET_SPEC, &[
        row("minReadySeconds", 0, MOST),
        row("revisionHistoryLimit", 0, MOST),
    ]),
    (apps::DEPLOYMENT_SPEC, &[
        row("minReadySeconds", 0, MOST),
        row("progressDeadlineSeconds", 0, MOST),
        row("replicas", 0, MOST),
        row("revisionHistoryLimit", 0, MOST),
    ]),
    (apps::REPLICA_SET_SPEC, &[row("minReadySeconds", 0, MOST), row("replicas", 0, MOST)]),
    (apps::ROLLING_UPDATE_STATEFUL_SET_STRATEGY, &[row("partition", 0, MOST)]),
    (apps::STATEFUL_SET_ORDINALS, &[row("start", 0, MOST)]),
    (apps::STATEFUL_SET_SPEC, &[row("minReadySeconds", 0, MOST), row("replicas", 0, MOST)]),
    (batch::CRON_JOB_SPEC, &[
        row("failedJobsHistoryLimit", 0, MOST),
        row("startingDeadlineSeconds", 0, MOST),
        row("successfulJobsHistoryLimit", 0, MOST),
    ]),
    (batch::JOB_SPEC, &[
        row("activeDeadlineSeconds", 0, MOST),
        row("backoffLimit", 0, MOST),
        row("backoffLimitPerIndex", 0, MOST),
        row("completions", 0, MOST),
        row("maxFailedIndexes", 0, MOST),
        row("parallelism", 0, MOST),
        row("ttlSecondsAfterFinished", 0, MOST),
    ]),
    (batch::SUCCESS_POLICY_RULE, &[row("succeededCount", 0, MOST)]),
    (core::AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE, &[row("partition", 0, 255)]),
    (core::FC_VOLUME_SOURCE, &[FieldRange { when: has_wwns, ..row("lun", 0, 255) }]),
    (core::GCE_PERSISTENT_DISK_VOLUME_SOURCE, &[row("partition", 0, 255)]),
    (core::ISCSI_VOLUME_SOURCE, &[row("lun", 0, 255)]),
    (core::POD_CERTIFICATE_PROJECTION, &[
        FieldRange { when: is_built_in_signer, ..row("maxExpirationSeconds", 3600, DAY) },
        FieldRange { when: is_other_signer, ..row("maxExpirationSeconds", 3600, 91 * DAY) },
    ]),
    (core::POD_SPEC, &[row("activeDeadlineSeconds", 1, i32::MAX as i64)]),
    (core::PROBE, &[
        probe("initialDelaySeconds", 0),
        probe("timeoutSeconds", 0),
        probe("periodSeconds", 0),
        probe("successThreshold", 0),
        probe("failureThreshold", 0),
        probe("terminationGracePeriodSeconds", 1),
    ]),
    (core::REPLICATION_CONTROLLER_SPEC, &[
        row("replicas", 0, MOST),
        row("minReadySeconds", 0, MOST),
    ]),
    (core::SERVICE_ACCOUNT_TOKEN_PROJECTION, &[row("expirationSeconds", 600, 1 << 32)]),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, &[
        row("maxSkew", 1, MOST),
        row("minDomains", 1, MOST),
    ]),
];

static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let Some(value) = object.field(row.field) else { continue };
        let Some(number) = value.as_int() else { continue };
        let outside = !(row.least..=row.most).contains(&number);
        if outside && (row.when)(object) && !object.is_dropped(row.field, out.version) {
            report(value, number, row, out);
        }
    }
}

fn report(value: Node<'_>, number: i64, row: &FieldRange, out: &mut Checker<'_>) {
    let FieldRange { field, least, most, .. } = row;
    let range =
        if *most == MOST { format!("at least {least}") } else { format!("{least} to {most}") };
    let near = number.clamp(*least, *most);
    out.report(value, format!("invalid value {number} for `{field}`: expected {range}"))
        .suggest(format!("Change to {near}"), || {
            [Edit::replace(value.content_span(), near.to_string())]
        });
}

fn always(_: &Object<'_>) -> bool {
    true
}

fn runs_probes(object: &Object<'_>) -> bool {
    matches!(object.role(), Some(Role::App | Role::Sidecar))
}

fn has_wwns(volume: &Object<'_>) -> bool {
    volume.field("targetWWNs").is_some_and(|names| names.items().next().is_some())
}

/// Signers of Kubernetes itself give certificates for a day at most.
fn is_built_in_signer(projection: &Object<'_>) -> bool {
    let signer = projection.text("signerName");
    let domain = signer.split_once('/').map_or(signer, |(domain, _)| domain);
    domain == "kubernetes.io" || domain.ends_with(".kubernetes.io")
}

fn is_other_signer(projection: &Object<'_>) -> bool {
    !is_built_in_signer(projection)
}
