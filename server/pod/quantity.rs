//! Quantities as they stand in a manifest.

use crate::formats::quantity::Quantity;
use crate::syntax::{Node, Scalar};

/// The quantity that a node is, written as a number or as a text; `None` when it is none.
pub fn quantity(node: Node<'_>) -> Option<Quantity> {
    match node.scalar()? {
        Scalar::Str(text) => Quantity::parse(text).ok(),
        Scalar::Int(number) => Quantity::parse(&number.to_string()).ok(),
        Scalar::Float(number) => Quantity::parse(&number.to_string()).ok(),
        Scalar::Null | Scalar::Bool(_) => None,
    }
}
