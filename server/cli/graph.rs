//! `podls graph`: a picture of a pod.

use std::io;
use std::path::PathBuf;
use std::slice::from_ref;

use clap::ValueEnum;

use crate::cli::files::Work;
use crate::cli::output::{Outcome, complain, print, print_data};
use crate::folder::Overrides;
use crate::ide::{Diagram, DiagramFormat, Document};

#[derive(clap::Args)]
pub(super) struct GraphArgs {
    /// The manifest; `-` is standard input
    pub(super) file: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: GraphFormat,
    /// The name of the object, if the file has several
    #[arg(long)]
    name: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    /// Text for terminals
    #[default]
    Text,
    /// An SVG picture
    Svg,
    /// A Mermaid flow chart for Markdown
    Mermaid,
}

pub(super) fn run(args: &GraphArgs) -> io::Result<Outcome> {
    let work = Work::of(from_ref(&args.file), Overrides::default());
    let [job] = work.jobs.as_slice() else {
        let why = work.failures.first().cloned();
        complain(&why.unwrap_or_else(|| format!("{}: expected one file", args.file.display())));
        return Ok(Outcome::Failed);
    };
    work.complain();
    let text = match job.input.read() {
        Ok(source) => source.text,
        Err(why) => {
            complain(&why);
            return Ok(Outcome::Failed);
        }
    };
    let document = Document::new(&text, &job.settings);
    let mut found = document.diagrams(match args.format {
        GraphFormat::Text => DiagramFormat::Text,
        GraphFormat::Svg => DiagramFormat::Svg,
        GraphFormat::Mermaid => DiagramFormat::Mermaid,
    });
    if let Some(name) = &args.name {
        found.retain(|it| it.name == *name);
    }
    let shown = show(args, &job.input.shown, &found)?;
    Ok(shown.max(Outcome::of(!work.failures.is_empty(), 0)))
}

/// Texts are printed one below the other; a picture needs its own file.
fn show(args: &GraphArgs, input: &str, found: &[Diagram]) -> io::Result<Outcome> {
    let Some(first) = found.first() else {
        complain(&match &args.name {
            Some(name) => format!("{input}: no pod named `{name}`"),
            None => format!("{input}: no pod with containers"),
        });
        return Ok(Outcome::Failed);
    };
    if args.format == GraphFormat::Text {
        let all: Vec<_> = found.iter().map(|it| it.content.as_str()).collect();
        print(&all.join("\n"))?;
        return Ok(Outcome::Clean);
    }
    print_data(first.content.as_bytes())?;
    if found.len() > 1 {
        let (title, more) = (&first.title, found.len() - 1);
        complain(&format!("drew {title}; the file has {more} more, choose one with `--name`"));
    }
    Ok(Outcome::Clean)
}
