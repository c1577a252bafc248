//! A pod sets a sysctl that is not safe.
//!
//! Only sysctls that the kernel isolates for each pod are allowed, written with dots. The list
//! depends on the Kubernetes version. `podSecurity: baseline` and `restricted` switch it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     sysctls:
//!     - name: kernel.msgmax
//!       value: "65536"
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   securityContext:
//!     sysctls:
//!     - name: net.ipv4.tcp_syncookies
//!       value: "1"
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the sysctl.

use super::contexts::{PSS, context};
use crate::check::{Check, Checker, Fixes, Linter, Rule, When};
use crate::pod::Pod;
use crate::schema::{PodSecurity, Version};
use crate::syntax::Node;
use crate::syntax::write;

pub(crate) static RULE: Rule = Rule {
    code: "pss-sysctls",
    when: When::PodSecurity(&[PodSecurity::Baseline, PodSecurity::Restricted]),
    fixes: Fixes::Suggested,
    linters: &[Linter::KubeLinter("unsafe-sysctls")],
    since: "0.1.0",
    checks: &[Check::Pod(check)],
    ..PSS
};

/// The safe ones, and the version that allows them; those of 0 were always allowed.
const SAFE: [(&str, u8); 14] = [
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
    ("net.ipv4.tcp_slow_start_after_idle", 37),
    ("net.ipv4.tcp_notsent_lowat", 37),
];

fn check(pod: &Pod<'_>, out: &mut Checker<'_>) {
    let sysctls = context(pod.spec, "sysctls").into_iter().flat_map(Node::items);
    for sysctl in sysctls.filter_map(Node::resolved).filter(|sysctl| sysctl.is_map()) {
        let name = sysctl.field("name");
        let text = name.and_then(Node::as_str).unwrap_or_default();
        let safe =
            |(known, since): &(&str, u8)| *known == text && Version::new(*since) <= out.version;
        if !SAFE.iter().any(safe) {
            out.report(
                name.unwrap_or(sysctl),
                format!("sysctl `{text}` violates Pod Security `baseline`"),
            )
            .suggest("Remove the sysctl", || write::remove(sysctl));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::run_one;
    use crate::schema::Version;
    use crate::syntax::parse;

    /// The versions of the policy, from its documentation.
    #[test]
    fn each_version_allows_more() {
        let added: [(u8, &[&str]); 5] = [
            (
                25,
                &[
                    "kernel.shm_rmid_forced",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.ip_unprivileged_port_start",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.ping_group_range",
                ],
            ),
            (27, &["net.ipv4.ip_local_reserved_ports"]),
            (
                29,
                &[
                    "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_intvl",
                    "net.ipv4.tcp_keepalive_probes",
                ],
            ),
            (32, &["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]),
            (37, &["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"]),
        ];
        for (since, name) in
            added.iter().flat_map(|(since, names)| names.iter().map(move |it| (*since, it)))
        {
            let pod = format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  securityContext:\n    sysctls:\n    - \
                 {{name: {name}, value: '1'}}\n  containers:\n  - {{name: a, image: b}}\n"
            );
            let found = |minor| run_one(&RULE, &parse(&pod), Version::new(minor)).len();
            assert_eq!(found(since), 0, "{name}");
            assert_eq!(found(since - 1), usize::from(since > 25), "{name}");
        }
    }
}
