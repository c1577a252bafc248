//! The services that an app calls, by its variables: `DB_HOST`, `REDIS_URL`, ...

use std::collections::HashMap;

use crate::pod::Container;
use crate::syntax::{Kind, Node, Style};
use crate::text::{Edit, Span};

/// A service that the app calls.
pub(super) struct Upstream<'a> {
    pub(super) host: &'a str,
    pub(super) port: Option<u16>,
    /// Its kind: one of `KINDS`, `http`, or `tcp` if it is unknown.
    pub(super) kind: &'static str,
    parts: Vec<Part<'a>>,
}

/// The place of its host or its port in a variable.
struct Part<'a> {
    value: Node<'a>,
    /// The byte in the text of the value where it starts.
    start: usize,
    text: &'a str,
    is_port: bool,
}

/// Known kinds: the name in templates, words for it in names and schemes, the port.
const KINDS: [(&str, &[&str], u16); 10] = [
    ("postgres", &["postgres", "postgresql", "pg", "psql"], 5432),
    ("mysql", &["mysql", "mariadb"], 3306),
    ("redis", &["redis", "rediss", "valkey"], 6379),
    ("mongodb", &["mongodb", "mongo"], 27017),
    ("amqp", &["amqp", "amqps", "rabbitmq", "rabbit"], 5672),
    ("memcached", &["memcached", "memcache"], 11211),
    ("kafka", &["kafka"], 9092),
    ("otlp", &["otel", "otlp"], 4317),
    ("https", &["https"], 443),
    // A database of an unknown kind.
    ("database", &["db", "database", "sql"], 0),
];

/// The ends of names of variables with a host, optionally with a port.
const HOST_ENDS: [&str; 9] =
    ["HOSTNAME", "HOST", "ADDR", "ADDRESS", "SERVER", "SERVERS", "ENDPOINT", "SERVICE", "BROKERS"];

impl<'a> Upstream<'a> {
    /// The services in the literal variables of `app`, in their order, except those on this host.
    pub(super) fn all(app: &Container<'a>) -> Vec<Self> {
        let variables: Vec<Variable<'a>> = app.items("env").filter_map(Variable::of).collect();
        let mut ports = Ports::new();
        for variable in &variables {
            if let Some(stem) = variable.name.strip_suffix("PORT") {
                ports.entry(stem).or_insert(variable);
            }
        }
        let found = variables.iter().filter_map(|it| Self::of(it, &ports));
        found.filter(|it| !is_here(it.host)).collect()
    }

    fn of(variable: &Variable<'a>, ports: &Ports<'_, 'a>) -> Option<Self> {
        let url = variable.text.split_once("://");
        let (host, port, mut kind) = match url {
            Some((scheme, rest)) => {
                let (host, port) = authority(rest)?;
                (host, port, by_words(scheme.trim_start_matches("jdbc:")).unwrap_or("http"))
            }
            None => {
                let (host, port) = variable.host()?;
                (host, port, "tcp")
            }
        };
        let port_there = url.is_none().then(|| variable.port_beside(ports)).flatten();
        let number = |text: &str| text.parse::<u16>().ok();
        let port_number =
            port.and_then(number).or_else(|| number(port_there.as_ref()?.text.trim()));
        if kind == "tcp" || kind == "http" || kind == "https" {
            let word = by_words(variable.name).filter(|it| *it != "https");
            kind = word
                .filter(|it| *it != "database")
                .or_else(|| by_port(port_number?))
                .or_else(|| by_words(host.split('.').next()?).filter(|_| url.is_none()))
                .or(word)
                .unwrap_or(kind);
        }
        let part = |of: &Variable<'a>, text: &'a str, is_port| {
            let start = text.as_ptr() as usize - of.text.as_ptr() as usize;
            Part { value: of.value, start, text, is_port }
        };
        let mut parts = vec![part(variable, host, false)];
        parts.extend(port.map(|port| part(variable, port, true)));
        parts.extend(port_there.map(|it| part(it, it.text, true)).filter(|_| port.is_none()));
        Some(Self { host, port: port_number, kind, parts })
    }

