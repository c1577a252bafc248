//! A variable is read from a file of a volume that is not an `emptyDir`.
//!
//! Init containers write such files. Kubernetes reads them from no other type of volume.
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
//!         fileKeyRef:
//!           volumeName: env
//!           path: web.env
//!           key: TOKEN
//!   volumes:
//!   - name: env
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
//!     env:
//!     - name: TOKEN
//!       valueFrom:
//!         fileKeyRef:
//!           volumeName: env
//!           path: web.env
//!           key: TOKEN
//!   volumes:
//!   - name: env
//!     emptyDir: {}
//! ```

use crate::check::{Check, Checker, Rule};
use crate::pod::{Container, Pod};
use crate::schema::Version;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "file-key-volume-type",
    since: "0.1.0",
    checks: &[Check::Container(check)],
    ..Rule::DEFAULT
};

fn check(container: &Container<'_>, pod: &Pod<'_>, out: &mut Checker<'_>) {
    if out.version < Version::new(35) {
        return;
    }
    for variable in container.items("env") {
        let source = variable.field("valueFrom").and_then(|it| it.field("fileKeyRef"));
        let Some(node) = source.and_then(|it| it.field("volumeName")) else { continue };
        let Some(name) = Node::as_str(node).filter(|name| !name.is_empty()) else { continue };
        let fits =
            |node: Node<'_>, source| source == "emptyDir" || node.field("emptyDir").is_some();
        let volume = pod.volume(name).filter(|volume| !fits(volume.node, volume.source));
        let Some(volume) = volume else { continue };
        out.report(node, format!("invalid type of volume `{name}`: expected `emptyDir`"))
            .related(volume.node, "the volume");
    }
}
