//! Real Helm as a judge: the render server, and what it makes of a template with many sets of values.
//! `PODLS_HELM` names the server; without it the tests that need it say so and pass.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::{env, fs};

use serde_json::{Value, json};

use crate::templates_completed::values;

/// How often each value is there, with its path.
pub(crate) type Values = BTreeMap<String, usize>;

/// The render server.
pub(crate) struct Helm {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What a template is rendered to with one set of values.
pub(crate) struct Rendered {
    /// The name and number of that set.
    pub(crate) variant: (String, usize),
    pub(crate) text: Result<String, String>,
}

impl Rendered {
    /// `None` where it is an error or no YAML.
    pub(crate) fn values(&self) -> Option<Values> {
        let mut all = Values::new();
        for text in documents(self.text.as_ref().ok()?) {
            let each = values(text)?.into_iter();
            each.for_each(|(value, count)| *all.entry(value).or_default() += count);
        }
        Some(all)
    }
}

impl Helm {
    pub(crate) fn start() -> Option<Self> {
        let Some(server) = env::var_os("PODLS_HELM") else {
            eprintln!("skipped: PODLS_HELM does not name the render server");
            return None;
        };
        let mut command = Command::new(server);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Some(Self { child, input, output })
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.input, "{question}").unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_default()
    }

    /// Whether the chart in this folder can be loaded with all that it depends on.
    pub(crate) fn load(&mut self, chart: &Path) -> bool {
        let answer = self.ask(&json!({"chart": chart}));
        answer["variants"].is_array() && answer["missing"].as_array().is_none_or(Vec::is_empty)
    }

    /// What `template` with this text is rendered to, for each of the `variants`, or for all.
    pub(crate) fn render(
        &mut self,
        template: &Template,
        text: &str,
        variants: Option<&[usize]>,
    ) -> Vec<Rendered> {
        let (chart, file) = (&template.chart, &template.file);
        let answer = self.ask(&json!({
            "chart": chart, "file": file, "text": text, "variants": variants
        }));
        let list = |key: &str| answer[key].as_array().cloned().unwrap_or_default();
        let names = list("names");
        let each = list("out").into_iter().zip(list("err")).zip(list("idx"));
        let rendered = |((text, error), index): ((Value, Value), Value)| {
            let index = usize::try_from(index.as_u64().unwrap()).unwrap();
            let words = |it: &Value| it.as_str().unwrap_or_default().to_owned();
            let text = if error == "" { Ok(words(&text)) } else { Err(words(&error)) };
            Rendered { variant: (words(&names[index]), index), text }
        };
        each.map(rendered).collect()
    }
}

impl Drop for Helm {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The YAML documents of a text.
pub(crate) fn documents(text: &str) -> Vec<&str> {
    let ends = text.match_indices("\n---\n").map(|(at, line)| (at + 1, at + line.len()));
    let mut from = 0;
    let mut all = Vec::new();
    for (end, next) in ends.chain([(text.len(), text.len())]) {
        all.push(text.get(from..end).unwrap_or_default());
        from = next;
    }
    all
}

/// A template of a chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Template {
    pub(crate) chart: PathBuf,
    /// Its path in the chart.
    pub(crate) file: String,
    pub(crate) text: String,
}

/// The templates of the chart in `folder`, without those that only define something.
pub(crate) fn templates(folder: &Path) -> Vec<Template> {
    let (mut open, mut all) = (vec![folder.join("templates")], Vec::new());
    while let Some(next) = open.pop() {
        for path in fs::read_dir(next).into_iter().flatten().map(|it| it.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml" || it == "yml") {
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let file = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                all.push(Template { chart: folder.to_owned(), file, text });
            }
        }
    }
    all.sort();
    all
}

/// The chart in this repository.
pub(crate) fn own_chart() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chart")
}

/// What of `before` is gone, and what is new.
pub(crate) fn difference(before: &Values, after: &Values) -> (Values, Values) {
    let more = |one: &Values, other: &Values| {
        let each = one.iter().filter_map(|(value, count)| {
            let more = count.saturating_sub(other.get(value).copied().unwrap_or_default());
            (more > 0).then(|| (value.clone(), more))
        });
        each.collect::<Values>()
    };
    (more(before, after), more(after, before))
}
