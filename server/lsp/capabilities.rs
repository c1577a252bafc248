//! What the editor can do, and what we offer it.

use serde_json::Value;
use tower_lsp::lsp_types::*;

use crate::text::Encoding;

/// The editor's command that lists all templates. An editor with it also has those for the patterns.
pub(super) const LISTS_ALL: &str = "podls.addContainer";

/// How much an editor can do, as far as it changes what we send.
#[derive(Clone, Debug, Default)]
pub(super) struct Editor {
    pub(super) encoding: Encoding,
    /// It takes snippets with places to fill in.
    pub(super) snippets: bool,
    /// Its completion writes line breaks as NUL bytes, as Neovim's own does without snippets.
    pub(super) one_line_items: bool,
    /// It can be told whether to indent what it inserts.
    pub(super) insert_text_modes: bool,
    /// It draws items crossed out.
    pub(super) completion_tags: bool,
    pub(super) markdown_in_completion: bool,
    pub(super) markdown_in_hover: bool,
    pub(super) nested_symbols: bool,
    pub(super) related_information: bool,
    pub(super) code_description: bool,
    pub(super) diagnostic_tags: bool,
    pub(super) diagnostic_data: bool,
    /// It asks for diagnostics itself, so none are sent unasked.
    pub(super) pulls_diagnostics: bool,
    /// It can be asked to pull them again.
    pub(super) refreshes_diagnostics: bool,
    /// Edits can name the version that they are for.
    pub(super) versioned_edits: bool,
    pub(super) preferred_actions: bool,
    /// It shows what cannot be done, with the reason.
    pub(super) disabled_actions: bool,
    /// Its edits can hold snippets.
    pub(super) snippet_edits: bool,
    /// It has commands that list the templates of a pattern, and all templates.
    pub(super) opens_lists: bool,
    /// It can be asked for settings.
    pub(super) configuration: bool,
    pub(super) registers_configuration: bool,
    pub(super) registers_watchers: bool,
    pub(super) progress: bool,
}

impl Editor {
    /// Reads the capabilities one by one, so that one we cannot read costs nothing but itself.
    pub(super) fn new(capabilities: &Value, client: Option<&ClientInfo>) -> Self {
        let is_neovim = client.is_some_and(|client| client.name == "Neovim");
        let editor = Capabilities(capabilities);
        let (text, workspace) = ("/textDocument", "/workspace");
        let item = format!("{text}/completion/completionItem");
        let diagnostics = format!("{text}/publishDiagnostics");
        let can = |feature: &str, name: &str| editor.can(&format!("{feature}/{name}"));
        let knows = |feature: &str, name: &str| editor.knows(&format!("{feature}/{name}"));
        Self {
            encoding: editor.encoding(),
            snippets: can(&item, "snippetSupport"),
            one_line_items: is_neovim && !can(&item, "snippetSupport"),
            completion_tags: knows(&item, "tagSupport"),
            markdown_in_completion: editor.prefers_markdown(&format!("{item}/documentationFormat")),
            insert_text_modes: knows(&item, "insertTextModeSupport"),
            markdown_in_hover: editor.prefers_markdown("/textDocument/hover/contentFormat"),
            nested_symbols: can(text, "documentSymbol/hierarchicalDocumentSymbolSupport"),
            related_information: can(&diagnostics, "relatedInformation"),
            code_description: can(&diagnostics, "codeDescriptionSupport"),
            diagnostic_tags: knows(&diagnostics, "tagSupport"),
            diagnostic_data: can(&diagnostics, "dataSupport"),
            pulls_diagnostics: knows(text, "diagnostic"),
            refreshes_diagnostics: knows(text, "diagnostic")
                && can(workspace, "diagnostics/refreshSupport"),
            preferred_actions: can(text, "codeAction/isPreferredSupport"),
            disabled_actions: can(text, "codeAction/disabledSupport"),
            versioned_edits: can(workspace, "workspaceEdit/documentChanges"),
            // An earlier draft of the protocol had it among the experimental ones.
            snippet_edits: can(workspace, "workspaceEdit/snippetEditSupport")
                || can("/experimental", "snippetEditSupport"),
            opens_lists: editor.words("/experimental/commands/commands").any(|it| it == LISTS_ALL),
            configuration: can(workspace, "configuration"),
            registers_configuration: can(workspace, "didChangeConfiguration/dynamicRegistration"),
            registers_watchers: can(workspace, "didChangeWatchedFiles/dynamicRegistration"),
            progress: can("/window", "workDoneProgress"),
        }
    }
}

