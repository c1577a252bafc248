//! Containers to add: templates as data, and how they are added to a pod.
//!
//! To add a template, write a YAML file in the shape of its neighbours and run `cargo test`.

mod check;
mod content;
mod fill;
#[rustfmt::skip]
mod list;
mod naming;
mod sense;
mod service;
mod signs;
mod template;
mod templates;
mod upstream;
mod wire;

pub use check::Problem;
pub use service::Service;
pub use template::{Added, Template, TemplateKind, TemplateList};
pub use templates::{FOLDER, FileProblem, Templates, is_template, problems};
pub(crate) use wire::app_of;

use std::cmp::Reverse;

use crate::actions::patterns::sense::Sense;
use crate::actions::patterns::signs::{Fit, Signs};
use crate::actions::patterns::wire::Target;
use crate::actions::{ActionCx, Assist, AssistKind};
use crate::formats::image::Image;
use crate::pod::{Container, Role};
use crate::syntax::TemplateText;
use crate::syntax::write::tabstops;
use crate::text::Edit;

/// How many templates of a pattern a menu lists if they fit the pod, and if none does. A search finds
/// all others.
const ASKED: usize = 3;
const UNASKED: usize = 1;

/// A template that can be added to a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The name of the template.
    pub name: String,
    pub pattern: TemplateKind,
    pub title: String,
    pub about: String,
    /// Whether a sign in the pod fits it.
    pub fits: bool,
    pub edits: Vec<Edit>,
    /// The places in the edits that the user is to fill in, with the index of their edit.
    pub tabstops: Vec<(usize, tabstops::Tabstop)>,
}

/// The few templates of `pattern` that a menu lists, the best first.
pub(super) fn assists(cx: &ActionCx<'_>, id: &'static str, pattern: TemplateKind) -> Vec<Assist> {
    let Some(app) = cx.app() else { return Vec::new() };
    let target = target(cx, app);
    let mut ranked = ranked(cx, &target, Some(pattern));
    let sense = Sense::of(cx.pod, cx.roles(), &app);
    ranked.retain(|(fit, template)| sense.is_made_by(template, *fit));
    let asked = ranked.iter().any(|(fit, _)| *fit == Fit::Asked);
    let (least, most) = if asked { (Fit::Asked, ASKED) } else { (Fit::Any, UNASKED) };
    let listed = ranked.iter().filter(|(fit, _)| *fit >= least);
    let choices = listed.filter_map(|(fit, template)| choice(cx, &target, template, *fit));
    let choices: Vec<_> = choices.take(most).collect();
    let more = ranked.len() > choices.len();
    let assist = |choice: Choice| {
        let title = format!("{}: {}", pattern.verb(), choice.title);
        let assist = Assist::new(id, AssistKind::Refactor, title, choice.edits);
        let adds = Some(Added { pattern, fits: choice.fits, more });
        Assist { tabstops: choice.tabstops, adds, ..assist }
    };
    choices.into_iter().map(assist).collect()
}

/// All templates that can be added for `app`, the best first.
pub(super) fn choices<'a>(cx: &ActionCx<'a>, app: Container<'a>) -> Vec<Choice> {
    let target = target(cx, app);
    let ranked = ranked(cx, &target, None);
    ranked.iter().filter_map(|(fit, template)| choice(cx, &target, template, *fit)).collect()
}

fn target<'a>(cx: &ActionCx<'a>, app: Container<'a>) -> Target<'a> {
    let signs = Signs::of(cx.pod, app, cx.services);
    let ActionCx { pod, version, pod_security, documents, .. } = *cx;
    let text = pod.spec.tree().text();
    let template = TemplateText::has_actions(text).then(|| TemplateText::read_part(text)).flatten();
    Target { pod, app, version, pod_security, signs, documents, template }
}

/// The templates that the pod lacks: those that fit first, those of the user before built-in ones.
fn ranked<'a>(
    cx: &ActionCx<'a>,
    target: &Target<'_>,
    pattern: Option<TemplateKind>,
) -> Vec<(Fit, &'a Template)> {
    let wanted = cx.templates.all().filter(|it| pattern.is_none_or(|wanted| it.pattern == wanted));
    let there = there(target);
    let new = wanted.filter(|template| !is_there(&there, template));
    let mut ranked: Vec<_> = new.map(|it| (target.signs.fit(it), it)).collect();
    ranked.sort_by_key(|(fit, it)| (Reverse(*fit), it.built_in, !it.common));
    ranked
}

fn choice(cx: &ActionCx<'_>, target: &Target<'_>, template: &Template, fit: Fit) -> Option<Choice> {
    let wired = target.wire(template)?;
    let shift = |edit: Edit| Edit { span: edit.span.shifted(cx.start), ..edit };
    let mut edits: Vec<Edit> = wired.edits.into_iter().map(shift).collect();
    edits.extend(wired.elsewhere);
    let mut found = Vec::new();
    for (index, edit) in edits.iter_mut().enumerate() {
        found.extend(tabstops::take(&mut edit.insert).into_iter().map(|stop| (index, stop)));
    }
    Some(Choice {
        name: template.name.clone(),
        pattern: template.pattern,
        title: wired.title,
        about: template.about.trim().to_owned(),
        fits: fit == Fit::Asked,
        edits,
        tabstops: found,
    })
}

/// Why a template is not among the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The pod already has such a container.
    There,
    /// The namespace does not allow it.
    Forbidden,
    /// It would cause a fault there, or cannot be added to the text safely.
    Unsafe,
    /// In a template of Helm or Jinja it would be wrong with some values; the reason.
    Rendered(&'static str),
}

/// Why `template` is not among the choices for `app`, if it is not.
pub(super) fn refusal<'a>(cx: &ActionCx<'a>, app: Container<'a>, name: &str) -> Option<Refusal> {
    let target = target(cx, app);
    let template = cx.templates.all().find(|it| it.name == name)?;
    match is_there(&there(&target), template) {
        true => Some(Refusal::There),
        false if !target.allows(template) => Some(Refusal::Forbidden),
        false => target.wire(template).is_none().then_some(Refusal::Unsafe),
    }
}

/// Images that can be anything: two containers that run them need not be the same helper.
const SHELLS: [&str; 4] = ["busybox", "alpine", "curlimages/curl", "debian"];

/// Whether the pod already has such a container: one of the same name or image. An app that is such
/// a helper itself needs no second one, except for a proxy with the same image.
fn is_there(there: &[There<'_>], template: &Template) -> bool {
    let wanted = repository(&template.image).filter(|it| !SHELLS.contains(it));
    let runs = template.pattern.keeps_running();
    let same_image = |it: &There<'_>| wanted.is_some() && it.repository == wanted;
    there.iter().filter(|it| it.keeps_running == runs).any(|it| match it.is_app {
        true => runs && template.pattern != TemplateKind::Proxy && same_image(it),
        false => it.name == template.container_name() || same_image(it),
    })
}

/// A container that the pod has.
struct There<'a> {
    is_app: bool,
    keeps_running: bool,
    name: &'a str,
    repository: Option<&'a str>,
}

/// The containers of the pod, read once for all templates.
fn there<'a>(target: &Target<'a>) -> Vec<There<'a>> {
    let lasting = target.pod.containers.iter().filter(|it| it.role != Role::Ephemeral);
    let there = lasting.map(|it| There {
        is_app: it.node == target.app.node,
        keeps_running: it.role != Role::Init,
        name: it.name(),
        repository: repository(it.image()),
    });
    there.collect()
}

fn repository(image: &str) -> Option<&str> {
    Image::parse(image).ok().map(|it| it.repository)
}
