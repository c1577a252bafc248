//! A file that is mounted with `subPath` does not follow its ConfigMap or Secret.
//!
//! A mounted directory is updated some time after its ConfigMap; a mount with `subPath` never is.
//! Mount the directory, or restart the pods after each change, for example with a hash of the
//! content in an annotation of the template.
//!
//! The profile `reliability` switches it on.
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
//!     volumeMounts:
//!     - name: config
//!       mountPath: /etc/nginx/nginx.conf
//!       subPath: nginx.conf
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
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
//!     volumeMounts:
//!     - name: config
//!       mountPath: /etc/nginx/conf.d
//!   volumes:
//!   - name: config
//!     configMap:
//!       name: web
//! ```

use crate::check::{Check, Checker, Rule, Severity, When};
use crate::pod::{Container, Pod, Role};
use crate::schema::Profile;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "sub-path-not-updated",
    severity: Severity::Hint,
    when: When::Profile(Profile::Reliability),
    link: Some("[subPath](https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath)"),
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

/// Volumes that are updated with their source.
const UPDATED: [&str; 4] = ["configMap", "secret", "projected", "downwardAPI"];

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    for mount in container.items("volumeMounts") {
        let sub_path = ["subPath", "subPathExpr"].into_iter().find_map(|it| mount.field(it));
        let Some(node) = sub_path.filter(|it| it.text() != Some("")) else { continue };
        let name = mount.field("name").and_then(Node::as_str).unwrap_or_default();
        let source = pod.volume(name).map(|volume| volume.source).unwrap_or_default();
        if container.role != Role::Init && UPDATED.contains(&source) {
            let field = node.key().and_then(Node::text).unwrap_or("subPath");
            out.report(node, format!("changes to `{name}` do not reach a mount with `{field}`"));
        }
    }
}
