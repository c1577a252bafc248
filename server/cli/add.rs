//! `podls add`: adds a helper container to a pod, and lists the places to fill in.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::diff::unified;
use crate::cli::files::Work;
use crate::cli::input::{Input, Source};
use crate::cli::jobs::Job;
use crate::cli::output::{Outcome, complain, print_data, remark};
use crate::cli::settings::version;
use crate::cli::shown::shown_lines;
use crate::folder::{Overrides, encode, templates_near};
use crate::ide::{
    Choice, Content, Document, FileProblem, PodPlace, Refusal, TemplateKind, Templates,
    WorkspaceContext,
};
use crate::schema::Version;
use crate::text::{Span, nearest};

#[derive(clap::Args)]
pub(super) struct AddArgs {
    /// The pattern to add: `sidecar`, `adapter`, `ambassador`, `proxy` or `init-container`
    #[arg(required_unless_present = "list")]
    what: Option<String>,
    /// The file; `-` reads standard input and writes standard output
    #[arg(required_unless_present = "list")]
    pub(super) file: Option<PathBuf>,
    /// The template to add; by default the best match
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// The app container to add it for; by default the first one of the pod
    #[arg(long, value_name = "NAME")]
    container: Option<String>,
    /// The object with the pod, if the file has several: `web` or `Deployment/web`
    #[arg(long, value_name = "NAME")]
    object: Option<String>,
    /// Print the changes, but do not write them
    #[arg(long)]
    diff: bool,
    /// List the templates; with a file, those that its pod lacks
    #[arg(long)]
    list: bool,
    /// The Kubernetes version of the manifest, such as 1.31
    #[arg(long, value_parser = version)]
    kubernetes_version: Option<Version>,
}

pub(super) fn run(args: &AddArgs) -> io::Result<Outcome> {
    let what = args.what.as_deref();
    let pattern = what.and_then(|what| TemplateKind::ALL.into_iter().find(|it| it.name() == what));
    // `--list` without a pattern lists all patterns, so the first argument is then the file.
    let file = match (args.list, pattern, what) {
        (true, None, Some(file)) => Some(Path::new(file)),
        _ => args.file.as_deref(),
    };
    let place = file.filter(|file| file.as_os_str() != "-");
    let (templates, problems) = templates(place.unwrap_or(Path::new("stdin")));
    for FileProblem { file, line, message } in &problems {
        complain(&format!("{}:{line}: {message}", file.display()));
    }
    let done = match (args.list, pattern, file) {
        (true, ..) => list(args, pattern, file, &templates),
        (false, Some(pattern), Some(file)) => add(args, pattern, file, &templates),
        (false, None, _) => {
            let names = TemplateKind::ALL.map(TemplateKind::name).join(", ");
            Err(format!("unknown pattern `{}`; expected one of {names}", what.unwrap_or_default()))
        }
        (false, _, None) => Err("no file given".to_owned()),
    };
    match done {
        Ok(Done { output, remarks }) => {
            print_data(&output)?;
            remark(&shown_lines(&remarks));
            Ok(Outcome::of(args.list && !problems.is_empty(), 0))
        }
        Err(failure) => {
            complain(&failure);
            Ok(Outcome::Failed)
        }
    }
}

/// The text for standard output, and the remarks for people.
#[derive(Default)]
struct Done {
    output: Vec<u8>,
    remarks: String,
}

/// The templates for the file at `path`, up to the folder of the repository.
fn templates(path: &Path) -> (Templates, Vec<FileProblem>) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    templates_near(&path, |folder| folder.join(".git").exists())
}

/// The file to change, read.
struct Read {
    input: Input,
    source: Source,
    document: Document,
}

fn read(args: &AddArgs, file: &Path) -> Result<Read, String> {
    let overrides = Overrides { version: args.kubernetes_version, ..Overrides::default() };
    let mut work = Work::of(&[file.to_owned()], overrides);
    if let Some(failure) = work.failures.pop() {
        return Err(failure);
    }
    if !args.diff && !args.list {
        work.prepare_to_write();
    }
    let job = work.jobs.pop().filter(|_| work.jobs.is_empty() && !file.is_dir());
    let Job { input, settings } =
        job.ok_or_else(|| format!("{}: expected one file", file.display()))?;
    let source = input.read()?;
    let document = Document::new(&source.text, &settings);
    Ok(Read { input, source, document })
}

