//! Faults in constants and tables: each of them has to be built.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Expr, ExprArray, ExprCall, ExprLit, ExprReference, Ident, Lit, LitInt, Macro,
};
use syn::{ExprRepeat, Pat, Type};

use super::source::{Source, range, short};

pub fn faults(source: &mut Source<'_>, name: &Ident, ty: &Type, value: &Expr) {
    source.items.push(name.to_string());
    let mut constant = Constant { source, may_lose_rows: !matches!(ty, Type::Array(_)) };
    constant.visit_expr(value);
    source.items.pop();
}

/// Only its literals: another count of rows would be another type.
pub fn literals_in<'s, 't>(source: &'s mut Source<'t>, visit: impl FnOnce(&mut Constant<'s, 't>)) {
    visit(&mut Constant { source, may_lose_rows: false });
}

pub struct Constant<'s, 't> {
    source: &'s mut Source<'t>,
    may_lose_rows: bool,
}

impl Constant<'_, '_> {
    fn rows(&mut self, list: &ExprArray) {
        for pair in list.elems.pairs() {
            let row = range(pair.value());
            let end = pair.punct().map_or(row.end, |it| range(it).end);
            let what = format!("no row {}", self.source.short(pair.value()));
            self.source.add(pair.value().span(), row.start..end, what, String::new());
        }
    }
}

impl<'ast> Visit<'ast> for Constant<'_, '_> {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_macro(&mut self, _: &'ast Macro) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
    fn visit_type(&mut self, _: &'ast Type) {}

    fn visit_expr_lit(&mut self, node: &'ast ExprLit) {
        if let Some(other) = changed(&node.lit) {
            let what = format!("{} to {}", self.source.short(node), short(&other));
            self.source.add(node.span(), range(node), what, other);
        }
    }

    fn visit_expr_reference(&mut self, node: &'ast ExprReference) {
        if let (Expr::Array(list), true) = (&*node.expr, self.may_lose_rows) {
            self.rows(list);
        }
        visit::visit_expr_reference(self, node);
    }

    /// A name of a type that does not exist does not compile.
    fn visit_expr_call(&mut self, node: &'ast ExprCall) {
        let name = self.source.text_at(&node.func).rsplit("::").next().unwrap_or_default();
        if !["ty", "named"].contains(&name) {
            visit::visit_expr_call(self, node);
        }
    }

    fn visit_expr_repeat(&mut self, node: &'ast ExprRepeat) {
        self.visit_expr(&node.expr);
    }
}

/// Another value of the same type.
pub fn changed(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Int(it) => plus_one(it),
        Lit::Bool(it) => Some((!it.value).to_string()),
        Lit::Str(it) => Some(format!("{:?}", format!("{}x", it.value()))),
        _ => None,
    }
}

fn plus_one(number: &LitInt) -> Option<String> {
    let value: u128 = number.base10_parse().ok()?;
    Some(format!("{}{}", value.checked_add(1)?, number.suffix()))
}
