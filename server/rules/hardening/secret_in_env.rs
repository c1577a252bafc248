//! A secret is written into the manifest.
//!
//! Anyone who can read the manifest, its history or the pod can read the secret. Move it to a Secret
//! and refer to that in the variable. The rule reports values that look like a key or a token,
//! addresses that contain a password, and values of variables that are named like a password, token
//! or key. It does not report paths, other addresses, names of files, or `true` or `no`. The message
//! never contains the value.
//!
//! The profile `hardened` switches it on.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: DB_PASSWORD
//!       value: horse-staple
//! ```
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: DATABASE_URL
//!       value: postgres://web:horse-staple@db/web
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: DB_PASSWORD
//!       valueFrom:
//!         secretKeyRef:
//!           name: db
//!           key: password
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: DB_PASSWORD_FILE
//!       value: /etc/db/password
//! ```

use crate::check::{Check, Checker, Linter, Rule, Severity, When, pages};
use crate::formats::placeholder::is_filled_in;
use crate::pod::{Container, Pod};
use crate::schema::Profile;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "secret-in-env",
    severity: Severity::Warning,
    when: When::Profile(Profile::Hardened),
    linters: &[Linter::KubeLinter("env-var-secret"), Linter::Polaris("sensitiveContainerEnvVar")],
    link: Some(pages::SECRETS),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// The ends of names of variables with a secret.
const ENDINGS: [&str; 18] = [
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "API_KEY",
    "ACCESS_KEY",
    "ACCOUNT_KEY",
    "AUTH_KEY",
    "ENCRYPTION_KEY",
    "LICENSE_KEY",
    "MASTER_KEY",
    "PRIVATE_KEY",
    "SECRET_KEY",
    "SECRET_KEY_BASE",
    "SHARED_KEY",
    "SIGNING_KEY",
];

const SWITCHES: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "none", "null", "disabled"];

/// The starts of tokens of well-known services, and their minimal lengths.
const TOKENS: [(&str, usize); 12] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("AIza", 39),
    ("ghp_", 40),
    ("gho_", 40),
    ("ghs_", 40),
    ("github_pat_", 40),
    ("glpat-", 26),
    ("npm_", 40),
    ("sk_live_", 24),
    ("xoxb-", 20),
    ("xoxp-", 20),
];

fn check(container: &Container<'_>, _pod: &Pod<'_>, out: &mut Checker<'_>) {
    for variable in container.items("env") {
        let Some(node) = variable.field("name") else { continue };
        let (name, value) = (node.as_str(), variable.field("value").and_then(Node::as_str));
        let (Some(name), Some(value)) = (name, value) else { continue };
        let value = value.trim();
        // A value that refers to other variables is not a literal.
        if value.contains("$(") || is_filled_in(value) {
            continue;
        }
        if is_key(value) || has_password(value) || is_secret_name(name) && may_be_secret(value) {
            out.report(node, format!("the value of `{name}` looks like a secret"));
        }
    }
}

/// Whether the name means that the value is a secret, and not the place of one.
fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase().replace(['-', '.'], "_");
    ENDINGS.iter().any(|ending| {
        name.strip_suffix(ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    })
}

/// Whether a value is more than a switch, a number, a path or an address.
fn may_be_secret(value: &str) -> bool {
    let place = value.contains("://") || value.starts_with(['/', '.', '~', '<', '{']);
    let switch = SWITCHES.iter().any(|it| it.eq_ignore_ascii_case(value));
    let number = value.len() < 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    !value.is_empty() && !place && !switch && !number
}

/// Whether a value has the form of a key or token of a known service.
fn is_key(value: &str) -> bool {
    let private = value.contains("-----BEGIN") && value.contains("PRIVATE KEY-----");
    let token = TOKENS.iter().any(|(start, length)| {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        value.starts_with(start) && value.len() >= *length && value.bytes().all(word)
    });
    private || token || value.starts_with("eyJ") && value.matches('.').count() == 2
}

/// Whether it is an address such as `postgres://web:secret@db`.
fn has_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let user = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
    user.is_some_and(|(_, password)| !password.is_empty() && !password.starts_with(['$', '<', '{']))
}

#[cfg(test)]
mod tests {
    use super::{has_password, is_key, is_secret_name, may_be_secret};

    #[test]
    fn names() {
        for (name, secret) in [
            ("DB_PASSWORD", true),
            ("db-password", true),
            ("TOKEN", true),
            ("AWS_SECRET_ACCESS_KEY", true),
            ("PASSWORD_FILE", false),
            ("SECRET_NAME", false),
            ("TOKEN_TTL", false),
            ("KEY", false),
            ("NOTOKEN", false),
        ] {
            assert_eq!(is_secret_name(name), secret, "{name}");
        }
    }

    #[test]
    fn values() {
        for value in ["", "true", "/etc/token", "https://example.com/token", "<token>", "300"] {
            assert!(!may_be_secret(value), "{value}");
        }
        assert!(may_be_secret("horse-staple") && may_be_secret("1234"));
        assert!(
            is_key(&format!("AKIA{}", "A1".repeat(8))) && is_key("-----BEGIN RSA PRIVATE KEY-----")
        );
        assert!(is_key("eyJhbGciOiJub25lIn0.e30.") && !is_key("eyJhbGciOiJub25lIn0.e30"));
        assert!(!is_key("AKIA") && !is_key("glpat-short") && !is_key("nginx"));
        assert!(has_password("amqp://a:b@c/d") && has_password("https://a:b@c"));
        assert!(!has_password("https://a@c") && !has_password("http://host:80/a@b:c"));
        assert!(!has_password("postgres://a:@c") && !has_password("a:b@c"));
        assert!(!has_password("amqp://a:${PASSWORD}@c") && !has_password("amqp://a:<password>@c"));
    }
}