    /// The port, or the usual one of its kind.
    pub(super) fn port(&self) -> Option<u16> {
        let usual = || KINDS.iter().find(|(kind, ..)| *kind == self.kind).map(|(.., port)| *port);
        let http = || (self.kind == "http").then_some(80);
        self.port.or_else(usual).filter(|port| *port > 0).or_else(http)
    }

    /// The edits that make the app use `port` on this host instead. A host without a port in the
    /// variables keeps its usual one. `None` if a place cannot be edited.
    pub(super) fn led_to(&self, port: u16) -> Option<Vec<Edit>> {
        let edit = |part: &Part<'a>| {
            let source = part.value.tree().slice(part.value.content_span());
            let text = part.value.text()?;
            let at = part.value.content_span().start + source.find(text)? + part.start;
            let span = Span::new(at, at + part.text.len());
            let has_port = self.parts.iter().any(|it| it.is_port);
            let alone = part.text.len() == text.len();
            Some(Edit::replace(
                span,
                match part.is_port {
                    true => port.to_string(),
                    false if has_port || alone => "127.0.0.1".to_owned(),
                    false => format!("127.0.0.1:{port}"),
                },
            ))
        };
        self.parts.iter().map(edit).collect()
    }

    /// Whether its host looks like the name of a Service.
    pub(super) fn is_in_cluster(&self) -> bool {
        let host = self.host;
        let name = !host.contains('.') && host.contains(|it: char| it.is_ascii_alphabetic());
        name || host.ends_with(".svc") || host.contains(".svc.")
    }
}

/// The variables that hold a port, by their name without `PORT`.
type Ports<'v, 'a> = HashMap<&'a str, &'v Variable<'a>>;

/// A variable with a literal value on one line.
struct Variable<'a> {
    name: &'a str,
    value: Node<'a>,
    text: &'a str,
}

impl<'a> Variable<'a> {
    fn of(entry: Node<'a>) -> Option<Self> {
        let name = entry.field("name")?.as_str()?;
        let value = entry.field("value")?;
        let plain = !matches!(value.kind(), Kind::Scalar(Style::Literal | Style::Folded));
        let own = value.ancestors().any(|it| it == entry);
        let text = value.text().filter(|_| plain && own)?;
        Some(Self { name, value, text })
    }

    /// The host and the port in its value, if its name suggests a host. Addresses on which the app
    /// itself listens, and those of a proxy of the user, do not count.
    fn host(&self) -> Option<(&'a str, Option<&'a str>)> {
        let name = self.name;
        let end = HOST_ENDS.iter().find(|end| name.ends_with(**end))?;
        let stem = name.strip_suffix(end)?.trim_end_matches('_');
        let own = ["LISTEN", "BIND", "SERVER", "APP", "HTTP", "PUBLIC", "SELF", "ALLOWED"];
        if stem.is_empty() && *end != "BROKERS" || own.contains(&stem) {
            return None;
        }
        authority(self.text).filter(|(host, _)| host.contains(|it: char| it.is_ascii_alphabetic()))
    }

    /// The variable beside it that holds the port: `DB_PORT` of `DB_HOST`.
    fn port_beside<'v>(&self, ports: &Ports<'v, 'a>) -> Option<&'v Self> {
        let end = HOST_ENDS.iter().find(|end| self.name.ends_with(**end))?;
        let stem = self.name.strip_suffix(end)?;
        ports.get(stem).copied()
    }
}

/// The host and the port of `user:password@host:port/path`; `None` for lists of hosts and for texts
/// that are no host.
fn authority(text: &str) -> Option<(&str, Option<&str>)> {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let whole = text.get(..end)?;
    let (_, address) = whole.rsplit_once('@').unwrap_or(("", whole));
    // `tcp(host:port)`, as Go writes addresses of MySQL.
    let address = match address.strip_prefix("tcp(") {
        Some(inner) => inner.strip_suffix(')')?,
        None => address,
    };
    let (host, port) = match address.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (address, None),
    };
    let part = |part: &str| {
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !part.is_empty() && part.bytes().all(inside)
    };
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
    (host.split('.').all(part) && port_fits).then_some((host, port))
}

