//! Routes a Service of the same file to a proxy in front of the app.
//!
//! An inbound proxy, such as oauth2-proxy, listens on its own port and passes requests on to the app
//! on localhost. The Services that select the pod must use the port of the proxy; otherwise requests
//! bypass it.

use crate::actions::{ActionCx, Assist};
use crate::pod::{Container, Manifest, Pod, Role};
use crate::schema::core::SERVICE;
use crate::syntax::write::{self, New, Place};
use crate::syntax::{Node, Parse};
use crate::text::Edit;

/// A Service, and where its document starts in the file.
pub(super) struct Service<'a> {
    start: usize,
    manifest: Manifest<'a>,
}

/// The Services of a file.
pub(super) fn services<'a>(documents: &[(usize, &'a Parse)]) -> Vec<Service<'a>> {
    let each = documents.iter().flat_map(|(start, parse)| {
        let manifests = Manifest::all(parse).into_iter();
        let services = manifests.filter(|it| it.ty() == Some(SERVICE));
        services.map(|manifest| Service { start: *start, manifest })
    });
    each.collect()
}

/// The offers for the container that the selection means.
pub(super) fn assists(cx: &ActionCx<'_>, services: &[Service<'_>]) -> Vec<Assist> {
    let Some(proxy) = cx.picked() else { return Vec::new() };
    let Some(target) = target(&proxy) else { return Vec::new() };
    let upstream = upstream(cx.pod, &proxy);
    if upstream.is_empty() {
        return Vec::new();
    }
    let selecting = services.iter().filter(|it| it.selects(cx.pod));
    let assist = |service: &Service<'_>| {
        let edits = service.routed(&upstream, &target)?;
        let name = service.manifest.name().unwrap_or_default();
        let title = format!("Route Service `{name}` to `{}`", proxy.name());
        Some(Assist::rewrite("route-service", title, edits))
    };
    selecting.filter_map(assist).collect()
}

/// The port at which a Service finds the proxy: by its name, or its number.
fn target(proxy: &Container<'_>) -> Option<New> {
    let port = proxy.items("ports").find(|port| text(*port, "name") != "metrics")?;
    let number = port.field("containerPort")?.as_int()?;
    Some(match text(port, "name") {
        "" => New::scalar(number),
        name => New::text(name),
    })
}

/// The ports of other containers to which the proxy forwards: number and name.
fn upstream<'a>(pod: &'a Pod<'a>, proxy: &Container<'a>) -> Vec<(i64, &'a str)> {
    let lists = ["command", "args"].into_iter().filter_map(|list| proxy.node.field(list));
    let words = lists.flat_map(Node::items).filter_map(Node::text);
    let values = proxy.items("env").filter_map(|it| it.field("value")?.text());
    let said: Vec<_> = words.chain(values).collect();
    let passes_on = |port: i64| {
        let places = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let ends = |text: &str| !text.starts_with(|next: char| next.is_ascii_digit());
        let names = |text: &str, place: &String| {
            text.match_indices(place.as_str()).any(|(at, _)| ends(&text[at + place.len()..]))
        };
        said.iter().any(|text| places.iter().any(|place| names(text, place)))
    };
    let lasting = |it: &&Container<'a>| matches!(it.role, Role::App | Role::Sidecar);
    let others = pod.containers.iter().filter(lasting).filter(|it| it.node != proxy.node);
    let ports = others.flat_map(|it| it.items("ports"));
    let ports =
        ports.filter_map(|it| Some((it.field("containerPort")?.as_int()?, text(it, "name"))));
    ports.filter(|(port, _)| passes_on(*port)).collect()
}

fn text<'a>(node: Node<'a>, field: &str) -> &'a str {
    node.field(field).and_then(Node::as_str).unwrap_or_default()
}

