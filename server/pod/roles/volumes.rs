//! Evidence of shared volumes: who writes, who reads.

use std::collections::HashMap;

use crate::pod::container::{Container, Role};
use crate::pod::roles::image::{Is, known};
use crate::pod::roles::ports;
use crate::pod::spec::{Pod, Volume};
use crate::syntax::Node;
use crate::text::floor;

/// A volume that several containers mount.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared<'a> {
    pub volume: Volume<'a>,
    /// In the order of the containers; one for each container.
    pub uses: Vec<Use<'a>>,
}

/// How one container uses a volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Use<'a> {
    pub container: Container<'a>,
    /// The item of `volumeMounts`.
    pub mount: Node<'a>,
    pub path: &'a str,
    pub access: Access,
}

/// What a container does with a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It reads, or can do no more.
    Reads,
    Writes,
    /// It may do both; nothing tells.
    Uses,
}

impl Shared<'_> {
    /// Whether it is empty when the pod starts.
    pub fn starts_empty(&self) -> bool {
        self.volume.source == "emptyDir"
    }

    /// Whether it is of a kind that no container can write to.
    pub fn is_read_only(&self) -> bool {
        READ_ONLY.contains(&self.volume.source)
    }
}

/// The mounts of a pod with their containers, by the name of the volume.
type Mounts<'a> = HashMap<&'a str, Vec<(Container<'a>, Node<'a>)>>;

pub(super) fn shared<'a>(pod: &Pod<'a>) -> Vec<Shared<'a>> {
    let mut mounts = Mounts::new();
    for container in pod.containers.iter().filter(|it| it.role != Role::Ephemeral) {
        for mount in container.items("volumeMounts") {
            let name = mount.field("name").and_then(Node::as_str).unwrap_or_default();
            mounts.entry(name).or_default().push((*container, mount));
        }
    }
    let of = |volume: &Volume<'a>| {
        // Of volumes of one name the first is shown; the server takes none of them.
        let uses = uses(&mounts.remove(volume.name)?, volume);
        let mut shared = Shared { volume: *volume, uses };
        shared.settle();
        (shared.uses.len() > 1).then_some(shared)
    };
    pod.volumes.iter().filter(|volume| !volume.name.is_empty()).filter_map(of).collect()
}

/// What each container does with `volume`. Of several mounts in one container the one that writes tells
/// more.
fn uses<'a>(mounts: &[(Container<'a>, Node<'a>)], volume: &Volume<'a>) -> Vec<Use<'a>> {
    let of_container = |mounts: &[(Container<'a>, Node<'a>)]| {
        let each = mounts.iter().map(|(container, mount)| {
            let path = mount.field("mountPath").and_then(Node::as_str).unwrap_or_default();
            let access = access(container, *mount, path, volume);
            Use { container: *container, mount: *mount, path, access }
        });
        each.max_by_key(|it| it.access == Access::Writes)
    };
    mounts.chunk_by(|one, next| one.0 == next.0).filter_map(of_container).collect()
}

impl Shared<'_> {
    /// What follows from the others: what is empty at first is written by somebody before it is
    /// read.
    fn settle(&mut self) {
        if !self.starts_empty() {
            return;
        }
        if self.uses.iter().all(|it| it.access != Access::Writes)
            && let Some(first) = self.uses.first_mut()
            && first.container.role == Role::Init
            && first.access == Access::Uses
        {
            first.access = Access::Writes;
        }
        let some_write = self.uses.iter().any(|it| it.access == Access::Writes);
        let mut open = self.uses.iter_mut().filter(|it| it.access == Access::Uses);
        if let (Some(only), None) = (open.next(), open.next())
            && !some_write
        {
            only.access = Access::Writes;
        }
    }
}

/// Sources that nobody can write to.
const READ_ONLY: [&str; 5] = ["configMap", "secret", "projected", "downwardAPI", "image"];

fn access(container: &Container<'_>, mount: Node<'_>, path: &str, volume: &Volume<'_>) -> Access {
    let flag = |node: Node<'_>| node.field("readOnly").and_then(Node::as_bool) == Some(true);
    let source = volume.node.field(volume.source);
    if READ_ONLY.contains(&volume.source) || flag(mount) || source.is_some_and(flag) {
        return Access::Reads;
    }
    let is = known(container).map(|it| it.is);
    let content = ["/html", "/htdocs", "/www"].iter().any(|it| path.ends_with(it));
    match by_script(container, path) {
        Some(access) => access,
        None if is == Some(Is::Puller) => Access::Writes,
        None if is == Some(Is::Web) && (content || path.contains("/var/www")) => Access::Reads,
        None if is == Some(Is::Agent) && path.contains("log") => Access::Reads,
        None => Access::Uses,
    }
}

/// How many arguments are searched for paths, and how much of each: every mount looks into all of them.
const MOST_ARGUMENTS: usize = 64;
const LONGEST_ARGUMENT: usize = 2_000;

