//! Evidence from images: well-known ones, and their purpose.
//!
//! The list has only images that nearly always have the same purpose. Names are those of the last part
//! of the repository, so that mirrors count; a program in `command` counts the same way, since some
//! images contain many programs.

use crate::formats::image::Image;
use crate::pod::container::Container;
use crate::pod::roles::ports;
use crate::syntax::Node;

/// The purpose of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// Calls other services for the app.
    Ambassador,
    /// Receives the requests to an app.
    Proxy,
    /// Converts data of an app to another form.
    Adapter,
    /// Helps an app.
    Sidecar,
    /// Collects logs, traces or metrics: of an app of its pod, or of the complete node.
    Agent,
    /// Fills a folder with files from elsewhere, for others to read.
    Puller,
    /// A web server, or a proxy: that depends on its configuration.
    Web,
    /// Envoy: for incoming or outgoing requests.
    Envoy,
    /// A server or a database: the purpose of its pod.
    Server,
    /// Contains tools and does nothing by itself.
    Tools,
}

/// A known image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) is: Is,
    /// What it does, as in "its image ships logs".
    pub(super) does: &'static str,
}

/// The entry of the table for the program or the image of a container.
pub(super) fn known(container: &Container<'_>) -> Option<Known> {
    let text = container.image();
    // Docker's daemon differs from other Docker images only by its tag.
    if text.contains("dind") {
        return Some(Known { is: Is::Sidecar, does: "is a Docker daemon for another container" });
    }
    let program = ports::arguments(container)
        .next()
        .filter(|it| it.parent().and_then(Node::key).and_then(Node::text) == Some("command"));
    let program = program.and_then(Node::text).and_then(|path| path.rsplit('/').next());
    if let Some(known) = program.and_then(|it| find(it, is_program)) {
        return Some(known);
    }
    let Ok(image) = Image::parse(text) else { return None };
    let found = find(image.name(), |_| true).or_else(|| of_repository(image.repository))?;
    // A server whose program is another one is not that server.
    let other = program.is_some_and(|it| !it.contains(image.name()) && !image.name().contains(it));
    let is_other = other && matches!(found.is, Is::Server | Is::Web);
    Some(if is_other { Known { is: Is::Tools, does: "contains tools" } } else { found })
}

/// Programs with the name of their image. Shells and clients of databases have other purposes.
fn is_program(is: Is) -> bool {
    !matches!(is, Is::Tools | Is::Server | Is::Web)
}

fn find(name: &str, allowed: fn(Is) -> bool) -> Option<Known> {
    let name = name.strip_suffix(".exe").unwrap_or(name);
    let name = ["-amd64", "-arm64", "-windows"]
        .iter()
        .find_map(|it| name.strip_suffix(it))
        .unwrap_or(name);
    let row = TABLE.iter().filter(|(is, ..)| allowed(*is));
    let mut row = row.filter(|(_, _, names)| names.split(' ').any(|it| it == name));
    row.next().map(|(is, does, _)| Known { is: *is, does })
}

/// Images whose last part says little: `istio/proxyv2`, `linkerd/proxy`.
fn of_repository(repository: &str) -> Option<Known> {
    const MESH: &str = "is a service mesh proxy for all traffic of the pod";
    let ends = |end: &str| repository.ends_with(end);
    if ends("linkerd/proxy") || ends("l5d.io/proxy") || ends("linkerd-proxy") {
        return Some(Known { is: Is::Proxy, does: MESH });
    }
    if ends("datadog/agent") || ends("newrelic/infrastructure") || ends("amazon/cloudwatch-agent") {
        return Some(Known { is: Is::Agent, does: "collects logs and metrics" });
    }
    None
}

/// The purpose of an image, what it does, and the names of such images.
type KnownImages = (Is, &'static str, &'static str);

