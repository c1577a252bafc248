// Writes down what VS Code shows of a manifest, into a file beside it.
const fs = require("node:fs");
const vscode = require("vscode");

const SEVERITIES = ["error", "warning", "information", "hint"];

exports.writeShown = async function (manifest, file) {
  const document = await vscode.workspace.openTextDocument(manifest);
  const editor = await vscode.window.showTextDocument(document);
  const ours = () => vscode.languages.getDiagnostics(manifest).filter((it) => it.source === "podls");
  for (let tries = 0; ours().length === 0 && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const diagnostics = ours().map(({ range, severity, code, message }) => ({
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: SEVERITIES[severity],
    code: code.value ?? code,
    message,
  }));

  const comment = "# here completion is asked for";
  const start = document.positionAt(document.getText().indexOf(comment));
  const end = start.translate(0, comment.length);
  await editor.edit((edit) => edit.delete(new vscode.Range(start, end)));
  const offered = await vscode.commands.executeCommand(
    "vscode.executeCompletionItemProvider", manifest, start);
  const completions = offered.items.map((it) => it.label.label ?? it.label);
  await vscode.commands.executeCommand("workbench.action.files.revert");
  fs.writeFileSync(file, JSON.stringify({ diagnostics, completions }));
};
