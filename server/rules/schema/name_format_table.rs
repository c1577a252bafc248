//! The fields with names, and their forms.
//!
//! A table by type, so that a new row is one line.

use super::table::{Rows, types};
use crate::formats::suggest::Format;
use crate::formats::{Verdict, names};
use crate::pod::Object;
use crate::schema::{ObjectType, Version, apps, batch, core};
use crate::syntax::Node;

/// A field that holds a name or a list of them.
pub(super) struct NameField {
    /// Its name, or the path to it.
    pub(super) field: &'static str,
    /// Its name in messages.
    pub(super) noun: &'static str,
    pub(super) form: Form,
    /// Whether the server checks the empty text too, instead of taking it for an absent one.
    pub(super) empty_is_value: bool,
    /// Whether the server checks an absent field as if it were an empty one.
    pub(super) required: bool,
    /// Whether another name can be chosen without anything outside of the manifest being wrong.
    pub(super) safe: bool,
    pub(super) when: fn(&Object<'_>, Version) -> bool,
}

/// The forms of names.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Label,
    Subdomain,
    /// The beginning of a subdomain: one `-` at the end is fine.
    Prefix,
    /// A subdomain of at most 63 bytes, in any case.
    Driver,
    /// A domain, `/` and a path, at most 63 bytes.
    Controller,
    /// A label or subdomain with a smaller limit than usual.
    Short(Format, usize),
}

impl Form {
    /// The fault of `text`, if it has one.
    pub(super) fn check(self, text: &str) -> Verdict {
        const LONG: &str = "is longer than 63 bytes";
        match self {
            Self::Label => names::label(text),
            Self::Subdomain => names::subdomain(text),
            Self::Prefix => names::prefix(text, names::subdomain),
            Self::Driver if text.len() > 63 => Err(LONG),
            Self::Driver => names::subdomain(&text.to_ascii_lowercase()),
            Self::Controller if text.len() > 63 => Err(LONG),
            Self::Controller => names::prefixed_path(text),
            Self::Short(Format::Label, _) => names::label(text),
            Self::Short(..) => names::subdomain(text),
        }
    }

    /// The form of names that a quick fix makes.
    pub(super) fn nearest(self) -> Option<Format> {
        match self {
            Self::Label => Some(Format::Label),
            Self::Subdomain | Self::Prefix | Self::Driver => Some(Format::Subdomain),
            Self::Controller => None,
            Self::Short(format, _) => Some(format),
        }
    }

    /// The longest it may be, in bytes.
    pub(super) fn longest(self) -> usize {
        match self {
            Self::Driver | Self::Controller => 63,
            Self::Label => Format::Label.longest(),
            Self::Subdomain | Self::Prefix => Format::Subdomain.longest(),
            Self::Short(_, longest) => longest,
        }
    }
}

const fn row(field: &'static str, noun: &'static str, form: Form) -> NameField {
    let when = |_: &Object<'_>, _: Version| true;
    NameField { field, noun, form, empty_is_value: false, required: false, safe: false, when }
}

const fn label(field: &'static str, noun: &'static str) -> NameField {
    row(field, noun, Form::Label)
}

const fn subdomain(field: &'static str, noun: &'static str) -> NameField {
    row(field, noun, Form::Subdomain)
}

impl NameField {
    const fn even_empty(self) -> Self {
        Self { empty_is_value: true, ..self }
    }

    const fn even_absent(self) -> Self {
        Self { empty_is_value: true, required: true, ..self }
    }

    const fn ours(self) -> Self {
        Self { safe: true, ..self }
    }

