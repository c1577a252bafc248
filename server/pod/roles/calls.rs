//! Evidence of localhost: all containers of a pod share it, so one that is told to call it calls
//! another one, or itself.

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::pod::container::{Container, Role};
use crate::pod::roles::ports;
use crate::pod::spec::Pod;
use crate::syntax::Node;

/// One container calls another one on localhost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call<'a> {
    pub from: Container<'a>,
    pub to: Container<'a>,
    pub port: i64,
    /// The variable or the argument that says so.
    pub node: Node<'a>,
    /// The name of the variable or of the flag; empty when it is neither.
    pub name: &'a str,
}

/// What the name of a variable or a flag tells about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The caller passes on to the one it calls: `--upstream`.
    PassesOn,
    /// The caller reads from the one it calls to show it to others: `--scrape-uri`.
    Shows,
    /// The caller looks after the one it calls: `--reload-url`, `ADMIN_URL`.
    LooksAfter,
    Unknown,
}

impl Call<'_> {
    pub(super) fn purpose(&self) -> Purpose {
        let name = self.name.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["scrape", "telemetry", "metrics"]) {
            Purpose::Shows
        } else if has(&["reload", "webhook", "admin", "notify", "health"]) {
            Purpose::LooksAfter
        } else if has(&["upstream", "backend", "target", "forward", "proxy-pass", "proxy_pass"])
            || name == "server"
        {
            Purpose::PassesOn
        } else {
            Purpose::Unknown
        }
    }
}

/// A place on localhost that a container names.
struct Named<'a> {
    node: Node<'a>,
    name: &'a str,
    port: i64,
}

pub(super) fn calls<'a>(pod: &Pod<'a>) -> Vec<Call<'a>> {
    // An init container ends before the apps start, so it can only reach sidecars.
    between(pod, |from, to| {
        to == Role::Sidecar || (to == Role::App && ![Role::Init, Role::Ephemeral].contains(&from))
    })
}

/// The calls of init containers to apps that only start when they have ended.
pub(super) fn before_start<'a>(pod: &Pod<'a>) -> Vec<Call<'a>> {
    let mut before_start = between(pod, |from, to| from == Role::Init && to == Role::App);
    if !before_start.is_empty() {
        // A sidecar that listens there too answers.
        let answered = calls(pod);
        before_start
            .retain(|call| answered.iter().all(|it| it.node != call.node || it.port != call.port));
    }
    before_start
}

/// How many places on localhost one container may name before the others are no longer looked at.
const MOST_PLACES: usize = 256;

/// The calls from one container to another whose roles are as `reach` says.
fn between<'a>(pod: &Pod<'a>, reach: impl Fn(Role, Role) -> bool) -> Vec<Call<'a>> {
    // Most containers name no place on localhost, so the ports are read only if one does.
    let listening = LazyCell::new(|| {
        let listening = pod.containers.iter().map(|it| (*it, ports::listened(it)));
        listening.collect::<Vec<(Container<'a>, HashSet<i64>)>>()
    });
    let mut found: Vec<Call<'a>> = Vec::new();
    for from in pod.containers.iter().filter(|it| it.role != Role::Ephemeral) {
        let reaches = |it: &Container<'a>| it.node != from.node && reach(from.role, it.role);
        if !pod.containers.iter().any(reaches) {
            continue;
        }
        let own = LazyCell::new(|| ports::declared(from).collect::<HashSet<_>>());
        let mut known = HashSet::new();
        for Named { node, name, port } in named(from).into_iter().take(MOST_PLACES) {
            let to = listening.iter().find(|(it, ports)| ports.contains(&port) && reaches(it));
            let Some((to, _)) = to.filter(|_| !own.contains(&port)) else { continue };
            if known.insert((to.node.id(), port)) {
                found.push(Call { from: *from, to: *to, port, node, name });
            }
        }
    }
    found
}

/// All places on localhost in the variables, arguments and HTTP hooks of a container.
fn named<'a>(container: &Container<'a>) -> Vec<Named<'a>> {
    let mut found = Vec::new();
    let variables: Vec<_> = container.items("env").collect();
    for variable in &variables {
        let name = variable.field("name").and_then(Node::as_str).unwrap_or_default();
        let Some(node) = variable.field("value") else { continue };
        let text = node.text().unwrap_or_default();
        found.extend(addresses(text).map(|port| Named { node, name, port }));
        if HOSTS.contains(&text)
            && let Some(port) = port_beside(name, &variables)
        {
            found.push(Named { node, name, port });
        }
    }
    let mut flag = "";
    for node in ports::arguments(container) {
        let text = node.text().unwrap_or_default();
        let name = if text.starts_with('-') {
            text.split('=').next().unwrap_or(text).trim_start_matches('-')
        } else {
            flag
        };
        found.extend(addresses(text).map(|port| Named { node, name, port }));
        flag = if text.starts_with('-') && !text.contains('=') { name } else { "" };
    }
    found
}

const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The ports behind `localhost:` and the like in a text.
fn addresses(text: &str) -> impl Iterator<Item = i64> {
    let behind = |host: &'static str| text.match_indices(host).map(move |(at, _)| at + host.len());
    let places = behind("localhost").chain(behind("127.0.0.1")).chain(behind("[::1]"));
    places.filter_map(|at| {
        // dnsmasq writes `#` between address and port.
        let rest = text.get(at..)?.strip_prefix([':', '#'])?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..digits)?.parse().ok()
    })
}

/// `DB_PORT` beside `DB_HOST`.
fn port_beside(name: &str, variables: &[Node<'_>]) -> Option<i64> {
    let prefix = name.rsplit_once('_').map_or("", |(prefix, _)| prefix);
    variables.iter().take(MOST_PLACES).find_map(|variable| {
        let other = variable.field("name").and_then(Node::as_str)?;
        let is_port = other.strip_suffix("PORT")?.trim_end_matches('_') == prefix;
        variable.field("value").filter(|_| is_port)?.text()?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn places_on_localhost() {
        for (text, expected) in [
            ("redis://localhost:6379/0", vec![6379]),
            ("http://127.0.0.1:80,http://[::1]:81", vec![80, 81]),
            ("--server=127.0.0.1#10053", vec![10053]),
            ("http://localhost/", vec![]),
            ("localhost:", vec![]),
            ("localhost:99999999999999999999", vec![]),
        ] {
            assert_eq!(addresses(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
