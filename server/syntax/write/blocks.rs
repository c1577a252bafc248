//! Additions to lists in templates: no text goes into a block that its list is not in, nor between a key
//! and the line that fills it.

use crate::syntax::lines::{line_end, line_start, next_line};
use crate::syntax::template::{Branch, TemplateText};
use crate::syntax::write::style::Layout;
use crate::syntax::write::{New, Place, insert};
use crate::syntax::{Entry, Kind, Node, Style};
use crate::text::{Edit, Span};

/// A list that is to get items: the one of the field `list` of `map`. Text may go where the entry `beside`
/// of that map stands.
pub struct Wanted<'a> {
    pub map: Node<'a>,
    pub list: &'a str,
    pub beside: &'a str,
    /// Whether the items go in front of the others.
    pub first: bool,
    /// Whether a list that is not there yet goes in front of `beside`, and not behind all.
    pub ahead: bool,
}

/// The edits that add `items` to a list, however `template` is printed. `None` where there is no place for
/// them.
pub fn extend(
    template: &TemplateText<'_>,
    wanted: &Wanted<'_>,
    items: Vec<New>,
) -> Option<Vec<Edit>> {
    let beside = wanted.map.entry(wanted.beside)?;
    let same = |it: &Entry<'_>| it.key.text() == Some(wanted.list);
    if wanted.map.kind() != (Kind::Map { flow: false })
        || wanted.map.entries().filter(same).count() > 1
    {
        return None;
    }
    let home = template.branch_at(beside.key.span().start);
    let place = Blocks { template, text: wanted.map.tree().text(), home, wanted };
    match wanted.map.entry(wanted.list) {
        None => place.entry(beside, items).map(|edit| vec![edit]),
        Some(entry) if entry.key.parent() != Some(wanted.map) => None,
        Some(entry) => match template.branch_at(entry.key.span().start) == place.home {
            true => place.items(entry, items).map(|edit| vec![edit]),
            false => place.out_of_block(entry, items),
        },
    }
}

struct Blocks<'a> {
    template: &'a TemplateText<'a>,
    text: &'a str,
    /// The branch in which the map is.
    home: Option<Branch>,
    wanted: &'a Wanted<'a>,
}

/// A line of a template.
struct Line<'a> {
    start: usize,
    text: &'a str,
    /// How deep what it prints is; `None` when it prints nothing.
    depth: Option<usize>,
    is_action: bool,
}

impl<'a> Blocks<'a> {
    /// A new entry of the map: behind the others as long as that is no other block, else beside the one that
    /// is known to be there.
    fn entry(&self, beside: Entry<'a>, items: Vec<New>) -> Option<Edit> {
        let Wanted { map, list, .. } = *self.wanted;
        let new = New::Seq(items);
        let last = insert(map, list, &new, Place::Last)?;
        let depth = usize::try_from(map.indent()).ok()?;
        let is_behind = !self.wanted.ahead && last.span.is_empty() && last.insert.ends_with('\n');
        if is_behind && self.is_free(last.span.start, depth) {
            return Some(last);
        }
        let layout = Layout::of(map);
        let text = New::Map(vec![(list.to_owned(), new)]).block(&layout, depth);
        let line = format!("{}{text}{}", " ".repeat(depth), layout.line_break);
        if is_behind && let Some(at) = self.behind(last.span.start, depth, true) {
            return Some(Edit::insert(at, line));
        }
        let value = beside.value;
        let is_word = matches!(
            value.kind(),
            Kind::Scalar(Style::Plain | Style::SingleQuoted | Style::DoubleQuoted)
        );
        if !is_word || self.wanted.ahead {
            // In front of what has lines of its own. What stands behind a dash is no start of a line.
            let start = beside.key.span().start;
            let is_first = map.entries().next().is_some_and(|it| it.key == beside.key);
            let before = format!("{text}{}{}", layout.line_break, " ".repeat(depth));
            let is_free = !is_first || map.parent().is_some_and(Node::is_map);
            return is_free.then(|| Edit::insert(start, before));
        }
        let bytes = self.text.as_bytes();
        let at = next_line(bytes, value.span().end);
        let is_apart = self.text.get(..at)?.ends_with('\n') && !self.template.is_inside(at);
        is_apart.then(|| Edit::insert(at, line))
    }

