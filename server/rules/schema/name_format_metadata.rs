//! The names of objects: each kind has its own limits, which depend on the names derived from it.

use super::name_format_rename::add_fix;
use super::name_format_table::Form;
use crate::check::{Checker, Echo};
use crate::formats::names;
use crate::formats::suggest::{Format, suggest, suggest_within};
use crate::pod::{Manifest, Workload};
use crate::schema::Version;
use crate::syntax::Node;
use crate::syntax::write::{self, New};

pub(super) fn metadata(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(workload) = manifest.workload() else { return };
    let Some(metadata) = manifest.root.field("metadata") else { return };
    let text = |field| {
        let node = metadata.field(field)?;
        node.as_str().filter(|text| !text.is_empty()).map(|text| (node, text))
    };
    // A patch may apply to objects of other names than its own.
    if let Some((node, name)) = text("name").filter(|_| !out.fragment) {
        check_name(node, name, workload, manifest, out);
    }
    if let Some((node, prefix)) = text("generateName") {
        check_prefix(node, prefix, form(workload, out.version), out);
    }
    if let Some((node, namespace)) = text("namespace")
        && let Err(fault) = names::label(namespace)
    {
        let diagnostic = out.report(node, format!("invalid namespace `{namespace}`: it {fault}"));
        add_fix(diagnostic, node, namespace, Form::Label, false);
    }
}

/// The form of the names of a kind.
fn form(workload: Workload, version: Version) -> Format {
    match workload {
        Workload::StatefulSet if version >= Version::new(27) => Format::Label,
        _ => Format::Subdomain,
    }
}

fn check_name(
    node: Node<'_>,
    name: &str,
    workload: Workload,
    manifest: &Manifest<'_>,
    out: &mut Checker<'_>,
) {
    let form = Form::Short(form(workload, out.version), 253);
    let limit = limit(workload, manifest);
    let is_label_only =
        form.check(name).is_ok() && limit.as_ref().is_some_and(|limit| !limit.is_host_name());
    let (fault, form) = match (form.check(name), &limit) {
        (Err(fault), Some(limit)) => (fault.to_owned(), limit.form),
        (Err(fault), None) => (fault.to_owned(), form),
        (Ok(()), Some(limit)) if !limit.takes(name) => (limit.fault(), limit.form),
        (Ok(()), _) => return,
    };
    let kind = manifest.kind;
    let mut diagnostic = out.report(node, format!("invalid {kind} name `{name}`: it {fault}"));
    let own_selector = manifest.root.field("spec").is_some_and(has_own_selector);
    if workload == Workload::Job && !own_selector && names::label_value(name).is_err() {
        // Of a name that is good but for the label only the label is refused.
        if is_label_only {
            diagnostic = diagnostic.path("spec.template.labels");
        }
        diagnostic = diagnostic.echo(Echo::Job(manifest.root.id()));
    }
    add_fix(diagnostic, node, name, form, false);
}

fn has_own_selector(spec: Node<'_>) -> bool {
    spec.field("manualSelector").and_then(Node::as_bool) == Some(true)
}

/// The names that are derived from a name, which limit its length.
struct Limit {
    form: Form,
    longest: usize,
    /// The suffix of the name.
    reason: String,
}

impl Limit {
    fn takes(&self, name: &str) -> bool {
        name.len() <= self.longest && self.form.check(name).is_ok()
    }

    fn is_host_name(&self) -> bool {
        matches!(self.form, Form::Short(Format::Label, _))
    }

    fn fault(&self) -> String {
        match self.is_host_name() {
            true => format!("is not a valid host name ({})", self.reason),
            false => format!("is longer than {} bytes ({})", self.longest, self.reason),
        }
    }
}

fn limit(workload: Workload, manifest: &Manifest<'_>) -> Option<Limit> {
    let short = |format, longest, reason: String| Limit {
        form: Form::Short(format, longest),
        longest,
        reason,
    };
    if workload == Workload::CronJob {
        let reason = "11 bytes are added for each Job".to_owned();
        return Some(short(Format::Subdomain, 52, reason));
    }
    let spec = manifest.root.field("spec").filter(|_| workload == Workload::Job)?;
    if let Some(last) = last_index(spec) {
        let longest = 63 - last.to_string().len() - 1;
        let reason = format!("its pods get names such as `<name>-{last}`, without dots");
        return Some(short(Format::Label, longest, reason));
    }
    let reason = "it is used as the value of a label".to_owned();
    (!has_own_selector(spec)).then(|| short(Format::Subdomain, 63, reason))
}

/// The greatest index of an Indexed Job.
fn last_index(spec: Node<'_>) -> Option<i64> {
    if spec.field("completionMode")?.as_str() != Some("Indexed") {
        return None;
    }
    let completions = match spec.field("completions") {
        Some(completions) => completions.as_int()?,
        None if spec.field("parallelism").is_none() => 1,
        None => return None,
    };
    (completions >= 1).then_some(completions - 1)
}

fn check_prefix(node: Node<'_>, prefix: &str, form: Format, out: &mut Checker<'_>) {
    let rule = if form == Format::Label { names::label } else { names::subdomain };
    let Err(fault) = names::prefix(prefix, rule) else { return };
    let name = prefix.strip_suffix('-').unwrap_or(prefix);
    let made = suggest_within(name, form, form.longest() - 6);
    let diagnostic = out.report(node, format!("invalid name prefix `{prefix}`: it {fault}"));
    if let Some(made) = made.or_else(|| suggest(prefix, form)) {
        diagnostic.suggest(format!("Change to `{made}-`"), || {
            write::replace(node, &New::text(format!("{made}-")))
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::errors;

    #[test]
    fn the_longest_names_of_jobs() {
        for (spec, longest) in [
            ("", 63),
            ("completions: 10", 63),
            ("completionMode: Indexed", 61),
            ("completionMode: Indexed, parallelism: 2", 63),
            ("completionMode: Indexed, completions: 0", 63),
            ("completionMode: Indexed, completions: 10", 61),
            ("completionMode: Indexed, completions: 11", 60),
        ] {
            let is_fine = |length: &usize| {
                let name = "a".repeat(*length);
                let text = format!(
                    "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n"
                );
                !errors(&text).contains(&"name-format")
            };
            assert_eq!((1..70).take_while(is_fine).last(), Some(longest), "{spec}");
        }
    }
}
