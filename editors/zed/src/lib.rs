//! Starts podls in Zed: the one of the settings, else the one on the worktree's PATH.

use zed_extension_api as zed;
use zed_extension_api::settings::{CommandSettings, LspSettings};
use zed_extension_api::{LanguageServerId, Result, Worktree, serde_json};

const PROGRAM: &str = "podls";
const NOT_FOUND: &str = "podls was not found: put it on the PATH, or set lsp.podls.binary.path";

struct Podls;

impl zed::Extension for Podls {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let set = settings(id, worktree).binary;
        let CommandSettings { path, arguments, env } =
            set.unwrap_or(CommandSettings { path: None, arguments: None, env: None });
        let command = path.or_else(|| worktree.which(PROGRAM)).ok_or(NOT_FOUND)?;
        let mut variables = worktree.shell_env();
        variables.extend(env.unwrap_or_default());
        Ok(zed::Command { command, args: arguments.unwrap_or_default(), env: variables })
    }

    fn language_server_initialization_options(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(settings(id, worktree).initialization_options)
    }

    /// The server asks for its section, `podls`; users leave that name out under `lsp.podls.settings`.
    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = settings(id, worktree).settings;
        Ok(settings.map(|settings| serde_json::json!({ PROGRAM: settings })))
    }
}

fn settings(id: &LanguageServerId, worktree: &Worktree) -> LspSettings {
    LspSettings::for_worktree(id.as_ref(), worktree).unwrap_or_default()
}

zed::register_extension!(Podls);
