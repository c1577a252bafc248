//! The commands of containers and hooks, as far as their words show them.

use crate::syntax::Node;

/// The words of lists such as `command` and `args`, one after the other; `None` if one of them is not a
/// string.
pub(super) fn words<'a>(lists: &[Option<Node<'a>>]) -> Option<Vec<&'a str>> {
    let items = lists.iter().flatten().flat_map(|list| list.items());
    items.map(|item| item.resolved()?.as_str()).collect()
}

/// The script of `sh -c SCRIPT`, whichever shell it is; `None` when the words are something else.
pub(super) fn script<'a>(words: &[&'a str]) -> Option<&'a str> {
    let (shell, rest) = words.split_first()?;
    if !SHELLS.contains(&program(shell)) {
        return None;
    }
    let is_option = |word: &&str| word.starts_with('-') && !word.starts_with("--");
    let at = rest.iter().position(|word| is_option(word) && word.contains('c'))?;
    rest.get(..at)?.iter().all(is_option).then(|| rest.get(at + 1).copied())?
}

const SHELLS: [&str; 7] = ["sh", "bash", "ash", "dash", "zsh", "ksh", "busybox"];

/// The name of a program without its path.
pub(super) fn program(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// The commands of a script, one by one, comments left out.
pub(super) fn commands(script: &str) -> impl Iterator<Item = &str> {
    let lines = script.lines().filter(|line| !line.trim_start().starts_with('#'));
    let parts = lines.flat_map(|line| line.split(';').flat_map(|part| part.split("&&")));
    parts.map(str::trim).filter(|command| !command.is_empty())
}

/// Whether the script contains one of the words as a separate word.
pub(super) fn has_word(script: &str, wanted: &[&str]) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    script.split(|c| !inside(c)).any(|word| wanted.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::{commands, has_word, script};

    #[test]
    fn scripts_are_found() {
        assert_eq!(script(&["/bin/sh", "-c", "a; b"]), Some("a; b"));
        assert_eq!(script(&["bash", "-e", "-uxc", "a"]), Some("a"));
        for words in
            [&["sh"][..], &["sh", "-c"], &["sh", "run.sh", "-c", "a"], &["sleep", "5"], &[]]
        {
            assert_eq!(script(words), None, "{words:?}");
        }
        let found: Vec<_> = commands("a b && c;\n# d\n e ").collect();
        assert_eq!(found, ["a b", "c", "e"]);
        assert!(has_word("if x; then exit 1; fi", &["exit"]));
        assert!(!has_word("run --no-exit", &["exit"]));
    }
}
