//! Functions that return at once, with a value that says nothing.

use syn::{Block, GenericArgument, PathArguments, ReturnType, Signature, Type};

use super::source::{Source, range};
use crate::fault::ON;

const NUMBERS: [&str; 12] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

pub fn faults(source: &mut Source<'_>, signature: &Signature, block: &Block) {
    if block.stmts.is_empty() {
        return;
    }
    let start = range(&block.brace_token.span.open()).end;
    let inside = source.text_of(start..range(block).end - 1).trim().to_owned();
    for value in values(&signature.output) {
        if inside != *value {
            let what = format!("body to `{}`", if value.is_empty() { "nothing" } else { value });
            let text = format!(" if {ON} {{ return {value}; }}");
            source.add(signature.ident.span(), start..start, what, text);
        }
    }
}

fn values(output: &ReturnType) -> &'static [&'static str] {
    match output {
        ReturnType::Default => &[""],
        ReturnType::Type(_, ty) => values_of(ty),
    }
}

fn values_of(ty: &Type) -> &'static [&'static str] {
    match ty {
        Type::Reference(it) if is_named(&it.elem, "str") => &["\"\"", "\"xyzzy\""],
        Type::Tuple(it) if it.elems.is_empty() => &[""],
        Type::Path(it) => {
            let Some(last) = it.path.segments.last() else { return &[] };
            match last.ident.to_string().as_str() {
                "bool" => &["true", "false"],
                "Option" => &["None"],
                "String" => &["String::new()", "\"xyzzy\".to_owned()"],
                "Vec" => &["Vec::new()"],
                "Result" if gives_nothing(&last.arguments) => &["Ok(())"],
                name if NUMBERS.contains(&name) => &["0", "1"],
                _ => &[],
            }
        }
        _ => &[],
    }
}

fn gives_nothing(arguments: &PathArguments) -> bool {
    match arguments {
        // As in `fmt::Result`.
        PathArguments::None => true,
        PathArguments::AngleBracketed(it) => {
            let first = it.args.first();
            matches!(first, Some(GenericArgument::Type(Type::Tuple(it))) if it.elems.is_empty())
        }
        PathArguments::Parenthesized(_) => false,
    }
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(it) if it.path.is_ident(name))
}
