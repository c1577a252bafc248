//! What the editor can do, and what we offer it.

use tower_lsp::lsp_types::*;

use crate::text::Encoding;

/// A capability that lsp-types does not know: it is moved among the experimental ones when it comes in.
pub(super) const SNIPPET_EDITS: &str = "snippetEditSupport";

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
    /// Edits can name the version that they are for.
    pub(super) versioned_edits: bool,
    pub(super) preferred_actions: bool,
    /// Its edits can hold snippets.
    pub(super) snippet_edits: bool,
    /// It can be asked for settings.
    pub(super) configuration: bool,
    pub(super) registers_configuration: bool,
    pub(super) registers_watchers: bool,
    pub(super) progress: bool,
}

impl Editor {
    pub(super) fn new(capabilities: &ClientCapabilities, client: Option<&ClientInfo>) -> Self {
        let mut editor = Self { encoding: encoding(capabilities), ..Self::default() };
        if let Some(text) = &capabilities.text_document {
            editor.add_text(text);
        }
        if let Some(workspace) = &capabilities.workspace {
            editor.add_workspace(workspace);
        }
        let is_neovim = client.is_some_and(|client| client.name == "Neovim");
        editor.one_line_items = is_neovim && !editor.snippets;
        let window = capabilities.window.as_ref();
        editor.progress = window.and_then(|window| window.work_done_progress) == Some(true);
        let experimental = capabilities.experimental.as_ref();
        let snippets = experimental.and_then(|it| it.get(SNIPPET_EDITS));
        editor.snippet_edits = snippets.and_then(serde_json::Value::as_bool) == Some(true);
        editor
    }

    fn add_text(&mut self, text: &TextDocumentClientCapabilities) {
        let completion = text.completion.as_ref().and_then(|it| it.completion_item.as_ref());
        if let Some(item) = completion {
            self.snippets = item.snippet_support == Some(true);
            self.completion_tags = item.tag_support.is_some();
            self.markdown_in_completion = prefers_markdown(item.documentation_format.as_deref());
            self.insert_text_modes = item.insert_text_mode_support.is_some();
        }
        let hover = text.hover.as_ref();
        self.markdown_in_hover =
            prefers_markdown(hover.and_then(|hover| hover.content_format.as_deref()));
        let symbols = text.document_symbol.as_ref();
        self.nested_symbols =
            symbols.and_then(|it| it.hierarchical_document_symbol_support) == Some(true);
        if let Some(publish) = &text.publish_diagnostics {
            self.related_information = publish.related_information == Some(true);
            self.code_description = publish.code_description_support == Some(true);
            self.diagnostic_tags = publish.tag_support.is_some();
            self.diagnostic_data = publish.data_support == Some(true);
        }
        self.pulls_diagnostics = text.diagnostic.is_some();
        let actions = text.code_action.as_ref();
        self.preferred_actions = actions.and_then(|it| it.is_preferred_support) == Some(true);
    }

    fn add_workspace(&mut self, workspace: &WorkspaceClientCapabilities) {
        let edit = workspace.workspace_edit.as_ref();
        self.versioned_edits = edit.and_then(|edit| edit.document_changes) == Some(true);
        self.configuration = workspace.configuration == Some(true);
        let change = workspace.did_change_configuration.as_ref();
        self.registers_configuration = change.and_then(|it| it.dynamic_registration) == Some(true);
        let watch = workspace.did_change_watched_files.as_ref();
        self.registers_watchers = watch.and_then(|it| it.dynamic_registration) == Some(true);
    }
}

/// UTF-8 is what we count in, so it is taken when the editor has it; every editor has UTF-16.
fn encoding(capabilities: &ClientCapabilities) -> Encoding {
    let general = capabilities.general.as_ref();
    let offered = general.and_then(|general| general.position_encodings.as_deref());
    let offered = offered.unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF32)
        && !offered.contains(&PositionEncodingKind::UTF16)
    {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

/// Editors list their formats, the preferred one first. One that lists none (and those written before
/// there was a choice) shows Markdown as it is, which is readable.
fn prefers_markdown(formats: Option<&[MarkupKind]>) -> bool {
    formats.is_none_or(|formats| formats.first() != Some(&MarkupKind::PlainText))
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

    fn editor(capabilities: serde_json::Value) -> Editor {
        Editor::new(&serde_json::from_value(capabilities).unwrap(), None)
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