/// What its commands do with the files below `path`: `> /logs/a` writes, `tail -f /logs/a` reads.
fn by_script(container: &Container<'_>, path: &str) -> Option<Access> {
    if path.len() < 2 {
        return None;
    }
    let (mut reads, mut writes) = (false, false);
    let mut before = "";
    for text in ports::arguments(container).filter_map(Node::text).take(MOST_ARGUMENTS) {
        let text = &text[..floor(text, LONGEST_ARGUMENT)];
        for (at, _) in text.match_indices(path) {
            let ahead = text.get(..at).unwrap_or_default().trim_end_matches(['"', '\'']);
            // `[tail, -f, /logs/a]` names the program in an item of its own.
            let ahead = if ahead.is_empty() { before } else { ahead };
            writes |= is_writing(ahead);
            reads |= is_reading(ahead);
        }
        before = if text.starts_with('-') { before } else { text };
    }
    match (reads, writes) {
        (true, false) => Some(Access::Reads),
        (false, true) => Some(Access::Writes),
        _ => None,
    }
}

fn is_writing(ahead: &str) -> bool {
    let ahead = ahead.trim_end();
    ahead.ends_with('>')
        || program(ahead).is_some_and(|it| ["tee", "mkdir", "touch"].contains(&it))
        || ["-O", "-o", "--local-dir"].iter().any(|flag| ahead.ends_with(flag))
}

fn is_reading(ahead: &str) -> bool {
    const READERS: [&str; 7] = ["tail", "cat", "less", "head", "grep", "source", "rev"];
    !is_writing(ahead) && program(ahead).is_some_and(|it| READERS.contains(&it))
}

/// The program of the last command in `text`: `tail` of `x; tail -n 1 -F`.
fn program(text: &str) -> Option<&str> {
    let command = text.rsplit([';', '|', '&', '(', '\n', '>', '`']).next()?;
    let mut words = command.split_whitespace().filter(|it| !["do", "then", "exec"].contains(it));
    words.next()?.rsplit('/').next()
}

#[cfg(test)]
mod tests {
    use super::{Access, is_reading, is_writing};
    use crate::pod::{Manifest, Pod};
    use crate::syntax::parse;

    #[test]
    fn commands_tell_what_they_do() {
        for ahead in ["echo hi >> ", "date >", "| tee ", "mkdir -p ", "wget -O "] {
            assert!(is_writing(ahead) && !is_reading(ahead), "{ahead}");
        }
        for ahead in ["tail -n+1 -f ", "while true; do cat ", "tail"] {
            assert!(is_reading(ahead) && !is_writing(ahead), "{ahead}");
        }
        for ahead in ["", "ls ", "cp /a "] {
            assert!(!is_reading(ahead) && !is_writing(ahead), "{ahead}");
        }
    }

    #[track_caller]
    fn check(spec: &str, expected: &str) {
        let parse = parse(&format!("{{apiVersion: v1, kind: Pod, spec: {{{spec}}}}}"));
        assert!(parse.errors.is_empty(), "{:?}", parse.errors);
        let manifests = Manifest::all(&parse);
        let pod = Pod::all(&manifests[0]).remove(0);
        let mut out = Vec::new();
        for shared in pod.shared_volumes() {
            for it in &shared.uses {
                let access = match it.access {
                    Access::Reads => "reads",
                    Access::Writes => "writes",
                    Access::Uses => "uses",
                };
                out.push(format!("{} {access} {}", it.container.name(), shared.volume.name));
            }
        }
        assert_eq!(out.join(", "), expected);
    }

    #[test]
    fn who_writes_and_who_reads() {
        let mount = "volumeMounts: [{name: v, mountPath: /logs";
        check(
            &format!(
                "volumes: [{{name: v, emptyDir: {{}}}}], containers: [{{name: a, {mount}}}]}}, {{name: b, {mount}, readOnly: true}}]}}]"
            ),
            "a writes v, b reads v",
        );
        check(
            &format!(
                "volumes: [{{name: v, hostPath: {{}}}}], containers: [{{name: a, {mount}}}]}}, {{name: b, {mount}}}]}}]"
            ),
            "a uses v, b uses v",
        );
        check(
            &format!(
                "volumes: [{{name: v}}], initContainers: [{{name: i, {mount}}}]}}], containers: [{{name: a, {mount}}}]}}]"
            ),
            "i writes v, a uses v",
        );
        check(
            &format!(
                "volumes: [{{name: v}}], containers: [{{name: a, {mount}}}]}}, {{name: b, command: [tail, -f, /logs/x], {mount}}}]}}]"
            ),
            "a writes v, b reads v",
        );
        check(
            &format!(
                "volumes: [{{name: v, configMap: {{}}}}], containers: [{{name: a, {mount}}}]}}, {{name: b, {mount}}}]}}]"
            ),
            "a reads v, b reads v",
        );
    }
}
