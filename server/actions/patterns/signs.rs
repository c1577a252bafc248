//! The signs in a pod of what its app is, and the templates that fit it.

use crate::actions::patterns::fill::{Fill, Variables};
use crate::actions::patterns::service::Service;
use crate::actions::patterns::template::{Fits, Template};
use crate::actions::patterns::upstream::Upstream;
use crate::formats::image::Image;
use crate::pod::{Container, Pod};
use crate::syntax::Node;

/// How well a template fits an app; the best is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is for other apps.
    Other,
    /// It is for any app.
    Any,
    /// A sign in the pod fits it.
    Asked,
}

/// What is known about an app.
pub(super) struct Signs<'a> {
    /// The last part of the image's repository.
    image: &'a str,
    pub(super) upstreams: Vec<Upstream<'a>>,
    /// A Service that is not this pod's own.
    service: Option<&'a Service>,
    /// The sources of the volumes that the app mounts, and where.
    mounts: Vec<(&'static str, &'a str)>,
    pub(super) values: Vec<(String, String)>,
    variables: Variables<'a>,
    logs: bool,
}

impl<'a> Signs<'a> {
    pub(super) fn of(pod: &Pod<'a>, app: Container<'a>, services: &'a [Service]) -> Self {
        let image = Image::parse(app.image()).map_or("", Image::name);
        let upstreams = Upstream::all(&app);
        let mounts = mounts(pod, &app);
        let at = |kinds: &[&str], log: bool| {
            let fits = |it: &&(&str, &str)| kinds.contains(&it.0) && is_log_path(it.1) == log;
            mounts.iter().find(fits).map(|(_, path)| (*path).to_owned())
        };
        let writable = ["emptyDir", "persistentVolumeClaim", "ephemeral"];
        let log_dir = at(&writable, true).or_else(|| log_file_folder(&app));
        let values = [
            ("app", Some(app.name().to_owned()).filter(|it| !it.is_empty())),
            ("app_image", Some(app.image().to_owned())),
            ("app_user", user(pod, &app)),
            ("config_dir", at(&["configMap"], false)),
            ("data_dir", at(&writable, false)),
            ("log_dir", log_dir),
            ("tls_dir", at(&["tls"], false)),
        ];
        let logs = values.iter().any(|(name, value)| *name == "log_dir" && value.is_some());
        let known = values.into_iter().filter_map(|(name, it)| Some((name.to_owned(), it?)));
        let values = known.collect();
        let service = services.iter().find(|it| !it.is_for(pod));
        Self { image, upstreams, service, mounts, values, variables: variables(&app), logs }
    }

    pub(super) fn fit(&self, template: &Template) -> Fit {
        let Fits { images, env, talks_to, logs, mounts } = &template.fits;
        let has = |pattern: &String| {
            let Some(start) = pattern.strip_suffix('*') else {
                return self.variables.contains_key(pattern.as_str());
            };
            let mut names = self.variables.range(start..).map(|(name, _)| name);
            names.next().is_some_and(|name| name.starts_with(start))
        };
        let mounted = |source: &String| self.mounts.iter().any(|(it, _)| it == source);
        let asked = images.iter().any(|it| it == self.image)
            || env.iter().any(has)
            || self.upstream(template).is_some()
            || (talks_to.iter().any(|it| it == "service") && self.service.is_some())
            || (*logs && self.logs)
            || mounts.iter().any(mounted);
        match asked {
            true => Fit::Asked,
            false if images.is_empty() => Fit::Any,
            false => Fit::Other,
        }
    }

    /// The service of the app that `template` is for.
    pub(super) fn upstream(&self, template: &Template) -> Option<&Upstream<'a>> {
        let kinds = &template.fits.talks_to;
        let fits = |it: &&Upstream<'_>| {
            let is = |kind: &String| kind == it.kind || (kind == "service" && it.is_in_cluster());
            kinds.iter().any(is)
        };
        self.upstreams.iter().find(fits)
    }

    /// Passes the values from the pod to `fill`.
    pub(super) fn tell<'s>(&'s self, template: &Template, fill: &mut Fill<'s>) {
        fill.values.extend(self.values.iter().cloned());
        fill.variables = Some(&self.variables);
        let service =
            self.service.filter(|_| template.fits.talks_to.iter().any(|it| it == "service"));
        if let Some(upstream) = self.upstream(template) {
            fill.put("host", upstream.host);
            upstream.port().into_iter().for_each(|port| fill.put("host_port", port));
        } else if let Some(service) = service {
            fill.put("host", service.host());
            service.port.into_iter().for_each(|port| fill.put("host_port", port));
        }
    }
}

