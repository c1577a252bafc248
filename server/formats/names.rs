//! Names: of objects, containers, ports, labels.

use super::{Verdict, ensure};

const EMPTY: &str = "is empty";
const LONG_63: &str = "is longer than 63 bytes";
const LONG_253: &str = "is longer than 253 bytes";
const UPPER: &str = "contains upper-case letters";

/// What a word is made of: letters and digits at both ends, in between also `inner`.
struct Alphabet {
    upper: bool,
    inner: &'static [u8],
    wrong_character: &'static str,
    wrong_end: &'static str,
}

const LABEL: Alphabet = Alphabet {
    upper: false,
    inner: b"-",
    wrong_character: "contains characters other than a-z, 0-9 and `-`",
    wrong_end: "must start and end with a letter or a digit",
};
const UNDERSCORE: Alphabet = Alphabet {
    upper: false,
    inner: b"-_",
    wrong_character: "contains characters other than a-z, 0-9, `-` and `_`",
    wrong_end: LABEL.wrong_end,
};
const MIXED: Alphabet = Alphabet {
    upper: true,
    inner: b"-_.",
    wrong_character: "contains characters other than letters, digits, `-`, `_` and `.`",
    wrong_end: LABEL.wrong_end,
};

impl Alphabet {
    /// Whether `text` is a word, of any length but zero.
    fn word(&self, text: &str) -> Verdict {
        let end = |byte: &u8| {
            byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || self.upper && byte.is_ascii_uppercase()
        };
        let bytes = text.as_bytes();
        let inside = |byte: &u8| end(byte) || self.inner.contains(byte);
        if let Some(wrong) = bytes.iter().find(|byte| !inside(byte)) {
            return Err(if wrong.is_ascii_uppercase() { UPPER } else { self.wrong_character });
        }
        let ends = [bytes.first().ok_or(EMPTY)?, bytes.last().ok_or(EMPTY)?];
        ensure(ends.into_iter().all(end), self.wrong_end)
    }
}

/// A DNS label: names of containers, volumes, claims and namespaces, hostname, subdomain.
pub fn label(text: &str) -> Verdict {
    // More to the point than "other characters", since dots are what people expect to work.
    ensure(!(text.contains('.') && subdomain(text).is_ok()), "contains dots")?;
    LABEL.word(text)?;
    ensure(text.len() <= 63, LONG_63)
}

/// A DNS subdomain: names of most objects. Its parts have no limit of their own.
pub fn subdomain(text: &str) -> Verdict {
    ensure(!text.is_empty(), EMPTY)?;
    parts(text, |part| LABEL.word(part))?;
    ensure(text.len() <= 253, LONG_253)
}

/// A DNS search path of a pod since Kubernetes 1.33: a subdomain that may have `_`, or `.`.
pub fn subdomain_underscore(text: &str) -> Verdict {
    if text == "." {
        return Ok(());
    }
    let text = text.strip_suffix('.').unwrap_or(text);
    ensure(!text.is_empty(), EMPTY)?;
    parts(text, |part| UNDERSCORE.word(part.strip_prefix('_').unwrap_or(part)))?;
    ensure(text.len() <= 253, LONG_253)
}

/// Every part between dots is checked with `rule`.
fn parts(text: &str, rule: fn(&str) -> Verdict) -> Verdict {
    for part in text.split('.') {
        ensure(!part.is_empty(), "contains an empty part next to a dot")?;
        rule(part)?;
    }
    Ok(())
}

/// A prefix of a name: `generateName`, names in `envFrom`. What counts is what becomes of the text
/// when its last two bytes are `a`, if it ends in `-`; so a few prefixes pass that will not work.
pub fn prefix(text: &str, of: fn(&str) -> Verdict) -> Verdict {
    if text.len() < 2 || !text.ends_with('-') {
        return of(text);
    }
    match text.get(..text.len() - 2) {
        Some(kept) => of(&format!("{kept}a")),
        None => Err(LABEL.wrong_character),
    }
}

/// A DNS label that starts with a letter: names of Services.
pub fn dns1035(text: &str) -> Verdict {
    label(text)?;
    ensure(!text.starts_with(|first: char| first.is_ascii_digit()), "starts with a digit")
}

/// The name of a port.
pub fn port_name(text: &str) -> Verdict {
    LABEL.word(text)?;
    ensure(text.len() <= 15, "is longer than 15 bytes")?;
    ensure(text.bytes().any(|byte| byte.is_ascii_lowercase()), "must contain at least one letter")?;
    ensure(!text.contains("--"), "contains `--`")
}

/// A label key, also of selectors, tolerations and resources: `name` or `prefix/name`.
pub fn qualified_name(text: &str) -> Verdict {
    let name = match text.split_once('/') {
        Some((prefix, name)) => {
            ensure(!prefix.is_empty(), "has no domain before the `/`")?;
            subdomain(prefix)?;
            ensure(!name.contains('/'), "has more than one `/`")?;
            ensure(!name.is_empty(), "has no name after the `/`")?;
            name
        }
        None => text,
    };
    MIXED.word(name)?;
    ensure(name.len() <= 63, "has a name of more than 63 bytes")
}

