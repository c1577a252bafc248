//! What each command takes of the processor and of the memory on texts that are made to be slow, and what
//! each question about a document takes: as much as its length allows, times a factor for busy machines.
//!
//! With a release build: `PODLS_THOROUGH=1 cargo test --release --test it -- cost`.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fs, thread};

use podls::ide::Document;

use crate::cli::Folder;
use crate::client::PODLS;
use crate::corpus::is_thorough;
use crate::growth::OPERATIONS;
use crate::shapes::{self, Shape};

/// The texts, in bytes: one as long as a long manifest, and one that shows what grows too fast.
const SIZES: [usize; 2] = [8 << 10, 64 << 10];

/// By how much something may be slower than on an idle machine, where it takes at most 20 ms and 1 ms for
/// each 1,000 bytes.
const SLACK: u64 = 3;

/// How many KiB of memory a file may take: 40 times its length and 20 MiB, and what is over that for
/// texts with a finding for each few bytes.
const DENSE: u64 = 2;

/// The kernel tells the time of a process in whole ticks, in milliseconds: what takes less reads as 0.
const TICK: u64 = 10;

const COMMANDS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "json"],
    &["fix", "--diff"],
    &["fix", "--diff", "--suggested"],
    &["fix", "--diff", "--indent"],
    &["graph"],
    &["graph", "--format", "svg"],
    &["graph", "--format", "mermaid"],
    &["add", "--list"],
];

/// In milliseconds.
fn allowed(len: usize) -> u64 {
    SLACK * (20 + len as u64 / 1000)
}

/// What `check` finds wrong with all shapes, which two threads look at.
fn each_shape<T: Copy + Sync>(
    sizes: &[T],
    check: impl Fn(&'static Shape, T) -> Vec<String> + Sync,
) {
    if !is_thorough() || cfg!(debug_assertions) || !cfg!(target_os = "linux") {
        eprintln!("skipped: needs PODLS_THOROUGH, a release build and Linux");
        return;
    }
    let left: Mutex<Vec<_>> = Mutex::new(shapes::all().collect());
    let faults = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(shape) = left.lock().unwrap().pop() else { return };
            let found: Vec<_> = sizes.iter().flat_map(|size| check(shape, *size)).collect();
            faults.lock().unwrap().extend(found);
        }
    };
    thread::scope(|scope| [scope.spawn(work), scope.spawn(work)].map(|it| it.join().unwrap()));
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_question_keeps_within_its_time() {
    each_shape(&SIZES, |shape, size| {
        let text = shape.of_size(size);
        let document = Document::new(&text, &Arc::default());
        document.findings();
        let slow = OPERATIONS.iter().filter_map(|(name, operation)| {
            // These ask at eight places.
            let asks = match *name {
                "hover" | "completion" | "selections" | "rename" => 8,
                _ => 1,
            };
            let measure = || {
                let before = of_this_thread();
                operation(&document, &text);
                (of_this_thread() - before) / asks
            };
            let mut took = measure();
            // What another program disturbed is measured again.
            for _ in 0..2 {
                took = if took > allowed(text.len()) { took.min(measure()) } else { took };
            }
            let (len, is_slow) = (text.len(), took > allowed(text.len()));
            is_slow.then(|| format!("{}, {len} bytes, {name}: {took} ms", shape.name))
        });
        slow.collect()
    });
}

/// What this thread has taken of the processor, in milliseconds.
fn of_this_thread() -> u64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<u64>().unwrap() / 1_000_000
}

#[test]
fn every_command_keeps_within_its_time_and_memory() {
    each_shape(&SIZES, |shape, size| {
        let text = shape.of_size(size);
        let name = format!("{}.yaml", shape.name.replace(' ', "-"));
        let folder = Folder::new(&format!("cost-{size}-{name}"), &[(&name, text.as_bytes())]);
        let most = DENSE * (40 * text.len() as u64 / 1024 + 20 * 1024);
        let mut faults = Vec::new();
        for command in COMMANDS {
            let (mut took, memory) = run(folder.path(), command, &name);
            if took > allowed(text.len()) {
                took = took.min(run(folder.path(), command, &name).0);
            }
            if took > allowed(text.len()) || memory > most {
                let (len, name) = (text.len(), shape.name);
                faults.push(format!("{name}, {len} bytes, {command:?}: {took} ms, {memory} KiB"));
            }
        }
        faults
    });
}

/// The lengths between which a command may take as many times longer as the text is longer, and half as
/// much again. What grows faster than the text may take little time of shorter ones.
const LENGTHS: [usize; 2] = [64 << 10, 1 << 20];

#[test]
fn no_command_grows_faster_than_the_text() {
    const COMMANDS: [&[&str]; 2] =
        [&["check", "--format", "json"], &["fix", "--diff", "--suggested"]];
    each_shape(&[()], |shape, ()| {
        let texts = LENGTHS.map(|len| shape.of_size(len));
        let names = ["short.yaml", "long.yaml"];
        let files = [0, 1].map(|at| (names[at], texts[at].as_bytes()));
        let folder = Folder::new(&format!("grows-{}", shape.name.replace(' ', "-")), &files);
        let times = texts[1].len() as f64 / texts[0].len() as f64;
        let faults = COMMANDS.iter().filter_map(|command| {
            let took = |name: &str| run(folder.path(), command, name).0;
            let is_slow = |(short, long): (u64, u64)| {
                long as f64 > 1.5 * times * (short + TICK) as f64 + 200.0
            };
            let mut all = (took(names[0]), took(names[1]));
            if is_slow(all) {
                all = (all.0.max(took(names[0])), all.1.min(took(names[1])));
            }
            is_slow(all)
                .then(|| format!("{}, {command:?}: {} ms, then {} ms", shape.name, all.0, all.1))
        });
        faults.collect()
    });
}

/// What `podls COMMAND NAME` takes, as `measured` gives it.
fn run(folder: &Path, command: &[&str], name: &str) -> (u64, u64) {
    let mut podls = Command::new(PODLS);
    podls.current_dir(folder).args(command).arg(name);
    podls.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    measured(podls.spawn().unwrap())
}

/// Waits for the end of a process: what it took of the processor in milliseconds, and of memory in KiB as
/// far as that was seen.
fn measured(mut child: Child) -> (u64, u64) {
    let file = |name: &str| format!("/proc/{}/{name}", child.id());
    let (stat, status) = (file("stat"), file("status"));
    let mut memory = 0;
    let fields = loop {
        let now = fs::read_to_string(&status).unwrap();
        let peak = now.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|it| it.trim().strip_suffix(" kB")?.parse().ok());
        memory = memory.max(peak.unwrap_or(0));
        // A process that has ended stays there until somebody waits for it.
        let now = fs::read_to_string(&stat).unwrap();
        let fields: Vec<_> =
            now.rsplit_once(") ").unwrap().1.split(' ').map(str::to_owned).collect();
        if fields[0] == "Z" {
            break fields;
        }
        thread::sleep(Duration::from_millis(1));
    };
    let status = child.wait().unwrap();
    assert!(status.code().is_some_and(|code| code <= 2), "{status}");
    let ticks = |at: usize| fields[at].parse::<u64>().unwrap();
    (TICK * (ticks(11) + ticks(12)), memory)
}
