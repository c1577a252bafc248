//! Evidence of names: the words in the name of a container, of its image or of its program.

use crate::formats::image::Image;
use crate::pod::container::Container;
use crate::pod::roles::{Pattern, ports};
use crate::syntax::Node;

/// What a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameEvidence<'a> {
    /// The word in it, and what it stands for.
    Pattern(Pattern, &'a str),
    /// It is some proxy; the name does not tell in which direction.
    Proxy(&'a str),
}

/// Exporters that show what a node, a cluster or a site far away does, and no app of their pod.
const OF_OTHERS: [&str; 8] =
    ["node", "blackbox", "windows", "kube", "dcgm", "snmp", "cloudwatch", "stackdriver"];

/// What the name of a container tells, or else that of its program or of its image.
pub(super) fn evidence<'a>(container: &Container<'a>) -> Option<NameEvidence<'a>> {
    let program = ports::arguments(container).find_map(Node::text);
    let program = program.and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let image = Image::parse(container.image()).map_or("", Image::name);
    let program = if program.contains(' ') { "" } else { program };
    [container.name(), program, image].into_iter().find_map(of_name)
}

fn of_name(name: &str) -> Option<NameEvidence<'_>> {
    let words: Vec<&str> = name.split(['-', '_', '.']).collect();
    let has = |any: &[&str]| words.iter().find(|word| any.contains(word)).copied();
    let of_others = has(&OF_OTHERS).is_some();
    let is = |pattern| move |word| NameEvidence::Pattern(pattern, word);
    if let Some(word) = has(&["ambassador"]) {
        return Some(NameEvidence::Pattern(Pattern::Ambassador, word));
    }
    if words.last().is_some_and(|word| word.ends_with("exporter")) {
        let evidence = NameEvidence::Pattern(Pattern::Adapter, "exporter");
        return Some(evidence).filter(|_| !of_others);
    }
    let telemetry = has(&["log", "logs", "logging", "metrics", "trace", "tracing", "otel"]);
    let ships =
        has(&["agent", "shipper", "forwarder", "collector", "tailer", "streamer", "router"]);
    let pulls = has(&["sync", "syncer", "pull", "puller", "monitor", "poll", "clone"]);
    let proxy = has(&["proxy", "gateway"]);
    None.or(has(&["adapter", "adaptor"]).map(is(Pattern::Adapter)))
        .or(has(&["sidecar"]).map(is(Pattern::Sidecar)))
        .or(telemetry.and(ships).map(is(Pattern::Sidecar)))
        .or(has(&["git", "content", "config", "file", "files"])
            .and(pulls)
            .map(is(Pattern::Sidecar)))
        .or(proxy.and_then(|_| direction(&words)))
        .or(has(&HELPERS).map(is(Pattern::Sidecar)))
        .or(has(&["metrics"]).filter(|_| !of_others && proxy.is_none()).map(is(Pattern::Adapter)))
}

/// Words for what helps others and is nothing by itself.
const HELPERS: [&str; 14] = [
    "shipper",
    "logshipper",
    "reloader",
    "reload",
    "refresher",
    "renewer",
    "registrar",
    "sentinel",
    "helper",
    "watchdog",
    "backup",
    "tailer",
    "logger",
    "rotator",
];

/// In which direction a proxy works, by what else its name says.
fn direction<'a>(words: &[&'a str]) -> Option<NameEvidence<'a>> {
    const IN: [&str; 10] =
        ["mesh", "auth", "oauth", "oauth2", "oidc", "rbac", "tls", "ssl", "inbound", "reverse"];
    const OUT: [&str; 18] = [
        "sql",
        "cloudsql",
        "db",
        "database",
        "mysql",
        "postgres",
        "pg",
        "redis",
        "mongo",
        "memcached",
        "kubeapi",
        "kubectl",
        "apiserver",
        "aws",
        "sigv4",
        "egress",
        "outbound",
        "socks",
    ];
    let has = |any: &[&str]| words.iter().find(|word| any.contains(word)).copied();
    let inbound = has(&IN).map(|word| NameEvidence::Pattern(Pattern::Proxy, word));
    let outbound = has(&OUT).map(|word| NameEvidence::Pattern(Pattern::Ambassador, word));
    let proxy = words.iter().find(|word| **word == "proxy").map(|word| NameEvidence::Proxy(word));
    inbound.or(outbound).or(proxy)
}

#[cfg(test)]
mod tests {
    use super::{NameEvidence, of_name};

    #[test]
    fn words_tell() {
        let evidence = |name: &str| match of_name(name) {
            Some(NameEvidence::Pattern(pattern, _)) => pattern.name(),
            Some(NameEvidence::Proxy(_)) => "some proxy",
            None => "nothing",
        };
        for (name, expected) in [
            ("redis-exporter", "adapter"),
            ("redis_exporter", "adapter"),
            ("node-exporter", "nothing"),
            ("log-agent", "sidecar"),
            ("spire-agent", "nothing"),
            ("git-sync", "sidecar"),
            ("random-generator-log-ambassador", "ambassador"),
            ("kube-rbac-proxy", "inbound proxy"),
            ("mysql-proxy", "ambassador"),
            ("proxy", "some proxy"),
            ("reverse-proxy", "inbound proxy"),
            ("mesh-proxy", "inbound proxy"),
            ("metrics", "adapter"),
            ("kube-state-metrics", "nothing"),
            ("app", "nothing"),
            ("", "nothing"),
        ] {
            assert_eq!(evidence(name), expected, "{name}");
        }
    }
}
