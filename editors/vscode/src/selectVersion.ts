/** The command *Select Kubernetes Version…*: changes it where it is set. */
import * as path from "node:path";
import * as vscode from "vscode";
import { ofComment, ofSettings, type Stated } from "./version";

const DEFAULT = "podls' default";

/** The place of a version in a text that takes precedence over the settings. */
interface Place extends Stated {
  document: vscode.TextDocument;
}

export async function selectVersion(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const place = document && (await placeOf(document));
  const chosen = await choose(place);
  if (!chosen) {
    return;
  }
  if (place && chosen !== DEFAULT) {
    await rewrite(place, chosen);
  } else {
    await set(chosen === DEFAULT ? undefined : chosen);
  }
}

/** The version for `document`, in the server's order: a comment, then `podls.yaml`, then the setting. */
export async function versionOf(document: vscode.TextDocument): Promise<string | undefined> {
  const settings = vscode.workspace.getConfiguration("podls", document);
  return (await placeOf(document))?.version ?? settings.get<string | null>("kubernetesVersion") ?? undefined;
}

async function placeOf(document: vscode.TextDocument): Promise<Place | undefined> {
  const comment = ofComment(document.getText());
  if (comment) {
    return { document, ...comment };
  }
  const file = await nearestSettings(document.uri);
  const setting = file && ofSettings(file.getText());
  return setting && { document: file, ...setting };
}

/** The nearest `podls.yaml` in the folders above `uri`. */
async function nearestSettings(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  if (uri.scheme !== "file") {
    return undefined;
  }
  for (let at = uri.fsPath; at !== path.dirname(at); at = path.dirname(at)) {
    const file = vscode.Uri.file(path.join(path.dirname(at), "podls.yaml"));
    try {
      await vscode.workspace.fs.stat(file);
      return await vscode.workspace.openTextDocument(file);
    } catch {
      // There is none in this folder.
    }
  }
  return undefined;
}

function choose(place: Place | undefined): Thenable<string | undefined> {
  const known: unknown = vscode.extensions.getExtension("podls.podls")?.packageJSON.contributes
    .configuration.properties["podls.kubernetesVersion"].enum;
  const versions = (known as (string | null)[]).map((version) => version ?? DEFAULT);
  const file = place && vscode.workspace.asRelativePath(place.document.uri);
  return vscode.window.showQuickPick(place ? versions.filter((it) => it !== DEFAULT) : versions, {
    title: "Kubernetes Version",
    placeHolder: place
      ? `${file} says ${place.version}; it will be changed there`
      : "The Kubernetes version of the manifests in this workspace",
  });
}

async function rewrite({ document, version, at }: Place, wanted: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + version.length));
  edit.replace(document.uri, range, wanted);
  if ((await vscode.workspace.applyEdit(edit)) && path.basename(document.uri.path) === "podls.yaml") {
    // The server reads this file from the disk.
    await document.save();
  }
}

async function set(version: string | undefined): Promise<void> {
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration("podls").update("kubernetesVersion", version, target);
}
