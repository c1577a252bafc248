//! What may lie in a folder, come from standard input or stand in a name: podls neither waits, nor
//! ends early, nor lets a terminal obey it, and it tells what it did not check.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::cli::{Folder, check_code, stderr, stdout};
use crate::client::PODLS;
use crate::fix::{FAULTY, FIXED};

const BAD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    imagee: a\n";

/// More than any of these takes on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

fn spawn(folder: &Path, arguments: &[&str], stdin: Stdio) -> Child {
    let mut command = Command::new(PODLS);
    command.current_dir(folder).args(arguments).stdin(stdin);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What comes of it, while standard input is left open.
#[track_caller]
fn ended(mut child: Child) -> Output {
    let open = child.stdin.take();
    let (done, end) = channel();
    let id = child.id().to_string();
    thread::spawn(move || done.send(child.wait_with_output().unwrap()));
    let output = end.recv_timeout(LONGEST);
    if output.is_err() {
        let _ = Command::new("kill").args(["-9", &id]).status();
    }
    drop(open);
    output.unwrap()
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A folder with one bad manifest, and what `make` puts beside it.
fn beside_a_bad_one(name: &str, make: impl Fn(&Path)) -> Folder {
    let folder = Folder::new(name, &[("sub/bad.yaml", BAD.as_bytes())]);
    make(&folder.path().join("sub"));
    folder
}

/// Puts something odd at a path.
type Make<'a> = &'a dyn Fn(&Path);

#[test]
fn nothing_in_a_folder_is_waited_for() {
    let zero = |at: &Path| symlink("/dev/zero", at).unwrap();
    let stdin = |at: &Path| symlink("/dev/stdin", at).unwrap();
    let all = |at: &Path| symlink(at, at).unwrap();
    let socket = |at: &Path| drop(UnixListener::bind(at).unwrap());
    let makers: [(&str, Make<'_>); 5] =
        [("fifo", &fifo), ("zero", &zero), ("stdin", &stdin), ("loop", &all), ("socket", &socket)];
    // Whether the run ends with 2, since something that is meant for podls could not be used.
    let names = [
        ("a.yaml", false),
        ("podls.yaml", true),
        ("kustomization.yaml", false),
        ("Kustomization", false),
        (".gitignore", true),
        (".ignore", true),
        (".git", false),
        (".podls/templates/a.yaml", false),
    ];
    for (name, is_needed) in names {
        for (kind, make) in makers {
            let folder = beside_a_bad_one(&format!("odd-{kind}"), |folder| {
                let path = folder.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                make(&path);
            });
            let commands = [
                ["check", "."].as_slice(),
                &["check", "sub"],
                &["fix", "--diff", "."],
                &["check", "sub/bad.yaml"],
                &["add", "--list", "sub/bad.yaml"],
            ];
            // What is a FIFO to one is a device to the other.
            let commands = if kind == "fifo" { &commands[..] } else { &commands[..1] };
            // Rules that lead nowhere are no rules.
            let is_needed = is_needed && !(kind == "loop" && name.ends_with("ignore"));
            for arguments in commands.iter().copied() {
                let output = ended(spawn(folder.path(), arguments, Stdio::piped()));
                let told =
                    format!("{arguments:?} {kind} {name}: {}{}", stdout(&output), stderr(&output));
                let code = output.status.code().unwrap();
                let is_silent = code == 0 || (code == 1 && is_needed && arguments[1] == ".");
                assert!(arguments[0] != "check" || !is_silent, "{told}");
                assert!(arguments[0] != "check" || told.contains("imagee"), "{told}");
            }
        }
    }
}

#[test]
fn links_lead_where_they_may() {
    let outside = Folder::new("outside", &[("secret.yaml", FAULTY.as_bytes())]);
    let secret = outside.path().join("secret.yaml");
    let files = [("in/a.yaml", BAD.as_bytes()), ("other/b.yaml", FAULTY.as_bytes())];
    let folder = Folder::new("links", &files);
    let at = |name: &str| folder.path().join(name);
    symlink(&secret, at("in/out.yaml")).unwrap();
    symlink("nowhere", at("in/none.yaml")).unwrap();
    symlink("../other/b.yaml", at("in/near.yaml")).unwrap();
    let output = folder.podls(&["check", "in"]);
    check_code(&output, 2);
    for told in [
        "in/out.yaml: a symbolic link to a place outside of",
        "in/none.yaml: a broken symbolic link",
    ] {
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
    assert!(stdout(&output).contains("imagee"));
    assert!(stdout(&output).ends_with("3 could not be checked\n"), "{}", stdout(&output));
    // In one repository links are followed for reading; what is written was named.
    fs::create_dir(at(".git")).unwrap();
    let output = folder.podls(&["check", "in"]);
    assert!(stdout(&output).contains("in/near.yaml:6:3"), "{}", stdout(&output));
    let output = folder.podls(&["fix", "in"]);
    check_code(&output, 2);
    let told = "in/near.yaml: not changed: it is a symbolic link to a place outside of in";
    assert!(stderr(&output).contains(told), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(at("other/b.yaml")).unwrap(), FAULTY);
    assert_eq!(fs::read_to_string(&secret).unwrap(), FAULTY);
}

#[test]
fn settings_outside_of_the_repository_are_not_read() {
    let outside =
        Folder::new("settings-outside", &[("podls.yaml", b"rules: {unknown-field: off}\n")]);
    let folder = Folder::new("settings-link", &[("a.yaml", BAD.as_bytes())]);
    symlink(outside.path().join("podls.yaml"), folder.path().join("podls.yaml")).unwrap();
    let output = folder.podls(&["check", "a.yaml"]);
    check_code(&output, 2);
    assert!(
        stderr(&output).contains(
            "podls.yaml: the settings cannot be read: a symbolic link to a place outside"
        )
    );
    assert!(stdout(&output).contains("imagee"));
}

#[test]
fn what_is_too_large_is_named() {
    let folder = Folder::new("large", &[("bad.yaml", BAD.as_bytes())]);
    let large = |name: &str, size: u64| {
        fs::File::create(folder.path().join(name)).unwrap().set_len(size).unwrap();
    };
    large("a.yaml", 2 << 30);
    large("podls.yaml", (1 << 20) + 1);
    large("kustomization.yaml", 1 << 30);
    let output = folder.podls(&["check", "."]);
    check_code(&output, 2);
    assert!(stderr(&output).contains("a.yaml: too large: more than 64 MiB"), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("podls.yaml: the settings cannot be read: larger than 1024 KiB")
    );
    assert!(stdout(&output).contains("imagee"));
    check_code(&folder.podls(&["check", "/dev/zero"]), 2);
}

#[test]
fn texts_that_no_printer_likes_cost_nothing_else() {
    let texts = [
        "metadata:\n  labels:\n    a: b\n   \u{fc}: x\n",
        "spec:\n  containers:\n  - name: a\n   \u{85}image: b\n",
        "a: b\n   \u{2028}: \u{301}\n  \u{202e}x",
        "\u{feff}\u{feff}kind: Pod\n \u{200d}: [\n",
        "\r\r\t\u{b}: 日\n\t日: }\n",
    ];
    let names: Vec<_> = (0..40).map(|at| format!("bad-{at:02}.yaml")).collect();
    let mut files: Vec<_> = names.iter().map(|it| (it.as_str(), BAD.as_bytes())).collect();
    let odd: Vec<_> = (0..texts.len()).map(|at| format!("bad-{at:02}x.yaml")).collect();
    files.extend(odd.iter().zip(texts).map(|(name, text)| (name.as_str(), text.as_bytes())));
    let folder = Folder::new("among", &files);
    for _ in 0..3 {
        let output = folder.podls(&["check", "."]);
        check_code(&output, 1);
        for name in &names {
            assert!(stdout(&output).contains(&format!("{name}:8")), "{name}");
        }
        assert!(stdout(&output).contains(" of 45 files"), "{}", stdout(&output));
        assert_eq!(stderr(&output), "");
    }
}

/// A pipe means its data, and never the files of the folder.
#[test]
fn a_pipe_without_data_changes_no_file() {
    for arguments in [&["fix"][..], &["fix", "--suggested"], &["fix", "--indent"]] {
        let folder = Folder::new("pipe-without-data", &[("a.yaml", FAULTY.as_bytes())]);
        let mut child = spawn(folder.path(), arguments, Stdio::piped());
        drop(child.stdin.take());
        let output = ended(child);
        check_code(&output, 2);
        assert!(stderr(&output).contains("no data on standard input"), "{}", stderr(&output));
        assert_eq!(fs::read(folder.path().join("a.yaml")).unwrap(), FAULTY.as_bytes());
    }
}

/// Runs podls with `input` on standard input, which comes after `wait` and is closed.
fn piped(arguments: &[&str], input: &[u8], wait: Duration) -> Output {
    let folder = Folder::new("piped", &[("clean.yaml", FIXED.as_bytes())]);
    let mut child = spawn(folder.path(), arguments, Stdio::piped());
    let (mut to, input) = (child.stdin.take().unwrap(), input.to_owned());
    let writer = thread::spawn(move || {
        thread::sleep(wait);
        let _ = to.write_all(&input);
    });
    let output = ended(child);
    writer.join().unwrap();
    output
}

#[test]
fn standard_input_is_read_when_it_holds_data() {
    let output = piped(&["check"], BAD.as_bytes(), Duration::from_millis(300));
    check_code(&output, 1);
    assert!(stdout(&output).contains("<stdin>:8"), "{}", stdout(&output));
    let output = piped(&["fix"], FAULTY.as_bytes(), Duration::ZERO);
    check_code(&output, 0);
    assert_eq!(stdout(&output), FIXED);
    // A path is what was named, whatever standard input holds.
    let output = piped(&["check", "."], BAD.as_bytes(), Duration::ZERO);
    check_code(&output, 0);
    let nothing = piped(&["check"], b"", Duration::ZERO);
    check_code(&nothing, 0);
    assert!(stdout(&nothing).ends_with("nothing found in 1 file\n"), "{}", stdout(&nothing));
    let folder = Folder::new("redirected", &[("a/bad.txt", BAD.as_bytes())]);
    let file = fs::File::open(folder.path().join("a/bad.txt")).unwrap();
    check_code(&ended(spawn(folder.path(), &["check"], file.into())), 1);
    // Nobody ever writes to it.
    let folder = Folder::new("open", &[("bad.yaml", BAD.as_bytes())]);
    let output = ended(spawn(folder.path(), &["check"], Stdio::piped()));
    check_code(&output, 1);
    assert!(stdout(&output).contains("bad.yaml:8"), "{}", stdout(&output));
    assert!(stderr(&output).contains("no data on standard input after"), "{}", stderr(&output));
}

#[test]
fn a_pipe_that_is_named_is_read() {
    let folder = Folder::new("named-pipe", &[("a.txt", b"")]);
    let pipe = folder.path().join("pipe");
    fifo(&pipe);
    let writer = thread::spawn(move || fs::write(pipe, BAD).unwrap());
    let output = ended(spawn(folder.path(), &["check", "pipe"], Stdio::null()));
    check_code(&output, 1);
    assert!(stdout(&output).contains("pipe:8"), "{}", stdout(&output));
    writer.join().unwrap();
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn utf_16_is_read_and_written() {
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        let folder = Folder::new("utf16", &[("a.yaml", &wide(FAULTY, unit))]);
        let output = folder.podls(&["check", "a.yaml"]);
        check_code(&output, 1);
        assert!(stdout(&output).contains("a.yaml:6:3"), "{}", stdout(&output));
        check_code(&folder.podls(&["fix", "a.yaml"]), 0);
        assert_eq!(fs::read(folder.path().join("a.yaml")).unwrap(), wide(FIXED, unit));
        check_code(&folder.podls(&["add", "sidecar", "a.yaml"]), 0);
        let added = fs::read(folder.path().join("a.yaml")).unwrap();
        assert!(added.starts_with(&unit(0xfeff)) && added.len() > wide(FIXED, unit).len());
    }
    let folder = Folder::new("utf32", &[("a.yaml", b"\xff\xfe\0\0a\0\0\0")]);
    let output = folder.podls(&["check", "a.yaml"]);
    check_code(&output, 2);
    assert!(stderr(&output).contains("UTF-32"), "{}", stderr(&output));
}

#[test]
fn what_is_not_yaml_is_one_line() {
    let page = "<!DOCTYPE html>\n<html>\n<head><title>404: Not found</title>\n<style>\nbody { a: b }\n</style>\n</head>\n<body>\n<p>Not found: 404</p>\n</body>\n</html>\n";
    let script = "#!/bin/sh\nset -e\nif [ \"$1\" = x ]; then\n  echo \"a: b\"\nfi\nfor i in *; do\n\techo $i\ndone\ncase $x in\n  a) b;;\nesac\n";
    for (text, code) in [
        (page.as_bytes(), 1),
        (script.as_bytes(), 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".as_slice(), 2),
        (b"\x7fELF\x02\x01\x01\0\0\0", 2),
    ] {
        let folder = Folder::new("no-yaml", &[("a.yaml", text)]);
        let output = folder.podls(&["check", "a.yaml"]);
        check_code(&output, code);
        let told = format!("{}{}", stdout(&output), stderr(&output));
        assert_eq!(told.matches("a.yaml:").count(), 1, "{told}");
        let output = folder.podls(&["check", "--format", "json", "a.yaml"]);
        let findings: Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(findings.as_array().unwrap().len(), usize::from(code == 1));
    }
}

#[test]
fn terminals_have_nothing_to_obey() {
    let evil = "\u{1b}[31m\u{9b}2J\u{202e}\u{7}\r";
    let name = format!("x{evil}\ny.yaml");
    let quoted = serde_json::to_string(&format!("web{evil}")).unwrap();
    let bad = BAD.replace("web", &quoted).replace("imagee", &format!("\"im{}\"", r"\e[31m\x9b2J"));
    let bad =
        format!("{bad}    image: nginx:1.27\n    volumeMounts: [{{name: {quoted}}}]\n#{evil}\n");
    let settings = format!("{quoted}: 1\n");
    let files = [(name.as_str(), bad.as_bytes()), ("dir/podls.yaml", settings.as_bytes())];
    let folder = Folder::new("evil", &files);
    let _ = fs::write(folder.path().join("dir").join(&name), FAULTY);
    let name = name.as_str();
    for arguments in [
        &["check", "."][..],
        &["check", "--color", "never", name],
        &["check", "--format", "json", "."],
        &["fix", name],
        &["fix", "."],
        &["fix", "--indent", "."],
        &["add", "sidecar", name],
        &["add", "--list", name],
        &["add", name, name],
        &["add", "sidecar", name, "--object", name],
        &["graph", name],
        &["graph", name, "--name", name],
        &["explain", name],
        &["check", "no such", name, &format!("no{name}")],
        &["check", "--format", name],
        &["check", &format!("--{name}")],
        &[name],
    ] {
        let output = folder.podls(arguments);
        let told = format!("{}{}", stdout(&output), stderr(&output));
        let obeyed = |it: char| (it.is_control() && it != '\n') || it == '\u{202e}';
        assert!(!told.contains(obeyed), "{arguments:?}: {told:?}");
        assert!(!stderr(&output).contains("a bug"), "{arguments:?}: {told:?}");
    }
}

#[test]
fn names_that_look_alike_are_two_files() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("alike", &[("c.txt", b"")]);
    for name in [&b"a\xff.yaml"[..], b"a\xfe.yaml", b"-.yaml", b"--help.yaml"] {
        fs::write(folder.path().join(OsStr::from_bytes(name)), BAD).unwrap();
    }
    let output = folder.podls(&["check"]);
    check_code(&output, 1);
    assert!(stdout(&output).ends_with("in 4 of 4 files\n"), "{}", stdout(&output));
}
