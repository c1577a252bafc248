//! All tests but the house rules, which are about the source: how long they take, and which faults they
//! reach.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::build::Programs;
use crate::outcomes::Outcome;
use crate::run::{self, Ended, program};
use crate::tree::Tree;

/// Modules whose tests write lists of what podls says: they detect most faults.
const LISTS: [&str; 11] = [
    "assists",
    "generate",
    "items",
    "known",
    "limits",
    "mutations",
    "repairs",
    "symbols",
    "truth",
    "variants",
    "verdicts",
];

const SLOW: Duration = Duration::from_secs(1);

pub struct Suite {
    programs: Programs,
    tests: Vec<Test>,
    least_limit: Duration,
}

struct Test {
    /// The index of its program.
    program: usize,
    name: String,
    time: Duration,
    reached: HashSet<usize>,
}

impl Suite {
    /// With how long each test takes without a fault, and the faults that it reaches.
    pub fn measured(tree: &Tree, programs: Programs) -> Self {
        let mut tests = Vec::new();
        for (number, path) in programs.iter().enumerate() {
            measure(tree, number, path, &mut tests);
        }
        Self { programs, tests, least_limit: Duration::from_secs(60) }
    }

    /// Of a build with one fault.
    pub fn listed(tree: &Tree, programs: Programs) -> Self {
        let tests = programs.iter().enumerate().flat_map(|(number, path)| {
            let names = run::list(tree, path).into_iter();
            names.filter(|it| !it.starts_with("tidy::")).map(move |name| Test {
                program: number,
                name,
                time: Duration::ZERO,
                reached: HashSet::new(),
            })
        });
        Self { tests: tests.collect(), programs, least_limit: Duration::from_secs(600) }
    }

    /// Whether the tests that reach a fault detect it if it is switched on.
    pub fn of_switched(&self, tree: &Tree, fault: usize) -> Outcome {
        let tests = self.tests.iter().filter(|it| it.reached.contains(&fault));
        let tests: Vec<_> = tests.collect();
        if tests.is_empty() {
            return Outcome::Missed("reached by no test".to_owned());
        }
        self.outcome(tree, fault, tests, |it| it.time <= SLOW)
    }

    /// Whether any test detects the fault that is built in.
    pub fn of_built(&self, tree: &Tree) -> Outcome {
        self.outcome(tree, 0, self.tests.iter().collect(), |it| {
            it.name.split_once("::").is_some_and(|(module, _)| LISTS.contains(&module))
        })
    }

    /// The tests of the library first, then some of the others.
    fn outcome(
        &self,
        tree: &Tree,
        fault: usize,
        tests: Vec<&Test>,
        is_early: fn(&Test) -> bool,
    ) -> Outcome {
        let (library, others): (Vec<_>, Vec<_>) = tests.into_iter().partition(|it| it.program == 0);
        let (early, late) = others.into_iter().partition(|it| is_early(it));
        let caught = [library, early, late].into_iter().find_map(|it| self.caught(tree, fault, it));
        caught.map_or_else(|| Outcome::Missed(String::new()), Outcome::Caught)
    }

    /// What detects the fault. A test that fails only once does not count.
    fn caught(&self, tree: &Tree, fault: usize, mut tests: Vec<&Test>) -> Option<String> {
        while !tests.is_empty() {
            match self.run(tree, fault, &tests) {
                Ended::Passed => return None,
                Ended::Crashed => return Some("a crash".to_owned()),
                Ended::TimeLimit => return Some("the time limit".to_owned()),
                Ended::Failed(name) => {
                    let (again, others): (Vec<_>, Vec<_>) =
                        tests.into_iter().partition(|it| it.name == name);
                    if !matches!(self.run(tree, fault, &again), Ended::Passed) {
                        return Some(name);
                    }
                    eprintln!("{name} failed only once");
                    tests = others;
                }
            }
        }
        None
    }

    fn run(&self, tree: &Tree, fault: usize, tests: &[&Test]) -> Ended {
        tree.restore();
        let mut command = program(tree, &self.programs[tests[0].program]);
        command.env("PODLS_MUTANT", fault.to_string()).arg("--exact");
        command.args(tests.iter().map(|it| &it.name));
        let usual: Duration = tests.iter().map(|it| it.time).sum();
        run::run(command, self.least_limit.max(usual * 3), |_| ())
    }
}

/// Only one test runs at a time, so what a thread without a test's name reaches meanwhile, or a program that
/// the test started, is reached by that test.
fn measure(tree: &Tree, number: usize, path: &Path, tests: &mut Vec<Test>) {
    let file = tree.beside("reached.txt");
    File::create(&file).expect("a file beside the copy");
    let mut lines = File::open(&file).expect("it was just made");
    let mut command = program(tree, path);
    command.env("PODLS_REACHED", &file).args(["--test-threads=1", "--skip", "tidy::"]);
    let mut reached: HashMap<String, HashSet<usize>> = HashMap::new();
    let (first, mut last) = (tests.len(), Instant::now());
    let ended = run::run(command, Duration::from_secs(3600), |name| {
        let (name, time) = (name.to_owned(), last.elapsed());
        let mut text = String::new();
        let _ = lines.read_to_string(&mut text);
        for (fault, thread) in text.lines().filter_map(|it| it.split_once(' ')) {
            let by = if thread.contains("::") { thread } else { &name };
            reached.entry(by.to_owned()).or_default().extend(fault.parse::<usize>());
        }
        tests.push(Test { program: number, name, time, reached: HashSet::new() });
        last = Instant::now();
    });
    match ended {
        Ended::Passed => {}
        Ended::Failed(name) => panic!("{name} fails without a fault"),
        Ended::Crashed | Ended::TimeLimit => panic!("the tests do not end without a fault"),
    }
    for test in &mut tests[first..] {
        test.reached = reached.remove(&test.name).unwrap_or_default();
    }
}