/// An annotation key: a qualified name whose prefix may have upper-case letters.
pub fn annotation_key(text: &str) -> Verdict {
    qualified_name(&text.to_ascii_lowercase())
}

/// A domain, `/` and a path: `managedBy` of Jobs.
pub fn prefixed_path(text: &str) -> Verdict {
    let (domain, path) = text.split_once('/').ok_or("must start with a domain and a `/`")?;
    subdomain(domain)?;
    ensure(!path.is_empty(), "has no name after the `/`")?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte);
    ensure(
        path.bytes().all(allowed),
        "contains characters that are not allowed in the path of a URL",
    )
}

/// A label value; it may be empty.
pub fn label_value(text: &str) -> Verdict {
    if text.is_empty() {
        return Ok(());
    }
    MIXED.word(text)?;
    ensure(text.len() <= 63, LONG_63)
}

/// The name of a signer of certificates: `example.com/my-signer`.
pub fn signer(text: &str) -> Verdict {
    let (domain, path) = text.split_once('/').ok_or("must start with a domain and a `/`")?;
    ensure(!path.contains('/'), "has more than one `/`")?;
    ensure(!path.is_empty(), "has no name after the `/`")?;
    ensure(domain.contains('.'), "must start with a domain of at least two parts")?;
    parts(domain, label)?;
    parts(path, subdomain)?;
    ensure(domain.len() <= 253, "has a domain of more than 253 bytes")?;
    ensure(text.len() <= 571, "is longer than 571 bytes")
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{
        annotation_key, dns1035, label, label_value, port_name, prefix, prefixed_path,
        qualified_name, signer, subdomain, subdomain_underscore,
    };

    fn many(letter: &str, count: usize) -> String {
        letter.repeat(count)
    }

    #[test]
    fn labels() {
        let (good, bad) = (many("a", 63), many("a", 64));
        check(
            label,
            &["a", "my-name", "123-abc", "a--b", &good],
            &["", "My-name", "a.b", "-a", "a-", "a_b", &bad, "é", "A.b"],
        );
        assert_eq!(label("a.b"), Err("contains dots"));
        assert_eq!(label("My-name"), Err("contains upper-case letters"));
    }

    #[test]
    fn subdomains() {
        let (good, bad) = (many("a", 253), many("a", 254));
        check(
            subdomain,
            &["a", "example.com", "1.2.3.4", "a-b.c-d", &good],
            &["", "Example.com", "a..b", "a_b", ".a", "a.", "-a.b", "a.-b", &bad],
        );
        check(
            subdomain_underscore,
            &["a_b.c", "_tcp.example", "example.com.", ".", "a.b_c.d", &good],
            &["", "_", "a_", "X.y", "a..b", "-a", "a._", "__a", &bad],
        );
    }

    #[test]
    fn prefixes() {
        check(
            |text| prefix(text, subdomain),
            &["app-", "a", "a.b-", "A-", "a--", "a_-", "x.-"],
            &["-", "App-", "A--", ".-a", "aB_c", "", "aé-"],
        );
        check(|text| prefix(text, label), &["app-"], &["a.b-"]);
    }

    #[test]
    fn names_of_services_and_ports() {
        let (good, bad) = (many("a", 63), many("a", 64));
        check(
            dns1035,
            &["a", "my-svc", "abc-123", "a--b", &good],
            &["1a", "-a", "A", "a.b", "", "a-", &bad, "a_b"],
        );
        check(
            port_name,
            &["http", "a", "80a", "x-1-y", "abcdefghijklmno"],
            &["", "HTTP", "80", "a--b", "-a", "a-", "abcdefghijklmnop", "a_b", "a.b"],
        );
    }

    #[test]
    fn keys() {
        let (good, bad) = (many("k", 63), many("k", 64));
        let (far, too_far) = (many("p", 253) + "/k", many("p", 254) + "/k");
        check(
            qualified_name,
            &["app", "App.Kubernetes_io", "example.com/App", "1", &good, "a.b.c/d-e", &far],
            &["", "-a", "a b", "/x", "x/", "Ex.com/a", "a/b/c", &bad, &too_far],
        );
        check(
            annotation_key,
            &["app", "Foo.IO/Bar", "A.B/c", "x_y", &good],
            &["a b", "/x", "x/", "a/b/c", "_a", &bad],
        );
        check(
            prefixed_path,
            &["acme.io/foo", "a/b", "a.b/c/d", "a.b/~x", "a.b/%20"],
            &["acme.io", "/foo", "acme.io/", "A.b/c", "a.b/c d", ""],
        );
    }

    #[test]
    fn values_and_signers() {
        let (good, bad) = (many("v", 63), many("v", 64));
        check(
            label_value,
            &["", "a", "A_b.c-1", "12345", &good],
            &["-a", "a-", "a b", "a/b", "é", "a:b", ".a", &bad],
        );
        let long = format!("a.b/{}", many("c", 253));
        check(
            signer,
            &["example.com/my-signer", "kubernetes.io/kubelet-serving", "a.b/c", "a.b/ns.n", &long],
            &["", "example.com", "com/x", "EX.com/x", "a.b/", "a.b/C", "a/b/c", "a..b/c"],
        );
    }
}
