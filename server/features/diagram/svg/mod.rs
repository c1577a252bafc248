//! The picture as an SVG: 600 wide, for light and dark backgrounds, with texts for screen readers.
//!
//! Time runs from left to right. Each container is a lane with a bar; below them are the volumes
//! that containers share and the calls on localhost.

mod links;
mod paint;

use crate::features::diagram::model::{Lane, Model};
use paint::{Paint, Tone, width};

/// The width of the picture.
const WIDTH: i32 = 600;
/// The empty border.
const EDGE: i32 = 16;
/// Where the time line starts and ends.
const LINE: (i32, i32) = (178, WIDTH - EDGE);
/// The height of a lane, and of the bar in it.
const LANE: i32 = 56;
const BAR: i32 = 26;
/// Where the first lane starts.
const TOP: i32 = 88;

/// Where the steps are on the time line.
struct Scale {
    step: i32,
    steps: i32,
    stop: i32,
    stops: i32,
}

impl Scale {
    fn of(model: &Model) -> Self {
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let (steps, stops) = (count(model.steps), count(model.stops));
        let line = LINE.1 - LINE.0;
        let step = if steps == 0 { 0 } else { (line * 3 / 8 / steps).clamp(1, 74) };
        let stop = if stops < 2 { 0 } else { (line / 5 / (stops - 1)).clamp(1, 34) };
        Self { step, steps, stop, stops }
    }

    /// Where the containers of a step start.
    fn start(&self, step: usize) -> i32 {
        LINE.0 + i32::try_from(step).unwrap_or(self.steps).min(self.steps) * self.step
    }

    /// Where those of a step of stopping end.
    fn end(&self, stop: usize) -> i32 {
        let left = self.stops - 1 - i32::try_from(stop).unwrap_or(0).min(self.stops - 1);
        LINE.1 - left * self.stop
    }
}

pub(super) fn draw(model: &Model) -> String {
    let scale = Scale::of(model);
    let mut paint = Paint::default();
    let lanes = i32::try_from(model.lanes.len()).unwrap_or(1);
    head(model, &mut paint);
    time(model, &scale, lanes, &mut paint);
    for (index, lane) in model.lanes.iter().enumerate() {
        let top = TOP + i32::try_from(index).unwrap_or(0) * LANE;
        draw_lane(lane, &scale, top, &mut paint);
    }
    gates(model, &scale, &mut paint);
    let mut bottom = TOP + lanes * LANE + 4;
    bottom = links::volumes(model, bottom, &mut paint);
    bottom = links::calls(model, bottom, &mut paint);
    paint.picture(WIDTH, bottom + 12, &model.title, &model.summary())
}

/// The title, and what holds for the pod as a whole.
fn head(model: &Model, paint: &mut Paint) {
    let badge = if model.qos.is_empty() { String::new() } else { format!("QoS {}", model.qos) };
    let room = WIDTH - 2 * EDGE - width(&badge, 11) - 30;
    paint.text(EDGE, 34, "title", &paint::fitting(&model.title, 18, room));
    let (number, grace) = (model.lanes.len(), model.grace_period);
    let noun = if number == 1 { "container" } else { "containers" };
    let policy = &model.restart_policy;
    let line = format!("{number} {noun} · restartPolicy {policy} · {grace} s to stop");
    paint.text(EDGE, 53, "muted", &line);
    if !badge.is_empty() {
        let wide = width(&badge, 11) + 20;
        paint.pill(WIDTH - EDGE - wide, 18, wide, 22, Tone::Plain);
        paint.text_in_middle(WIDTH - EDGE - wide / 2, 33, "small", &badge);
    }
}

/// The parts of the time line, and lines between them through all lanes.
fn time(model: &Model, scale: &Scale, lanes: i32, paint: &mut Paint) {
    let (apps, stop) = (scale.start(model.steps), scale.end(0));
    let bottom = TOP + lanes * LANE - 8;
    if scale.stops > 1 {
        paint.area(stop, TOP - 6, LINE.1 - stop, bottom - TOP + 6);
    }
    if model.steps > 0 {
        paint.area(LINE.0, TOP - 6, apps - LINE.0, bottom - TOP + 6);
        let name = if apps - LINE.0 >= 58 { "START-UP" } else { "START" };
        paint.text(LINE.0, TOP - 14, "phase", name);
    }
    paint.text(apps, TOP - 14, "phase", "RUNNING");
    paint.text_to_left(LINE.1, TOP - 14, "phase", "SHUTDOWN");
}

fn draw_lane(lane: &Lane, scale: &Scale, top: i32, paint: &mut Paint) {
    let tone = Tone::of(lane);
    let room = LINE.0 - EDGE - 12;
    paint.open(&format!("{}: {}; {}", lane.name, lane.label, lane.reason));
    paint.text(EDGE, top + 14, "name", &paint::fitting(&lane.name, 14, room));
    paint.toned(EDGE, top + 29, tone, &paint::fitting(&lane.label, 11, room));
    paint.text(EDGE, top + 43, "faint", &paint::fitting(&lane.image, 10, room));
    let (start, bar) = (scale.start(lane.start), top + (LANE - 8 - BAR) / 2);
    match lane.stop {
        None => {
            let end = start + scale.step - 3;
            paint.bar(start, bar, (end - start).max(3), BAR, tone);
        }
        Some(stop) => {
            let end = scale.end(stop);
            paint.bar(start, bar, end - start, BAR, tone);
            paint.stop(end - 13, bar + BAR / 2, tone);
            chips(lane, (start + 8, end - 20), bar + BAR / 2, tone, scale, paint);
        }
    }
    paint.close();
}

/// Ports and probes in a bar, as many as there is room for; ports go first.
fn chips(
    lane: &Lane,
    (left, right): (i32, i32),
    middle: i32,
    tone: Tone,
    scale: &Scale,
    paint: &mut Paint,
) {
    let mut left = left;
    if lane.start < usize::try_from(scale.steps).unwrap_or_default() {
        // The gate stands in the bar, where the next container starts.
        left += scale.step + width(lane.gate.label(), 10) + 4;
    }
    for port in &lane.ports {
        let text = format!(":{port}");
        let wide = width(&text, 10) + 12;
        if left + wide > right {
            break;
        }
        paint.chip(left, middle, wide, &text, tone);
        left += wide + 5;
    }
    if lane.probes.is_empty() {
        return;
    }
    let probes = lane.probes.join(", ");
    let fits = |text: &String| left + width(text, 10) + 4 <= right;
    if let Some(text) = [format!("probes: {probes}"), probes].iter().find(|text| fits(text)) {
        paint.text_to_left(right, middle + 4, "probe", text);
    }
}

/// From the end of each step to the start of the next: what is waited for.
fn gates(model: &Model, scale: &Scale, paint: &mut Paint) {
    let middle = |index: usize| TOP + i32::try_from(index).unwrap_or(0) * LANE + (LANE - 8) / 2;
    for (index, lane) in model.lanes.iter().enumerate().filter(|(_, it)| it.start < model.steps) {
        let at = scale.start(lane.start + 1);
        let label = lane.gate.label();
        let next = model.lanes.iter().enumerate().filter(|(_, it)| it.start == lane.start + 1);
        match lane.is_init() {
            true => paint.text(at + 7, middle(index) + 4, "gate", label),
            false => {
                paint.knot(at, middle(index));
                paint.text(at + 8, middle(index) + 4, "gate", label);
            }
        }
        paint.arrow_down(at - 1, middle(index) + BAR / 2, next.map(|(index, _)| middle(index)));
    }
}
