//! A source file in which faults are collected.

use std::ops::Range;

use proc_macro2::Span;
use syn::Attribute;
use syn::spanned::Spanned;

use crate::fault::{Fault, Replacement};

pub struct Source<'a> {
    name: &'a str,
    text: &'a str,
    /// The functions, types and constants around a place.
    pub items: Vec<String>,
    pub faults: Vec<Fault>,
}

impl<'a> Source<'a> {
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, items: Vec::new(), faults: Vec::new() }
    }

    pub fn text_of(&self, range: Range<usize>) -> &'a str {
        &self.text[range]
    }

    pub fn text_at(&self, node: &impl Spanned) -> &'a str {
        self.text_of(range(node))
    }

    /// At most a line of it, for people.
    pub fn short(&self, node: &impl Spanned) -> String {
        short(self.text_at(node))
    }

    pub fn add(&mut self, at: Span, range: Range<usize>, what: String, text: String) {
        self.faults.push(Fault {
            key: String::new(),
            file: self.name.to_owned(),
            line: at.start().line,
            item: self.items.join("::"),
            what,
            replacement: Replacement { range, text },
        });
    }
}

pub fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

pub fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| {
        let list = it.meta.require_list().ok().filter(|list| list.path.is_ident("cfg"));
        it.path().is_ident("test") || list.is_some_and(|it| it.tokens.to_string() == "test")
    })
}