/// The app container to add to: its place, and the title of its pod.
struct App {
    offset: usize,
    title: String,
}

fn app(args: &AddArgs, name: &str, document: &Document) -> Result<App, String> {
    let fits = |pod: &PodPlace| {
        let wanted = args.object.as_deref().unwrap_or_default();
        let whole = format!("{}/{}", pod.kind, pod.name);
        wanted.is_empty() || wanted == pod.name || wanted.eq_ignore_ascii_case(&whole)
    };
    let all = document.pods();
    if all.is_empty() {
        let why = match (document.gone(), document.content()) {
            (Some(gone), _) => format!("; {gone}"),
            (None, Content::Template) => {
                "; its containers may come from blocks of the template".to_owned()
            }
            (None, Content::Manifests | Content::NoManifest) => String::new(),
        };
        return Err(format!("{name}: no pod found{why}"));
    }
    let mut found = Vec::new();
    for pod in all.iter().filter(|pod| fits(pod)) {
        let wanted = |(name, _): &&(String, usize)| {
            args.container.as_ref().is_none_or(|container| container == name)
        };
        let title = format!("{} {}", pod.kind, pod.name).trim_end().to_owned();
        let app = pod.apps.iter().find(wanted);
        found.extend(app.map(|(_, offset)| App { offset: *offset, title }));
    }
    let titles = |of: &mut dyn Iterator<Item = String>| of.collect::<Vec<_>>().join(", ");
    match found.len() {
        1 => found.pop().ok_or_else(String::new),
        0 => Err(format!(
            "{name}: no container matches `--object` and `--container`; it has {}",
            titles(&mut all.iter().flat_map(|pod| {
                pod.apps.iter().map(move |(app, _)| format!("`{app}` in {} {}", pod.kind, pod.name))
            }))
        )),
        _ => Err(format!(
            "{name}: more than one pod; choose one with `--object` or `--container`: {}",
            titles(&mut found.iter().map(|app| app.title.clone()))
        )),
    }
}

fn add(
    args: &AddArgs,
    pattern: TemplateKind,
    file: &Path,
    templates: &Templates,
) -> Result<Done, String> {
    let read = read(args, file)?;
    let Read { input, document, .. } = &read;
    let name = &input.shown;
    let app = app(args, name, document)?;
    let workspace = WorkspaceContext { templates, ..WorkspaceContext::default() };
    let at = Span::at(app.offset);
    if let Some(wanted) = &args.template {
        known(wanted, pattern, templates)?;
        let title = &app.title;
        match document.refusal(at, workspace, wanted) {
            None => {}
            Some(Refusal::There) => {
                let remarks = format!("{name}: {title} already has `{wanted}`\n");
                let same =
                    input.is_stdin().then(|| encode(&read.source.text, read.source.encoding));
                return Ok(Done { output: same.unwrap_or_default(), remarks });
            }
            Some(Refusal::Forbidden) => {
                let level = "the Pod Security level";
                return Err(format!("{name}: {level} forbids `{wanted}` in {title}"));
            }
            Some(Refusal::Unsafe) => {
                return Err(format!("{name}: `{wanted}` cannot be added to {title}"));
            }
            Some(Refusal::Rendered(why)) => {
                return Err(format!("{name}: `{wanted}` cannot be added to {title}: {why}"));
            }
        }
    }
    let fits = |it: &Choice| {
        it.pattern == pattern && args.template.as_ref().is_none_or(|wanted| *wanted == it.name)
    };
    let mut choices = document.choices(at, workspace).into_iter();
    let choice = choices.find(fits).ok_or_else(|| {
        let (what, title) = (pattern.name(), &app.title);
        match document.refused_pattern(at, workspace, pattern) {
            Some(why) => format!("{name}: cannot add {what} to {title}: {why}"),
            None => format!("{name}: no {what} left to add to {title}"),
        }
    })?;
    carry_out(args, &read, &app, &choice)
}

