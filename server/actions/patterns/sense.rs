//! Templates that a pod does not need. Menus leave them out; the list of all templates has them.

use crate::actions::patterns::signs::Fit;
use crate::actions::patterns::template::{Template, TemplateKind};
use crate::pod::{Container, ContainerRole, Pattern, Pod, Workload, collects_logs};

/// The properties of a pod that make some templates useless.
pub(super) struct Sense {
    is_batch: bool,
    /// Whether a container already collects logs.
    has_logs: bool,
    /// What its helpers are for.
    helpers: Vec<Pattern>,
}

impl Sense {
    pub(super) fn of(pod: &Pod<'_>, roles: &[ContainerRole<'_>], app: &Container<'_>) -> Self {
        let helpers = roles.iter().filter(|it| it.container.node != app.node);
        Self {
            is_batch: pod.workload.is_some_and(Workload::is_batch),
            has_logs: pod.containers.iter().any(collects_logs),
            helpers: helpers.filter_map(|it| it.pattern).collect(),
        }
    }

    /// Whether the pod may need `template`. `fit` is how well it fits.
    pub(super) fn is_made_by(&self, template: &Template, fit: Fit) -> bool {
        let has = |pattern| self.helpers.contains(&pattern);
        let another = match template.pattern {
            TemplateKind::Proxy => has(Pattern::Proxy),
            // A second one may be needed if the pod shows a sign of it.
            TemplateKind::Adapter => has(Pattern::Adapter) && fit != Fit::Asked,
            TemplateKind::Ambassador => has(Pattern::Ambassador) && fit != Fit::Asked,
            TemplateKind::Sidecar | TemplateKind::InitContainer => false,
        };
        let for_servers = self.is_batch && !template.batch;
        let for_logs = self.has_logs && template.fits.logs;
        !(another || for_servers || for_logs)
    }
}