/// The variables of the app; of several with one name the first that has a literal value.
fn variables<'a>(app: &Container<'a>) -> Variables<'a> {
    let mut variables = Variables::new();
    for item in app.items("env") {
        let Some(name) = item.field("name").and_then(Node::as_str) else { continue };
        let value = variables.entry(name).or_insert(None);
        *value = value.or_else(|| item.field("value").and_then(Node::as_str));
    }
    variables
}

/// What the app mounts as a whole, and where.
fn mounts<'a>(pod: &Pod<'a>, app: &Container<'a>) -> Vec<(&'static str, &'a str)> {
    const SOURCES: [&str; 6] =
        ["configMap", "emptyDir", "persistentVolumeClaim", "ephemeral", "secret", "projected"];
    let mounts = app.items("volumeMounts").filter_map(|mount| {
        let whole = mount.field("subPath").is_none() && mount.field("subPathExpr").is_none();
        let path = mount.field("mountPath")?.as_str().filter(|_| whole)?;
        let volume = pod.volume(mount.field("name")?.as_str()?)?;
        let source = *SOURCES.iter().find(|it| **it == volume.source)?;
        let tls = |text: &str| ["tls", "cert", "ssl", "pki"].iter().any(|it| text.contains(it));
        let source = match source {
            "secret" if tls(path) || tls(volume.name) => "tls",
            source => source,
        };
        Some((source, path))
    });
    mounts.collect()
}

fn is_log_path(path: &str) -> bool {
    path.split('/').any(|part| part == "log" || part == "logs")
}

/// The folder of a log file that a variable, the command or an argument names.
fn log_file_folder(app: &Container<'_>) -> Option<String> {
    let words = ["command", "args"].into_iter().flat_map(|list| {
        let items = app.node.items_of(list);
        items.filter_map(|it| it.resolved()?.as_str())
    });
    let values = app.items("env").filter_map(|it| it.field("value")?.as_str());
    values.chain(words).find_map(folder)
}

fn folder(text: &str) -> Option<String> {
    let path = text.get(text.find('/')?..)?;
    let path = path.split_whitespace().next()?;
    let (folder, file) = match path.rsplit_once('/')? {
        (folder, file) if file.ends_with(".log") => (folder, file),
        _ if path.starts_with("/var/log/") => (path.trim_end_matches('/'), ""),
        _ => return None,
    };
    let plain = |it: &str| it.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b));
    // A mount must not hide a folder that contains more than logs.
    let deep = folder.matches('/').count() > 1 || is_log_path(folder);
    let fits =
        plain(folder) && plain(file) && deep && folder != "/var/log" && !text.contains("://");
    (fits && !folder.contains("..")).then(|| folder.to_owned())
}

/// The numeric user that the app runs as.
fn user(pod: &Pod<'_>, app: &Container<'_>) -> Option<String> {
    let of = |node: Node<'_>| {
        let user = node.field("securityContext")?.field("runAsUser")?.as_int()?;
        (user > 0).then(|| user.to_string())
    };
    of(app.node).or_else(|| of(pod.spec))
}

#[cfg(test)]
mod tests {
    use super::folder;

    #[test]
    fn folders_of_logs() {
        for (text, expected) in [
            ("--log=/srv/logs/a.log", Some("/srv/logs")),
            ("/logs/a.log", Some("/logs")),
            ("/var/log/web", Some("/var/log/web")),
            ("/var/log/web/", Some("/var/log/web")),
            ("/var/log/a.log", None),
            ("/var/logs/web", None),
            ("/srv/a.log", None),
            ("/srv/../a.log", None),
            ("https://example.com/logs/a.log", None),
            ("/srv/logs/a.txt", None),
        ] {
            assert_eq!(folder(text).as_deref(), expected, "{text}");
        }
    }
}
