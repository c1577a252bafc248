//! Shapes and texts of the picture, and its colours.

use std::fmt::Write;

use crate::features::diagram::model::{Lane, shortened};
use crate::pod::{Pattern, Role};

/// The colours on light backgrounds.
const LIGHT: &str = "--bg:#fff;--text:#1f2328;--muted:#59636e;--line:#c5ccd3;--area:#f3f5f7;\
--plain:#f6f8fa;--app:#0969da;--app-bg:#ddf4ff;--init:#7d4e00;--init-bg:#fff3c4;\
--sidecar:#8250df;--sidecar-bg:#f5edff;--adapter:#116329;--adapter-bg:#dcfbe4;\
--ambassador:#a63b00;--ambassador-bg:#ffeadb;--proxy:#a8256f;--proxy-bg:#ffe8f4";

/// The same on dark ones.
const DARK: &str = "--bg:#14181f;--text:#e8edf3;--muted:#9aa5b1;--line:#454e59;--area:#1b212a;\
--plain:#222933;--app:#6cb6ff;--app-bg:#12304f;--init:#e3b341;--init-bg:#3a2d0a;\
--sidecar:#c297ff;--sidecar-bg:#33234f;--adapter:#56d364;--adapter-bg:#0f3a1e;\
--ambassador:#ff9d57;--ambassador-bg:#4a2410;--proxy:#ff8ac4;--proxy-bg:#4a1733";

const SHAPES: &str = "\
.podls{font-family:system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,sans-serif}\
.podls .bg{fill:var(--bg)}.podls .area{fill:var(--area)}\
.podls text{fill:var(--text);font-size:11px}.podls .title{font-size:17px;font-weight:650}\
.podls .muted,.podls .faint,.podls .phase,.podls .probe,.podls .gate{fill:var(--muted)}\
.podls .name{font-size:13px;font-weight:600}\
.podls .faint,.podls .probe,.podls .gate,.podls .chip{font-size:10px}\
.podls .phase{font-size:9.5px;font-weight:600;letter-spacing:.07em}\
.podls .wire{fill:none;stroke:var(--muted);stroke-width:1.2}.podls .tip{fill:var(--muted)}\
.podls .plain{fill:var(--plain);stroke:var(--line)}.podls .t-plain{fill:var(--text)}\
.podls .s-plain{fill:var(--muted)}";

/// All styles. Browsers tell whether the background is dark; in VS Code's own views the body does. What
/// knows no variables, such as rsvg-convert, skips `@supports`, and takes the colours for light backgrounds.
fn style() -> String {
    let mut shapes = SHAPES.to_owned();
    for tone in PATTERNS.map(Tone::Of) {
        let name = tone.class();
        let _ = write!(
            shapes,
            ".podls .{name}{{fill:var(--{name}-bg);stroke:var(--{name})}}\
             .podls .t-{name}{{fill:var(--{name})}}.podls .s-{name}{{fill:var(--{name})}}"
        );
    }
    format!(
        "{}@supports(fill:var(--bg)){{\
         .podls{{{LIGHT}}}@media(prefers-color-scheme:dark){{.podls{{{DARK}}}}}\
         .vscode-light .podls{{{LIGHT}}}.vscode-dark .podls,.vscode-high-contrast .podls{{{DARK}}}\
         .vscode-high-contrast-light .podls{{{LIGHT}}}{shapes}}}",
        in_light(&shapes)
    )
}

/// The styles with the colours for light backgrounds in place of variables.
fn in_light(shapes: &str) -> String {
    let colours = LIGHT.split(';').filter_map(|it| it.split_once(':'));
    colours.fold(shapes.to_owned(), |shapes, (name, colour)| {
        shapes.replace(&format!("var({name})"), colour)
    })
}

/// The roles have colours; what has none is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Of(Pattern),
}

const PATTERNS: [Pattern; 6] = [
    Pattern::App,
    Pattern::Init,
    Pattern::Sidecar,
    Pattern::Adapter,
    Pattern::Ambassador,
    Pattern::Proxy,
];