    /// Items of a list whose key stands in the branches of the map.
    fn items(&self, entry: Entry<'a>, items: Vec<New>) -> Option<Edit> {
        let bytes = self.text.as_bytes();
        let key_line = line_end(bytes, entry.key.span().end);
        let value = entry.value;
        let rest = self.text.get(entry.key.span().end..key_line)?.trim();
        let below = next_line(bytes, key_line);
        if rest.starts_with(':') && rest.contains("{{") {
            return self.items_beside_value(entry, items);
        }
        if rest.contains("#@") || rest.contains("{%") {
            return None;
        }
        if rest != ":" && !rest.starts_with(": #") {
            return self.plain(entry, items);
        }
        let Some(depth) = self.depth_of_items(entry) else { return self.plain(entry, items) };
        let text = self.lines(value, items, depth);
        if self.wanted.first {
            return Some(Edit::insert(below, text));
        }
        self.behind(below, depth, false).map(|at| Edit::insert(at, text))
    }

    /// Items of a list of which no part comes from the template.
    fn plain(&self, entry: Entry<'a>, items: Vec<New>) -> Option<Edit> {
        let list = entry.value;
        let new = New::Seq(items);
        let edit = match list.kind() {
            Kind::Seq { flow: true } if list.items().next().is_some() => {
                let index = if self.wanted.first { 0 } else { usize::MAX };
                super::insert_child(list, index, &new)?
            }
            Kind::Seq { .. } if list.items().next().is_some() => return None,
            Kind::Seq { .. } => super::replace(list, &new)?,
            _ if list.is_null() => super::replace(list, &new)?,
            _ => return None,
        };
        Some(edit)
    }

    /// Items of a list that an action behind its key fills, which says how deep it is.
    fn items_beside_value(&self, entry: Entry<'a>, items: Vec<New>) -> Option<Edit> {
        let bytes = self.text.as_bytes();
        let end = line_end(bytes, entry.key.span().end);
        let action = self.text.get(entry.key.span().end..end)?.trim_start_matches(':').trim();
        let is_one = action.starts_with("{{") && action.find("}}") == Some(action.len() - 2);
        let depth = TemplateText::depth_of(action).filter(|_| is_one)?;
        let text = self.lines(entry.value, items, depth);
        let text = text.trim_end_matches(['\n', '\r']);
        let line_break = Layout::of(entry.key).line_break;
        let colon = entry.key.span().end + 1;
        let at = if self.wanted.first { colon } else { end };
        Some(Edit::insert(at, format!("{line_break}{text}")))
    }

    /// Items of a list that is there under a condition: its key moves out of the block.
    fn out_of_block(&self, entry: Entry<'a>, items: Vec<New>) -> Option<Vec<Edit>> {
        let around = self.template.branches_around(entry.key.span().start);
        let (last, outer) = around.split_last()?;
        if outer.last().copied() != self.home || last.index > 0 {
            return None;
        }
        let (opens, ends) = self.template.only_branch(last.block)?;
        let bytes = self.text.as_bytes();
        let key = entry.key.span();
        let key_start = line_start(bytes, key.start);
        let start = line_start(bytes, opens.start);
        let column = key.start - key_start;
        let is_alone = |span: Span| {
            let line = self.text.get(line_start(bytes, span.start)..line_end(bytes, span.end));
            line.is_some_and(|line| line.trim().len() == span.end - span.start)
        };
        let between = self.text.get(opens.end..key_start)?;
        let is_first = between.trim().is_empty()
            && self.text.get(key_start..key.start)?.trim().is_empty()
            && is_alone(opens)
            && is_alone(ends);
        let key_end = line_end(bytes, key.end);
        let rest = self.text.get(key.end..key_end)?.trim_start_matches(':').trim();
        let inline = (!rest.is_empty()).then(|| TemplateText::depth_of(rest));
        let depth = match inline {
            Some(depth) => depth.filter(|_| rest.starts_with("{{"))?,
            None => self.depth_of_items(entry)?,
        };
        let body = self.lines_from(next_line(bytes, key_end));
        let mut body = body.take_while(|line| line.start < line_start(bytes, ends.start));
        let is_whole = body.all(|line| {
            let is_item = line.text.trim_start().starts_with("- ") || line.is_action;
            line.depth.is_none_or(|it| it > column || (it == column && is_item))
        });
        if !is_first || !is_whole {
            return None;
        }
        let removed = match inline {
            Some(_) => Span::new(key.start, key_end - rest.len()),
            None => Span::new(key_start, next_line(bytes, key_end)),
        };
        let key_line = format!(
            "{}{}:{}",
            " ".repeat(column),
            self.text.get(key.start..key.end)?,
            Layout::of(entry.key).line_break
        );
        let items = self.lines(entry.value, items, depth);
        let remove = Edit::remove(removed);
        if self.wanted.first {
            return Some(vec![Edit::insert(start, key_line + &items), remove]);
        }
        let behind = next_line(bytes, ends.end);
        let is_line = self.text.get(..behind)?.ends_with('\n');
        is_line.then(|| vec![Edit::insert(start, key_line), remove, Edit::insert(behind, items)])
    }

