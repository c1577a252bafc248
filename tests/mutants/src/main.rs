//! Plants small faults in what knows Kubernetes, and tells which of them no test detects.
//!
//! One build contains all faults of the code; an environment variable switches one of them on. A fault
//! in a constant, a table or the data of the schema cannot be switched, so each of these is built.

mod build;
mod draw;
mod fault;
mod find;
mod outcomes;
mod plant;
mod run;
mod suite;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fault::Fault;
use outcomes::{Outcome, Outcomes};
use suite::Suite;
use tree::Tree;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let (options, arguments): (Vec<_>, Vec<_>) =
        arguments.into_iter().partition(|it| it.starts_with("--"));
    let count = arguments.first().map_or(Ok(60), |it| it.parse());
    let seed = arguments.get(1).map_or("1", String::as_str);
    let (Ok(count), 0..=2) = (count, arguments.len()) else {
        eprintln!("usage: .ci/mutants [COUNT [SEED]] [--list | --again]");
        return ExitCode::from(2);
    };

    let tree = Tree::copy(&root());
    let drawn = draw::draw(find::all(&tree), count, seed);
    if options.iter().any(|it| it == "--list") {
        drawn.iter().for_each(|it| println!("{}", it.title()));
        return ExitCode::SUCCESS;
    }
    let mut outcomes = Outcomes::open(&tree.beside(&format!("outcomes-{seed}.txt")));
    if options.iter().any(|it| it == "--again") {
        outcomes.forget_missed();
    }
    let (switched, built): (Vec<_>, Vec<_>) = drawn.iter().partition(|it| it.is_switched());
    if drawn.iter().any(|it| outcomes.of(it).is_none()) {
        test(&tree, &switched, &built, &mut outcomes);
    }
    outcomes.report(&switched, &built)
}

fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).expect("the package is in a folder of the repository").to_owned()
}

fn test(tree: &Tree, switched: &[&Fault], built: &[&Fault], outcomes: &mut Outcomes) {
    if switched.iter().any(|it| outcomes.of(it).is_none()) {
        test_switched(tree, switched, outcomes);
    }
    for fault in built {
        if outcomes.of(fault).is_none() {
            let outcome = match build::one(tree, fault) {
                Some(programs) => Suite::listed(tree, programs).of_built(tree),
                None => Outcome::DoesNotCompile,
            };
            outcomes.add(fault, outcome);
        }
    }
}

fn test_switched(tree: &Tree, faults: &[&Fault], outcomes: &mut Outcomes) {
    let is_known = |it: &&Fault| matches!(outcomes.of(it), Some(Outcome::DoesNotCompile));
    let mut left: Vec<_> = faults.iter().filter(|it| !is_known(it)).copied().collect();
    // Those that do not compile are taken out of the build, which has the others.
    let programs = loop {
        match build::all(tree, &left) {
            Ok(programs) => break programs,
            Err(refused) => {
                left.retain(|it| !refused.iter().any(|other| other.key == it.key));
                refused.into_iter().for_each(|it| outcomes.add(it, Outcome::DoesNotCompile));
            }
        }
    };
    let suite = Suite::measured(tree, programs);
    for (number, fault) in (1..).zip(left) {
        if outcomes.of(fault).is_none() {
            let outcome = suite.of_switched(tree, number);
            outcomes.add(fault, outcome);
        }
    }
}
