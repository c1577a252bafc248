/** The language status items: whether the server runs, and its status of the manifest at the cursor. */
import * as vscode from "vscode";
import { findings } from "./findings";
import type { Status as Answer } from "./protocol";
import { LANGUAGES, type Server, type ServerState } from "./server";
import { versionOf } from "./selectVersion";

/** How long nothing must change before the server is asked, in milliseconds. */
const REST = 200;

export class Status implements vscode.Disposable {
  private readonly program = vscode.languages.createLanguageStatusItem("podls.server", LANGUAGES);
  private readonly manifest = vscode.languages.createLanguageStatusItem("podls.version", LANGUAGES);
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  /** How often the server was asked: an answer that comes after a later question is out of date. */
  private asked = 0;

  constructor(private readonly server: Server) {
    this.program.name = "podls";
    this.manifest.name = "podls: manifest and Kubernetes version";
    this.manifest.command = { title: "Change Version", command: "podls.selectKubernetesVersion" };
    this.show({ kind: "stopped" });
    const soon = () => this.soon();
    this.subscriptions = [
      this.program,
      this.manifest,
      server.onDidChangeState((state) => this.show(state)),
      vscode.window.onDidChangeActiveTextEditor(soon),
      vscode.window.onDidChangeTextEditorSelection(soon),
      vscode.workspace.onDidSaveTextDocument(soon),
      vscode.workspace.onDidChangeConfiguration(soon),
      server.onDidCheck(soon),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.forEach((it) => it.dispose());
  }

  private show(state: ServerState): void {
    this.program.command = { title: "Restart", command: "podls.restartServer" };
    this.program.busy = state.kind === "starting";
    this.program.severity = vscode.LanguageStatusSeverity.Information;
    this.program.detail = undefined;
    switch (state.kind) {
      case "running":
        this.program.text = `podls ${state.version}`.trim();
        break;
      case "starting":
        this.program.text = "podls starts";
        break;
      case "stopped":
        this.program.text = "podls is not running";
        this.program.severity = vscode.LanguageStatusSeverity.Warning;
        break;
      case "failed":
        this.program.text = "podls failed";
        this.program.detail = state.reason;
        this.program.severity = vscode.LanguageStatusSeverity.Error;
    }
    this.soon();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), REST);
  }

  private async refresh(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !LANGUAGES.includes(editor.document.languageId)) {
      return;
    }
    const { document, selection } = editor;
    const turn = ++this.asked;
    const answer = await this.server.ask<Answer>("podls/status", document, selection.active);
    // There is a version even without a manifest or a server.
    const version = answer ? answer.kubernetesVersion : await versionOf(document);
    if (turn !== this.asked || document !== vscode.window.activeTextEditor?.document) {
      return;
    }
    void vscode.commands.executeCommand("setContext", "podls.inManifest", answer !== null);
    const kind = answer ? `${answer.kind}, ` : "";
    this.manifest.text = kind + (version ? `Kubernetes ${version}` : "Kubernetes: podls' default");
    this.manifest.detail = answer ? [answer.name, findings(answer)].filter(Boolean).join(": ") : undefined;
    this.manifest.severity = answer?.errors
      ? vscode.LanguageStatusSeverity.Error
      : answer?.warnings
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information;
  }
}
