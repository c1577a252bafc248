//! The picture for terminals: at most 80 columns, nothing but characters of one width.

use std::fmt::Write;

use crate::features::diagram::model::{Lane, SharedVolume};
use crate::features::diagram::model::{Model, User, shortened};

const WIDTH: usize = 80;

/// The columns of the time line.
struct Scale {
    /// Before the time line: names and roles.
    names: usize,
    labels: usize,
    /// The width of a step before the apps start, and of a step of stopping.
    step: usize,
    stop: usize,
    /// The width of the time line.
    line: usize,
}

impl Scale {
    fn of(model: &Model) -> Self {
        let longest = |text: fn(&Lane) -> &str, max: usize| {
            let lens = model.lanes.iter().map(|lane| text(lane).chars().count());
            lens.max().unwrap_or_default().min(max)
        };
        let names = longest(|lane| &lane.name, 22);
        let labels = longest(|lane| &lane.label, 22);
        let line = WIDTH - names - labels - 2 - 2;
        let step = (line / 3).checked_div(model.steps).unwrap_or_default().clamp(1, 5);
        let stop = (line / 6).checked_div(model.stops).unwrap_or_default().clamp(1, 4);
        Self { names, labels, step, stop, line }
    }

    /// Where the containers of a step start.
    fn start(&self, step: usize) -> usize {
        (step * self.step).min(self.line / 2)
    }

    /// Where those of a step of stopping end; stopping ends at the right edge.
    fn end(&self, stop: usize, stops: usize) -> usize {
        let left = stops.saturating_sub(stop + 1) * self.stop;
        self.line.saturating_sub(left).max(self.line / 2 + 2)
    }
}

pub(super) fn draw(model: &Model) -> String {
    let scale = Scale::of(model);
    let mut out = String::new();
    let qos = if model.qos.is_empty() { String::new() } else { format!("QoS {}", model.qos) };
    let title = shortened(&model.title, WIDTH - qos.len() - 2);
    let gap = WIDTH.saturating_sub(title.chars().count() + qos.len());
    let _ = writeln!(out, "{title}{}{qos}\n", " ".repeat(gap));
    head(model, &scale, &mut out);
    for lane in &model.lanes {
        let (name, label) =
            (shortened(&lane.name, scale.names), shortened(&lane.label, scale.labels));
        let bar = bar(model, lane, &scale);
        let line = format!(
            "{name:names$}  {label:labels$}  {bar}",
            names = scale.names,
            labels = scale.labels
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let mut more = String::new();
    for lane in &model.lanes {
        section_ports(lane, &mut more);
    }
    section("Ports and probes", &more, &mut out);
    let volumes: String = model.volumes.iter().map(volume).collect();
    section("Shared volumes", &volumes, &mut out);
    let calls = model.calls.iter();
    let calls: String = calls
        .map(|it| wrapped(&format!("{} → localhost:{} → {}", it.from.name, it.port, it.to.name)))
        .collect();
    section("On localhost", &calls, &mut out);
    section("Order", &order(model), &mut out);
    out
}

/// Names the parts of the time line.
fn head(model: &Model, scale: &Scale, out: &mut String) {
    let left = scale.names + scale.labels + 4;
    let (apps, stop) = (scale.start(model.steps), scale.end(0, model.stops));
    let mut line = vec![' '; scale.line];
    let mut put = |at: usize, text: &str| {
        for (cell, char) in line.iter_mut().skip(at).zip(text.chars()) {
            *cell = char;
        }
    };
    if apps >= 9 {
        put(0, "start-up");
    }
    put(apps, "running");
    put(stop.saturating_sub(9), "shutdown");
    let line: String = line.into_iter().collect();
    let _ = writeln!(out, "{}{}", " ".repeat(left), line.trim_end());
}

/// `├─ 8080 http ───────┤`, moved to where it starts.
fn bar(model: &Model, lane: &Lane, scale: &Scale) -> String {
    let start = scale.start(lane.start);
    let Some(stop) = lane.stop else {
        let end = scale.start(lane.start + 1).max(start + 2);
        let bar = "─".repeat(end - start - 2);
        return format!("{}├{bar}┤ {}", " ".repeat(start), lane.gate.label());
    };
    let end = scale.end(stop, model.stops);
    let inside = end.saturating_sub(start + 2);
    let fill = if lane.start < model.steps { '═' } else { '─' };
    let label = match lane.start < model.steps {
        true => lane.gate.label().to_owned(),
        false => lane.ports.join(", "),
    };
    let label = if label.is_empty() {
        label
    } else {
        format!(" {} ", shortened(&label, inside.saturating_sub(4)))
    };
    let lead = inside.min(1);
    let rest = inside.saturating_sub(lead + label.chars().count());
    let fills = |count: usize| fill.to_string().repeat(count);
    format!("{}├{}{label}{}┤", " ".repeat(start), fills(lead), fills(rest))
}

fn section(title: &str, lines: &str, out: &mut String) {
    if !lines.is_empty() {
        let _ = write!(out, "\n{title}\n{lines}");
    }
}

fn section_ports(lane: &Lane, out: &mut String) {
    let mut parts = Vec::new();
    if !lane.ports.is_empty() {
        parts.push(lane.ports.join(", "));
    }
    if !lane.probes.is_empty() {
        parts.push(format!("probes: {}", lane.probes.join(", ")));
    }
    if !parts.is_empty() {
        out.push_str(&wrapped(&format!("{}: {}", lane.name, parts.join("; "))));
    }
}

fn volume(volume: &SharedVolume) -> String {
    let names =
        |users: &[User]| users.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let middle = format!("{} ({})", volume.name, volume.source);
    let mut line = match volume.writers.is_empty() {
        true => middle,
        false => format!("{} → {middle}", names(&volume.writers)),
    };
    if !volume.readers.is_empty() {
        let _ = write!(line, " → {}", names(&volume.readers));
    }
    if !volume.users.is_empty() {
        let _ = write!(line, " ↔ {}", names(&volume.users));
    }
    wrapped(&line)
}

fn order(model: &Model) -> String {
    let mut steps: Vec<String> = model
        .lanes
        .iter()
        .filter(|lane| lane.start < model.steps)
        .map(|lane| format!("{} ({})", lane.name, lane.gate.label()))
        .collect();
    let apps = model.lanes.iter().filter(|lane| lane.start >= model.steps);
    steps.push(apps.map(|lane| lane.name.as_str()).collect::<Vec<_>>().join(" and "));
    let start = wrapped(&format!("start: {}", steps.join(" → ")));
    let stop = wrapped(&format!("stop: {}", model.stop_order().join(" → ")));
    format!("{start}{stop}")
}

/// The words of a text in lines of at most 80 columns, each moved to the right.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut line = String::from(" ");
    let width = |text: &str| text.chars().count();
    for word in text.split(' ') {
        if width(&line) + 1 + width(word) > WIDTH && width(&line) > 4 {
            out.push_str(&line);
            out.push('\n');
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(&shortened(word, WIDTH - 5));
    }
    out.push_str(&line);
    out.push('\n');
    out
}
