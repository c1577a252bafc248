//! Faults in the bodies of functions, which can be switched on.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, BinOp, Block, Expr, ExprBinary, ExprIf, ExprLit, ExprMatch, ExprReference,
    ExprRepeat, ExprUnary, Generics, ImplItemFn, Item, ItemFn, ItemImpl, ItemMod, Lit, Macro, Pat,
    PathArguments, Signature, TraitItemFn, Type, UnOp,
};

use super::source::{Source, is_for_tests, range};
use super::{body, constants};
use crate::fault::ON;

pub fn faults(name: &str, text: &str) -> Vec<crate::fault::Fault> {
    let file = syn::parse_file(text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let mut code = Code(Source::new(name, text));
    code.visit_file(&file);
    code.0.faults
}

struct Code<'a>(Source<'a>);

impl Code<'_> {
    /// Either the text or, with the fault, the other one.
    fn switch(&mut self, node: &impl Spanned, what: String, other: &str) {
        let text = format!("(if {ON} {{ {other} }} else {{ {} }})", self.0.text_at(node));
        self.0.add(node.span(), range(node), what, text);
    }

    fn function(&mut self, signature: &Signature, block: &Block) {
        self.0.items.push(signature.ident.to_string());
        if signature.constness.is_some() {
            constants::literals_in(&mut self.0, |it| it.visit_block(block));
        } else {
            body::faults(&mut self.0, signature, block);
            self.visit_block(block);
        }
        self.0.items.pop();
    }

    fn operator(&mut self, node: &ExprBinary, other: &str) {
        let sides = [&node.left, &node.right].map(|it| self.0.text_at(it));
        let what = format!("`{}` to `{other}` in {}", self.0.text_at(&node.op), self.0.short(node));
        self.switch(node, what, &format!("({}) {other} ({})", sides[0], sides[1]));
    }

    fn condition(&mut self, node: &Expr) {
        if let Expr::Binary(it) = node
            && matches!(it.op, BinOp::And(_))
            && has_let(node)
        {
            self.condition(&it.left);
            self.condition(&it.right);
        } else if !matches!(node, Expr::Let(_)) {
            self.always(node, "condition");
            self.never(node, "condition");
        }
    }

    fn always(&mut self, node: &Expr, role: &str) {
        let text = format!("({ON} || ({}))", self.0.text_at(node));
        let what = format!("{role} {} to `true`", self.0.short(node));
        self.0.add(node.span(), range(node), what, text);
    }

    fn never(&mut self, node: &Expr, role: &str) {
        let text = format!("(!{ON} && ({}))", self.0.text_at(node));
        let what = format!("{role} {} to `false`", self.0.short(node));
        self.0.add(node.span(), range(node), what, text);
    }

    /// Without the arm, the last one takes its values.
    fn without(&mut self, arm: &Arm) {
        let what = format!("no arm {}", self.0.short(&arm.pat));
        match &arm.guard {
            Some((_, guard)) => {
                let text = format!("!{ON} && ({})", self.0.text_at(guard));
                self.0.add(arm.pat.span(), range(guard), what, text);
            }
            None => {
                let end = range(&arm.pat).end;
                self.0.add(arm.pat.span(), end..end, what, format!(" if !{ON}"));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Code<'_> {
    // What can contain no expression that runs.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_generics(&mut self, _: &'ast Generics) {}
    fn visit_macro(&mut self, _: &'ast Macro) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
    fn visit_path_arguments(&mut self, _: &'ast PathArguments) {}
    fn visit_type(&mut self, _: &'ast Type) {}

    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Const(it) => constants::faults(&mut self.0, &it.ident, &it.ty, &it.expr),
            Item::Static(it) => constants::faults(&mut self.0, &it.ident, &it.ty, &it.expr),
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item_const(&mut self, it: &'ast syn::ImplItemConst) {
        constants::faults(&mut self.0, &it.ident, &it.ty, &it.expr);
    }

    fn visit_item_mod(&mut self, it: &'ast ItemMod) {
        if !is_for_tests(&it.attrs) {
            visit::visit_item_mod(self, it);
        }
    }

    fn visit_item_impl(&mut self, it: &'ast ItemImpl) {
        let name = self.0.text_at(&it.self_ty).split('<').next().unwrap_or_default().to_owned();
        self.0.items.push(name);
        visit::visit_item_impl(self, it);
        self.0.items.pop();
    }

    fn visit_item_fn(&mut self, it: &'ast ItemFn) {
        if !is_for_tests(&it.attrs) {
            self.function(&it.sig, &it.block);
        }
    }

    fn visit_impl_item_fn(&mut self, it: &'ast ImplItemFn) {
        if !is_for_tests(&it.attrs) {
            self.function(&it.sig, &it.block);
        }
    }

    fn visit_trait_item_fn(&mut self, it: &'ast TraitItemFn) {
        if let Some(block) = &it.default {
            self.function(&it.sig, block);
        }
    }

    fn visit_expr_binary(&mut self, node: &'ast ExprBinary) {
        if !has_let(&node.left) && !has_let(&node.right) {
            for other in others(&node.op) {
                // No text can be subtracted.
                if *other != "-" || !is_text(&node.right) {
                    self.operator(node, other);
                }
            }
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast ExprUnary) {
        if let UnOp::Not(_) = node.op {
            let what = format!("no `!` in {}", self.0.short(node));
            let other = self.0.text_at(&node.expr);
            self.switch(node, what, other);
        }
        visit::visit_expr_unary(self, node);
    }

    fn visit_expr_if(&mut self, node: &'ast ExprIf) {
        self.condition(&node.cond);
        visit::visit_expr_if(self, node);
    }

    fn visit_expr_match(&mut self, node: &'ast ExprMatch) {
        let last = node.arms.last().filter(|it| takes_all(it));
        for arm in &node.arms {
            if let Some((_, guard)) = &arm.guard {
                self.always(guard, "guard");
            }
            let same = last.map(|it| self.0.text_at(&it.body)) == Some(self.0.text_at(&arm.body));
            if last.is_some() && !takes_all(arm) && !same {
                self.without(arm);
            } else if let Some((_, guard)) = &arm.guard {
                self.never(guard, "guard");
            }
        }
        visit::visit_expr_match(self, node);
    }

    fn visit_expr_lit(&mut self, node: &'ast ExprLit) {
        if let Lit::Int(_) | Lit::Str(_) = node.lit
            && let Some(other) = constants::changed(&node.lit)
        {
            let what = format!("{} to {}", self.0.short(node), super::source::short(&other));
            self.switch(node, what, &other);
        }
    }

    /// The compiler makes a constant of a list like this.
    fn visit_expr_reference(&mut self, node: &'ast ExprReference) {
        match &*node.expr {
            Expr::Array(list) if list.elems.iter().all(is_constant) => {
                constants::literals_in(&mut self.0, |it| it.visit_expr_reference(node));
            }
            _ => visit::visit_expr_reference(self, node),
        }
    }

    fn visit_expr_repeat(&mut self, node: &'ast ExprRepeat) {
        self.visit_expr(&node.expr);
    }
}

fn others(operator: &BinOp) -> &'static [&'static str] {
    match operator {
        BinOp::Lt(_) => &["<=", ">"],
        BinOp::Le(_) => &["<", ">"],
        BinOp::Gt(_) => &[">=", "<"],
        BinOp::Ge(_) => &[">", "<"],
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::Add(_) => &["-"],
        BinOp::Div(_) => &["*"],
        BinOp::Sub(_) | BinOp::Mul(_) => &["+"],
        BinOp::Rem(_) => &["/"],
        BinOp::AddAssign(_) => &["-="],
        BinOp::SubAssign(_) | BinOp::MulAssign(_) => &["+="],
        _ => &[],
    }
}

fn is_text(node: &Expr) -> bool {
    matches!(node, Expr::Reference(_))
        || matches!(node, Expr::Lit(it) if matches!(it.lit, Lit::Str(_)))
}

fn is_constant(node: &Expr) -> bool {
    match node {
        Expr::Lit(_) => true,
        Expr::Tuple(it) => it.elems.iter().all(is_constant),
        _ => false,
    }
}

/// Whether it is a part of a chain with a `let`, which stands in no brackets.
fn has_let(node: &Expr) -> bool {
    match node {
        Expr::Let(_) => true,
        Expr::Binary(it) => has_let(&it.left) || has_let(&it.right),
        _ => false,
    }
}

fn takes_all(arm: &Arm) -> bool {
    let is_name = |it: &syn::PatIdent| {
        it.subpat.is_none() && it.ident.to_string().starts_with(char::is_lowercase)
    };
    arm.guard.is_none()
        && match &arm.pat {
            Pat::Wild(_) => true,
            Pat::Ident(it) => is_name(it),
            _ => false,
        }
}
