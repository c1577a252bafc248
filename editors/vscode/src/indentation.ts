/** The command *Repair Indentation*. */
import * as vscode from "vscode";
import { chooseEdit, make, type Row } from "./preview";

const TITLE = "Repair indentation";

/** Makes the repair that the server offers for the document; asks which one, if there are several. */
export async function repairIndentation(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return;
  }
  const rows = await repairs(editor.document);
  const [only, ...others] = rows;
  if (!only) {
    void vscode.window.showInformationMessage("podls finds no indentation to repair.");
  } else if (others.length === 0) {
    await make(editor, only.edit);
  } else {
    await chooseEdit(editor, TITLE, rows);
  }
}

async function repairs(document: vscode.TextDocument): Promise<(Row & { edit: vscode.WorkspaceEdit })[]> {
  const end = document.lineAt(document.lineCount - 1).range.end;
  const found = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(new vscode.Position(0, 0), end),
  );
  return (found ?? [])
    .filter(({ title, edit }) => title.startsWith(TITLE) && edit)
    .map(({ title, edit }) => ({ label: title, edit: edit! }));
}
