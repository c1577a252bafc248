//! Runs some tests of a program, until one fails.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::tree::Tree;

pub enum Ended {
    Passed,
    /// With the name of the test.
    Failed(String),
    Crashed,
    TimeLimit,
}

/// A program with `cargo test`'s folder and variables.
pub fn program(tree: &Tree, path: &Path) -> Command {
    let mut command = Command::new(path);
    command.current_dir(tree.path()).env("CARGO_MANIFEST_DIR", tree.path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The names of its tests.
pub fn list(tree: &Tree, path: &Path) -> Vec<String> {
    let output = program(tree, path).args(["--list", "--format", "terse"]).output();
    let text = String::from_utf8(output.expect("it runs").stdout).expect("UTF-8");
    text.lines().filter_map(|it| it.strip_suffix(": test")).map(str::to_owned).collect()
}

/// Calls `ended` for each test that ends.
pub fn run(mut command: Command, limit: Duration, mut ended: impl FnMut(&str)) -> Ended {
    in_a_group(&mut command);
    let mut child = command.spawn().expect("a program that cargo built runs");
    let output = child.stdout.take().expect("it is piped");
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        BufReader::new(output).lines().map_while(Result::ok).try_for_each(|it| sender.send(it))
    });
    let started = Instant::now();
    loop {
        match lines.recv_timeout(limit.saturating_sub(started.elapsed())) {
            Ok(line) => {
                let Some((name, outcome)) = test_of(&line) else { continue };
                if outcome == "FAILED" {
                    kill(&mut child);
                    return Ended::Failed(name.to_owned());
                }
                ended(name);
            }
            Err(RecvTimeoutError::Timeout) => {
                kill(&mut child);
                return Ended::TimeLimit;
            }
            Err(RecvTimeoutError::Disconnected) => {
                let passed = child.wait().is_ok_and(|it| it.success());
                return if passed { Ended::Passed } else { Ended::Crashed };
            }
        }
    }
}

/// A line such as `test rules::tests::all ... ok`.
fn test_of(line: &str) -> Option<(&str, &str)> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    Some((name.split(" - ").next().unwrap_or(name), outcome))
}

fn in_a_group(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// With the programs that its tests started.
fn kill(child: &mut Child) {
    let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status();
    let _ = child.kill();
    let _ = child.wait();
}