const TABLE: &[KnownImages] = &[
    (
        Is::Ambassador,
        "connects to a database in the cloud",
        "cloud-sql-proxy cloudsql-proxy gce-proxy cloud_sql_proxy alloydb-auth-proxy \
         cloud-spanner-proxy",
    ),
    (
        Is::Ambassador,
        "passes connections on to a database",
        "pgbouncer pgpool pgcat odyssey proxysql mysql-router maxscale",
    ),
    (
        Is::Ambassador,
        "passes calls on to caches",
        "twemproxy nutcracker mcrouter redis-cluster-proxy predixy",
    ),
    (Is::Ambassador, "passes calls on to the API server", "kubectl-proxy kubeapi-proxy"),
    (Is::Ambassador, "signs calls to AWS", "aws-sigv4-proxy aws-es-proxy"),
    (Is::Ambassador, "passes calls on through a tunnel", "stunnel ssh-tunnel autossh"),
    (
        Is::Proxy,
        "lets only authorised requests through to an app",
        "kube-rbac-proxy oauth2-proxy oauth-proxy oauth2_proxy origin-oauth-proxy \
         ose-oauth-proxy louketo-proxy keycloak-gatekeeper gogatekeeper authservice \
         vouch-proxy prom-label-proxy",
    ),
    (
        Is::Proxy,
        "is a service mesh proxy for all traffic of the pod",
        "proxyv2 linkerd-proxy consul-dataplane kuma-dp aws-appmesh-envoy linkerd2-proxy",
    ),
    (Is::Proxy, "receives and counts the requests of a Knative app", "queue-proxy"),
    (Is::Proxy, "terminates TLS for an app", "hitch ghostunnel"),
    (Is::Proxy, "caches for a name server", "kube-dnsmasq k8s-dns-dnsmasq k8s-dns-dnsmasq-nanny"),
    (Is::Adapter, "turns commands into health checks over HTTP", "exechealthz"),
    (Is::Adapter, "exposes the metrics of a name server", "dnsmasq-metrics k8s-dns-sidecar"),
    (
        Is::Sidecar,
        "connects a storage driver with Kubernetes",
        "csi-provisioner csi-attacher csi-resizer csi-snapshotter csi-node-driver-registrar \
         livenessprobe csi-external-health-monitor-controller \
         csi-external-health-monitor-agent driver-registrar csi-cluster-driver-registrar \
         cosi-provisioner-sidecar objectstorage-sidecar",
    ),
    (
        Is::Sidecar,
        "reloads another container when its configuration changes",
        "configmap-reload prometheus-config-reloader config-reloader configmap-reloader \
         rules-configmap-reloader",
    ),
    (Is::Sidecar, "writes ConfigMaps and Secrets to files", "k8s-sidecar"),
    (
        Is::Sidecar,
        "gets secrets or certificates",
        "vault-agent vault-env spiffe-helper secrets-provider-for-k8s conjur-authn-k8s-client \
         aws-signing-helper",
    ),
    (Is::Sidecar, "monitors Redis", "redis-sentinel"),
    (Is::Sidecar, "adjusts the resources of another container", "addon-resizer"),
    (Is::Sidecar, "passes calls of an app on to Dapr", "daprd"),
    (Is::Sidecar, "makes authorization decisions", "opa-istio opa-envoy-plugin"),
    (Is::Sidecar, "makes backups", "backup-sidecar wal-g wal-e"),
    (Is::Sidecar, "mounts a bucket for an app", "gcs-fuse-csi-driver-sidecar-mounter s3fs gcsfuse"),
    (
        Is::Agent,
        "ships logs",
        "fluentd fluent-bit fluentbit filebeat logstash promtail vector fluentd-gcp \
         fluentd-elasticsearch rsyslog syslog-ng logspout logshipper log-shipper log-agent \
         aws-for-fluent-bit splunk-fluentd logging-agent",
    ),
    (Is::Agent, "passes traces on", "jaeger-agent aws-xray-daemon xray-daemon skywalking-agent"),
    (
        Is::Agent,
        "collects logs, metrics or traces",
        "opentelemetry-collector opentelemetry-collector-contrib otelcol otel-agent \
         aws-otel-collector alloy grafana-agent telegraf collectd cloudwatch-agent metricbeat \
         splunk-otel-collector datadog-agent",
    ),
    (
        Is::Puller,
        "fetches files",
        "git-sync git-monitor git rclone rsync s3-sync gsutil aws-cli mc git-pull git-clone",
    ),
    (
        Is::Web,
        "is a web server",
        "nginx nginx-unprivileged nginx-slim nginx-slim-amd64 openresty httpd apache apache2 \
         caddy traefik haproxy lighttpd static-web-server varnish",
    ),
    (Is::Envoy, "is Envoy", "envoy envoy-alpine envoy-distroless"),
    (
        Is::Server,
        "is a database",
        "postgres postgresql mysql mariadb mongo mongodb redis valkey keydb memcached \
         cassandra couchdb elasticsearch elasticsearch-oss opensearch cockroach influxdb \
         neo4j etcd mssql clickhouse-server percona arangodb rethinkdb",
    ),
    (
        Is::Server,
        "passes messages between programs",
        "rabbitmq kafka cp-kafka zookeeper nats activemq pulsar mosquitto emqx",
    ),
    (
        Is::Server,
        "is a server",
        "tomcat jetty wildfly wordpress ghost drupal joomla mediawiki jenkins grafana gitlab \
         gitea nextcloud keycloak minio registry sonarqube odoo hello-app hello-go-gke \
         node-hello echoserver podinfo http-echo django rails phpmyadmin",
    ),
    (
        Is::Tools,
        "contains tools",
        "busybox alpine ubuntu debian centos fedora bash curl netshoot dnsutils rockylinux \
         amazonlinux ubi ubi8 ubi9 ubi-minimal suse toolbox jq curl-jq python node golang \
         openjdk maven gradle php ruby perl pause prometheus",
    ),
];

#[cfg(test)]
mod tests {
    use super::{Is, TABLE, find, of_repository};

    #[test]
    fn no_image_stands_twice() {
        let mut names: Vec<_> = TABLE.iter().flat_map(|(_, _, names)| names.split(' ')).collect();
        names.sort();
        let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn images_are_found_by_their_last_part() {
        let is = |name: &str| find(name, |_| true).map(|it| it.is);
        assert_eq!(is("exechealthz-amd64"), Some(Is::Adapter));
        assert_eq!(is("fluent-bit"), Some(Is::Agent));
        assert_eq!(is("shop"), None);
        assert_eq!(of_repository("linkerd/proxy").map(|it| it.is), Some(Is::Proxy));
        assert!(of_repository("example/proxy").is_none());
    }
}
