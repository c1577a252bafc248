//! Texts of template engines: Helm's (Go's text/template) and Jinja's.
//!
//! `TemplateText` knows the actions of a text and the blocks that they make. `render` prints what the
//! engine might make of it, without its values.

mod actions;
mod render;
#[cfg(test)]
mod tests;

use memchr::memmem;

use crate::text::Span;
use actions::Engine;
pub use render::Way;

/// A text with the actions of a template engine.
#[derive(Debug)]
pub struct TemplateText<'a> {
    text: &'a str,
    actions: Vec<Action>,
    /// How many blocks there are.
    blocks: usize,
}

/// `{{ ... }}` or `{% ... %}`.
#[derive(Debug)]
struct Action {
    span: Span,
    /// Whether it takes away the blanks and breaks before and behind it.
    trims: (bool, bool),
    does: Does,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// A comment, or an assignment.
    Nothing,
    Prints,
    /// Starts the block of this number. Some are never printed where they stand: `define`, `macro`.
    Opens {
        block: usize,
        is_printed: bool,
    },
    /// The other branch of the innermost block; with a condition of its own or without.
    Else {
        has_condition: bool,
    },
    Ends,
}

impl<'a> TemplateText<'a> {
    /// Whether a template engine would change something in `text`.
    pub fn has_actions(text: &str) -> bool {
        ["{{", "{%"].iter().any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    }

    /// `None` where an action or a block does not end, or does so in a way that the engine refuses.
    pub fn read(text: &'a str) -> Option<Self> {
        let engine = if text.contains("{%") { Engine::Jinja } else { Engine::Go };
        let (mut actions, mut blocks, mut open, mut at) = (Vec::new(), 0, 0_usize, 0);
        while let Some(action) = engine.next(text, at, blocks)? {
            match action.does {
                Does::Opens { .. } => (blocks, open) = (blocks + 1, open + 1),
                Does::Ends => open = open.checked_sub(1)?,
                Does::Else { .. } if open == 0 => return None,
                _ => {}
            }
            at = action.span.end;
            actions.push(action);
        }
        (open == 0).then_some(Self { text, actions, blocks })
    }

    /// The blocks around `offset`, by their numbers.
    pub fn blocks_around(&self, offset: usize) -> Vec<usize> {
        let mut around = Vec::new();
        for action in self.actions.iter().take_while(|it| it.span.start < offset) {
            match action.does {
                Does::Opens { block, .. } => around.push(block),
                Does::Ends => drop(around.pop()),
                _ => {}
            }
        }
        around
    }

    /// Whether what is printed depends on nothing but single values.
    pub fn is_plain(&self) -> bool {
        self.blocks == 0
    }
}
