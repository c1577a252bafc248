//! All templates: built-in ones, and those of the user, which override them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::actions::patterns::Template;
use crate::actions::patterns::check::{self, Problem};
use crate::actions::patterns::list::SOURCES;

/// The folder for templates of users, in any folder above a manifest.
pub const FOLDER: &str = ".podls/templates";

/// The built-in templates and those of the user.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    own: Vec<Template>,
}

/// A fault in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    pub file: PathBuf,
    /// From 1 on.
    pub line: usize,
    pub message: String,
}

impl Templates {
    /// The templates for the manifest at `path`: those in `FOLDER` of its folder and of the ones
    /// above, up to the one for which `is_root` holds. Of two with the same name, the nearer one is used.
    /// `list` gives the names and the texts of the YAML files in a folder.
    pub fn near(
        path: &Path,
        is_root: impl Fn(&Path) -> bool,
        list: impl Fn(&Path) -> Vec<(String, String)>,
    ) -> (Self, Vec<FileProblem>) {
        let (mut templates, mut problems) = (Self::default(), Vec::new());
        for folder in path.ancestors().skip(1) {
            let templates_here = folder.join(FOLDER);
            for (file, text) in list(&templates_here) {
                let name = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
                let found = templates.add(name, &text).into_iter().map(|problem| FileProblem {
                    file: templates_here.join(&file),
                    line: 1 + line_of(&text, problem.span.start),
                    message: problem.message,
                });
                problems.extend(found);
            }
            if is_root(folder) {
                break;
            }
        }
        (templates, problems)
    }

    /// Adds the template `text`, unless there is one of this name, and returns its faults. A template
    /// that cannot be used is not added.
    pub fn add(&mut self, name: &str, text: &str) -> Vec<Problem> {
        let (template, problems) = check::read(name, text);
        if let Some(template) = template.filter(|_| !self.own.iter().any(|it| it.name == name)) {
            self.own.push(template);
        }
        problems
    }

    /// All of them, those of the user first; they override built-in ones of the same name.
    pub fn all(&self) -> impl Iterator<Item = &Template> {
        let hidden = |template: &&Template| self.own.iter().any(|it| it.name == template.name);
        self.own.iter().chain(built_in().iter().filter(move |it| !hidden(it)))
    }

    /// Only the built-in ones.
    pub fn built_in() -> &'static Self {
        static NONE: Templates = Templates { own: Vec::new() };
        &NONE
    }
}

/// The faults in the template `text`.
pub fn problems(text: &str) -> Vec<Problem> {
    check::read("template", text).1
}

/// Whether the file at `path` is a template.
pub fn is_template(path: &Path) -> bool {
    let yaml = path.extension().is_some_and(|it| it == "yaml" || it == "yml");
    yaml && path.parent().is_some_and(|folder| folder.ends_with(FOLDER))
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// The built-in templates, read on first use.
fn built_in() -> &'static [Template] {
    static ALL: OnceLock<Vec<Template>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(name, text): &(&str, &str)| {
            let template = check::parse(name, text).ok()?;
            Some(Template { built_in: true, ..template })
        };
        SOURCES.iter().filter_map(read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::patterns::template::{Position, TemplateKind};
    use crate::formats::image::Image;

    #[test]
    fn all_sources_are_templates() {
        for (name, text) in SOURCES {
            let (template, problems) = check::read(name, text);
            assert!(problems.is_empty(), "{name}: {problems:?}");
            let template = template.unwrap();
            assert!(template.about.ends_with('.'), "{name} has no sentence about it");
            assert!(template.places.len() <= 8, "{name} wants too much");
        }
        assert_eq!(built_in().len(), SOURCES.len());
    }

    /// What `README.md` asks of a template, as far as its text tells.
    #[test]
    fn all_sources_do_right() {
        let shellless = [
            "distroless",
            "fluent-bit",
            "collector:",
            "cloud-sql",
            "oauth2-proxy:",
            "gomplate",
            "exporter",
            "git-sync",
            "configmap-reload",
            "config-reloader",
        ];
        for template in built_in() {
            let name = &template.name;
            let image = template.image.as_str();
            let own = image == "${app_image}";
            let tag = Image::parse(image).ok().and_then(|it| it.tag);
            assert!(
                own || tag.is_some_and(|it| it.contains(|it: char| it.is_ascii_digit())),
                "{name}"
            );
            let user = template.user.is_some_and(|user| user > 0);
            assert!(own || user || template.security_context.is_some(), "{name} runs as anybody");
            let ready = template.readiness_probe.is_some();
            assert_eq!(ready, template.pattern == TemplateKind::Proxy, "{name}");
            let first = template.position == Position::First;
            assert!(first || template.pattern != TemplateKind::Ambassador, "{name}");
            let started = template.startup_probe.is_some();
            assert!(started || template.pattern != TemplateKind::Ambassador, "{name}");
            let shell = template.command.iter().any(|it| it.as_str() == Some("sh"));
            let has_none = shellless.iter().any(|it| image.contains(it)) && name != "jmx-exporter";
            assert!(!(shell && has_none), "{name} has no shell");
            let probes = format!("{:?}{:?}", template.startup_probe, template.liveness_probe);
            assert!(shell || !probes.contains("exec"), "{name} can execute nothing");
            for mount in &template.app.mounts {
                let read_only =
                    template.mounts.iter().any(|it| it.name == mount.name && it.read_only);
                let one_writes = !mount.read_only || !read_only;
                let given = template
                    .volumes
                    .iter()
                    .any(|it| it.name == mount.name && it.kind() != "emptyDir");
                assert!(one_writes || given, "{name}: nobody writes to {}", mount.name);
            }
        }
    }

    #[test]
    fn the_nearer_template_wins() {
        let text = |title: &str| {
            format!(
                "title: {title}\npattern: sidecar\nimage: a:1\nrequests: {{cpu: 1m, memory: 1Mi}}\n"
            )
        };
        let list = |folder: &Path| match folder.to_str() {
            Some("/r/a/.podls/templates") => vec![("x.yaml".to_owned(), text("near"))],
            Some("/r/.podls/templates") => vec![
                ("x.yaml".to_owned(), text("far")),
                ("envoy.yaml".to_owned(), text("mine")),
                ("bad.yaml".to_owned(), "title: a\nimage: [\n".to_owned()),
            ],
            Some("/.podls/templates") => vec![("y.yaml".to_owned(), text("outside"))],
            _ => Vec::new(),
        };
        let root = |folder: &Path| folder == Path::new("/r");
        let (templates, problems) = Templates::near(Path::new("/r/a/b/pod.yaml"), root, list);
        let of = |name: &str| {
            let found: Vec<_> = templates.all().filter(|it| it.name == name).collect();
            assert!(found.len() < 2);
            found.first().map(|it| it.title.clone())
        };
        assert_eq!(of("x").as_deref(), Some("near"));
        assert_eq!(of("envoy").as_deref(), Some("mine"));
        assert_eq!(of("y"), None);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].file, Path::new("/r/.podls/templates/bad.yaml"));
        assert!(problems[0].line >= 2);
    }
}
