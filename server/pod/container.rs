//! Containers of all kinds.

use crate::syntax::{Kind, Maps, Node};
use crate::text::code;

/// What a container is for its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Runs before the others, to its end.
    Init,
    /// An init container that keeps running: `restartPolicy: Always`.
    Sidecar,
    App,
    /// Added to a running pod to look into it.
    Ephemeral,
}

impl Role {
    /// What it is called in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Init => "init container",
            Self::Sidecar => "sidecar",
            Self::App => "container",
            Self::Ephemeral => "ephemeral container",
        }
    }

    /// The field of the pod spec that lists such containers.
    pub fn list(self) -> &'static str {
        match self {
            Self::Init | Self::Sidecar => "initContainers",
            Self::App => "containers",
            Self::Ephemeral => "ephemeralContainers",
        }
    }
}

/// A container of a pod.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Container<'a> {
    pub node: Node<'a>,
    pub role: Role,
    /// Its place in its list.
    pub index: usize,
}

/// How many items of a list may be aliases: they can make a small text stand for a huge pod.
const MOST_ALIASES: usize = 16;

/// The items of a list without the aliases that are too many.
pub(super) fn with_few_aliases<'a>(
    items: impl Iterator<Item = Node<'a>>,
) -> impl Iterator<Item = Node<'a>> {
    let mut aliases = 0;
    items.filter(move |item| {
        let is_alias = item.kind() == Kind::Alias;
        aliases += usize::from(is_alias);
        !is_alias || aliases <= MOST_ALIASES
    })
}

/// The three probes by their field.
pub const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];

impl<'a> Container<'a> {
    /// The containers of one list of a pod spec.
    pub(super) fn list(spec: Node<'a>, list: &str) -> impl Iterator<Item = Self> {
        let items = spec.items_of(list);
        let role = match list {
            "initContainers" => Role::Init,
            "containers" => Role::App,
            _ => Role::Ephemeral,
        };
        with_few_aliases(items).enumerate().filter_map(move |(index, item)| {
            let node = item.resolved().filter(|node| node.is_map())?;
            let always = node.get("restartPolicy").and_then(Node::as_str) == Some("Always");
            let role = if role == Role::Init && always { Role::Sidecar } else { role };
            Some(Self { node, role, index })
        })
    }

    /// Its name; empty when it has none.
    pub fn name(&self) -> &'a str {
        self.text("name")
    }

    /// The node of its name.
    pub fn name_node(&self) -> Option<Node<'a>> {
        self.node.field("name")
    }

    /// Its image; empty when it has none.
    pub fn image(&self) -> &'a str {
        self.text("image")
    }

    fn text(&self, field: &str) -> &'a str {
        self.node.field(field).and_then(Node::as_str).unwrap_or_default()
    }

    /// The maps in a list of its own: `ports`, `env`, `volumeMounts`, ...
    pub fn items(&self, list: &str) -> Maps<'a> {
        self.node.items_of(list).maps()
    }

    /// Its probes with the field they stand in.
    pub fn probes(&self) -> impl Iterator<Item = (&'static str, Node<'a>)> {
        let node = self.node;
        PROBES.into_iter().filter_map(move |name| Some((name, node.field(name)?)))
    }

    /// How a message names it: ``container `web` ``, or by its place when it has no name.
    pub fn title(&self) -> String {
        match self.name() {
            "" => format!("{} {}", self.role.name(), self.index + 1),
            name => format!("{} {}", self.role.name(), code(name)),
        }
    }
}
