/** Where VS Code begins: starts the server, and registers the commands and the status items. */
import * as vscode from "vscode";
import { registerPatterns } from "./patterns";
import { Server } from "./server";
import { Status, selectVersion } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("podls", { log: true });
  const started = new Server(context.extensionPath, output);
  server = started;
  const status = new Status();
  const refresh = () => void status.refresh();
  context.subscriptions.push(
    output,
    started,
    status,
    started.onDidChangeState((state) => status.show(state)),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.workspace.onDidSaveTextDocument(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("podls")) {
        refresh();
      }
      // Also when the workspace becomes trusted: its `podls.server.path` counts from then on.
      if (event.affectsConfiguration("podls.server")) {
        void started.restart();
      }
    }),
    vscode.commands.registerCommand("podls.restartServer", () => started.restart()),
    vscode.commands.registerCommand("podls.showOutput", () => output.show()),
    vscode.commands.registerCommand("podls.selectKubernetesVersion", selectVersion),
    ...registerPatterns(),
  );
  await started.restart();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
