//! Where the values of each field end: what podls says of values at, below and above every limit.
//!
//! The fields come from the schema and the values from their types, so no table of a rule is asked. Numbers
//! and lengths are narrowed down until two neighbours differ. `limits.txt` has what was found for the
//! version that is the default, and for the others where that is something else.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;
use std::path::Path;
use std::thread;

use podls::check::Severity;
use podls::parity::server_path;
use podls::rules;
use podls::schema::{self, Field, ObjectType, Type, Version};
use podls::syntax::parse;

use crate::generate::ensure;

/// The kinds whose fields are looked at, in two halves that take about as long. Types that were seen below one
/// kind are not looked at again in its half.
const KINDS: [&[(&str, &str)]; 2] = [
    &[("v1", "Pod")],
    &[
        ("apps/v1", "StatefulSet"),
        ("apps/v1", "DaemonSet"),
        ("apps/v1", "Deployment"),
        ("apps/v1", "ReplicaSet"),
        ("batch/v1", "CronJob"),
        ("batch/v1", "Job"),
        ("v1", "PodTemplate"),
        ("v1", "ReplicationController"),
    ],
];

/// What has to stand beside a field for a rule to look at it.
const BESIDE: &[(&str, &str)] = &[
    ("apps.v1.DeploymentStrategy", "type: Recreate"),
    ("apps.v1.StatefulSetUpdateStrategy", "type: OnDelete"),
    ("batch.v1.JobSpec", "completionMode: Indexed"),
    ("core.v1.AppArmorProfile", "type: Localhost"),
    ("core.v1.AppArmorProfile", "type: RuntimeDefault"),
    ("core.v1.Container", "restartPolicy: Always"),
    ("core.v1.EnvVar", "name: a"),
    ("core.v1.FCVolumeSource", "targetWWNs: [a]"),
    ("core.v1.NodeSelectorRequirement", "key: a, operator: In"),
    ("core.v1.NodeSelectorRequirement", "key: a, operator: Gt"),
    ("core.v1.PodAffinityTerm", "topologyKey: a, labelSelector: {matchLabels: {a: b}}"),
    ("core.v1.PodCertificateProjection", "signerName: kubernetes.io/a"),
    ("core.v1.PodCertificateProjection", "signerName: example.com/a"),
    ("core.v1.PodSpec", "hostNetwork: true"),
    ("core.v1.PodSpec", "hostUsers: false"),
    ("core.v1.PodSpec", "os: {name: linux}"),
    ("core.v1.PodSpec", "os: {name: windows}"),
    ("core.v1.PodSpec", "restartPolicy: Never"),
    ("core.v1.SeccompProfile", "type: Localhost"),
    ("core.v1.SeccompProfile", "type: RuntimeDefault"),
    ("core.v1.Toleration", "key: a, operator: Equal"),
    ("core.v1.Toleration", "key: a, operator: Exists"),
    ("core.v1.TopologySpreadConstraint", "whenUnsatisfiable: ScheduleAnyway"),
    ("core.v1.Volume", "name: a"),
    ("core.v1.Volume", "iscsi: {initiatorName: 'iqn.2001-04.com.example:a', targetPortal: a.b}"),
    ("core.v1.VolumeMount", "name: a, readOnly: true"),
    ("meta.v1.LabelSelectorRequirement", "key: a, operator: In"),
    ("meta.v1.LabelSelectorRequirement", "key: a, operator: Exists"),
];

/// The first six are tried everywhere, the others where the first are not all fine.
const STRINGS: [&str; 17] = [
    "''", "a", "A b", "/a", "../a", "1Gi", "A", "'1'", "a-b", "a_b", "a.b", "a/b", "-a", "/a/",
    "a:1", "10.0.0.1", "ü",
];
const INTS: [i64; 12] =
    [-1, 0, 1, 2, 30, 100, 1_000, 10_000, 100_000, 10_000_000, i32::MAX as i64, 1 << 40];
const LENGTHS: [i64; 4] = [1, 40, 256, 1_100];
const COUNTS: [i64; 3] = [1, 4, 40];
const QUANTITIES: [&str; 8] = ["-1", "0", "1", "1m", "1.5", "1Gi", "1KB", "''"];
const MAPS: [&str; 5] = ["{}", "{a: b}", "{'': ''}", "{a b: c}", "{a: b c}"];

