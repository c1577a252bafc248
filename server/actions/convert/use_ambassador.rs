//! Routes a variable of the app through the ambassador of its pod.
//!
//! The action applies to a value such as `db.example.com:5432`, alone or in a URL, if another
//! container of the pod is a proxy that listens on that port, or that contains this host itself. The
//! host in the value becomes 127.0.0.1; the rest of the value and its quotes stay.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!     env:
//!     - name: DATABASE_URL
//!       value: "postgres://web@db.exa$0mple.com:6432/shop?sslmode=disable"
//!   - name: pgbouncer
//!     image: edoburu/pgbouncer:v1.25.2-p0
//!     env:
//!     - name: DB_HOST
//!       value: db.example.com
//!     ports:
//!     - containerPort: 5432
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: example.com/web:1
//!     env:
//!     - name: DATABASE_URL
//!       value: "postgres://web@127.0.0.1:5432/shop?sslmode=disable"
//!   - name: pgbouncer
//!     image: edoburu/pgbouncer:v1.25.2-p0
//!     env:
//!     - name: DB_HOST
//!       value: db.example.com
//!     ports:
//!     - containerPort: 5432
//! ```

use crate::actions::{Action, ActionCx, Assist};
use crate::formats::image::Image;
use crate::pod::{Container, Role};
use crate::syntax::Node;
use crate::text::{Edit, Span};

pub(crate) static ACTION: Action =
    Action { id: "use-ambassador", run, cures: &["uncalled-ambassador"] };

/// Parts of image and container names of which proxies are made.
const PROXIES: [&str; 9] = [
    "proxy",
    "envoy",
    "bouncer",
    "ambassador",
    "pgpool",
    "pgcat",
    "stunnel",
    "nutcracker",
    "socat",
];

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    let containers = cx.pod.containers.iter().filter(|it| it.role != Role::Ephemeral);
    let variables = containers.flat_map(|it| it.items("env").map(move |variable| (it, variable)));
    let here = variables.filter(|(_, variable)| variable.span().touches(cx.selection));
    here.filter_map(|(app, variable)| assist(cx, app, variable)).collect()
}

fn assist(cx: &ActionCx<'_>, app: &Container<'_>, variable: Node<'_>) -> Option<Assist> {
    let value = variable.field("value")?;
    let source = value.tree().slice(value.content_span());
    let target = Target::of(value.as_str()?)?;
    let others = cx.pod.containers.iter();
    let mut others =
        others.filter(|it| **it != *app && matches!(it.role, Role::App | Role::Sidecar));
    let (proxy, local) = others.find_map(|it| Some((it, target.through(it)?)))?;
    // The place in the source is the place in the value where nothing is escaped.
    let at = source.find(target.text)?;
    let start = value.content_span().start + at;
    let edit = Edit::replace(Span::new(start, start + target.text.len()), local);
    let name = variable.field("name").and_then(Node::as_str)?;
    let title = format!("Route `{name}` through `{}` on localhost", proxy.name());
    Some(cx.rewrite(ACTION.id, title, vec![edit]))
}

/// The host of another service in a value.
struct Target<'a> {
    /// The host with its port, if it has one.
    text: &'a str,
    host: &'a str,
    port: Option<i64>,
}

impl<'a> Target<'a> {
    /// The host of `host:port`, of a URL, or of a value that is a host name with a dot.
    fn of(value: &'a str) -> Option<Self> {
        let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
        let is_url = rest.len() < value.len();
        let authority = rest.split(['/', '?', '#']).next()?;
        let text = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let (host, port) = match text.split_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok().filter(|it| *it > 0)?)),
            None => (text, None),
        };
        let word = |it: char| it.is_ascii_alphanumeric() || it == '.' || it == '-';
        let named = !host.is_empty() && host.chars().all(word) && !host.starts_with(['.', '-']);
        let alone = port.is_none() && !is_url;
        let local = host == "localhost" || host.starts_with("127.") || host == "0.0.0.0";
        let fits = named && !local && (!alone || (host.contains('.') && text == value));
        fits.then_some(Self { text, host, port })
    }

    /// Its address on localhost, if `proxy` leads there.
    fn through(&self, proxy: &Container<'_>) -> Option<String> {
        let ports = proxy.items("ports");
        let ports: Vec<_> =
            ports.filter_map(|it| it.field("containerPort").and_then(Node::as_int)).collect();
        let same = self.port.filter(|port| ports.contains(port));
        let names = proxy_names(proxy, self.host);
        if !is_proxy(proxy) || !(names || same.is_some()) {
            return None;
        }
        let only = if let [only] = ports[..] { Some(only) } else { None };
        match self.port {
            Some(_) => Some(format!("127.0.0.1:{}", same.or(only)?)),
            None => Some("127.0.0.1".to_owned()),
        }
    }
}

fn is_proxy(container: &Container<'_>) -> bool {
    let image = Image::parse(container.image()).ok();
    let image = image.as_ref().map_or("", |it| it.name());
    PROXIES.iter().any(|part| image.contains(part) || container.name().contains(part))
}

/// Whether a command, an argument or a variable of the container names this host.
fn proxy_names(container: &Container<'_>, host: &str) -> bool {
    let lists = ["command", "args"].into_iter().filter_map(|list| container.node.field(list));
    let words = lists.flat_map(Node::items).filter_map(Node::text);
    let values = container.items("env").filter_map(|it| it.field("value")?.text());
    words.chain(values).any(|text| {
        let word = |it: char| it.is_ascii_alphanumeric() || it == '.' || it == '-';
        text.match_indices(host).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let behind = text[at + host.len()..].chars().next();
            !before.is_some_and(word) && !behind.is_some_and(word)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn hosts_are_found_in_values() {
        let found = |value: &'static str| Target::of(value).map(|it| (it.text, it.port));
        assert_eq!(found("db.example.com:5432"), Some(("db.example.com:5432", Some(5432))));
        assert_eq!(found("http://api/v1"), Some(("api", None)));
        assert_eq!(found("amqp://u:p@mq:5672/x"), Some(("mq:5672", Some(5672))));
        assert_eq!(found("db.example.com"), Some(("db.example.com", None)));
        for value in ["", "debug", "127.0.0.1:80", "localhost:80", "a:b", "x:0", "/var/a.b"] {
            assert_eq!(found(value), None, "{value}");
        }
    }
}
