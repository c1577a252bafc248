//! A map of a manifest together with its type.

use crate::pod::container::Role;
use crate::schema::core::{CONTAINER, EPHEMERAL_CONTAINER};
use crate::schema::{Field, ObjectType, Version, dropped};
use crate::syntax::{Children, Entry, Node};

/// What the items of lists are called.
const NOUNS: &[(&str, &str)] = &[
    ("claims", "claim"),
    ("containers", "container"),
    ("env", "variable"),
    ("envFrom", "`envFrom` item"),
    ("ephemeralContainers", "ephemeral container"),
    ("hostAliases", "host alias"),
    ("httpHeaders", "header"),
    ("imagePullSecrets", "pull secret"),
    ("initContainers", "init container"),
    ("items", "item"),
    ("matchExpressions", "expression"),
    ("matchFields", "expression"),
    ("nodeSelectorTerms", "term"),
    ("options", "option"),
    ("ownerReferences", "owner"),
    ("ports", "port"),
    ("readinessGates", "readiness gate"),
    ("resizePolicy", "`resizePolicy` item"),
    ("resourceClaims", "resource claim"),
    ("restartPolicyRules", "restart rule"),
    ("rules", "rule"),
    ("schedulingGates", "scheduling gate"),
    ("sources", "source"),
    ("sysctls", "sysctl"),
    ("tolerations", "toleration"),
    ("topologySpreadConstraints", "spread constraint"),
    ("volumeClaimTemplates", "claim template"),
    ("volumeDevices", "device"),
    ("volumeMounts", "mount"),
    ("volumes", "volume"),
];

/// A map of a known type, or an item of a list of such maps that is null, and what it is part of.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    pub node: Node<'a>,
    pub ty: ObjectType,
    pub parent: Option<&'a Object<'a>>,
    /// The pairs that count, with what the type says of them. Every rule about fields needs them,
    /// so they are looked up once.
    pub fields: &'a [TypedEntry<'a>],
    pub(super) held_by: &'a str,
    /// Whether the API server drops it, with something around it.
    pub dropped: bool,
    /// Whether the API server stops before it looks into it, or refuses something around it.
    pub skipped_by_server: bool,
}

/// A pair of a map, and the field of the type that it is; `None` for one that the type lacks.
#[derive(Clone, Copy, Debug)]
pub struct TypedEntry<'a> {
    pub entry: Entry<'a>,
    pub field: Option<Field>,
}

impl<'a> Object<'a> {
    /// The value of a field unless it is null or not there.
    pub fn field(&self, name: &str) -> Option<Node<'a>> {
        self.node.field(name)
    }

    /// The items of the list in a field; nothing if it has no list.
    pub fn items_of(&self, name: &str) -> Children<'a> {
        self.node.items_of(name)
    }

    /// The text of a field that is a string; empty when it is null, absent or of another type.
    pub fn text(&self, name: &str) -> &'a str {
        self.field(name).and_then(Node::as_str).unwrap_or_default()
    }

    /// The field of the object around it that holds this one; for items the name of the list.
    pub fn held_by(&self) -> &'a str {
        self.held_by
    }

    /// The objects around this one, itself first.
    pub fn ancestors(&self) -> impl Iterator<Item = &Object<'a>> {
        std::iter::successors(Some(self), |object| object.parent)
    }

    /// How messages name it: ``container `web` ``, by its place when it has no name, `secret`.
    pub fn title(&self) -> String {
        let field = self.held_by();
        let Some((_, noun)) = NOUNS.iter().find(|(list, _)| *list == field) else {
            return match field {
                "" => "the object".to_owned(),
                field => format!("`{field}`"),
            };
        };
        match self.text("name") {
            "" => format!("{noun} {}", self.place()),
            name => format!("{noun} `{name}`"),
        }
    }

    /// The place in its list, from 1 on.
    fn place(&self) -> usize {
        self.node.parent().filter(|list| list.is_seq()).map_or(1, |_| self.node.index() + 1)
    }

    /// What the container is for its pod, if this is one or part of one.
    pub fn role(&self) -> Option<Role> {
        let container =
            self.ancestors().find(|it| it.ty == CONTAINER || it.ty == EPHEMERAL_CONTAINER)?;
        Some(match container.held_by() {
            _ if container.ty == EPHEMERAL_CONTAINER => Role::Ephemeral,
            "initContainers" if container.text("restartPolicy") == "Always" => Role::Sidecar,
            "initContainers" => Role::Init,
            _ => Role::App,
        })
    }

    /// Whether the API server of `version` drops `field` of it, or something around it, before it
    /// validates: a feature gate is off.
    pub fn is_dropped(&self, field: &str, version: Version) -> bool {
        self.dropped || dropped(self.ty, field, version)
    }

    /// The nearest object of this type around it.
    pub fn within(&self, ty: ObjectType) -> Option<&Object<'a>> {
        self.ancestors().find(|object| object.ty == ty)
    }
}
