//! Turns the types of every built-in Kubernetes kind, and our own facts about them, into one
//! static table that `server/schema/` includes.
//!
//! The types come from the crate `k8s-openapi`, the facts from `server/schema/data/`. Doing this
//! here means that podls parses no schema when it starts, and that a fact about a field that does
//! not exist breaks the build instead of lying to users.

#[path = "build/kinds.rs"]
mod kinds;
#[path = "build/model.rs"]
mod model;
#[path = "build/facts.rs"]
mod facts;
#[path = "build/retired.rs"]
mod retired;
#[path = "build/table.rs"]
mod table;

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=server/build.rs");
    println!("cargo::rerun-if-changed=server/build");
    println!("cargo::rerun-if-changed=server/schema/data");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let data = Path::new("server/schema/data");

    let catalogue = kinds::catalogue();
    let mut model = model::read(&catalogue);
    facts::apply(data, &mut model);
    let retired = retired::read(data, &model);
    table::write(Path::new(&out), &model, &retired);
}
