//! The picture as a Mermaid flow chart, which Git hosts draw in Markdown.

use std::fmt::Write;

use crate::features::diagram::model::{Lane, Model, SharedVolume, User};
use crate::pod::{Pattern, Role};

pub(super) fn draw(model: &Model) -> String {
    let mut out = String::from("flowchart LR\n");
    let _ = writeln!(out, "  accTitle: {}", plain(&model.title));
    let _ = writeln!(out, "  accDescr: {}", plain(&model.summary()));
    if model.steps > 0 {
        group(model, &mut out, "before", "start-up: one after the other", |it| {
            it.start < model.steps
        });
    }
    group(model, &mut out, "apps", "app containers: together", |it| it.start >= model.steps);
    gates(model, &mut out);
    for (index, volume) in model.volumes.iter().enumerate() {
        draw_volume(volume, index, &mut out);
    }
    for call in &model.calls {
        let _ = writeln!(
            out,
            "  c{} -. \"localhost:{}\" .-> c{}",
            call.from.lane, call.port, call.to.lane
        );
    }
    classes(model, &mut out);
    out
}

fn group(model: &Model, out: &mut String, id: &str, title: &str, holds: impl Fn(&Lane) -> bool) {
    let _ = writeln!(out, "  subgraph {id} [\"{title}\"]");
    for (index, lane) in model.lanes.iter().enumerate().filter(|(_, lane)| holds(lane)) {
        let mut text = format!("<b>{}</b><br/>{}", escaped(&lane.name), escaped(&lane.label));
        if !lane.ports.is_empty() {
            let _ = write!(text, "<br/>{}", escaped(&lane.ports.join(", ")));
        }
        // Rounded: it ends. With bars: it keeps running beneath the others.
        let (open, close) = match lane.role {
            Role::Init => ("([", "])"),
            Role::Sidecar => ("[[", "]]"),
            _ => ("[", "]"),
        };
        let _ = writeln!(out, "    c{index}{open}\"{text}\"{close}");
    }
    out.push_str("  end\n");
}

/// Arrows from each step to the next, with what it waits for.
fn gates(model: &Model, out: &mut String) {
    for (index, lane) in model.lanes.iter().enumerate().filter(|(_, it)| it.start < model.steps) {
        let next = model.lanes.iter().enumerate().filter(|(_, it)| it.start == lane.start + 1);
        for (to, _) in next {
            let _ = writeln!(out, "  c{index} -- \"{}\" --> c{to}", lane.gate.label());
        }
    }
}

fn draw_volume(volume: &SharedVolume, index: usize, out: &mut String) {
    let (name, source) = (escaped(&volume.name), escaped(&volume.source));
    let _ = writeln!(out, "  v{index}[(\"{name}<br/>{source}\")]");
    let mut each = |users: &[User], draw: &dyn Fn(usize) -> String| {
        for user in users {
            let _ = writeln!(out, "  {}", draw(user.lane));
        }
    };
    each(&volume.writers, &|lane| format!("c{lane} -- writes --> v{index}"));
    each(&volume.readers, &|lane| format!("v{index} -- reads --> c{lane}"));
    each(&volume.users, &|lane| format!("c{lane} <--> v{index}"));
}

/// A colour for each role that reads on light and on dark.
fn classes(model: &Model, out: &mut String) {
    const COLOURS: [(Pattern, &str); 6] = [
        (Pattern::App, "#0969da"),
        (Pattern::Init, "#9a6700"),
        (Pattern::Sidecar, "#8250df"),
        (Pattern::Adapter, "#1a7f37"),
        (Pattern::Ambassador, "#bc4c00"),
        (Pattern::Proxy, "#bf3989"),
    ];
    for (at, (pattern, colour)) in COLOURS.iter().enumerate() {
        let lanes = model.lanes.iter().enumerate();
        let lanes = lanes.filter(|(_, lane)| lane.pattern == Some(*pattern));
        let ids: Vec<_> = lanes.map(|(index, _)| format!("c{index}")).collect();
        if !ids.is_empty() {
            let _ = writeln!(out, "  classDef role{at} stroke:{colour},stroke-width:2px");
            let _ = writeln!(out, "  class {} role{at}", ids.join(","));
        }
    }
}

/// Text for a label in quotes. Mermaid's own escapes are shown as they stand by some versions, so
/// the few signs that have a meaning are replaced; valid names have none of them.
fn escaped(text: &str) -> String {
    let safe = |char: char| match char {
        '"' => '\'',
        '<' => '‹',
        '>' => '›',
        '#' | '`' => ' ',
        char if char.is_control() => ' ',
        char => char,
    };
    text.chars().map(safe).collect()
}

/// For places that take no quotes and end with the line.
fn plain(text: &str) -> String {
    text.chars()
        .map(|char| if char.is_control() || ";#{}".contains(char) { ' ' } else { char })
        .collect()
}
