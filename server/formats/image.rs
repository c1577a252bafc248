//! References to images: `registry/repository:tag@digest`.

use super::ensure;

/// A reference that container runtimes can read, in its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image<'a> {
    /// As written: `None` means Docker Hub.
    pub registry: Option<&'a str>,
    /// As written: `nginx` is `library/nginx` on Docker Hub.
    pub repository: &'a str,
    pub tag: Option<&'a str>,
    /// With its algorithm: `sha256:...`.
    pub digest: Option<&'a str>,
}

impl<'a> Image<'a> {
    /// Takes a reference apart. The API server takes any text; `Err` says why no runtime will find
    /// such an image.
    pub fn parse(text: &'a str) -> Result<Self, &'static str> {
        ensure(!text.is_empty(), "is empty")?;
        ensure(!text.contains("://"), "has a scheme such as `https://` in front")?;
        ensure(!text.contains(char::is_whitespace), "contains white space")?;
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        let (registry, repository) = match name.split_once('/') {
            Some((first, others)) if is_registry(first) => (Some(first), others),
            _ => (None, name),
        };
        ensure(registry.is_none_or(is_host), "has no valid registry")?;
        ensure(!repository.is_empty(), "has no name")?;
        ensure(
            !repository.contains(|c: char| c.is_ascii_uppercase()),
            "contains upper-case letters",
        )?;
        ensure(repository.split('/').all(is_component), "has no valid name")?;
        ensure(repository.len() <= 255, "has a name of more than 255 bytes")?;
        ensure(tag.is_none_or(is_tag), "has no valid tag")?;
        ensure(digest.is_none_or(is_digest), "has no valid digest")?;
        let id = registry.is_none() && text.len() == 64 && text.bytes().all(is_lower_hex);
        ensure(!id, "is the id of an image, not its name")?;
        Ok(Self { registry, repository, tag, digest })
    }

    /// Whether it means whatever is newest: the tag `latest`, or neither tag nor digest.
    pub fn is_latest(self) -> bool {
        self.tag.map_or(self.digest.is_none(), |tag| tag == "latest")
    }

    /// The last part of the repository: `nginx` of `ghcr.io/example/nginx`.
    pub fn name(self) -> &'a str {
        self.repository.rsplit('/').next().unwrap_or(self.repository)
    }
}

/// The `imagePullPolicy` that the API server writes when the manifest has none. What is no
/// reference counts as not latest.
pub fn pull_policy(text: &str) -> &'static str {
    match Image::parse(text) {
        Ok(image) if image.is_latest() => "Always",
        _ => "IfNotPresent",
    }
}

/// Whether the first part of a name is a registry rather than a part of the repository.
fn is_registry(first: &str) -> bool {
    first.contains(['.', ':', '[']) || first == "localhost" || first != first.to_lowercase()
}

fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let port_fits =
        port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let part = |part: &str| {
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !part.is_empty()
            && part.bytes().all(inside)
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host_fits = match address {
        Some(inside) => {
            let allowed = |byte: u8| byte.is_ascii_hexdigit() || byte == b':';
            !inside.is_empty() && inside.bytes().all(allowed)
        }
        None => host.split('.').all(part),
    };
    port_fits && host_fits
}

/// Lower-case words with one `.`, one or two `_`, or any number of `-` between them.
fn is_component(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut rest = text;
    loop {
        let after = rest.trim_start_matches(|c: char| c.is_ascii() && word(c as u8));
        if after.len() == rest.len() {
            return false;
        }
        if after.is_empty() {
            return true;
        }
        let separator = after.len() - after.trim_start_matches(['.', '_', '-']).len();
        let separator = &after[..separator];
        let dashes = !separator.is_empty() && separator.bytes().all(|byte| byte == b'-');
        if !dashes && ![".", "_", "__"].contains(&separator) {
            return false;
        }
        rest = &after[separator.len()..];
    }
}

fn is_tag(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=128).contains(&text.len())
        && text.bytes().all(|byte| word(byte) || byte == b'.' || byte == b'-')
        && text.bytes().next().is_some_and(word)
}

fn is_digest(text: &str) -> bool {
    let Some((algorithm, hex)) = text.split_once(':') else { return false };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return false,
    };
    hex.len() == length && hex.bytes().all(is_lower_hex)
}

fn is_lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{Image, pull_policy};

    fn digest() -> String {
        format!("sha256:{}", "0123456789abcdef".repeat(4))
    }

    #[test]
    fn takes_references_apart() {
        let digest = digest();
        let whole = format!("ghcr.io:443/example/web-app:v1@{digest}");
        let image = Image::parse(&whole).unwrap();
        let parts = (image.registry, image.repository, image.tag, image.digest);
        assert_eq!(
            parts,
            (Some("ghcr.io:443"), "example/web-app", Some("v1"), Some(digest.as_str()))
        );
        assert_eq!(image.name(), "web-app");
        for (text, registry, repository, tag) in [
            ("nginx", None, "nginx", None),
            ("bitnami/nginx:1.27", None, "bitnami/nginx", Some("1.27")),
            ("localhost/web", Some("localhost"), "web", None),
            ("localhost:5000/web", Some("localhost:5000"), "web", None),
            ("host:5000/a/b:1", Some("host:5000"), "a/b", Some("1")),
            ("[2001:db8::1]:5000/web", Some("[2001:db8::1]:5000"), "web", None),
        ] {
            let image = Image::parse(text).unwrap();
            assert_eq!((image.registry, image.repository, image.tag), (registry, repository, tag));
        }
    }

    #[test]
    fn refuses_what_runtimes_refuse() {
        let (with_digest, id) = (format!("a@{}", digest()), "0a".repeat(32));
        check(
            |text| Image::parse(text).map(|_| ()),
            &["a", "a/b_c/d__e/f--g.h:T_1.x-y", "Host/a", "x.y/a:1", &with_digest],
            &[
                "",
                "NGINX:Latest",
                "a b",
                "::",
                "http://x/y",
                " nginx",
                "nginx ",
                "nginx:",
                "a:b:c",
                "a@sha256:12",
                "a/B",
                "a//b",
                "a___b",
                "a/",
                "/a",
                "-a",
                "a..b",
                "a:-x",
                &id,
                "é",
                "x.y/",
                "a.-b/c",
            ],
        );
    }

    #[test]
    fn knows_what_is_pulled_always() {
        let digest = digest();
        for (text, policy) in [
            ("nginx", "Always"),
            ("nginx:latest", "Always"),
            ("nginx:1.27", "IfNotPresent"),
            (&format!("nginx@{digest}"), "IfNotPresent"),
            (&format!("nginx:latest@{digest}"), "Always"),
            ("NGINX:latest", "IfNotPresent"),
            ("nginx:", "IfNotPresent"),
        ] {
            assert_eq!(pull_policy(text), policy, "{text}");
        }
    }
}
