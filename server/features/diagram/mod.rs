//! A picture of a pod: who starts when, who stops when, what they share.

mod mermaid;
mod model;
mod svg;
mod text;

use crate::features::depends::Depends;
use crate::pod::{Manifest, Pod};
use crate::syntax::Parse;

use model::Model;

/// How a picture is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A picture for light and dark backgrounds, 600 wide.
    #[default]
    Svg,
    /// A flow chart for Markdown files.
    Mermaid,
    /// For terminals, at most 80 columns wide.
    Text,
}

/// Nobody reads a picture of more containers, nor more pictures of one file.
const MOST_CONTAINERS: usize = 50;
const MOST_PODS: usize = 100;

/// A picture of one pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram {
    /// `Deployment shop`
    pub title: String,
    /// The name of the object; empty when it has none.
    pub name: String,
    pub content: String,
}

/// The pods of a document as pictures; with `offset` only the one around it, or else the first.
pub fn diagrams(parse: &Parse, offset: Option<usize>, format: Format) -> Vec<Diagram> {
    let manifests = Manifest::all(parse);
    let mut pods: Vec<Pod<'_>> = manifests.iter().flat_map(Pod::all).collect();
    if let Some(offset) = offset {
        let holds = |pod: &Pod<'_>| {
            let span = pod.manifest.root.span();
            span.start <= offset && offset <= span.end
        };
        let innermost = pods.iter().rposition(|pod| {
            let span = pod.spec.span();
            span.start <= offset && offset <= span.end
        });
        let at = innermost.or_else(|| pods.iter().position(holds)).unwrap_or_default();
        pods = pods.into_iter().skip(at).take(1).collect();
    }
    pods.retain(|pod| !pod.containers.is_empty());
    let depends = Depends::of(parse);
    pods.into_iter().take(MOST_PODS).map(|pod| draw(pod, &depends, format)).collect()
}

fn draw(mut pod: Pod<'_>, depends: &Depends<'_>, format: Format) -> Diagram {
    let all = pod.containers.len();
    pod.containers.truncate(MOST_CONTAINERS);
    let mut model = Model::of(&pod, depends);
    if depends.is_template {
        model.title.push_str(" (a template)");
    }
    if all > MOST_CONTAINERS {
        model.title.push_str(&format!(" (the first {MOST_CONTAINERS} of {all} containers)"));
    }
    let content = match format {
        Format::Svg => svg::draw(&model),
        Format::Mermaid => mermaid::draw(&model),
        Format::Text => text::draw(&model),
    };
    let name = pod.manifest.name().unwrap_or_default().to_owned();
    Diagram { title: model.title, name, content: plain(content) }
}

/// A picture is printed: names in it must not command a terminal, nor turn the text around them.
fn plain(content: String) -> String {
    let commands = |char: char| {
        (char.is_control() && char != '\n')
            || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if content.contains(commands) { content.replace(commands, "\u{fffd}") } else { content }
}
