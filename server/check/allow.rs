//! Comments for podls: `# podls: allow <code>` and `# podls: kubernetes 1.31`. A reason may follow behind `--`.

use std::collections::HashMap;

use crate::check::Finding;
use crate::config::current_code;
use crate::schema::{PodSecurity, Profile, Profiles, Version};
use crate::syntax::lines::{line_end, line_start, next_line, skip_blanks};
use crate::syntax::{Node, Parse};
use crate::text::{Edit, Span};

/// What the comments of one document say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    /// The Kubernetes version the file is for.
    pub version: Option<Version>,
    /// The level of the Pod Security Standards the file is for: `# podls: pod-security baseline`.
    pub pod_security: Option<PodSecurity>,
    /// Groups of rules that are to run on the file: `# podls: profile images`.
    pub profiles: Profiles,
    /// What is allowed in the whole file: `# podls: allow-file <code>`.
    pub file: Vec<Allow>,
    /// What is allowed in a part of this document.
    allows: Vec<Allow>,
    /// Where each code is allowed; sorted, and no two spans of one code touch.
    allowed: HashMap<String, Vec<Span>>,
}

/// A code that a comment allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    pub code: String,
    /// Where the code stands.
    pub at: Span,
    /// Where it is allowed.
    scope: Span,
    /// Takes the code away, with the comment if it is the only one in it.
    pub removal: Edit,
}

impl Directives {
    /// Reads the comments of a document.
    pub fn of(parse: &Parse) -> Self {
        let mut directives = Self::default();
        let mut starts = Starts { parse, nodes: None };
        for comment in parse.tree.comments() {
            let said = words(parse, *comment);
            let mut words = said.iter().map(|(word, _)| *word);
            match words.next() {
                Some("kubernetes") => {
                    let version = words.next().and_then(Version::parse);
                    directives.version = directives.version.or(version);
                }
                Some("pod-security") => {
                    let level = words.next().and_then(PodSecurity::parse);
                    directives.pod_security = directives.pod_security.or(level);
                }
                Some("profile") => {
                    let named = words.filter_map(Profile::parse);
                    directives.profiles = named.fold(directives.profiles, Profiles::with);
                }
                Some("allow-file") => directives.file.extend(allows(parse, *comment, &mut starts)),
                Some("allow") => directives.allows.extend(allows(parse, *comment, &mut starts)),
                _ => {}
            }
        }
        directives.allowed = allowed(&directives.allows);
        directives
    }

    /// Whether a finding of this document is allowed by a comment that speaks of its place.
    pub fn allow(&self, finding: &Finding) -> bool {
        let Some(spans) = self.allowed.get(finding.code) else { return false };
        let next = spans.partition_point(|span| span.end < finding.span.start);
        spans.get(next).is_some_and(|span| span.start <= finding.span.start)
    }

    /// What is allowed in a part of this document, and is none of `findings`, which are sorted.
    pub fn unused(&self, findings: &[Finding]) -> impl Iterator<Item = &Allow> {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for finding in findings {
            places.entry(finding.code).or_default().push(finding.span.start);
        }
        let used = move |allow: &&Allow| {
            let Some(places) = places.get(allow.code.as_str()) else { return false };
            let first = places.partition_point(|place| *place < allow.scope.start);
            places.get(first).is_some_and(|place| *place <= allow.scope.end)
        };
        self.allows.iter().filter(move |allow| !used(allow))
    }

    /// All that is allowed.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Allow> {
        self.file.iter().chain(&self.allows)
    }
}

/// Where each code is allowed.
fn allowed(allows: &[Allow]) -> HashMap<String, Vec<Span>> {
    let mut sorted: Vec<&Allow> = allows.iter().collect();
    sorted.sort_by_key(|allow| allow.scope);
    let mut allowed: HashMap<String, Vec<Span>> = HashMap::new();
    for Allow { code, scope, .. } in sorted {
        let spans = allowed.entry(code.clone()).or_default();
        match spans.last_mut().filter(|last| last.touches(*scope)) {
            Some(last) => last.end = last.end.max(scope.end),
            None => spans.push(*scope),
        }
    }
    allowed
}

/// The nodes of a document by where they start.
struct Starts<'a> {
    parse: &'a Parse,
    /// Sorted when the first comment asks.
    nodes: Option<Vec<Node<'a>>>,
}

impl<'a> Starts<'a> {
    /// The nodes that start in `first..=last`.
    fn between(&mut self, first: usize, last: usize) -> impl Iterator<Item = Node<'a>> {
        let nodes = self.nodes.get_or_insert_with(|| {
            let mut nodes: Vec<_> = self.parse.tree.nodes().collect();
            nodes.sort_by_key(|node| node.span().start);
            nodes
        });
        let from = nodes.partition_point(|node| node.span().start < first);
        nodes[from..].iter().copied().take_while(move |node| node.span().start <= last)
    }
}

const SEPARATORS: [char; 3] = [' ', ',', '\t'];

/// What a comment says to podls, word by word, and where; nothing when it does not speak to podls.
pub(crate) fn words(parse: &Parse, comment: Span) -> Vec<(&str, Span)> {
    let text = parse.tree.slice(comment);
    let Some(said) = text.trim_start_matches('#').trim_start().strip_prefix("podls:") else {
        return Vec::new();
    };
    let mut at = comment.end - said.len();
    let mut words = Vec::new();
    for word in said.split(SEPARATORS) {
        let end = at + word.len();
        let word = word.trim_end();
        // The reason follows.
        if word == "--" {
            break;
        }
        if !word.is_empty() {
            words.push((word, Span::new(at, at + word.len())));
        }
        at = end + 1;
    }
    words
}