impl Service<'_> {
    fn spec(&self) -> Option<Node<'_>> {
        self.manifest.root.field("spec")
    }

    /// Whether it selects the pods of `pod`, in the same namespace.
    fn selects(&self, pod: &Pod<'_>) -> bool {
        let namespace = |manifest: &Manifest<'_>| {
            let metadata = manifest.root.field("metadata");
            metadata.map(|it| text(it, "namespace").to_owned()).unwrap_or_default()
        };
        let labels = pod.metadata().and_then(|it| it.field("labels"));
        let has = |key: &str, value: &str| labels.is_some_and(|it| text(it, key) == value);
        let selector = self.spec().and_then(|it| it.field("selector"));
        let Some(selector) = selector.filter(|it| it.entries().next().is_some()) else {
            return false;
        };
        let mut pairs = selector.fields().map(|it| (it.key.text(), it.value.text()));
        namespace(&self.manifest) == namespace(&pod.manifest)
            && pairs.all(|(key, value)| has(key.unwrap_or_default(), value.unwrap_or_default()))
    }

    /// The edits that route ports with a target in `upstream` to `target`.
    fn routed(&self, upstream: &[(i64, &str)], target: &New) -> Option<Vec<Edit>> {
        let ports = self.spec()?.field("ports")?;
        let leads = |port: &Node<'_>| {
            let to = port.field("targetPort").or_else(|| port.field("port"));
            let number = to.and_then(Node::as_int);
            let name = to.and_then(Node::as_str);
            upstream.iter().any(|(port, its)| number == Some(*port) || name == Some(*its))
        };
        let edit = |port: Node<'_>| match port.entry("targetPort") {
            Some(entry) => write::replace(entry.value, target),
            None => write::insert(port, "targetPort", target, Place::After("port")),
        };
        let edits: Option<Vec<_>> = ports.items().filter(leads).map(edit).collect();
        let mut edits = edits?;
        for edit in &mut edits {
            edit.span = edit.span.shifted(self.start);
        }
        (!edits.is_empty()).then_some(edits)
    }
}

#[cfg(test)]
mod tests {
    use crate::actions::{File, WorkspaceContext, run};
    use crate::schema::{PodSecurity, Version};
    use crate::syntax::{self, Stream};
    use crate::testing::selection;
    use crate::text::apply;

    const SERVICE: &str = "apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80 # outside
    targetPort: 8080
  - name: plain
    port: 8080
  - name: other
    port: 9090
---
";
    const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
  - name: web
    image: example.com/web:1
    ports:
    - containerPort: 8080
  - name: oau$0th2-proxy
    image: quay.io/oauth2-proxy/oauth2-proxy:v7.15.3
    args: [--upstream=http://127.0.0.1:8080/]
    ports:
    - containerPort: 4180
";

    fn routed(text: &str) -> Option<(String, String)> {
        let (text, span) = selection(text);
        let stream = Stream::new(&text, syntax::parse);
        let documents: Vec<_> = stream.documents().map(|(start, it)| (start, &**it)).collect();
        let behind = documents.partition_point(|(start, _)| *start <= span.start);
        let inside = crate::text::Span::at(span.start - documents[behind - 1].0);
        let file = File {
            documents: &documents,
            index: behind - 1,
            version: Version::default(),
            pod_security: PodSecurity::Privileged,
        };
        let assists = run(&file, inside, WorkspaceContext::default());
        let assist = assists.into_iter().find(|it| it.id == "route-service")?;
        Some((assist.title, apply(&text, &assist.edits)))
    }

    #[test]
    fn a_service_is_led_to_the_proxy() {
        let (title, after) = routed(&format!("{SERVICE}{POD}")).unwrap();
        assert_eq!(title, "Route Service `web` to `oauth2-proxy`");
        let service = SERVICE
            .replace("targetPort: 8080", "targetPort: 4180")
            .replace("    port: 8080\n", "    port: 8080\n    targetPort: 4180\n");
        assert_eq!(after, format!("{service}{}", POD.replace("$0", "")));
    }

    #[test]
    fn other_services_and_other_ports_are_left_alone() {
        assert_eq!(routed(&format!("{SERVICE}{}", POD.replace("8080/", "808/"))), None);
        assert_eq!(routed(&format!("{}{POD}", SERVICE.replace("app: web", "app: x"))), None);
        let elsewhere = SERVICE.replace("name: web\n", "name: web\n  namespace: x\n");
        assert_eq!(routed(&format!("{elsewhere}{POD}")), None);
    }
}