impl Tone {
    pub(super) fn of(lane: &Lane) -> Self {
        match (lane.role, lane.pattern) {
            (_, Some(pattern)) => Self::Of(pattern),
            (Role::Sidecar, None) => Self::Of(Pattern::Sidecar),
            (_, None) => Self::Plain,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Of(Pattern::App) => "app",
            Self::Of(Pattern::Init) => "init",
            Self::Of(Pattern::Sidecar) => "sidecar",
            Self::Of(Pattern::Adapter) => "adapter",
            Self::Of(Pattern::Ambassador) => "ambassador",
            Self::Of(Pattern::Proxy) => "proxy",
        }
    }
}

/// What has been drawn so far.
#[derive(Default)]
pub(super) struct Paint {
    out: String,
}

impl Paint {
    /// The whole picture around what was drawn.
    pub(super) fn picture(self, width: i32, height: i32, title: &str, summary: &str) -> String {
        let style = style();
        let (title, summary) = (escaped(title), escaped(summary));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"podls\" role=\"img\" \
             aria-labelledby=\"podls-title podls-desc\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\">\n\
             <title id=\"podls-title\">{title}</title>\n<desc id=\"podls-desc\">{summary}</desc>\n\
             <style>{style}</style>\n\
             <rect class=\"bg\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>\n{}</svg>\n",
            self.out
        )
    }

    /// Starts a group with a text that is shown above it.
    pub(super) fn open(&mut self, title: &str) {
        let _ = writeln!(self.out, "<g><title>{}</title>", escaped(title));
    }

    pub(super) fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    pub(super) fn text(&mut self, x: i32, y: i32, class: &str, text: &str) {
        self.anchored(x, y, class, "", text);
    }

    pub(super) fn text_in_middle(&mut self, x: i32, y: i32, class: &str, text: &str) {
        self.anchored(x, y, class, " text-anchor=\"middle\"", text);
    }

    /// A text that ends at `x`.
    pub(super) fn text_to_left(&mut self, x: i32, y: i32, class: &str, text: &str) {
        self.anchored(x, y, class, " text-anchor=\"end\"", text);
    }

    pub(super) fn toned(&mut self, x: i32, y: i32, tone: Tone, text: &str) {
        self.text(x, y, &format!("t-{}", tone.class()), text);
    }

    fn anchored(&mut self, x: i32, y: i32, class: &str, anchor: &str, text: &str) {
        let text = escaped(text);
        let _ =
            writeln!(self.out, "<text x=\"{x}\" y=\"{y}\" class=\"{class}\"{anchor}>{text}</text>");
    }

    /// A part of the time line, behind everything else.
    pub(super) fn area(&mut self, x: i32, y: i32, width: i32, height: i32) {
        self.rect(x, y, (width, height), 4, "area");
    }

    /// The time of a container.
    pub(super) fn bar(&mut self, x: i32, y: i32, width: i32, height: i32, tone: Tone) {
        self.rect(x, y, (width, height), 6, tone.class());
    }

    /// A box with round ends.
    pub(super) fn pill(&mut self, x: i32, y: i32, width: i32, height: i32, tone: Tone) {
        self.rect(x, y, (width, height), height / 2, tone.class());
    }

    fn rect(&mut self, x: i32, y: i32, (width, height): (i32, i32), round: i32, class: &str) {
        let _ = writeln!(
            self.out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             rx=\"{round}\"/>"
        );
    }

    /// A small box with a text in a bar.
    pub(super) fn chip(&mut self, x: i32, middle: i32, width: i32, text: &str, tone: Tone) {
        let (y, rx) = (middle - 8, 8);
        let _ = writeln!(
            self.out,
            "<rect class=\"bg\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"16\" rx=\"{rx}\"/>"
        );
        let class = format!("chip t-{}", tone.class());
        self.text_in_middle(x + width / 2, middle + 4, &class, text);
    }

    /// The square of a tape recorder, where a container stops.
    pub(super) fn stop(&mut self, x: i32, middle: i32, tone: Tone) {
        let class = format!("s-{}", tone.class());
        let y = middle - 3;
        let _ = writeln!(
            self.out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"6\" height=\"6\" rx=\"1\"/>"
        );
    }

    /// A point on a bar.
    pub(super) fn knot(&mut self, x: i32, y: i32) {
        let _ = writeln!(self.out, "<circle class=\"tip\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\"/>");
    }

    /// A line down from `y` to the bars at these heights, with a tip at each.
    pub(super) fn arrow_down(&mut self, x: i32, y: i32, bars: impl Iterator<Item = i32>) {
        let mut end = y;
        for bar in bars {
            self.tip_right(x, bar);
            end = bar;
        }
        let line = x - 6;
        let _ = writeln!(self.out, "<path class=\"wire\" d=\"M{line} {y}V{end}\"/>");
    }

    /// A line from one place to another on the same or another height, with a tip at its end.
    pub(super) fn arrow(&mut self, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) {
        let bend = (x1 + x2) / 2;
        let end = x2 - 6;
        let _ = writeln!(
            self.out,
            "<path class=\"wire\" d=\"M{x1} {y1}C{bend} {y1} {bend} {y2} {end} {y2}\"/>"
        );
        self.tip_right(x2, y2);
    }

    pub(super) fn tip_right(&mut self, x: i32, y: i32) {
        let _ = writeln!(self.out, "<path class=\"tip\" d=\"M{x} {y}l-7 -3.5v7z\"/>");
    }

    pub(super) fn tip_left(&mut self, x: i32, y: i32) {
        let _ = writeln!(self.out, "<path class=\"tip\" d=\"M{x} {y}l7 -3.5v7z\"/>");
    }

    /// A cylinder: what is stored.
    pub(super) fn cylinder(&mut self, x: i32, y: i32, width: i32, height: i32) {
        let (right, bottom, rx) = (x + width, y + height - 6, width / 2);
        let top = y + 6;
        let _ = writeln!(
            self.out,
            "<path class=\"plain\" d=\"M{x} {top}A{rx} 6 0 0 1 {right} {top}V{bottom}\
             A{rx} 6 0 0 1 {x} {bottom}z\"/>\
             <path class=\"plain\" fill-opacity=\"0\" d=\"M{x} {top}A{rx} 6 0 0 0 {right} {top}\"/>"
        );
    }
}

