//! Paths of files. Only `/` separates, and nothing is cleaned up first.

use super::{Verdict, ensure};

/// No `..` element: `hostPath.path`, `devicePath`.
pub fn no_backstep(text: &str) -> Verdict {
    ensure(!text.split('/').any(|element| element == ".."), "contains a `..` element")
}

/// Relative and without `..`: `subPath`, `localhostProfile`. It may be empty.
pub fn descending(text: &str) -> Verdict {
    ensure(!text.starts_with('/'), "is an absolute path")?;
    no_backstep(text)
}

/// What the files of a volume may be called: `items[].path`. It does not start with `..` either,
/// since such names belong to the kubelet. Whether it is empty is for others to say.
pub fn local(text: &str) -> Verdict {
    descending(text)?;
    ensure(!text.starts_with(".."), "starts with `..`")
}

/// It starts with `/`: `nfs.path`.
pub fn absolute(text: &str) -> Verdict {
    ensure(text.starts_with('/'), "is not an absolute path")
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{absolute, descending, local, no_backstep};

    #[test]
    fn paths() {
        check(
            no_backstep,
            &["/a", "rel", "..a", "/a/..b", "/"],
            &["..", "../a", "/a/..", "/a/../b", "a/../b"],
        );
        check(
            descending,
            &["a", "a/b.json", "..data", "", "a/./b"],
            &["/a", "../a", "a/../b", "..", "a/.."],
        );
        check(
            local,
            &["a", "a/b", ".a", "a/..b", "a//b", "./a"],
            &["/a", "../a", "a/../b", "..", "..data"],
        );
        check(absolute, &["/", "/a", "/a/../b", "//", "/é"], &["a", "./a", "", "~/a", "C:\\a"]);
    }
}