/// The codes of one comment.
fn allows(parse: &Parse, comment: Span, starts: &mut Starts<'_>) -> Vec<Allow> {
    let scope = scope(parse, comment, starts);
    let words = words(parse, comment);
    let codes = words.get(1..).unwrap_or_default();
    let allow = |(index, (code, at)): (usize, &(&str, Span))| {
        let (_, before) = words[index];
        let removal = match codes.len() {
            1 => whole_comment(parse, comment),
            // The first goes with what is behind it, the others with what is before them.
            _ if index == 0 => Span::new(at.start, codes[1].1.start),
            _ => Span::new(before.end, at.end),
        };
        Allow {
            code: current_code(code).to_owned(),
            at: *at,
            scope,
            removal: Edit::remove(removal),
        }
    };
    codes.iter().enumerate().map(allow).collect()
}

/// A comment with the blanks in front of it; with its line, if it stands alone on it.
fn whole_comment(parse: &Parse, comment: Span) -> Span {
    let bytes = parse.tree.text().as_bytes();
    let line = line_start(bytes, comment.start);
    if skip_blanks(bytes, line) == comment.start {
        return Span::new(line, next_line(bytes, line));
    }
    let before = bytes.get(..comment.start).unwrap_or_default();
    let blanks = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    Span::new(comment.start - blanks, comment.end)
}

/// What a comment speaks of: the line it ends, or the line below it, with all that belongs to the
/// key or the item there; above the first line of a document, the document.
fn scope(parse: &Parse, comment: Span, starts: &mut Starts<'_>) -> Span {
    let text = parse.tree.text();
    let bytes = text.as_bytes();
    let root = parse.tree.root().map_or(Span::new(0, text.len()), Node::span);
    if comment.end <= root.start {
        return Span::new(0, text.len());
    }
    let mut line = line_start(bytes, comment.start);
    while matches!(bytes.get(skip_blanks(bytes, line)), Some(b'#' | b'\n' | b'\r')) {
        line = next_line(bytes, line);
    }
    let first = skip_blanks(bytes, line);
    let end = line_end(bytes, line);
    let block = |node: Node<'_>| {
        let value = if node.is_key() { node.next_sibling() } else { Some(node) };
        value.map_or(node.span().end, |value| value.span().end)
    };
    let entries = starts.between(first, end).filter(|it| it.id() != root_id(parse));
    // Items and keys that start on the line; a list does as well, but is more than its first item.
    let owned = entries.filter(|node| !is_first_of_list(*node));
    let longest = owned.map(block).max().unwrap_or(end);
    Span::new(line, longest.max(end))
}

fn root_id(parse: &Parse) -> crate::syntax::NodeId {
    parse.tree.root().map_or(crate::syntax::NodeId(u32::MAX), Node::id)
}

/// Whether a node is a collection that starts with its first child's line without a key of its
/// own there: a list whose dash stands on the line, a map of a key above.
fn is_first_of_list(node: Node<'_>) -> bool {
    node.is_seq() || (node.is_map() && node.key().is_some())
}

#[cfg(test)]
mod tests {
    use super::Directives;
    use crate::schema::Version;
    use crate::syntax::parse;
    use crate::text::apply;

    /// The lines on which `code` is allowed.
    fn lines(text: &str) -> Vec<usize> {
        let directives = Directives::of(&parse(text));
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(starts).filter(|at| *at < text.len());
        let allowed = starts.enumerate().filter(|(_, at)| {
            let end = text[*at..].find('\n').map_or(text.len(), |len| at + len);
            directives.allows.iter().any(|it| it.scope.start <= *at && end <= it.scope.end + 1)
        });
        allowed.map(|(line, _)| line + 1).collect()
    }

    #[test]
    fn a_comment_speaks_of_its_line_or_of_the_block_below() {
        assert_eq!(lines("a: 1\nb: 2 # podls: allow x\nc: 3\n"), [2]);
        assert_eq!(lines("a: 1\n# podls: allow x\nb: 2\nc: 3\n"), [3]);
        assert_eq!(lines("c:\n# podls: allow x\n- name: a\n  image: b\n- name: c\n"), [3, 4]);
        assert_eq!(lines("a:\n  # podls: allow x\n  b:\n    c: 1\n  d: 2\n"), [3, 4]);
        assert_eq!(lines("# podls: allow x\na: 1\nb: 2\n"), [1, 2, 3]);
    }

    #[test]
    fn reasons_are_no_codes() {
        let text = "# podls: allow-file x, y -- since z, w\na: 1\n";
        let directives = Directives::of(&parse(text));
        let codes: Vec<_> = directives.file.iter().map(|allow| allow.code.as_str()).collect();
        assert_eq!(codes, ["x", "y"]);
        assert_eq!(lines("a: 1\nb: 2 # podls: allow x -- a reason\nc: 3\n"), [2]);
        let only = Directives::of(&parse("# podls: allow-file x -- why\na: 1\n"));
        assert_eq!(
            apply("# podls: allow-file x -- why\na: 1\n", &[only.file[0].removal.clone()]),
            "a: 1\n"
        );
        let one = apply(text, &[directives.file[1].removal.clone()]);
        assert_eq!(one, "# podls: allow-file x -- since z, w\na: 1\n");
    }

    #[test]
    fn versions_and_files() {
        let text = "# podls: kubernetes 1.31\n# podls: allow-file x, y\na: 1\n";
        let directives = Directives::of(&parse(text));
        assert_eq!(directives.version, Some(Version::new(31)));
        let codes: Vec<_> = directives.file.iter().map(|allow| allow.code.as_str()).collect();
        assert_eq!(codes, ["x", "y"]);
    }
}
