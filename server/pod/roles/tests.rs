//! What is told, and what is left unknown.

use expect_test::{Expect, expect};

use crate::pod::{Manifest, Pod};
use crate::syntax::parse;

/// `spec` is what stands below `spec:`.
#[track_caller]
fn check(spec: &str, expected: Expect) {
    let lines = spec.trim_matches('\n').lines();
    let spec: String = lines.map(|line| format!("  {line}\n")).collect();
    let parse = parse(&format!("apiVersion: v1\nkind: Pod\nspec:\n{spec}"));
    assert!(parse.errors.is_empty(), "{:?}", parse.errors);
    let manifests = Manifest::all(&parse);
    let pod = Pod::all(&manifests[0]).remove(0);
    let shown = pod.container_roles().into_iter().map(|it| {
        let helps = it.helps.map(|app| format!(" [helps {}]", app.name())).unwrap_or_default();
        format!("{}: {}, {}{helps}\n", it.container.name(), it.label(), it.reason)
    });
    expected.assert_eq(&shown.collect::<String>());
}

#[test]
fn a_pod_of_one() {
    check(
        "containers:\n- name: log-agent\n  image: fluent/fluent-bit:5.1",
        expect![[r#"
            log-agent: app, it is the only container that keeps running
        "#]],
    );
    check(
        r"
initContainers:
- name: wait
containers:
- name: web
",
        expect![[r#"
            wait: init, it runs to its end before the others
            web: app, it is the only container that keeps running
        "#]],
    );
}

#[test]
fn images_and_names() {
    check(
        r"
containers:
- name: web
  image: shop
- name: metrics
  image: nginx/nginx-prometheus-exporter:1.5
- name: log-agent
  image: log-agent
- name: auth
  image: quay.io/oauth2-proxy/oauth2-proxy:v7.15
- name: registrar
  image: example.com/storage:1
  command: [/usr/bin/csi-node-driver-registrar]
",
        expect![[r#"
            web: app, the other containers help it
            metrics: adapter, its name contains `metrics` [helps web]
            log-agent: sidecar, its image ships logs [helps web]
            auth: inbound proxy, its image lets only authorised requests through to an app [helps web]
            registrar: sidecar, its image connects a storage driver with Kubernetes [helps web]
        "#]],
    );
}

#[test]
fn the_way_out_and_the_way_in() {
    check(
        r"
initContainers:
- name: db
  image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.25
  restartPolicy: Always
  args: [--port=5432]
containers:
- name: web
  env:
  - {name: DB_HOST, value: 127.0.0.1}
  - {name: DB_PORT, value: '5432'}
",
        expect![[r#"
            db: native sidecar, ambassador, its image connects to a database in the cloud [helps web]
            web: app, the other containers help it
        "#]],
    );
    check(
        r"
containers:
- name: web
  env:
  - {name: UPLOADS, value: 'http://localhost:9000'}
- name: out
  image: envoyproxy/envoy:v1.39
  ports:
  - containerPort: 9000
",
        expect![[r#"
            web: app, the other containers help it
            out: ambassador, `web` calls it on localhost:9000, according to `UPLOADS` [helps web]
        "#]],
    );
    check(
        r"
containers:
- name: web
  ports:
  - containerPort: 8080
- name: front
  args: ['--upstream=http://127.0.0.1:8080']
  ports:
  - containerPort: 443
",
        expect![[r#"
            web: app, the other containers help it
            front: inbound proxy, it passes requests on to `web` on localhost:8080, according to `upstream` [helps web]
        "#]],
    );
}

#[test]
fn volumes() {
    check(
        r"
volumes:
- name: logs
  emptyDir: {}
containers:
- name: web
  volumeMounts:
  - {name: logs, mountPath: /var/log/web}
- name: tail
  image: busybox
  command: [sh, -c, tail -F /logs/a]
  volumeMounts:
  - {name: logs, mountPath: /logs}
",
        expect![[r#"
            web: app, the other containers help it
            tail: sidecar, it reads the logs of `web` from the volume `logs` [helps web]
        "#]],
    );
    check(
        r"
volumes:
- name: site
  emptyDir: {}
initContainers:
- name: first
  volumeMounts:
  - {name: site, mountPath: /site}
containers:
- name: web
  volumeMounts:
  - {name: site, mountPath: /srv, readOnly: true}
- name: renew
  image: example.com/pages
  command: [sh, -c, 'while true; do date > /out/now; sleep 9; done']
  volumeMounts:
  - {name: site, mountPath: /out}
",
        expect![[r#"
            first: init, it runs to its end before the others
            web: app, the other containers help it
            renew: sidecar, it fills the volume `site` for `web` [helps web]
        "#]],
    );
}

#[test]
fn what_nothing_tells_is_unknown() {
    check(
        r"
containers:
- name: one
  image: example.com/one
- name: two
  image: example.com/two
- name: shell
  image: busybox
",
        expect![[r#"
            one: app, it is the first container, and nothing shows that it helps another
            two: unknown, nothing shows whether it helps another one
            shell: unknown, nothing shows whether it helps another one
        "#]],
    );
    check(
        r"
containers:
- name: web
  env:
  - {name: API, value: 'http://localhost:9000'}
- name: api
  ports:
  - containerPort: 9000
- name: cache
  image: redis:8
",
        expect![[r#"
            web: app, it is the first container, and nothing shows that it helps another
            api: unknown, `web` calls it on localhost:9000
            cache: app, its image is a database
        "#]],
    );
}

#[test]
fn somebody_is_the_app() {
    check(
        r"
containers:
- name: auth
  image: quay.io/oauth2-proxy/oauth2-proxy:v7.15
- name: exporter
  image: oliver006/redis_exporter:v1.88
",
        expect![[r#"
            auth: inbound proxy, its image lets only authorised requests through to an app [helps exporter]
            exporter: app, there is no other container that it could help
        "#]],
    );
}

/// Names that say "proxy" do not say in which direction.
#[test]
fn proxies_by_name() {
    check(
        r"
containers:
- name: web
  env:
  - {name: UPLOADS, value: 'localhost:9000'}
- name: http-proxy
  image: a
  ports:
  - containerPort: 9000
- name: other-proxy
  image: a
",
        expect![[r#"
            web: app, the other containers help it
            http-proxy: ambassador, `web` calls it on localhost:9000, according to `UPLOADS` [helps web]
            other-proxy: unknown, its name contains `proxy`, but its direction is unknown
        "#]],
    );
    check(
        r"
containers:
- name: front-proxy
  image: a
- name: web
  args: ['--upstream=http://127.0.0.1:8080']
- name: api
  ports:
  - containerPort: 8080
",
        expect![[r#"
            front-proxy: app, it is the first container, and nothing shows that it helps another
            web: sidecar, it calls `api` on localhost:8080, according to `upstream` [helps api]
            api: unknown, nothing shows whether it helps another one
        "#]],
    );
}

#[test]
fn a_native_sidecar_in_front() {
    check(
        r"
initContainers:
- name: front
  restartPolicy: Always
  args: ['--upstream=http://127.0.0.1:8080']
  ports:
  - containerPort: 443
containers:
- name: web
  ports:
  - containerPort: 8080
- name: other
",
        expect![[r#"
            front: native sidecar, inbound proxy, it passes requests on to `web` on localhost:8080, according to `upstream` [helps web]
            web: app, it is the first container, and nothing shows that it helps another
            other: unknown, nothing shows whether it helps another one
        "#]],
    );
}

/// A web server with a configuration of its own is in front of an app, not of itself or of a sidecar.
#[test]
fn web_servers() {
    let front = r"
volumes:
- name: conf
  configMap: {name: front}
containers:
- name: front
  image: nginx:1.27
  volumeMounts:
  - {name: conf, mountPath: /etc/nginx/conf.d}
  ports:
  - containerPort: 80
";
    check(
        front,
        expect![[r#"
        front: app, it is the only container that keeps running
    "#]],
    );
    check(
        &format!("{front}- name: web\n  image: a\n  ports:\n  - containerPort: 8080\n"),
        expect![[r#"
            front: inbound proxy, it is a web server with a configuration of its own in front of `web` [helps web]
            web: app, the other containers help it
        "#]],
    );
    check(
        &format!("{front}- name: web\n  image: a\n"),
        expect![[r#"
        front: app, it is the first container, and nothing shows that it helps another
        web: unknown, nothing shows whether it helps another one
    "#]],
    );
    check(
        &format!(
            "initContainers:\n- name: web\n  image: a\n  restartPolicy: Always\n  ports:\n  \
             - containerPort: 8080\n{front}- name: idle\n  image: a\n"
        ),
        expect![[r#"
            web: native sidecar, it is an init container that keeps running [helps front]
            front: app, it is the first container, and nothing shows that it helps another
            idle: unknown, nothing shows whether it helps another one
        "#]],
    );
}
