/** The multi-container patterns: the commands *Add Sidecar…* and its like. */
import * as vscode from "vscode";
import { entries, type Entry } from "./entries";

/** Each command, and how the titles of its code actions begin. */
const COMMANDS: Record<string, string> = {
  "podls.addSidecar": "Add sidecar",
  "podls.addAdapter": "Add adapter",
  "podls.addAmbassador": "Add ambassador",
  "podls.addInitContainer": "Add init container",
};

export function registerPatterns(): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([command, prefix]) =>
    vscode.commands.registerCommand(command, () => add(prefix)),
  );
}

async function add(prefix: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return;
  }
  const offered = entries(await actions(editor), prefix, insertedText);
  if (offered.length === 0) {
    const place = "Put the cursor into a container, or on `containers:`, and try again.";
    void vscode.window.showInformationMessage(`${prefix}: there is no container here. ${place}`);
    return;
  }
  const chosen = await choose(prefix, offered);
  if (chosen?.action.edit && (await vscode.workspace.applyEdit(chosen.action.edit))) {
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

async function actions(editor: vscode.TextEditor): Promise<vscode.CodeAction[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    editor.selection,
    vscode.CodeActionKind.Refactor.value,
  );
  return found ?? [];
}

function choose(
  title: string,
  offered: Entry<vscode.CodeAction>[],
): Thenable<Entry<vscode.CodeAction> | undefined> {
  return vscode.window.showQuickPick(offered, {
    title,
    placeHolder: "What shall it be?",
    matchOnDetail: true,
  });
}

/** All that an action would write. */
function insertedText(action: vscode.CodeAction): string {
  const edits = action.edit?.entries() ?? [];
  return edits.flatMap(([, changes]) => changes.map((change) => change.newText)).join("\n");
}
