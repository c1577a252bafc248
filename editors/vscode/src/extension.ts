/** Where VS Code begins: starts the server, and registers the commands and what is shown. */
import * as vscode from "vscode";
import { offerWithoutSchema, switchSchemaOff, watchYaml } from "./beside";
import { DiagramView } from "./diagram";
import { repairIndentation } from "./indentation";
import { registerPatterns } from "./patterns";
import { registerPreview } from "./preview";
import { openSample } from "./sample";
import { selectVersion } from "./selectVersion";
import { Server } from "./server";
import { Status } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("podls", { log: true });
  const started = new Server(context.extensionPath, output);
  server = started;
  context.subscriptions.push(
    output,
    started,
    new Status(started),
    new DiagramView(started, context.extensionUri),
    registerPreview(),
    watchYaml(() => started.refreshDiagnostics()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      // Also when the workspace becomes trusted: its `podls.server.path` counts from then on.
      if (event.affectsConfiguration("podls.server")) {
        void started.restart();
      }
      if (event.affectsConfiguration("yaml.schemas")) {
        void offerWithoutSchema(context.workspaceState);
      }
    }),
    vscode.commands.registerCommand("podls.restartServer", () => started.restart()),
    vscode.commands.registerCommand("podls.showOutput", () => output.show()),
    vscode.commands.registerCommand("podls.selectKubernetesVersion", selectVersion),
    vscode.commands.registerCommand("podls.repairIndentation", repairIndentation),
    vscode.commands.registerCommand("podls.switchYamlSchemaOff", switchSchemaOff),
    vscode.commands.registerCommand("podls.openSample", openSample),
    ...registerPatterns(started),
  );
  await started.restart();
  void offerWithoutSchema(context.workspaceState);
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