/// What the server calls the place of a map, and the text around its fields. A key that rules pass over stands
/// first in it, where they report what is missing.
#[derive(Clone)]
struct Place {
    kind: &'static str,
    path: String,
    before: String,
    after: String,
    /// The list that the container around it is in.
    role: &'static str,
    /// The first version that has all of it.
    since: Version,
}

#[test]
fn values_end_where_they_should() {
    let [first, second] = &KINDS;
    let (first, second) = thread::scope(|scope| {
        let second = scope.spawn(|| lines(second));
        (lines(first), second.join().unwrap())
    });
    let text =
        format!("Written by `cargo test`: the values that podls speaks about.\n{first}{second}");
    ensure(&[(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/limits.txt"), text)]);
}

fn lines(kinds: &[(&'static str, &'static str)]) -> String {
    let mut walk = Walk { seen: HashSet::new(), out: String::new() };
    for (api_version, kind) in kinds {
        let before = format!("{{apiVersion: {api_version}, kind: {kind}, ");
        let place = Place {
            kind,
            path: String::new(),
            before,
            after: "}".to_owned(),
            role: "",
            since: Version::OLDEST,
        };
        writeln!(walk.out, "\n{kind}").unwrap();
        walk.object(schema::kind(api_version, kind).unwrap(), None, &place);
    }
    walk.out
}

struct Walk {
    seen: HashSet<(ObjectType, Option<ObjectType>, &'static str)>,
    out: String,
}

impl Walk {
    fn object(&mut self, ty: ObjectType, parent: Option<ObjectType>, place: &Place) {
        let by_role = ["Container", "EphemeralContainer", "Probe", "Lifecycle"];
        let role = if by_role.iter().any(|it| ty.name().ends_with(it)) { place.role } else { "" };
        if !self.seen.insert((ty, parent, role)) {
            return;
        }
        for field in ty.fields().filter(|field| !is_left_out(*field, place)) {
            self.field(field, place);
            self.inside(field, ty, place);
        }
        for (_, beside) in BESIDE.iter().filter(|(of, _)| *of == ty.name()) {
            let before = format!("{}{beside}, ", place.before);
            let path = format!("{}({beside}).", place.path);
            let place = Place { before, path, ..place.clone() };
            let set = |field: Field| beside.contains(&format!("{}:", field.name()));
            for field in ty.fields().filter(|field| !set(*field)) {
                self.field(field, &place);
            }
        }
    }

    /// Goes on with the fields of what is in a field.
    fn inside(&mut self, field: Field, ty: ObjectType, place: &Place) {
        let name = field.name();
        let (inner, open, close) = match (field.ty(), field.ty().item()) {
            (Type::Object(inner), _) => (inner, "{$a: 1, ", "}"),
            (Type::List(_), Some(Type::Object(inner))) => (inner, "[{$a: 1, ", "}]"),
            _ => return,
        };
        let index = if open.starts_with('[') { "[0]" } else { "" };
        let role = if name.to_lowercase().ends_with("containers") { name } else { place.role };
        let inner_place = Place {
            kind: place.kind,
            path: format!("{}{name}{index}.", place.path),
            before: format!("{}{name}: {open}", place.before),
            after: format!("{close}{}", place.after),
            role,
            since: place.since.max(field.since()),
        };
        self.object(inner, Some(ty), &inner_place);
    }

    fn field(&mut self, field: Field, place: &Place) {
        let known = FixSafety::new(field, place, Version::default());
        let said = known.said();
        if !said.is_empty() {
            writeln!(self.out, "{}{}: {said}", place.path, field.name()).unwrap();
        }
        let telling = known.telling.take();
        let any = telling.last().map_or("a", String::as_str);
        let signature = |version| {
            let judge = FixSafety::new(field, place, version);
            telling.iter().map(|value| judge.of(value)).collect::<Vec<_>>()
        };
        // Of what is around it a line of its own tells.
        let (first, last) = (place.since.minor(), Version::NEWEST.minor());
        let changes = changes(first, last, &|minor| signature(Version::new(minor)));
        let starts = [first].into_iter().chain(changes.iter().copied());
        let ends = changes.iter().map(|next| next - 1).chain([last]);
        for (start, end) in starts.zip(ends) {
            if !(start..=end).contains(&Version::default().minor()) {
                let judge = FixSafety::new(field, place, Version::new(start));
                let said = if field.since().minor() > start { judge.of(any) } else { judge.said() };
                let said = if said.is_empty() { "nothing" } else { &said };
                let versions = match start == end {
                    true => format!("1.{start}"),
                    false => format!("1.{start} to 1.{end}"),
                };
                writeln!(self.out, "{}{} in {versions}: {said}", place.path, field.name()).unwrap();
            }
        }
    }
}

/// Where the signature of a version is not that of the version before, looked for between two versions.
fn changes(low: u8, high: u8, signature: &dyn Fn(u8) -> Vec<String>) -> Vec<u8> {
    fn between(
        low: (u8, &[String]),
        high: (u8, &[String]),
        of: &dyn Fn(u8) -> Vec<String>,
    ) -> Vec<u8> {
        match high.0 - low.0 {
            _ if low.1 == high.1 => Vec::new(),
            0 | 1 => vec![high.0],
            _ => {
                let middle = u8::midpoint(low.0, high.0);
                let said = of(middle);
                let mut found = between(low, (middle, &said), of);
                found.extend(between((middle, &said), high, of));
                found
            }
        }
    }
    let ends = [low, high].map(signature);
    let middle = Version::default().minor().max(low);
    let said = signature(middle);
    let mut found = between((low, &ends[0]), (middle, &said), signature);
    found.extend(between((middle, &said), (high, &ends[1]), signature));
    found
}

/// What stands in the skeleton already, what only servers write, and what repeats itself without end.
fn is_left_out(field: Field, place: &Place) -> bool {
    let head = place.path.is_empty() && ["apiVersion", "kind"].contains(&field.name());
    head || ["status", "managedFields"].contains(&field.name())
}

/// What podls says of the values of a field.
struct FixSafety<'a> {
    field: Field,
    place: &'a Place,
    version: Version,
    /// What was said of which value.
    seen: RefCell<BTreeMap<String, String>>,
    /// Values of which something else is said than of their neighbours, and some of each type.
    telling: RefCell<BTreeSet<String>>,
}

impl<'a> FixSafety<'a> {
    fn new(field: Field, place: &'a Place, version: Version) -> Self {
        Self { field, place, version, seen: RefCell::default(), telling: RefCell::default() }
    }

    /// What is said of all values; empty for nothing.
    fn said(&self) -> String {
        let mut parts = self.of_type(self.field.ty(), "", "");
        if let Type::List(item) = self.field.ty() {
            parts.extend(self.grouped(&["[]"], "", ""));
            let item = |at: i64| match item.get() {
                Type::Object(_) => "{}".to_owned(),
                _ => format!("{}", at + 1),
            };
            let list = |count| (0..count).map(item).collect::<Vec<_>>().join(", ");
            let list = |count| format!("[{}]", list(count));
            parts.extend(self.narrowed(&COUNTS, "items", &list, "too-many-items"));
            // Exit codes are the only list that may have more.
            if self.field.name() == "values" && matches!(self.field.ty().item(), Some(Type::Int32))
            {
                parts.extend(self.narrowed(&[1, 300], "items", &list, "too-many-items"));
            }
        }
        parts.join("; ")
    }

    /// What is said of the values of a type, each between `open` and `close`.
    fn of_type(&self, ty: Type, open: &str, close: &str) -> Vec<String> {
        let number = |number: i64| format!("{open}{number}{close}");
        let length = |length: i64| format!("{open}{}{close}", "a".repeat(length as usize));
        match ty {
            Type::String => {
                let parts = self.grouped(&STRINGS[..6], open, close);
                let mut parts = match parts.is_empty() {
                    true => parts,
                    false => self.grouped(&STRINGS, open, close),
                };
                parts.extend(self.narrowed(&LENGTHS, "bytes", &length, ""));
                parts
            }
            Type::Bool => self.grouped(&["true", "false"], open, close),
            Type::Int32 => self.narrowed(&INTS[..11], "from", &number, ""),
            Type::Int64 => self.narrowed(&INTS, "from", &number, ""),
            Type::IntOrString => {
                let mut parts = self.grouped(&["''", "a", "A", "1%", "101%", "-1%"], open, close);
                parts.extend(self.narrowed(&INTS[..11], "from", &number, ""));
                parts
            }
            Type::Quantity => self.grouped(&QUANTITIES, open, close),
            Type::Object(_) => self.grouped(&["{}"], open, close),
            Type::List(item) if open.is_empty() => self.of_type(item.get(), "[", "]"),
            Type::Map(_) if open.is_empty() => self.grouped(&MAPS, open, close),
            _ => Vec::new(),
        }
    }

    /// The values of which the same is said, together.
    fn grouped(&self, values: &[&str], open: &str, close: &str) -> Vec<String> {
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for value in values {
            let whole = format!("{open}{value}{close}");
            let codes = self.of(&whole);
            match groups.iter_mut().find(|(known, _)| *known == codes) {
                Some((_, group)) => group.push(value),
                None => {
                    groups.push((codes, vec![value]));
                    self.telling.borrow_mut().insert(whole);
                }
            }
        }
        let told = groups.iter().filter(|(codes, _)| !codes.is_empty());
        told.map(|(codes, group)| format!("{}: {codes}", group.join(" "))).collect()
    }

    /// Where what is said begins to be something else: between two of the points, narrowed down to
    /// neighbours. Codes count that contain `only`.
    fn narrowed(
        &self,
        points: &[i64],
        unit: &str,
        value: &dyn Fn(i64) -> String,
        only: &str,
    ) -> Vec<String> {
        let judge = |point: i64| {
            let codes = self.of(&value(point));
            if codes.contains(only) { codes } else { String::new() }
        };
        let mut starts = vec![(points[0], judge(points[0]))];
        for pair in points.windows(2) {
            let (mut low, mut high, codes) = (pair[0], pair[1], judge(pair[1]));
            let last = starts.last().unwrap().1.clone();
            if codes == last {
                continue;
            }
            while high - low > 1 {
                let middle = low.midpoint(high);
                if judge(middle) == last { low = middle } else { high = middle }
            }
            starts.push((high, codes));
            self.telling.borrow_mut().extend([value(low), value(high)]);
        }
        if starts.iter().all(|(_, codes)| codes.is_empty()) {
            return Vec::new();
        }
        let text = |(start, codes): &(i64, String)| {
            let codes = if codes.is_empty() { "fine" } else { codes };
            format!("{unit} {start}: {codes}")
        };
        starts.iter().map(text).collect()
    }

    /// The codes of what is said of the field with this value, or of what is in it; with what the server calls
    /// the place, if that is not its path.
    fn of(&self, value: &str) -> String {
        if let Some(known) = self.seen.borrow().get(value) {
            return known.clone();
        }
        let Place { before, path, after, .. } = self.place;
        let name = self.field.name();
        let text = format!("{before}{name}: {value}{after}");
        let inside = before.len()..text.len() - after.len();
        let findings = rules::run(&parse(&text), self.version, false);
        let own = path_of(&format!("{path}{name}"));
        let mut codes = BTreeSet::new();
        for finding in findings.iter().filter(|it| inside.contains(&it.span.start)) {
            let severity = match finding.severity {
                Severity::Error => "",
                Severity::Warning => "?",
                Severity::Information | Severity::Hint => "~",
            };
            let server = server_path(finding);
            let at = match server.strip_prefix(&own) {
                Some(rest) if rest.starts_with('[') || rest.is_empty() => String::new(),
                Some(rest) => format!("({rest})"),
                None => format!("({server})"),
            };
            codes.insert(format!("{}{severity}{at}", finding.code));
        }
        let codes = codes.into_iter().collect::<Vec<_>>().join(" ");
        self.seen.borrow_mut().insert(value.to_owned(), codes.clone());
        codes
    }
}

/// The path without what stands beside its fields.
fn path_of(path: &str) -> String {
    match (path.find('('), path.find(").")) {
        (Some(start), Some(end)) => format!("{}{}", &path[..start], &path[end + 2..]),
        _ => path.to_owned(),
    }
}
