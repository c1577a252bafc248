//! Moves a container up or down in its list.
//!
//! Init containers run in the order of the list, and sidecars stop in reverse order. `kubectl exec`
//! and `kubectl logs` use the first app container.
//!
//! ```yaml before
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: log-agent
//!     image: fluent/fluent-bit:5.1.1
//!   # The app.
//!   - name: w$0eb
//!     image: example.com/web:1
//! ```
//!
//! ```yaml after
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   # The app.
//!   - name: web
//!     image: example.com/web:1
//!   - name: log-agent
//!     image: fluent/fluent-bit:5.1.1
//! ```

use crate::actions::convert::lines::{ended, of_item, with_comments};
use crate::actions::{Action, ActionCx, Assist};
use crate::syntax::Node;
use crate::syntax::write::Layout;
use crate::text::{Edit, Span};

pub(crate) static ACTION: Action = Action {
    id: "move-container",
    run,
    cures: &["main-container-not-first", "sidecar-after-user"],
};

fn run(cx: &ActionCx<'_>) -> Vec<Assist> {
    let Some(container) = cx.picked() else { return Vec::new() };
    let node = container.node;
    let assist = |(word, edits): (&str, Vec<Edit>)| {
        cx.rewrite(ACTION.id, format!("Move `{}` {word}", container.name()), edits)
    };
    let up = node.prev_sibling().and_then(|before| Some(("up", swap(before, node)?)));
    let down = node.next_sibling().and_then(|behind| Some(("down", swap(node, behind)?)));
    up.into_iter().chain(down).map(assist).collect()
}

/// The edits that swap two neighbours. The text between them stays.
fn swap(one: Node<'_>, two: Node<'_>) -> Option<Vec<Edit>> {
    let text = one.tree().text();
    let slice = |span: Span| text.get(span.start..span.end);
    if one.in_flow() {
        let (first, second) = (with_comments(one)?, with_comments(two)?);
        return Some(vec![
            Edit::replace(first, slice(second)?),
            Edit::replace(second, slice(first)?),
        ]);
    }
    let (first, second) = (of_item(one)?.span, of_item(two)?.span);
    let line_break = Layout::of(one).line_break;
    let upper = ended(slice(second)?, line_break);
    let mut lower = slice(first)?;
    if !slice(second)?.ends_with(['\n', '\r']) {
        lower = lower.trim_end_matches(['\n', '\r']);
    }
    Some(vec![Edit::replace(first, upper), Edit::replace(second, lower)])
}
