//! Which fields hold labels, label keys or label values.
//!
//! A table by type, so that a new row is one line.

use super::table::{Rows, types};
use crate::check::Severity;
use crate::pod::Object;
use crate::schema::{ObjectType, Version, batch, core, meta};

/// A field that holds labels or parts of them.
pub(super) struct LabelField {
    pub(super) field: &'static str,
    pub(super) part: Part,
    /// Its name in messages.
    pub(super) noun: &'static str,
    /// Whether it is required and must not be empty.
    pub(super) required: bool,
    /// The severity here, if it is checked at all.
    pub(super) when: fn(&Object<'_>, Version) -> Option<Severity>,
}

/// The part of a label in a field.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// A map of labels.
    Map,
    /// A key, or a list of them.
    Key,
    /// A value, or a list of them.
    Value,
}

const fn row(field: &'static str, part: Part, noun: &'static str) -> LabelField {
    LabelField { field, part, noun, required: false, when: |_, _| Some(Severity::Error) }
}

const fn map(field: &'static str) -> LabelField {
    row(field, Part::Map, "label")
}

const fn key(field: &'static str, noun: &'static str) -> LabelField {
    row(field, Part::Key, noun)
}

impl LabelField {
    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn when(self, when: fn(&Object<'_>, Version) -> Option<Severity>) -> Self {
        Self { when, ..self }
    }
}

pub(super) static TYPES: [ObjectType; TABLE.len()] = types(TABLE);

const SELECTOR_KEYS: LabelField = key("matchLabelKeys", "label key").when(beside_selector);

pub(super) const TABLE: &[Rows<LabelField>] = &[
    (
        batch::POD_FAILURE_POLICY_ON_POD_CONDITIONS_PATTERN,
        &[key("type", "condition type").required()],
    ),
    (
        core::NODE_SELECTOR_REQUIREMENT,
        &[
            key("key", "label key")
                .required()
                .when(|object, _| error_if(object.held_by() == "matchExpressions")),
            row("values", Part::Value, "label value").when(of_required_node_term),
        ],
    ),
    (
        core::POD_AFFINITY_TERM,
        &[
            key("topologyKey", "topology key"),
            SELECTOR_KEYS,
            key("mismatchLabelKeys", "label key").when(beside_selector),
        ],
    ),
    (core::POD_READINESS_GATE, &[key("conditionType", "condition type").required()]),
    (core::POD_SCHEDULING_GATE, &[key("name", "scheduling gate").required()]),
    (core::POD_SPEC, &[map("nodeSelector")]),
    (
        core::TOLERATION,
        &[
            key("key", "taint key"),
            row("value", Part::Value, "taint value")
                .when(|object, _| error_if(matches!(object.text("operator"), "" | "Equal"))),
        ],
    ),
    (core::TOPOLOGY_SPREAD_CONSTRAINT, &[SELECTOR_KEYS]),
    (meta::LABEL_SELECTOR, &[map("matchLabels")]),
    (
        meta::LABEL_SELECTOR_REQUIREMENT,
        &[
            key("key", "label key").required(),
            row("values", Part::Value, "label value").when(|_, version| since(26, version)),
        ],
    ),
    (meta::OBJECT_META, &[map("labels").when(of_metadata)]),
];

fn error_if(condition: bool) -> Option<Severity> {
    condition.then_some(Severity::Error)
}

fn since(minor: u8, version: Version) -> Option<Severity> {
    error_if(version >= Version::new(minor))
}

/// These lists are not checked without a selector beside them, which is the fault then.
fn beside_selector(object: &Object<'_>, _: Version) -> Option<Severity> {
    error_if(object.field("labelSelector").is_some())
}

/// Values of preferred terms are warnings.
fn of_required_node_term(object: &Object<'_>, version: Version) -> Option<Severity> {
    if object.held_by() != "matchExpressions" || version < Version::new(33) {
        return None;
    }
    let preferred = object.within(core::PREFERRED_SCHEDULING_TERM).is_some();
    Some(if preferred { Severity::Warning } else { Severity::Error })
}

/// Metadata that is used: that of objects, of pod templates and of ephemeral claims. The server
/// looks at that of other templates only when it makes something out of them.
pub(super) fn of_metadata(object: &Object<'_>, _: Version) -> Option<Severity> {
    let owner = object.parent?;
    if owner.parent.is_none() || owner.ty == core::POD_TEMPLATE_SPEC {
        return Some(Severity::Error);
    }
    match owner.held_by() {
        "volumeClaimTemplate" => Some(Severity::Error),
        "volumeClaimTemplates" | "jobTemplate" => Some(Severity::Warning),
        _ => None,
    }
}
