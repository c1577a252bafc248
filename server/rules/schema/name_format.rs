//! A name has an invalid format.
//!
//! Most names are DNS labels (`a-z`, `0-9` and `-`, at most 63 bytes) or several of them with dots
//! in between. Some names must be shorter, since a suffix is appended to them: that of a CronJob has
//! at most 52 bytes. The API server does not check names of images, secrets and claims in volumes,
//! and neither does this rule. The name of a pod template, which has no effect, is not checked
//! either.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: Web_Server
//! spec:
//!   containers:
//!   - name: web.server
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: html_files
//!       mountPath: /usr/share/nginx/html
//!   volumes:
//!   - name: html_files
//!     emptyDir: {}
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web-server
//! spec:
//!   containers:
//!   - name: web-server
//!     image: nginx:1.27
//!     volumeMounts:
//!     - name: html-files
//!       mountPath: /usr/share/nginx/html
//!   volumes:
//!   - name: html-files
//!     emptyDir: {}
//! ```
//!
//! ## Fix
//!
//! Changes to lower case and `-`. A volume is renamed together with its mounts.

use super::name_format_metadata::metadata;
use super::name_format_rename::{add_fix, suggestion};
use super::name_format_table::{NameField, TABLE, TYPES};
use super::{name_format_rename as rename, table};
use crate::check::{Check, Checker, Fixes, Rule};
use crate::pod::Object;
use crate::syntax::Node;

pub(crate) static RULE: Rule = Rule {
    code: "name-format",
    fixes: Fixes::Safe,
    link: Some(
        "[Object names](https://kubernetes.io/docs/concepts/overview/working-with-objects/names/)",
    ),
    since: "0.1.0",
    checks: &[Check::Manifest(metadata), Check::Object(&TYPES, check)],
    ..Rule::DEFAULT
};

fn check(object: &Object<'_>, out: &mut Checker<'_>) {
    for row in table::rows(TABLE, object.ty) {
        let path = row.field.split('.');
        let value = path.into_iter().try_fold(object.node, |node, key| node.field(key));
        // Most are, and `when` may have to look around.
        if value.is_some_and(|it| is_right(it, row))
            || !(row.when)(object, out.version)
            || object.is_dropped(row.field, out.version)
        {
            continue;
        }
        match value {
            Some(list) if list.is_seq() => {
                list.items()
                    .filter_map(Node::resolved)
                    .for_each(|item| check_value(item, row, object, out));
            }
            Some(value) => check_value(value, row, object, out),
            None if row.required => {
                let message = format!("missing field `{}` in `{}`", row.field, object.held_by());
                out.missing(object.node, row.field, message);
            }
            None => {}
        }
    }
}

fn is_right(value: Node<'_>, row: &NameField) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty() && row.form.check(text).is_ok())
}

fn check_value(value: Node<'_>, row: &NameField, object: &Object<'_>, out: &mut Checker<'_>) {
    let text = if value.is_null() { Some("") } else { value.as_str() };
    let Some(text) = text else { return };
    if text.is_empty() && !row.empty_is_value {
        return;
    }
    let Err(fault) = row.form.check(text) else { return };
    if text.is_empty() {
        out.report_absence(value, format!("empty {}", row.noun));
        return;
    }
    let diagnostic = out.report(value, format!("invalid {} `{text}`: it {fault}", row.noun));
    if row.field == "name" && object.held_by() == "volumes" {
        let Some(name) = suggestion(text, row.form) else { return };
        diagnostic.fix(format!("Rename to `{name}`"), || rename::volume(object, text, &name));
    } else {
        add_fix(diagnostic, value, text, row.form, row.safe);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check_fix, check_rule};

    #[test]
    fn each_kind_has_its_limits() {
        check_rule(
            &RULE,
            r#"
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web.v1
        ^^^^^^ invalid StatefulSet name `web.v1`: it contains dots
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid CronJob name `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`: it is longer than 52 bytes (11 bytes are added for each Job)
---
apiVersion: batch/v1
kind: Job
metadata:
  name: render.1
        ^^^^^^^^ invalid Job name `render.1`: it is not a valid host name (its pods get names such as `<name>-9`, without dots)
spec:
  completionMode: Indexed
  completions: 10
---
apiVersion: v1
kind: Pod
metadata:
  generateName: Web-
                ^^^^ invalid name prefix `Web-`: it contains upper-case letters
  namespace: shop.eu
             ^^^^^^^ invalid namespace `shop.eu`: it contains dots
---
apiVersion: v1
kind: Service
metadata:
  name: Not_Ours
"#,
        );
    }

    #[test]
    fn names_inside_of_pods() {
        check_rule(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  runtimeClassName: ""
                    ^^ empty runtime class name
  serviceAccountName: ""
  serviceAccount: Web
                  ^^^ invalid service account name `Web`: it contains upper-case letters
  nodeName: ${NODE}
  containers:
  - name: web
    image: nginx:1.27
    env:
    - name: A
      valueFrom:
        configMapKeyRef:
        ^^^^^^^^^^^^^^^ missing field `name` in `configMapKeyRef`
          key: a
    envFrom:
    - secretRef:
        name: web-
"#,
        );
    }

    #[test]
    fn a_volume_is_renamed_with_its_mounts() {
        check_fix(
            &RULE,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
    volumeMounts:
    - name: my_data  # here
      mountPath: /data
    - name: other
      mountPath: /other
  volumes:
  - name: my_data
    emptyDir: {}
"#,
            r#"
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
    volumeMounts:
    - name: my-data  # here
      mountPath: /data
    - name: other
      mountPath: /other
  volumes:
  - name: my-data
    emptyDir: {}
"#,
        );
    }
}
