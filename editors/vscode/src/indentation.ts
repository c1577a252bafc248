/** The command *Repair Indentation*. */
import * as vscode from "vscode";
import { chooseEdit, make, type Choice } from "./preview";
import { activeEditor } from "./sample";

const TITLE = "Repair indentation";

/** Makes the repair that the server offers for the document; asks which one, if there are several. */
export async function repairIndentation(): Promise<void> {
  const editor = await activeEditor();
  if (!editor) {
    return;
  }
  const rows = await repairs(editor.document);
  const [only, ...others] = rows;
  if (!only) {
    void vscode.window.showInformationMessage("podls finds no indentation to repair.");
  } else if (others.length === 0) {
    await make(editor, only);
  } else {
    await chooseEdit(editor, TITLE, rows);
  }
}

async function repairs(document: vscode.TextDocument): Promise<Choice[]> {
  const end = document.lineAt(document.lineCount - 1).range.end;
  const found = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(new vscode.Position(0, 0), end),
  );
  return (found ?? []).flatMap(({ title, edit }) => {
    if (!edit || !title.startsWith(TITLE)) {
      return [];
    }
    const changes = edit.get(document.uri).map(({ range, newText }) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
      text: newText,
    }));
    return [{ label: title, edit, changes, hasPlaces: false }];
  });
}