/// Adds `choice`, unless that causes an error.
fn carry_out(
    args: &AddArgs,
    Read { input, source, document }: &Read,
    app: &App,
    choice: &Choice,
) -> Result<Done, String> {
    let name = &input.shown;
    let before = document.text().to_string();
    let after = document.after_edits(&choice.edits).map_err(|errors| {
        let errors = errors.join("; ");
        format!("{name}: not changed: `{}` would cause errors: {errors}", choice.name)
    })?;
    let after = after.text().to_string();
    let remarks = summary(name, app, choice, &after);
    if !args.diff {
        input.write(source, &after)?;
    }
    let output = match (args.diff, input.is_stdin()) {
        (true, _) => unified(&input.name, &before, &after).into_bytes(),
        (false, true) => encode(&after, source.encoding),
        (false, false) => Vec::new(),
    };
    Ok(Done { output, remarks })
}

/// Whether `wanted` is a template of `pattern`; otherwise a message.
fn known(wanted: &str, pattern: TemplateKind, templates: &Templates) -> Result<(), String> {
    match templates.all().find(|it| it.name == wanted) {
        Some(template) if template.pattern == pattern => Ok(()),
        Some(template) => {
            let name = template.pattern.name();
            Err(format!("`{wanted}` belongs to `podls add {name}`"))
        }
        None => Err(match nearest(wanted, templates.all().map(|it| it.name.as_str())) {
            Some(near) => format!("unknown template `{wanted}`; did you mean `{near}`?"),
            None => format!("unknown template `{wanted}`; run `podls add --list` for a list"),
        }),
    }
}

/// What was added, and the places to fill in, each once.
fn summary(name: &str, app: &App, choice: &Choice, after: &str) -> String {
    let mut summary =
        format!("{name}: added `{}` to {}: {}\n", choice.name, app.title, choice.title);
    let mut numbers = Vec::new();
    for (index, stop) in &choice.tabstops {
        let Some(edit) = choice.edits.get(*index).filter(|_| !numbers.contains(&stop.number))
        else {
            continue;
        };
        numbers.push(stop.number);
        let earlier = choice
            .edits
            .iter()
            .enumerate()
            .filter(|(other, it)| (it.span, *other) < (edit.span, *index));
        let shift: isize = earlier
            .map(|(_, it)| it.insert.len() as isize - (it.span.end - it.span.start) as isize)
            .sum();
        let offset = (edit.span.start as isize + shift) as usize + stop.span.start;
        let line = 1 + after.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        let text = edit.insert.get(stop.span.start..stop.span.end).unwrap_or_default();
        let _ = writeln!(summary, "{name}:{line}: fill in `{text}`");
    }
    summary
}

/// A line for each template, of all or of one pattern. With a file, `*` marks those that fit
/// the pod.
fn list(
    args: &AddArgs,
    wanted: Option<TemplateKind>,
    file: Option<&Path>,
    templates: &Templates,
) -> Result<Done, String> {
    let mut rows: Vec<(bool, String, TemplateKind, String)> = Vec::new();
    match file {
        Some(file) => {
            let Read { input, document, .. } = read(args, file)?;
            let app = app(args, &input.shown, &document)?;
            let workspace = WorkspaceContext { templates, ..WorkspaceContext::default() };
            let choices = document.choices(Span::at(app.offset), workspace).into_iter();
            rows.extend(
                choices.map(|it| (it.fits, it.name, it.pattern, it.title + ": " + &it.about)),
            );
        }
        None => {
            let title =
                |it: &crate::ide::Template| format!("{}: {}", it.plain_title(), it.about.trim());
            rows.extend(templates.all().map(|it| (false, it.name.clone(), it.pattern, title(it))));
        }
    }
    let width = rows.iter().map(|(_, name, ..)| name.len()).max().unwrap_or_default();
    let mut output = String::new();
    for pattern in
        TemplateKind::ALL.into_iter().filter(|it| wanted.is_none_or(|wanted| wanted == *it))
    {
        for (fits, name, _, title) in rows.iter().filter(|(.., it, _)| *it == pattern) {
            let mark = if *fits { '*' } else { ' ' };
            let title = title.trim_end_matches([':', ' ']);
            let _ = writeln!(output, "{mark} {:14}  {name:width$}  {title}", pattern.name());
        }
    }
    Ok(Done { output: shown_lines(&output).into_owned().into_bytes(), ..Done::default() })
}
