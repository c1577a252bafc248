//! An init container never ends, so the pod never starts.
//!
//! The next container starts when an init container has ended. A container that runs a server, or
//! sleeps forever, must be a sidecar: an init container with `restartPolicy: Always`. The rule
//! reports `sleep infinity`, `tail -f`, endless loops without an exit, and well-known images of
//! servers without a command.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: prepare
//!     image: busybox:1.37
//!     command:
//!     - sleep
//!     - infinity
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   initContainers:
//!   - name: cache
//!     image: redis:7.4
//!     ports:
//!     - containerPort: 6379
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
//!   initContainers:
//!   - name: cache
//!     image: redis:7.4
//!     restartPolicy: Always
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Makes the container a sidecar.

use super::commands::{commands, has_word, program, script, words};
use super::sidecar;
use crate::check::{Check, Checker, Fixes, Rule, Severity, pages};
use crate::formats::image::Image;
use crate::pod::{Container, Pod, Role};
use crate::schema::Version;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "init-never-ends",
    severity: Severity::Warning,
    fixes: Fixes::Suggested,
    link: Some(pages::INIT_CONTAINERS),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// Official images of Docker Hub, and a few others, that run a server without arguments.
const SERVERS: [&str; 19] = [
    "caddy",
    "envoyproxy/envoy",
    "fluent/fluent-bit",
    "grafana/grafana",
    "haproxy",
    "httpd",
    "mariadb",
    "memcached",
    "mongo",
    "mysql",
    "nginx",
    "postgres",
    "prom/prometheus",
    "rabbitmq",
    "redis",
    "registry",
    "tomcat",
    "traefik",
    "valkey/valkey",
];

const WAYS_OUT: [&str; 7] = ["break", "exit", "return", "kill", "trap", "timeout", "pkill"];

const FOREVER: [&str; 4] = ["while true", "while :", "while [ 1 ]", "until false"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if container.role != Role::Init || pod.workload.is_none() {
        return;
    }
    let lists = [container.node.field("command"), container.node.field("args")];
    let Some(words) = words(&lists) else { return };
    let found = match words.as_slice() {
        [] if lists.iter().all(Option::is_none) => server(container),
        [] => None,
        words => endless(words).and_then(|word| {
            let items = lists.iter().flatten().flat_map(|list| list.items());
            items.filter_map(Node::resolved).find(|it| it.as_str() == Some(word))
        }),
    };
    let Some(node) = found else { return };
    let message = format!("{} never ends, so the pod never starts", container.title());
    let has_sidecars = out.version >= Version::new(29);
    let diagnostic = out.report_absence(node, message).missing_in(container.node);
    if has_sidecars {
        diagnostic.suggest("Convert to a sidecar", || sidecar::make(container));
    }
}

/// The image of a container without a command, if it is a server.
fn server<'a>(container: &Container<'a>) -> Option<Node<'a>> {
    let image = Image::parse(container.image()).ok()?;
    let hub = image.registry.is_none_or(|registry| registry.ends_with("docker.io"));
    let name = image.repository.strip_prefix("library/").unwrap_or(image.repository);
    (hub && SERVERS.contains(&name)).then(|| container.node.field("image"))?
}

/// The word that makes these words run forever.
fn endless<'a>(words: &[&'a str]) -> Option<&'a str> {
    if let Some(text) = script(words) {
        return is_endless_script(text).then_some(text);
    }
    is_endless(words.iter().copied()).then(|| words.get(1).copied())?
}

fn is_endless<'a>(mut words: impl Iterator<Item = &'a str>) -> bool {
    let first = words.next().map(program);
    match (first, words.next()) {
        (Some("sleep"), Some(time)) => ["infinity", "inf"].contains(&time),
        (Some("tail"), Some(option)) => {
            ["-f", "-F", "--follow"].contains(&option) && words.all(|it| !it.starts_with("--pid"))
        }
        _ => false,
    }
}

/// Whether a script ends with something that never ends, and cannot end before.
fn is_endless_script(script: &str) -> bool {
    if has_word(script, &WAYS_OUT) || script.contains('|') {
        return false;
    }
    let Some(last) = commands(script).last() else { return false };
    let last = last.strip_prefix("exec ").unwrap_or(last);
    let forever = commands(script).any(|it| FOREVER.contains(&it));
    let background = last.contains('&');
    !background && (is_endless(last.split_whitespace()) || last == "done" && forever)
}

#[cfg(test)]
mod tests {
    use super::{RULE, endless, is_endless_script};
    use crate::testing::check_rule;

    /// Images whose program is a server when it gets no arguments, by their documentation.
    #[test]
    fn servers_never_end() {
        for image in [
            "caddy:2",
            "docker.io/envoyproxy/envoy:v1.36.0",
            "fluent/fluent-bit:4.1.0",
            "grafana/grafana:12.1.0",
            "haproxy:3.2",
            "httpd:2.4",
            "mariadb:12",
            "memcached:1.6",
            "mongo:8",
            "mysql:9",
            "nginx",
            "library/postgres:17",
            "prom/prometheus:v3.6.0",
            "rabbitmq:4",
            "redis:8",
            "registry:3",
            "tomcat:11",
            "traefik:v3",
            "valkey/valkey:8",
        ] {
            let marks = "^".repeat(image.len());
            check_rule(
                &RULE,
                &format!(
                    "\napiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  initContainers:\n  - name: db\n    \
                     image: {image}\n           {marks} init container `db` never ends, so the pod never starts\n  \
                     containers:\n  - {{name: a, image: b}}\n"
                ),
            );
        }
    }

    #[test]
    fn what_never_ends() {
        for script in [
            "sleep infinity",
            "echo started; exec tail -f /dev/null",
            "while true; do date; sleep 5; done",
            "while :\ndo\n  sync\ndone\n",
        ] {
            assert!(is_endless_script(script), "{script}");
        }
        assert_eq!(endless(&["/bin/sleep", "infinity"]), Some("infinity"));
        assert_eq!(endless(&["tail", "-F", "/dev/null"]), Some("-F"));
    }

    #[test]
    fn what_ends() {
        for script in [
            "sleep 3600",
            "sleep infinity & run",
            "tail -f log | grep -m1 ready",
            "while true; do nc -z db 80 && break; sleep 1; done",
            "while true; do run && exit 0; done",
            "timeout 5 tail -f log",
            "run || sleep infinity",
            "until nc -z db 80; do sleep 1; done",
            "",
        ] {
            assert!(!is_endless_script(script), "{script}");
        }
        assert_eq!(endless(&["tail", "-n", "5", "log"]), None);
        assert_eq!(endless(&["sleep", "5"]), None);
    }
}
