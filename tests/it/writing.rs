//! Files that podls writes: killed at any moment or on a full disk, they are the old ones or the new
//! ones, and stay what they are otherwise.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cli::{Folder, check_code, stderr, stdout};
use crate::client::PODLS;
use crate::fix::{FAULTY, FIXED};

const FILES: usize = 40;

/// What every file must be: the old one or the new one, with its mode.
#[track_caller]
fn check_whole(folder: &Path, old: &str, new: &str) -> usize {
    let mut changed = 0;
    for at in 0..FILES {
        let path = folder.join(format!("{at:02}.yaml"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text == old || text == new, "{at}: {} bytes", text.len());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, mode(at), "{at}");
        changed += usize::from(text == new);
    }
    changed
}

fn mode(at: usize) -> u32 {
    [0o600, 0o640, 0o644, 0o755][at % 4]
}

fn write_all(folder: &Path, text: &str) {
    for at in 0..FILES {
        let path = folder.join(format!("{at:02}.yaml"));
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode(at))).unwrap();
    }
}

fn left(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().flatten().map(|it| it.file_name());
    names.filter(|it| it.to_string_lossy().starts_with(".podls-")).count()
}

#[test]
fn killed_at_any_moment_files_are_whole() {
    let thorough = std::env::var_os("PODLS_THOROUGH").is_some();
    let times = if thorough { 200 } else { 8 };
    // Long enough for a write to be cut.
    let tail = format!("# {}\n", "x".repeat(98)).repeat(2_000);
    let (old, new) = (format!("{FAULTY}{tail}"), format!("{FIXED}{tail}"));
    let folder = Folder::new("killed", &[("podls.yaml", b"")]);
    let fix = || {
        let mut command = Command::new(PODLS);
        command.current_dir(folder.path()).args(["fix", "."]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    write_all(folder.path(), &old);
    let start = std::time::Instant::now();
    assert!(fix().wait().unwrap().success());
    let whole = start.elapsed().as_micros() as u64;
    let (mut partly, mut before) = (0, 0);
    for round in 0..times {
        write_all(folder.path(), &old);
        let mut child = fix();
        // Spread over the whole run, in no order.
        std::thread::sleep(Duration::from_micros(whole * (round * 7_919 % times) / times));
        child.kill().unwrap();
        child.wait().unwrap();
        let changed = check_whole(folder.path(), &old, &new);
        partly += usize::from(changed > 0 && changed < FILES);
        before += left(folder.path());
    }
    eprintln!("killed {times} times, {partly} in the middle, {before} files left to remove");
    write_all(folder.path(), &old);
    assert!(fix().wait().unwrap().success());
    assert_eq!(check_whole(folder.path(), &old, &new), FILES);
    assert_eq!(left(folder.path()), 0);
}

#[test]
fn a_full_disk_costs_nothing() {
    let folder = Folder::new("full", &[("disk/.keep", b"")]);
    let disk = folder.path().join("disk");
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=512k", "none"]).arg(&disk);
    if !mount.stderr(Stdio::null()).status().is_ok_and(|it| it.success()) {
        eprintln!("skipped: only root can make a small disk");
        return;
    }
    let tail = format!("# {}\n", "x".repeat(98)).repeat(100);
    let (old, new) = (format!("{FAULTY}{tail}"), format!("{FIXED}{tail}"));
    write_all(&disk, &old);
    fs::write(disk.join("full"), vec![0; 1 << 20]).unwrap_err();
    let output = folder.podls(&["fix", "disk"]);
    let (changed, rest) = (check_whole(&disk, &old, &new), left(&disk));
    assert!(Command::new("umount").arg(&disk).status().unwrap().success());
    check_code(&output, 2);
    assert_eq!((changed, rest), (0, 0));
    let told = stderr(&output).matches(": not changed: No space left on device").count();
    assert_eq!(told, FILES, "{}", stderr(&output));
    assert!(
        stdout(&output).ends_with(&format!("{FILES} could not be fixed\n")),
        "{}",
        stdout(&output)
    );
}

#[test]
fn what_a_killed_run_left_is_removed() {
    let names =
        [".podls-99999999-0.new", ".podls-1-0.new", ".podls-x-0.new", ".podls-1-0.new.yaml"];
    let folder = Folder::new("leftover", &names.map(|name| (name, &b"secret"[..])));
    fs::write(folder.path().join("a.yaml"), FAULTY).unwrap();
    check_code(&folder.podls(&["fix", "--diff", "a.yaml"]), 0);
    assert_eq!(left(folder.path()), 4);
    check_code(&folder.podls(&["fix", "a.yaml"]), 0);
    let left = |name: &&&str| folder.path().join(name).exists();
    // Only what has exactly our names is ours.
    assert_eq!(
        names.iter().filter(left).collect::<Vec<_>>(),
        [".podls-x-0.new", ".podls-1-0.new.yaml"].iter().collect::<Vec<_>>()
    );
}
