//! An invalid key of a ConfigMap or Secret.
//!
//! Keys consist of letters, digits, `-`, `_` and `.`, and are not a path.
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
//!     - name: TOKEN
//!       valueFrom:
//!         secretKeyRef:
//!           name: web
//!           key: auth/token
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
//!     - name: TOKEN
//!       valueFrom:
//!         secretKeyRef:
//!           name: web
//!           key: token
//! ```

use crate::check::{Check, Checker, Rule};
use crate::formats::env;
use crate::pod::Object;
use crate::schema::core::{CONFIG_MAP_KEY_SELECTOR, SECRET_KEY_SELECTOR};

pub(crate) static RULE: Rule = Rule {
    code: "key-format",
    since: "0.1.0",
    checks: &[Check::Object(&[CONFIG_MAP_KEY_SELECTOR, SECRET_KEY_SELECTOR], check)],
    ..Rule::DEFAULT
};

fn check(selector: &Object<'_>, out: &mut Checker<'_>) {
    let Some(node) = selector.field("key") else { return };
    let Some(key) = node.as_str().filter(|key| !key.is_empty()) else { return };
    if let Err(fault) = env::config_key(key) {
        out.report(node, format!("invalid key `{key}`: it {fault}"));
    }
}
