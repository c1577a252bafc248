// Runs in VS Code's extension host, from host.mjs.
const childProcess = require("node:child_process");
const path = require("node:path");
const vscode = require("vscode");
const { writeShown } = require("./shown.cjs");

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function check(what, condition) {
  const end = Date.now() + 20000;
  for (;;) {
    const value = await condition();
    if (value) {
      console.log(`ok: ${what}`);
      return value;
    }
    if (Date.now() > end) {
      console.log(`failed: ${what}`);
      throw new Error(what);
    }
    await sleep(50);
  }
}

function servers() {
  const found = childProcess.spawnSync("pgrep", ["-P", String(process.pid), "podls"]);
  return found.stdout.toString().split("\n").filter(Boolean).map(Number);
}

exports.run = async function () {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const uri = vscode.Uri.joinPath(folder, "pod.yaml");
  const document = await vscode.workspace.openTextDocument(uri);
  let editor = await vscode.window.showTextDocument(document);
  const unknown = () =>
    vscode.languages
      .getDiagnostics(uri)
      .filter((it) => it.source === "podls" && (it.code.value ?? it.code) === "unknown-field");

  const shown = path.join(folder.fsPath, "shown.json");
  await writeShown(vscode.Uri.joinPath(folder, "shown.yaml"), shown);
  editor = await vscode.window.showTextDocument(document);

  await check("the extension starts", () => vscode.extensions.getExtension("podls.podls").isActive);
  await check("diagnostics arrive", () => unknown().length === 1);
  await check("they are at their place", () => unknown()[0].range.start.line === 8);

  const fault = document.lineAt(8).range;
  await editor.edit((edit) => edit.replace(fault, "    imagePullPolicy: Always\n    "));
  await check("diagnostics follow what is typed", () => unknown().length === 0);
  const completions = await vscode.commands.executeCommand(
    "vscode.executeCompletionItemProvider", uri, new vscode.Position(9, 4));
  const labels = completions.items.map((it) => it.label.label ?? it.label);
  await check("completion offers restartPolicy", () => labels.includes("restartPolicy"));
  await check("completion leaves out what is there", () => !labels.includes("imagePullPolicy"));
  await editor.edit((edit) => edit.delete(new vscode.Range(9, 0, 10, 0)));

  const line = document.getText().split("\n").indexOf("  - name: app");
  editor.selection = new vscode.Selection(line, 6, line, 6);
  const before = document.getText().split("\n");
  const added = vscode.commands.executeCommand("podls.addSidecar");
  await sleep(1500);
  await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  await added;
  await check("the command adds a sidecar", () =>
    /\n {4}restartPolicy: Always\n[^]*\n {2}containers:\n/.test(document.getText()));
  await check("every line of before is still there", () =>
    before.every((it) => document.getText().includes(it)));
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await check("diagnostics follow the return", () => unknown().length === 1);

  const [first] = servers();
  process.kill(first, "SIGKILL");
  await check("a killed server is started again", () => servers().some((it) => it !== first));
  await check("diagnostics are back", () => unknown().length === 1);

  // VS Code gives up on a server that ends five times in three minutes.
  for (let kills = 0; kills < 6 && servers().length > 0; kills++) {
    process.kill(servers()[0], "SIGKILL");
    await sleep(1200);
  }
  await check("VS Code gives up at last", () => servers().length === 0);
  await vscode.commands.executeCommand("podls.restartServer");
  await check("the command starts it again", () => servers().length === 1 && unknown().length === 1);

  const settings = vscode.workspace.getConfiguration("podls");
  const target = vscode.ConfigurationTarget.Global;
  await settings.update("server.path", path.join(folder.fsPath, "nothing"), target);
  await check("a wrong path ends it", () => servers().length === 0);
  await settings.update("server.path", undefined, target);
  await check("a corrected path starts it", () => servers().length === 1 && unknown().length === 1);

  await settings.update("rules", { "unknown-field": "off" }, target);
  await check("settings reach the server", () => unknown().length === 0);
  await settings.update("rules", undefined, target);
  await check("and leave it", () => unknown().length === 1);
};
