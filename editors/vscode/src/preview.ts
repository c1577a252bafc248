/** A choice between edits: the selected one is shown as a difference before it is applied. */
import * as path from "node:path";
import * as vscode from "vscode";
import { changed, main, type Change } from "./edits";

const SCHEME = "podls-preview";

export interface Choice extends vscode.QuickPickItem {
  edit: vscode.WorkspaceEdit;
  /** The changes of `edit`, which VS Code does not provide for snippets. */
  changes: Change[];
  /** VS Code jumps through the places to fill in. */
  hasPlaces: boolean;
}

/** A line between choices, with the name of those below it. */
export type Row = Choice | (vscode.QuickPickItem & { edit?: undefined });

/** The text of the preview. There is one at a time. */
class Preview implements vscode.TextDocumentContentProvider {
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;
  private text = "";

  provideTextDocumentContent(): string {
    return this.text;
  }

  /** Shows `document` with `edit` applied, in its place. */
  async show(document: vscode.TextDocument, column: vscode.ViewColumn, choice: Choice): Promise<void> {
    const name = path.basename(document.uri.path);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}` });
    this.text = changed(document.getText(), choice.changes);
    this.changes.fire(uri);
    // Not as the editor's own preview: that would close the one of the document.
    const options = { preserveFocus: true, preview: false, viewColumn: column };
    const title = `${name}: ${choice.label}`;
    await vscode.commands.executeCommand("vscode.diff", document.uri, uri, title, options);
  }

  async close(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const ours = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === SCHEME,
    );
    await vscode.window.tabGroups.close(ours, true);
  }
}

const preview = new Preview();

export function registerPreview(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, preview);
}

/**
 * Lets the user choose one of `rows` with a preview of each, makes its edit, and goes to where it was
 * made. Whether something was chosen.
 */
export async function chooseEdit(
  editor: vscode.TextEditor,
  title: string,
  rows: Row[],
): Promise<boolean> {
  const column = editor.viewColumn ?? vscode.ViewColumn.Active;
  const chosen = await pick(editor.document, column, title, rows);
  const shown = await vscode.window.showTextDocument(editor.document, column);
  if (!chosen) {
    return false;
  }
  await make(shown, chosen);
  return true;
}

/** Applies the edit, and scrolls to its longest part. */
export async function make(editor: vscode.TextEditor, choice: Choice): Promise<void> {
  const place = main(choice.changes);
  if (!(await vscode.workspace.applyEdit(choice.edit)) || choice.hasPlaces || !place) {
    return;
  }
  const at = editor.document.positionAt(place.start + /^\s*/.exec(place.text)![0].length);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Resolves with the row that is accepted, once the preview is gone. */
function pick(
  document: vscode.TextDocument,
  column: vscode.ViewColumn,
  title: string,
  rows: Row[],
): Promise<Choice | undefined> {
  const list = vscode.window.createQuickPick<Row>();
  list.title = title;
  list.placeholder = "Type to search; the editor previews the changes of the selected entry";
  list.items = rows;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  // The preview can be scrolled meanwhile.
  list.ignoreFocusOut = true;
  return new Promise((resolve) => {
    let chosen: Choice | undefined;
    // One after the other: a preview that opens late would outlive the list.
    let queue = Promise.resolve();
    const then = (step: () => Promise<void>) => {
      queue = queue.then(step).catch(() => undefined);
    };
    list.onDidChangeActive(([row]) => {
      if (row?.edit) {
        then(() => preview.show(document, column, row));
      }
    });
    list.onDidAccept(() => {
      const [row] = list.selectedItems;
      chosen = row?.edit ? row : undefined;
      list.hide();
    });
    list.onDidHide(() => {
      list.dispose();
      then(() => preview.close());
      void queue.then(() => resolve(chosen));
    });
    list.show();
  });
}
