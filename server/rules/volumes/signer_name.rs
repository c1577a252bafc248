//! The name of a signer of certificates has no valid form.
//!
//! It is a domain, a slash and a path: `example.com/my-signer`.
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     projected:
//!       sources:
//!       - podCertificate:
//!           signerName: my-signer
//!           keyType: ED25519
//!           credentialBundlePath: cert.pem
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
//!     - name: data
//!       mountPath: /data
//!   volumes:
//!   - name: data
//!     projected:
//!       sources:
//!       - podCertificate:
//!           signerName: example.com/my-signer
//!           keyType: ED25519
//!           credentialBundlePath: cert.pem
//! ```

use crate::facts::names::signer;
use crate::pod::Object;
use crate::rules::{Check, Findings, Rule, Severity};
use crate::schema::ObjectType;

pub(crate) static RULE: Rule = Rule {
    code: "signer-name",
    severity: Severity::Error,
    on: true,
    since: "0.1.0",
    checks: &[Check::Object(&[BUNDLE, CERTIFICATE], check)],
};

const BUNDLE: ObjectType = ObjectType::named("core.v1.ClusterTrustBundleProjection");
const CERTIFICATE: ObjectType = ObjectType::named("core.v1.PodCertificateProjection");

fn check(source: &Object<'_>, out: &mut Findings<'_>) {
    if source.is_dropped("signerName", out.version) {
        return;
    }
    let Some(node) = source.field("signerName") else {
        if source.ty == CERTIFICATE {
            out.missing(source.node, "signerName", "`podCertificate` has no `signerName`");
        }
        return;
    };
    let Some(name) = node.as_str() else { return };
    if let Err(fault) = signer(name) {
        let what = if name.is_empty() { String::new() } else { format!(" `{name}`") };
        out.report(node, format!("the signer name{what} {fault}"));
    }
}