/// What an editor says of itself, as it says it.
struct Capabilities<'a>(&'a Value);

impl Capabilities<'_> {
    /// Whether it has what is either there or not.
    fn can(&self, pointer: &str) -> bool {
        self.0.pointer(pointer).and_then(Value::as_bool) == Some(true)
    }

    /// Whether it says more of a feature. Before there was more to say, some said `true`.
    fn knows(&self, pointer: &str) -> bool {
        self.0.pointer(pointer).is_some_and(|it| it.is_object() || *it == true)
    }

    /// The words of a list.
    fn words(&self, pointer: &str) -> impl Iterator<Item = &str> {
        let items = self.0.pointer(pointer).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str)
    }

    /// UTF-8 is what we count in, so it is taken when the editor has it; every editor has UTF-16.
    fn encoding(&self) -> Encoding {
        let has = |name: &str| self.words("/general/positionEncodings").any(|it| it == name);
        if has("utf-8") {
            Encoding::Utf8
        } else if has("utf-32") && !has("utf-16") {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    /// Editors list their formats, the preferred one first. One that lists none we know (and those
    /// written before there was a choice) shows Markdown as it is, which is readable.
    fn prefers_markdown(&self, pointer: &str) -> bool {
        let mut known = self.words(pointer).filter(|it| matches!(*it, "markdown" | "plaintext"));
        known.next() != Some("plaintext")
    }
}

/// What we offer.
pub(super) fn offered(editor: &Editor) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match editor.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(SaveOptions::default().into()),
            ..Default::default()
        })),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            // A value begins after a blank, an item after `-`, a reference to a variable after `(`.
            trigger_characters: Some([" ", ":", "-", "\"", "("].map(str::to_owned).to_vec()),
            ..Default::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::REFACTOR,
                CodeActionKind::REFACTOR_REWRITE,
                fix_all(),
            ]),
            ..Default::default()
        })),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        diagnostic_provider: editor.pulls_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("podls".to_owned()),
                inter_file_dependencies: false,
                workspace_diagnostics: false,
                ..Default::default()
            })
        }),
        ..Default::default()
    }
}

/// The kind of the action that applies all safe fixes, which users set to run on save.
pub(super) fn fix_all() -> CodeActionKind {
    CodeActionKind::new("source.fixAll.podls")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn editor(capabilities: Value) -> Editor {
        Editor::new(&capabilities, None)
    }

    #[test]
    fn utf8_is_taken_when_offered() {
        for (offered, taken) in [
            (json!([]), Encoding::Utf16),
            (json!(["utf-16"]), Encoding::Utf16),
            (json!(["utf-32", "utf-8", "utf-16"]), Encoding::Utf8),
            (json!(["utf-32", "utf-16"]), Encoding::Utf16),
            (json!(["utf-32"]), Encoding::Utf32),
            (json!(["utf-7"]), Encoding::Utf16),
        ] {
            let general = json!({"general": {"positionEncodings": offered}});
            assert_eq!(editor(general).encoding, taken);
        }
        assert_eq!(editor(json!({})).encoding, Encoding::Utf16);
    }

    #[test]
    fn diagnostics_are_pulled_or_pushed() {
        let pulls = editor(json!({"textDocument": {"diagnostic": {}}}));
        assert!(offered(&pulls).diagnostic_provider.is_some());
        assert!(offered(&editor(json!({}))).diagnostic_provider.is_none());
    }
}
