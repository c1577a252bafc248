//! A limit of a rolling update is neither a number nor a percentage.
//!
//! It is a whole number without quotes, or digits and `%`: `1` or `25%`. At most 100% of the pods
//! can be unavailable. A `maxSurge` of more than 100% is allowed in a Deployment, but not in a
//! DaemonSet. A StatefulSet must allow at least one unavailable pod.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   strategy:
//!     rollingUpdate:
//!       maxSurge: "1"
//!       maxUnavailable: 150%
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   strategy:
//!     rollingUpdate:
//!       maxSurge: 1
//!       maxUnavailable: 50%
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Removes the quotes of a number.

use super::rolling_update::Amount;
use crate::check::{Check, Checker, Echo, Fixes, Rule};
use crate::pod::Object;
use crate::schema::apps;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(crate) static RULE: Rule = Rule {
    code: "rolling-update-value",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(
        &[
            apps::ROLLING_UPDATE_DEPLOYMENT,
            apps::ROLLING_UPDATE_DAEMON_SET,
            apps::ROLLING_UPDATE_STATEFUL_SET_STRATEGY,
        ],
        check,
    )],
    ..Rule::DEFAULT
};

fn check(update: &Object<'_>, out: &mut Checker<'_>) {
    // Another strategy has no such block, or the server does not check it.
    let other = update.parent.map(|strategy| strategy.text("type")).unwrap_or_default();
    if !matches!(other, "" | "RollingUpdate") {
        return;
    }
    for field in ["maxSurge", "maxUnavailable"] {
        let Some(node) = update.field(field) else { continue };
        if update.ty.field(field).is_some() && !update.is_dropped(field, out.version) {
            let limited = field == "maxUnavailable" || update.ty == apps::ROLLING_UPDATE_DAEMON_SET;
            match Amount::of(node) {
                Some(it) => check_amount(
                    node,
                    it,
                    field,
                    limited,
                    update.ty == apps::ROLLING_UPDATE_STATEFUL_SET_STRATEGY,
                    out,
                ),
                None => report_text(update.node, node, field, out),
            }
        }
    }
}

fn check_amount(
    node: Node<'_>,
    amount: Amount,
    field: &str,
    limited: bool,
    some: bool,
    out: &mut Checker<'_>,
) {
    match amount {
        Amount::Number(number) if number < 0 => {
            out.report(node, format!("invalid value {number} for `{field}`: expected at least 0"));
        }
        Amount::Percent(percent) if limited && percent > 100 => {
            out.report(node, format!("invalid value for `{field}`: expected at most 100%"))
                .suggest("Change to `100%`", || write::replace(node, &New::text("100%")));
        }
        amount if some && amount.is_zero() => {
            out.report(node, format!("invalid value for `{field}`: expected at least 1"))
                .suggest("Change to 1", || write::replace(node, &New::scalar(1)));
        }
        _ => {}
    }
}

fn report_text(update: Node<'_>, node: Node<'_>, field: &str, out: &mut Checker<'_>) {
    let Some(text) = node.as_str() else { return };
    let message = format!(
        "invalid value for `{field}`: expected a number or a percentage, not the string `{text}`"
    );
    let diagnostic = out.report(node, message);
    // The server treats a surge without digits as 0, and then pods must be allowed to be unavailable.
    let none = field == "maxSurge" && text.parse::<i32>().unwrap_or(0) == 0;
    let unavailable = update.field("maxUnavailable").filter(|it| none && is_none(*it));
    let diagnostic = diagnostic.echo(unavailable.map(|it| Echo::At(it.id())));
    // `007` is another number without quotes, or none, and a tag makes a text of any.
    if node.tag().is_empty()
        && text.parse::<i32>().is_ok_and(|number| number >= 0 && number.to_string() == text)
    {
        diagnostic.fix("Remove the quotes", || write::replace(node, &New::scalar(text)));
    }
}

/// Whether no pod at all may be unavailable.
fn is_none(unavailable: Node<'_>) -> bool {
    Amount::of(unavailable).is_some_and(Amount::is_zero)
}