    const fn when(self, when: fn(&Object<'_>, Version) -> bool) -> Self {
        Self { when, ..self }
    }
}

pub(super) static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

pub(super) const TABLE: &[Rows<NameField>] = &[
    (
        apps::STATEFUL_SET_SPEC,
        &[label("serviceName", "service name").when(|_, version| version >= Version::new(33))],
    ),
    (batch::JOB_SPEC, &[row("managedBy", "controller", Form::Controller).even_empty()]),
    (core::CSI_VOLUME_SOURCE, &[row("driver", "driver", Form::Driver)]),
    (core::CONFIG_MAP_ENV_SOURCE, &[row("name", "ConfigMap name", Form::Prefix)]),
    (core::CONFIG_MAP_KEY_SELECTOR, &[subdomain("name", "ConfigMap name").even_absent()]),
    (core::CONTAINER, &[label("name", "container name").ours()]),
    (core::EPHEMERAL_CONTAINER, &[label("name", "container name").ours()]),
    (core::FILE_KEY_SELECTOR, &[label("volumeName", "volume name")]),
    (core::HOST_ALIAS, &[subdomain("hostnames", "host name").even_empty()]),
    (
        core::LOCAL_OBJECT_REFERENCE,
        &[subdomain("name", "Secret name")
            .when(|object, _| object.held_by() == "nodePublishSecretRef")],
    ),
    (
        core::NODE_SELECTOR_REQUIREMENT,
        &[subdomain("values", "node name").even_empty().when(|object, _| {
            object.held_by() == "matchFields" && object.text("key") == "metadata.name"
        })],
    ),
    (
        core::PERSISTENT_VOLUME_CLAIM,
        &[label("metadata.name", "claim name")
            .when(|object, _| object.held_by() == "volumeClaimTemplates")],
    ),
    (
        core::PERSISTENT_VOLUME_CLAIM_SPEC,
        &[
            subdomain("storageClassName", "storage class name"),
            subdomain("volumeAttributesClassName", "class name")
                .when(|_, version| version >= Version::new(34)),
        ],
    ),
    (core::POD_AFFINITY_TERM, &[label("namespaces", "namespace").even_empty()]),
    (
        core::POD_RESOURCE_CLAIM,
        &[
            label("name", "claim name").when(|claim, _| !repeats_a_name(claim.node)),
            subdomain("resourceClaimName", "claim name").even_empty(),
            subdomain("resourceClaimTemplateName", "template name").even_empty(),
        ],
    ),
    (
        core::POD_SPEC,
        &[
            label("hostname", "hostname").when(|spec, _| !is_of_stateful_set(spec)),
            subdomain("hostnameOverride", "hostname").even_empty(),
            subdomain("nodeName", "node name"),
            subdomain("priorityClassName", "priority class name"),
            subdomain("runtimeClassName", "runtime class name").even_empty(),
            // The alias counts only where the field itself is empty.
            subdomain("serviceAccount", "service account name")
                .when(|spec, _| spec.text("serviceAccountName").is_empty()),
            subdomain("serviceAccountName", "service account name"),
            label("subdomain", "subdomain").when(|spec, _| !is_of_stateful_set(spec)),
        ],
    ),
    (core::RESOURCE_CLAIM, &[label("request", "request name")]),
    (core::SECRET_ENV_SOURCE, &[row("name", "Secret name", Form::Prefix)]),
    (core::SECRET_KEY_SELECTOR, &[subdomain("name", "Secret name").even_absent()]),
    (
        core::STORAGE_OS_VOLUME_SOURCE,
        &[label("volumeName", "volume name"), label("volumeNamespace", "namespace")],
    ),
    (core::VOLUME, &[label("name", "volume name").ours()]),
    (
        core::WINDOWS_SECURITY_CONTEXT_OPTIONS,
        &[subdomain("gmsaCredentialSpecName", "credential spec name").even_empty()],
    ),
];

/// Whether an earlier item of the list has the same name: that is what is wrong with it then.
fn repeats_a_name(item: Node<'_>) -> bool {
    let items = item.parent().into_iter().flat_map(Node::items);
    let own = name(item);
    own.is_some() && items.take_while(|it| *it != item).any(|it| name(it) == own)
}

fn name(item: Node<'_>) -> Option<&str> {
    item.resolved()?.field("name")?.as_str()
}

/// The controller writes the host names of a StatefulSet's pods, whatever the template says.
fn is_of_stateful_set(spec: &Object<'_>) -> bool {
    spec.within(apps::STATEFUL_SET).is_some()
}