/// About how wide a text of this size is drawn.
pub(super) fn width(text: &str, size: i32) -> i32 {
    let tenths = |char: char| match char {
        'i' | 'l' | 'j' | '.' | ',' | ':' | '\'' | '|' | ' ' => 3,
        'm' | 'w' | 'M' | 'W' | '@' => 9,
        char if char.is_ascii_uppercase() => 7,
        _ => 6,
    };
    text.chars().map(tenths).sum::<i32>() * size / 10
}

/// The text, cut so that it fits into `room`.
pub(super) fn fitting(text: &str, size: i32, room: i32) -> String {
    // No character is narrower than a pixel, so what stands behind these is cut off anyway.
    let most = usize::try_from(room).unwrap_or_default() + 2;
    let head: String = text.chars().take(most).collect();
    let mut max = head.chars().count();
    let mut fit = head.clone();
    while width(&fit, size) > room && max > 1 {
        max -= 1;
        fit = shortened(&head, max);
    }
    fit
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no place for these, not even escaped.
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{SHAPES, escaped, fitting, in_light, style, width};

    #[test]
    fn pictures_have_colours_without_variables() {
        let style = style();
        let (plain, rest) = style.split_once("@supports(fill:var(--bg)){").unwrap();
        assert!(!plain.contains("var(") && plain.contains(".podls .bg{fill:#fff}"), "{plain}");
        assert!(plain.starts_with(&in_light(SHAPES)) && rest.contains(SHAPES));
        assert_eq!(style.matches('{').count(), style.matches('}').count());
    }

    #[test]
    fn texts_fit() {
        assert_eq!(fitting("short", 10, 200), "short");
        let cut = fitting(&"wide".repeat(40), 13, 150);
        assert!(cut.ends_with('…') && width(&cut, 13) <= 150, "{cut}");
        assert_eq!(escaped("a<b>&\"\u{1}"), "a&lt;b&gt;&amp;&quot; ");
    }
}
