//! Finds all faults that can be planted in what knows Kubernetes.

mod body;
mod code;
mod constants;
mod data;
mod source;

#[cfg(test)]
mod tests;

use crate::fault::Fault;
use crate::tree::Tree;

const PLACES: [&str; 6] = ["check", "rules", "pod", "formats", "complete", "actions"];

pub fn all(tree: &Tree) -> Vec<Fault> {
    tree.files().flat_map(|(name, text)| in_file(name, text)).collect()
}

fn in_file(name: &str, text: &str) -> Vec<Fault> {
    let parts: Vec<_> = name.split('/').collect();
    match parts[..] {
        ["server", "schema", "data", _] => data::faults(name, text),
        ["server", place, .., file] if PLACES.contains(&place) && file.ends_with(".rs") => {
            let is_test = parts.contains(&"tests") || file == "tests.rs";
            if is_test { Vec::new() } else { code::faults(name, text) }
        }
        _ => Vec::new(),
    }
}
