//! Containers to add: templates as data, and how one is wired into a pod.
//!
//! To add a template, write a YAML file in the shape of its neighbours and run `cargo test`.

mod content;
mod template;
mod wire;

pub(crate) use template::{Pattern, Template, all};
pub(crate) use wire::{app_of, wire};

// <written by tests/it/generate.rs>
#[rustfmt::skip]
pub(crate) static SOURCES: &[(&str, &str)] = &[
    ("cloud-sql-proxy", include_str!("cloud_sql_proxy.yaml")),
    ("envoy", include_str!("envoy.yaml")),
    ("fluent-bit", include_str!("fluent_bit.yaml")),
    ("git-clone", include_str!("git_clone.yaml")),
    ("git-sync", include_str!("git_sync.yaml")),
    ("migration", include_str!("migration.yaml")),
    ("nginx-exporter", include_str!("nginx_exporter.yaml")),
    ("opentelemetry-collector", include_str!("opentelemetry_collector.yaml")),
    ("pgbouncer", include_str!("pgbouncer.yaml")),
    ("postgres-exporter", include_str!("postgres_exporter.yaml")),
    ("redis-exporter", include_str!("redis_exporter.yaml")),
    ("wait-for-service", include_str!("wait_for_service.yaml")),
];
// </written>

use crate::actions::{ActionCx, Offer, OfferKind};
use crate::facts::image::Image;
use crate::pod::{Container, Role};

/// One offer for each template of `pattern` that fits: those made for the app's image, else all.
pub(crate) fn offers(
    cx: &ActionCx<'_>,
    id: &'static str,
    pattern: Pattern,
    verb: &str,
) -> Vec<Offer> {
    let Some(app) = cx.app() else { return Vec::new() };
    let of_pattern = || all().iter().filter(|it| it.pattern == pattern);
    let made_for = |it: &&Template| it.images.iter().any(|name| is_image(app.image(), name));
    let fits: Vec<&Template> = match of_pattern().any(|it| made_for(&it)) {
        true => of_pattern().filter(made_for).collect(),
        false => of_pattern().collect(),
    };
    let fits = fits.into_iter().filter(|template| !is_there(cx, template));
    let offer = |template: &Template| {
        Some(Offer {
            id,
            title: format!("{verb}: {}", template.title),
            kind: OfferKind::Refactor,
            edits: wire(template, cx.pod, &app, cx.version)?,
            finding: None,
            preferred: false,
        })
    };
    fits.filter_map(offer).collect()
}

fn is_image(image: &str, name: &str) -> bool {
    Image::parse(image).is_ok_and(|image| image.name() == name)
}

/// Whether the pod has such a container already: one of the same image, and for init containers
/// that share an image with others, of the same name.
fn is_there(cx: &ActionCx<'_>, template: &Template) -> bool {
    let name = |image: &str| Image::parse(image).ok().map(|it| it.repository.to_owned());
    let wanted = name(&template.image);
    let runs = |it: &Container<'_>| (it.role != Role::Init) == template.pattern.keeps_running();
    let same = |it: &Container<'_>| match template.pattern.keeps_running() {
        true => wanted.is_some() && name(it.image()) == wanted,
        false => it.name() == template.name,
    };
    cx.pod.containers.iter().any(|it| runs(it) && same(it))
}