fn is_here(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost" || host.starts_with("127.") || host == "0.0.0.0"
}

/// The kind of service that a word of `text` means.
fn by_words(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let mut words = text.split(|it: char| !it.is_ascii_alphanumeric());
    words.find_map(|word| {
        let word = word.strip_prefix("pg").filter(|it| *it == "host").map_or(word, |_| "pg");
        KINDS.iter().find(|(_, words, _)| words.contains(&word)).map(|(kind, ..)| *kind)
    })
}

fn by_port(port: u16) -> Option<&'static str> {
    KINDS.iter().find(|(.., usual)| *usual == port).map(|(kind, ..)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pod::{Manifest, Pod};
    use crate::syntax::parse;
    use crate::text::apply;

    /// What is found in an app with these variables, and its text when it is led to port 9.
    fn found(env: &str) -> (Vec<String>, Vec<String>) {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nspec: {{containers: [{{name: a, env: [{env}]}}]}}\n"
        );
        let parse = parse(&text);
        let manifests = Manifest::all(&parse);
        let pods = Pod::all(&manifests[0]);
        let all = Upstream::all(&pods[0].containers[0]);
        let env =
            |text: &str| text.split_once("env: [").unwrap().1.split(']').next().unwrap().to_owned();
        let led = all.iter().map(|it| env(&apply(&text, &it.led_to(9).unwrap()))).collect();
        let tell = |it: &Upstream<'_>| format!("{} {}:{:?}", it.kind, it.host, it.port());
        (all.iter().map(tell).collect(), led)
    }

    #[test]
    fn variables_name_what_an_app_talks_to() {
        for (env, upstream, led) in [
            (
                "{name: DB_HOST, value: db}, {name: DB_PORT, value: '5432'}",
                "postgres db:Some(5432)",
                "{name: DB_HOST, value: 127.0.0.1}, {name: DB_PORT, value: '9'}",
            ),
            (
                "{name: DATABASE_URL, value: \"postgres://u:p@db.example.com:5432/app?a=b\"}",
                "postgres db.example.com:Some(5432)",
                "{name: DATABASE_URL, value: \"postgres://u:p@127.0.0.1:9/app?a=b\"}",
            ),
            (
                "{name: URL, value: jdbc:mysql://db/app}",
                "mysql db:Some(3306)",
                "{name: URL, value: jdbc:mysql://127.0.0.1:9/app}",
            ),
            (
                "{name: REDIS_ADDR, value: \"cache:6380\"}",
                "redis cache:Some(6380)",
                "{name: REDIS_ADDR, value: \"127.0.0.1:9\"}",
            ),
            (
                "{name: PGHOST, value: x}",
                "postgres x:Some(5432)",
                "{name: PGHOST, value: 127.0.0.1}",
            ),
            (
                "{name: USERS_URL, value: http://users/v1}",
                "http users:Some(80)",
                "{name: USERS_URL, value: http://127.0.0.1:9/v1}",
            ),
            (
                "{name: DSN, value: \"u:p@tcp(db:3306)/a\"}, {name: X_HOST, value: \"u:p@tcp(db:3306)/a\"}",
                "mysql db:Some(3306)",
                "{name: DSN, value: \"u:p@tcp(db:3306)/a\"}, {name: X_HOST, value: \"u:p@tcp(127.0.0.1:9)/a\"}",
            ),
        ] {
            assert_eq!(found(env), (vec![upstream.to_owned()], vec![led.to_owned()]), "{env}");
        }
        for env in [
            "{name: DB_HOST, value: localhost}",
            "{name: REDIS_URL, value: redis://127.0.0.1:6379}",
            "{name: HOST, value: web}",
            "{name: LISTEN_ADDR, value: web}",
            "{name: DB_HOST, value: $(HOST)}",
            "{name: DB_HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}",
            "{name: BROKERS, value: 'a:1,b:2'}",
            "{name: COLOR, value: red}",
        ] {
            assert_eq!(found(env).0, [""; 0], "{env}");
        }
    }
}
