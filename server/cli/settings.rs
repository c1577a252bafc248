//! Settings on the command line.

use crate::folder::Overrides;
use crate::schema::{PodSecurity, Profile, Profiles, Version};

#[derive(clap::Args)]
pub(super) struct SettingsArgs {
    /// The Kubernetes version of the manifests, such as 1.31
    #[arg(long, value_parser = version)]
    kubernetes_version: Option<Version>,
    /// A profile of rules to run in addition; `podls rules` lists them
    #[arg(long = "profile", value_name = "NAME", value_parser = profile)]
    profiles: Vec<Profile>,
    /// The Pod Security level for pods that no comment and no Namespace in their folder sets: `privileged`,
    /// `baseline` or `restricted`
    #[arg(long, value_name = "LEVEL", value_parser = pod_security)]
    pod_security: Option<PodSecurity>,
}

impl SettingsArgs {
    pub(super) fn overrides(&self) -> Overrides {
        let profiles = self.profiles.iter().copied().fold(Profiles::default(), Profiles::with);
        Overrides { version: self.kubernetes_version, profiles, pod_security: self.pod_security }
    }
}

pub(super) fn version(text: &str) -> Result<Version, String> {
    Version::parse(text).ok_or_else(|| {
        let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
        format!("expected {oldest} to {newest}")
    })
}

fn profile(text: &str) -> Result<Profile, String> {
    let names = || Profile::ALL.map(Profile::name).join(", ");
    Profile::parse(text).ok_or_else(|| format!("expected one of {}", names()))
}

fn pod_security(text: &str) -> Result<PodSecurity, String> {
    let names = || PodSecurity::NAMES.join(", ");
    PodSecurity::parse(text).ok_or_else(|| format!("expected one of {}", names()))
}
