//! No operation takes more and more for each byte of a longer text: where twice the text takes more than
//! 2.3 times the instructions, four times the text must not go on like that. Instructions are counted by valgrind, since time is not the same twice; where there is
//! none, and without `PODLS_THOROUGH`, this says so and passes. Each fifth shape is looked at; all of them
//! take half an hour (`PODLS_ALL_SHAPES=1`), and `cost.rs` measures the time of each.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::{env, fs, thread};

use podls::ide::{DiagramFormat, Document, WorkspaceContext};
use podls::syntax;
use podls::text::{Edit, Span, floor};

use crate::corpus::is_thorough;
use crate::shapes::{self, Shape};

/// How much more instructions twice the text may take.
const RATIO: f64 = 2.3;
/// What takes fewer instructions than this is not compared: a table that doubles shows in it.
const LEAST: u64 = 3_000_000;
/// The texts, in bytes. What grows too fast does so from each to the next, and takes more for each further
/// byte. What is done in another way, or only at all, from a certain length on does not.
const SIZES: [usize; 3] = [8 << 10, 16 << 10, 32 << 10];
/// The test that is run under valgrind, and where it finds the shape.
const CHILD: &str = "growth::under_valgrind";
const SHAPE: &str = "PODLS_SHAPE";

pub(crate) type Operation = (&'static str, fn(&Document, &str));

/// Everything that can be asked of a document.
pub(crate) const OPERATIONS: &[Operation] = &[
    ("parse", |_, text| drop(black_box(syntax::parse(text)))),
    ("tolerant parse", |_, text| drop(black_box(syntax::parse_tolerant(text)))),
    ("check", |_, text| drop(black_box(Document::new(text, &Arc::default()).findings()))),
    ("edit", |document, text| {
        let edited = document.edited(&Edit::insert(middle(text), "a"));
        black_box(edited.findings());
    }),
    ("hover", |document, text| at_places(text, |at| drop(black_box(document.hover(at))))),
    ("completion", |document, text| {
        at_places(text, |at| drop(black_box(document.completions(at))))
    }),
    ("completion at the end", |document, text| {
        drop(black_box(document.completions(text.len())));
    }),
    ("actions", |document, text| {
        let here = Span::at(middle(text));
        black_box(document.actions_around(here, WorkspaceContext::default()));
    }),
    ("actions for all", |document, text| {
        let all = Span::new(0, text.len());
        black_box(document.actions_around(all, WorkspaceContext::default()));
    }),
    ("patterns", |document, text| {
        black_box(document.choices(Span::at(middle(text)), WorkspaceContext::default()));
    }),
    ("picture", |document, _| drop(black_box(document.diagrams(DiagramFormat::Svg)))),
    ("flow chart", |document, _| drop(black_box(document.diagrams(DiagramFormat::Mermaid)))),
    ("picture as text", |document, _| drop(black_box(document.diagrams(DiagramFormat::Text)))),
    ("hints", |document, text| drop(black_box(document.hints(Span::new(0, text.len()))))),
    ("symbols", |document, _| drop(black_box(document.symbols()))),
    ("folds", |document, _| drop(black_box(document.folds()))),
    ("selections", |document, text| {
        at_places(text, |at| drop(black_box(document.selections(at))));
    }),
    ("rename", |document, text| {
        at_places(text, |at| {
            if let Some(named) = document.named_at(at) {
                let _ = black_box((document.places(&named), document.renamed(&named, "other")));
            }
        });
    }),
    ("status", |document, text| drop(black_box(document.status(Some(middle(text)))))),
    ("pods", |document, _| drop(black_box((document.pods(), document.services())))),
    ("fix", |document, _| drop(black_box(document.fixed(true)))),
    ("repair of indentation", |document, _| drop(black_box(document.reindented()))),
    ("places of the server", |document, _| {
        black_box(document.server_reports(&document.findings()));
    }),
];

fn middle(text: &str) -> usize {
    floor(text, text.len() / 2)
}

/// Asks at some places, a few of them behind each other in the middle: in a list some stand in a key, some
/// in a value and some in a name, in the longer text as in the shorter one.
fn at_places(text: &str, ask: impl Fn(usize)) {
    let end = floor(text, text.len().saturating_sub(2));
    let within = (0..6).map(|step| floor(text, middle(text) + 7 * step));
    within.chain([text.find("image").unwrap_or(0), end]).for_each(ask);
}

#[test]
fn twice_the_text_takes_twice_the_work() {
    let valgrind = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    if !is_thorough() || valgrind.is_err() {
        eprintln!("skipped: instructions are counted with PODLS_THOROUGH and valgrind");
        return;
    }
    let every = if env::var_os("PODLS_ALL_SHAPES").is_some() { 1 } else { 5 };
    let left: Mutex<Vec<_>> = Mutex::new(shapes::all().enumerate().step_by(every).collect());
    let faults = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some((index, shape)) = left.lock().unwrap().pop() else { return };
                    let found = grows_too_fast(index, shape);
                    faults.lock().unwrap().extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The operations that take more than their share on the longer text.
fn grows_too_fast(index: usize, shape: &Shape) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("growth-{index}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let counts = folder.join("counts");
    let done = Command::new("valgrind")
        .args(["--tool=callgrind", "--separate-threads=yes", "--max-threads=600"])
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(env::current_exe().unwrap())
        .args([CHILD, "--exact", "--ignored", "--test-threads=1"])
        .env(SHAPE, index.to_string())
        .output()
        .unwrap();
    if !done.status.success() {
        return vec![format!("{}: {}", shape.name, String::from_utf8_lossy(&done.stdout))];
    }
    // The first thread is the process, the second the test.
    let count = |number: usize| instructions(&folder, number + 3);
    let mut faults = Vec::new();
    for (number, (name, _)) in OPERATIONS.iter().enumerate() {
        let [short, middle, long] = [0, 1, 2].map(|size| count(SIZES.len() * number + size));
        let grows = |from: u64, to: u64| to as f64 / from as f64 > RATIO;
        let steps = (middle.saturating_sub(short).max(1), long.saturating_sub(middle));
        let is_fault = grows(short, middle) && grows(middle, long) && grows(steps.0, steps.1);
        if middle > LEAST && is_fault {
            faults.push(format!("{}, {name}: {short}, {middle}, {long}", shape.name));
        }
    }
    fs::remove_dir_all(&folder).unwrap();
    faults
}

/// What a thread took, by the file that callgrind wrote of it.
fn instructions(folder: &Path, thread: usize) -> u64 {
    let text = fs::read_to_string(folder.join(format!("counts-{thread:02}"))).unwrap();
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total.unwrap().trim().parse().unwrap()
}

/// Does everything on one shape, each operation on a thread of its own, by whose number valgrind's
/// counts are told apart: so no thread ends before the last has begun.
#[test]
#[ignore = "run under valgrind by the test above"]
fn under_valgrind() {
    let index: usize = env::var(SHAPE).unwrap().parse().unwrap();
    let shape = shapes::all().nth(index).unwrap();
    let documents = SIZES.map(|size| {
        let text = shape.of_size(size);
        let document = Document::new(&text, &Arc::default());
        document.findings();
        (document, text)
    });
    let mut ends = Vec::new();
    let mut threads = Vec::new();
    for (_, operation) in OPERATIONS {
        for (document, text) in documents.clone() {
            let (end, ended) = channel::<()>();
            let (done, is_done) = channel();
            let builder = thread::Builder::new().stack_size(8 << 20);
            threads.push(builder.spawn(move || {
                operation(&document, &text);
                done.send(()).unwrap();
                let _ = ended.recv();
            }));
            is_done.recv().unwrap();
            ends.push(end);
        }
    }
    drop(ends);
    threads.into_iter().for_each(|it| it.unwrap().join().unwrap());
}
