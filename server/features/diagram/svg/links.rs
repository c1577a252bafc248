//! Below the time line: who writes and reads which volume, and who calls whom.

use crate::features::diagram::model::{Model, SharedVolume, User};

use super::paint::{self, Paint, Tone, width};
use super::{EDGE, WIDTH};

/// The boxes on the left and on the right, and what is between them.
const BOX: i32 = 150;
const ROW: i32 = 30;
const HIGH: i32 = 24;
const CYLINDER: (i32, i32) = (WIDTH / 2 - 70, 140);

/// The volumes below `top`; gives where they end.
pub(super) fn volumes(model: &Model, top: i32, paint: &mut Paint) -> i32 {
    if model.volumes.is_empty() {
        return top;
    }
    let mut y = top + 22;
    paint.text(EDGE, y, "phase", "SHARED VOLUMES");
    y += 12;
    for volume in &model.volumes {
        y = draw_volume(model, volume, y, paint) + 10;
    }
    y - 10
}

fn draw_volume(model: &Model, volume: &SharedVolume, top: i32, paint: &mut Paint) -> i32 {
    let left: Vec<(&User, bool)> = volume
        .writers
        .iter()
        .map(|it| (it, false))
        .chain(volume.users.iter().map(|it| (it, true)))
        .collect();
    let rows = |count: usize| i32::try_from(count).unwrap_or(1) * ROW;
    let high = rows(left.len()).max(rows(volume.readers.len())).max(44);
    let middle = top + high / 2;
    let (x, wide) = CYLINDER;
    paint.open(&format!("volume {}: {}", volume.name, volume.source));
    paint.cylinder(x, middle - 22, wide, 44);
    paint.text_in_middle(
        x + wide / 2,
        middle + 4,
        "name",
        &paint::fitting(&volume.name, 13, wide - 16),
    );
    paint.text_in_middle(
        x + wide / 2,
        middle + 17,
        "faint",
        &paint::fitting(&volume.source, 10, wide - 16),
    );
    paint.close();
    let first = |count: usize| middle - rows(count) / 2 + ROW / 2;
    let mut y = first(left.len());
    for (index, (user, both)) in left.iter().enumerate() {
        container(model, user, EDGE, y, paint);
        let ends = ((EDGE + BOX + 4, y), (x - 2, spread(middle, y)));
        paint.arrow(ends.0, ends.1);
        if *both {
            paint.tip_left(EDGE + BOX + 2, y);
        }
        let verb = if *both { "may write" } else { "writes" };
        // One word is enough where arrows lie close together.
        let before = index.checked_sub(1).and_then(|it| left.get(it));
        if left.len() < 3 || before.is_none_or(|(_, it)| it != both) {
            paint.text(EDGE + BOX + 10, beside(middle, y), "gate", verb);
        }
        y += ROW;
    }
    let mut y = first(volume.readers.len());
    let right = WIDTH - EDGE - BOX;
    for (index, user) in volume.readers.iter().enumerate() {
        container(model, user, right, y, paint);
        paint.arrow((x + wide + 2, spread(middle, y)), (right - 3, y));
        if volume.readers.len() < 3 || index == 0 {
            paint.text_to_left(right - 12, beside(middle, y), "gate", "reads");
        }
        y += ROW;
    }
    top + high
}

/// Arrows of several boxes end a little apart from each other.
fn spread(middle: i32, y: i32) -> i32 {
    middle + (y - middle).clamp(-12, 12) * 2 / 3
}

/// Where the word at an arrow stands: above it, or below one that bends upwards.
fn beside(middle: i32, y: i32) -> i32 {
    if y > middle { y + 12 } else { y - 5 }
}

/// The box of a container, with the path of its mount in the text above it.
fn container(model: &Model, user: &User, x: i32, middle: i32, paint: &mut Paint) {
    let tone = model.lanes.get(user.lane).map_or(Tone::Plain, Tone::of);
    let at = if user.path.is_empty() { String::new() } else { format!(" at {}", user.path) };
    paint.open(&format!("{}{at}", user.name));
    paint.bar(x, middle - HIGH / 2, BOX, HIGH, tone);
    let name = paint::fitting(&user.name, 11, BOX - 14);
    paint.text_in_middle(x + BOX / 2, middle + 4, "small", &name);
    paint.close();
}

/// The calls on localhost below `top`; gives where they end.
pub(super) fn calls(model: &Model, top: i32, paint: &mut Paint) -> i32 {
    if model.calls.is_empty() {
        return top;
    }
    let mut y = top + 22;
    paint.text(EDGE, y, "phase", "ON LOCALHOST");
    y += 12 + ROW / 2;
    for call in &model.calls {
        let right = WIDTH - EDGE - BOX;
        container(model, &call.from, EDGE, y, paint);
        container(model, &call.to, right, y, paint);
        let text = format!("localhost:{}", call.port);
        let wide = width(&text, 11) + 20;
        let (left, end) = (WIDTH / 2 - wide / 2, WIDTH / 2 + wide / 2);
        paint.arrow((EDGE + BOX + 4, y), (left - 2, y));
        paint.pill(left, y - 11, wide, 22, Tone::Plain);
        paint.text_in_middle(WIDTH / 2, y + 4, "small", &text);
        paint.arrow((end + 2, y), (right - 3, y));
        y += ROW;
    }
    y - ROW / 2
}
