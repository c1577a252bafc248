//! What each format says of the same odd texts: `verdicts.txt`.

use std::fmt::Write;
use std::path::Path;

use podls::formats::suggest::{Format, suggest, suggest_quantity};
use podls::formats::{
    Verdict, address, cron, duration, env, image, names, numbers, paths, placeholder, quantity,
    time_zone, vocabulary,
};

use crate::generate::ensure;

const TEXTS: &[&str] = &[
    "",
    "a",
    "A",
    "web-1",
    "web_1",
    "web.example.com",
    "-a",
    "a-",
    "a..b",
    "a b",
    " a",
    "ü",
    "a/b",
    "a/b/c",
    "/a",
    "a/",
    "a//b",
    "../a",
    "a/../b",
    "..",
    ".",
    "a:1",
    "a:b:c",
    "a@sha256:12",
    "http://a/b",
    "example.com/A_b.c",
    "Example.com/a",
    "$(A)",
    "${a}",
    "{{ .a }}",
    "<a>",
    "CHANGEME",
    "0",
    "1",
    "007",
    "+5",
    "-1",
    "1.5",
    "1e3",
    "1E",
    "1Ki",
    "1KB",
    "0.5m",
    "1.5Gi",
    "100%",
    "101%",
    "9999999999999999999",
    "10.0.0.1",
    "10.0.0.01",
    "10.0.0.0/8",
    "10.0.0.1/33",
    "::1",
    "0:0::1",
    "[::1]:80",
    "a.b:80",
    "a.b:0",
    "UTC",
    "local",
    "Europe/Berln",
    "Mars/Base",
    "90s",
    "1h30m",
    "1.5h",
    "5",
    "* * * * *",
    "*/5 0-23 1,15 * mon-fri",
    "60 * * * *",
    "5-1 * * * *",
    "1-2-3 * * * *",
    "1/2/3 * * * *",
    "*/0 * * * *",
    "*-5/2 * * * *",
    "*-foo * * * *",
    "+5 * * * *",
    "*/100 * * * *",
    "0 0 31 2 *",
    "@daily",
    "@reboot",
    "@every 5m",
    "TZ=UTC * * * * *",
    "metadata.name",
    "metadata.labels['a']",
    "metadata.labels['a b']",
    "spec.nodeName",
    "status.podIP",
    "SIGTERM",
    "SIGUSR9",
    "NET_ADMIN",
    "CAP_NET_ADMIN",
    "net_admin",
    "kernel.shm_rmid_forced",
    "net/ipv4/tcp_syncookies",
    "X-A",
    "X A",
    "iqn.2001-04.com.example:a",
    "iqn.2001-13.com.example:a",
    "eui.02004567A425678D",
    "eui.0",
    "naa.62004567BA64678D0123456789ABCDEF",
    "DOMAIN\\user",
    "kubernetes.io/kube-apiserver-client",
];

type Check = fn(&str) -> Verdict;

const FORMATS: &[(&str, Check)] = &[
    ("address", address::ip),
    ("loose address", address::loose_ip),
    ("host and port", address::host_port),
    ("schedule", |text| cron::parse(text).map(|_| ()).map_err(|it| it.what)),
    ("duration", |text| duration::parse(text).map(|_| ())),
    ("variable", env::name),
    ("strict variable", env::strict_name),
    ("key", env::config_key),
    ("field in a variable", |text| env::field_path(text, env::Place::Env)),
    ("field in a file", |text| env::field_path(text, env::Place::Volume)),
    ("image", |text| image::Image::parse(text).map(|_| ())),
    ("label", names::label),
    ("subdomain", names::subdomain),
    ("subdomain with `_`", names::subdomain_underscore),
    ("prefix of a label", |text| names::prefix(text, names::label)),
    ("older label", names::dns1035),
    ("port", names::port_name),
    ("qualified name", names::qualified_name),
    ("annotation", names::annotation_key),
    ("prefixed path", names::prefixed_path),
    ("value of a label", names::label_value),
    ("signer", names::signer),
    ("number", numbers::decimal),
    ("cost", numbers::deletion_cost),
    ("percentage", numbers::percent),
    ("path without steps back", paths::no_backstep),
    ("path below", paths::descending),
    ("local path", paths::local),
    ("absolute path", paths::absolute),
    ("quantity", |text| quantity::Quantity::parse(text).map(|_| ())),
    ("form of a time zone", time_zone::form),
    ("time zone", time_zone::known),
    ("capability", vocabulary::capability),
    ("kernel parameter", vocabulary::sysctl),
    ("header", vocabulary::http_header),
    ("iSCSI name", vocabulary::iscsi),
    ("user on Windows", vocabulary::windows_user),
];

const FORMS: [(&str, Format); 6] = [
    ("label", Format::Label),
    ("subdomain", Format::Subdomain),
    ("older label", Format::Dns1035),
    ("port", Format::PortName),
    ("qualified name", Format::QualifiedName),
    ("value", Format::LabelValue),
];

#[test]
fn every_verdict_is_there() {
    let mut out = String::from("Written by `cargo test`: what formats say of odd texts.\n");
    for (name, verdict) in FORMATS {
        let (fine, refused): (Vec<_>, Vec<_>) =
            TEXTS.iter().partition(|text| verdict(text).is_ok());
        writeln!(out, "\n{name}: {fine:?}").unwrap();
        for text in refused {
            writeln!(out, "  {text:?} {}", verdict(text).unwrap_err()).unwrap();
        }
    }
    out.push_str("\nplaceholders:\n");
    TEXTS.iter().for_each(|text| of_placeholder(text, &mut out));
    out.push_str("\nother texts:\n");
    TEXTS.iter().for_each(|text| of_others(text, &mut out));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/verdicts.txt");
    ensure(&[(path, out)]);
}

fn of_placeholder(text: &str, out: &mut String) {
    let (filled, is, may_be) = (
        placeholder::is_filled_in(text),
        placeholder::is_placeholder(text),
        placeholder::may_be_placeholder(text),
    );
    if filled || is || may_be {
        writeln!(out, "  {text:?} {filled} {is} {may_be}").unwrap();
    }
}

/// What is proposed in the place of a text, or is another way to write it.
fn of_others(text: &str, out: &mut String) {
    let names = FORMS.map(|(name, form)| suggest(text, form).map(|it| format!("{name} {it}")));
    let quantity = quantity::Quantity::parse(text).ok().map(|it| {
        let (canonical, whole) = (it.canonical(), it.rounded_to_whole());
        format!("quantity {canonical}, {whole} or {} thousandths", it.in_thousandths())
    });
    let others = [
        suggest_quantity(text).map(|it| format!("meant {it}")),
        quantity,
        address::canonical_ip(text).map(|it| format!("address {it}")),
        time_zone::nearest(text).map(|it| format!("time zone {it}")),
        duration::parse(text).ok().map(|it| format!("{it} units of time")),
    ];
    let others: Vec<_> = names.into_iter().chain(others).flatten().collect();
    writeln!(out, "  {text:?} {}, {}", others.join(", "), image::pull_policy(text)).unwrap();
}