    /// `items` as lines of a list at `depth`.
    fn lines(&self, near: Node<'a>, items: Vec<New>, depth: usize) -> String {
        let layout = Layout { flow: false, ..Layout::of(near) };
        let text = New::Seq(items).block(&layout, depth);
        format!("{}{text}{}", " ".repeat(depth), layout.line_break)
    }

    /// How deep the items of the list of `entry` are.
    fn depth_of_items(&self, entry: Entry<'a>) -> Option<usize> {
        if entry.value.kind() == (Kind::Seq { flow: false }) {
            return usize::try_from(entry.value.indent()).ok();
        }
        let bytes = self.text.as_bytes();
        let key = usize::try_from(self.wanted.map.indent()).ok()?;
        let first = self.lines_from(next_line(bytes, entry.key.span().end));
        let first = first.into_iter().find(|line| line.depth.is_some())?;
        first.depth.filter(|depth| first.is_action && *depth >= key && entry.value.is_null())
    }

    /// The start of a line behind all that is deeper than `depth` or an item there, or an entry if
    /// `in_map`, from the line at `at` on, and in no other block than the map.
    fn behind(&self, at: usize, depth: usize, in_map: bool) -> Option<usize> {
        let mut found = None;
        for line in self.lines_from(at) {
            if found.is_none() && self.is_home(line.start) {
                found = Some(line.start);
            }
            let Some(column) = line.depth else { continue };
            let is_item = line.is_action || line.text.trim_start().starts_with("- ");
            if column < depth || (column == depth && !is_item && !in_map) {
                return found;
            }
            found = None;
        }
        let end = self.text.len();
        found.or_else(|| (self.text.ends_with('\n') && self.is_home(end)).then_some(end))
    }

    /// Whether lines at `depth` may be put in front of the line at `at`, behind what the map holds.
    fn is_free(&self, at: usize, depth: usize) -> bool {
        let next = self.lines_from(at).find(|line| line.depth.is_some());
        let is_behind = next.is_none_or(|line| line.depth.is_some_and(|it| it < depth));
        self.is_home(at) && is_behind
    }

    fn is_home(&self, at: usize) -> bool {
        // An action in front of this line is passed; one that starts here is not.
        !self.template.is_inside(at) && self.template.branch_at(at) == self.home
    }

    fn lines_from(&self, at: usize) -> impl Iterator<Item = Line<'a>> + use<'a, '_> {
        let text = self.text;
        let mut start = at;
        std::iter::from_fn(move || {
            if start >= text.len() {
                return None;
            }
            let end = next_line(text.as_bytes(), start);
            let line = text.get(start..end)?;
            let found = self.line(start, line);
            start = end;
            Some(found)
        })
    }

    fn line(&self, start: usize, line: &'a str) -> Line<'a> {
        let text = line.trim();
        let column = line.len() - line.trim_start().len();
        let action = self.template.alone_at(Span::new(start + column, start + column + text.len()));
        let depth = match action {
            Some(prints) => prints.then(|| TemplateText::depth_of(text).unwrap_or(column)),
            None => (!text.is_empty() && !text.starts_with('#')).then_some(column),
        };
        Line { start, text: line, depth, is_action: action.is_some() }
    }
}
