/** The language status item: whether the server runs, and for which Kubernetes it checks. */
import * as path from "node:path";
import * as vscode from "vscode";
import { LANGUAGES, type ServerState } from "./server";
import { ofComment, ofSettings } from "./version";

export class Status implements vscode.Disposable {
  private readonly server = vscode.languages.createLanguageStatusItem("podls.server", LANGUAGES);
  private readonly version = vscode.languages.createLanguageStatusItem("podls.version", LANGUAGES);

  constructor() {
    this.server.name = "podls";
    this.version.name = "podls: Kubernetes version";
    this.version.command = { title: "Change", command: "podls.selectKubernetesVersion" };
    this.show({ kind: "stopped" });
    void this.refresh();
  }

  show(state: ServerState): void {
    const restart = { title: "Restart", command: "podls.restartServer" };
    this.server.command = restart;
    this.server.busy = state.kind === "starting";
    this.server.severity = vscode.LanguageStatusSeverity.Information;
    this.server.detail = undefined;
    switch (state.kind) {
      case "running":
        this.server.text = `podls ${state.version}`.trim();
        break;
      case "starting":
        this.server.text = "podls starts";
        break;
      case "stopped":
        this.server.text = "podls does not run";
        this.server.severity = vscode.LanguageStatusSeverity.Warning;
        break;
      case "failed":
        this.server.text = "podls failed";
        this.server.detail = state.reason;
        this.server.severity = vscode.LanguageStatusSeverity.Error;
    }
  }

  /** Looks again which version holds for the document in the active editor. */
  async refresh(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const version = document && (await versionOf(document));
    this.version.text = version ? `Kubernetes ${version}` : "Kubernetes: podls' default";
  }

  dispose(): void {
    this.server.dispose();
    this.version.dispose();
  }
}

/** The version for `document`, in the server's order: a comment, then `podls.yaml`, then the setting. */
async function versionOf(document: vscode.TextDocument): Promise<string | undefined> {
  const settings = vscode.workspace.getConfiguration("podls", document);
  return (
    ofComment(document.getText()) ??
    ofSettings(await nearestSettings(document.uri)) ??
    settings.get<string | null>("kubernetesVersion") ??
    undefined
  );
}

/** The text of the nearest `podls.yaml` in the folders above `uri`. */
async function nearestSettings(uri: vscode.Uri): Promise<string> {
  if (uri.scheme !== "file") {
    return "";
  }
  for (let at = uri.fsPath; at !== path.dirname(at); at = path.dirname(at)) {
    const file = vscode.Uri.file(path.join(path.dirname(at), "podls.yaml"));
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    } catch {
      // There is none in this folder.
    }
  }
  return "";
}

/** Lets the user choose the version for this workspace. */
export async function selectVersion(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("podls");
  const known: unknown = vscode.extensions.getExtension("podls.podls")?.packageJSON.contributes
    .configuration.properties["podls.kubernetesVersion"].enum;
  const byDefault = "podls' default";
  const versions = (known as (string | null)[]).map((version) => version ?? byDefault);
  const chosen = await vscode.window.showQuickPick(versions, {
    title: "Kubernetes Version",
    placeHolder: "Which Kubernetes are the manifests of this workspace for?",
  });
  if (chosen) {
    const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
    await settings.update(
      "kubernetesVersion",
      chosen === byDefault ? undefined : chosen,
      inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }
}
