//! A helper among the app containers keeps a Job from ending.
//!
//! A Job is done when all its app containers have ended, and a proxy or a log agent never ends. A
//! native sidecar, an init container with `restartPolicy: Always`, is stopped when the others have
//! ended.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: report
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: report
//!         image: registry.example.com/report:1.3
//!         env:
//!         - name: DATABASE_URL
//!           value: postgres://localhost:5432/shop
//!       - name: db-proxy
//!         image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!         args: [--port=5432, "shop:europe-west1:main"]
//! ```
//!
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: report
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       initContainers:
//!       - name: db-proxy
//!         image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
//!         restartPolicy: Always
//!         args: [--port=5432, "shop:europe-west1:main"]
//!       containers:
//!       - name: report
//!         image: registry.example.com/report:1.3
//!         env:
//!         - name: DATABASE_URL
//!           value: postgres://localhost:5432/shop
//! ```

use crate::check::{Check, Checker, Rule, Severity};
use crate::pod::{Pattern, Pod, Role, Workload};
use crate::schema::Version;

pub(crate) static RULE: Rule = Rule {
    code: "endless-helper-in-job",
    severity: Severity::Warning,
    link: Some(
        "[Jobs with sidecar containers](https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers)",
    ),
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..Rule::DEFAULT
};

/// The first version with sidecars on by default.
const SIDECARS: Version = Version::new(29);

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let is_job = matches!(pod.workload, Some(Workload::Job | Workload::CronJob));
    let apps = pod.containers.iter().filter(|it| it.role == Role::App).count();
    if !is_job || apps < 2 || out.version < SIDECARS {
        return;
    }
    let roles = pod.container_roles();
    let is_app = |pattern| pattern == Some(Pattern::App);
    if !roles.iter().any(|it| it.container.role == Role::App && is_app(it.pattern)) {
        return;
    }
    for helper in roles.iter().filter(|it| it.container.role == Role::App) {
        let Some(pattern) = helper.pattern.filter(|pattern| pattern.is_helper()) else { continue };
        // A container with its own command may end.
        if helper.container.node.field("command").is_some() {
            continue;
        }
        let Some(name) = helper.container.name_node() else { continue };
        let what = pattern.name();
        out.report(
            name,
            format!(
                "the {what} never ends and keeps the Job from completing; make it a native sidecar"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn a_job_of_proxies_alone_is_left() {
        check_rule(
            &RULE,
            r#"
apiVersion: batch/v1
kind: Job
metadata:
  name: proxies
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: db-proxy
        image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2
      - name: login
        image: quay.io/oauth2-proxy/oauth2-proxy:v7.15
"#,
        );
    }
}
