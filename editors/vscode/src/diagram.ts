/** The diagram of the pod at the cursor, in a panel beside the editor. */
import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Diagram, DiagramFormat } from "./protocol";
import { activeEditor } from "./sample";
import { LANGUAGES, type Server } from "./server";

/** How long the cursor must rest before the diagram follows it, in milliseconds. */
const REST = 120;

const FILES: Record<"svg" | "mermaid", { label: string; ending: string }> = {
  svg: { label: "SVG", ending: "svg" },
  mermaid: { label: "Mermaid", ending: "mmd" },
};

/** Where the diagram's pod is. */
interface Place {
  document: vscode.TextDocument;
  position: vscode.Position;
}

export class DiagramView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private place: Place | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly extensionUri: vscode.Uri,
  ) {
    this.subscriptions = [
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.place?.document) {
          this.soon();
        }
      }),
      server.onDidChangeState(() => this.soon()),
      vscode.commands.registerCommand("podls.showDiagram", () => this.show()),
      vscode.commands.registerCommand("podls.exportDiagram", () => this.exportAs()),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.subscriptions.forEach((it) => it.dispose());
  }

  private async show(): Promise<void> {
    this.place = placeOf(vscode.window.activeTextEditor) ?? this.place ?? placeOf(await activeEditor());
    if (!this.place) {
      return;
    }
    if (this.panel) {
      this.panel.reveal(undefined, true);
    } else {
      this.panel = this.open();
    }
    this.soon();
  }

  private open(): vscode.WebviewPanel {
    const media = vscode.Uri.joinPath(this.extensionUri, "media");
    const panel = vscode.window.createWebviewPanel(
      "podls.diagram",
      "Pod",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [media] },
    );
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, "images", "icon.png");
    panel.onDidDispose(() => (this.panel = undefined));
    panel.webview.onDidReceiveMessage((message: { command: string }) => this.receive(message.command));
    panel.webview.html = page(panel.webview, media);
    return panel;
  }

  /** The messages of the panel's buttons; `ready` comes each time the panel is shown again. */
  private receive(command: string): void {
    if (command === "ready") {
      void this.draw();
    } else if (command === "svg" || command === "mermaid") {
      void this.save(command);
    } else if (command === "copy") {
      void this.copy();
    }
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    const place = placeOf(editor);
    if (this.panel && place) {
      this.place = place;
      this.soon();
    }
  }

  private soon(): void {
    clearTimeout(this.timer);
    if (this.panel) {
      this.timer = setTimeout(() => void this.draw(), REST);
    }
  }

  private async draw(): Promise<void> {
    const place = this.place;
    const diagram = await this.ask("svg");
    if (!this.panel || place !== this.place) {
      return;
    }
    this.panel.title = diagram?.title || "Pod";
    const text = diagram === undefined ? "podls is not running." : "There is no pod here.";
    const message = diagram ? { svg: diagram.content, title: diagram.title } : { text };
    await this.panel.webview.postMessage(message);
  }

  /** The diagram; null where there is no pod, undefined without a server. */
  private async ask(format: DiagramFormat): Promise<Diagram | null | undefined> {
    const place = this.place;
    return place
      ? this.server.ask<Diagram>("podls/diagram", place.document, place.position, { format })
      : null;
  }

  private async exportAs(): Promise<void> {
    this.place = placeOf(vscode.window.activeTextEditor) ?? this.place;
    const files = Object.entries(FILES).map(([format, { label }]) => ({ label, format }));
    const items = [...files, { label: "Mermaid, to the clipboard", format: "copy" }];
    const chosen = await vscode.window.showQuickPick(items, { title: "Export Pod Diagram" });
    if (chosen) {
      this.receive(chosen.format);
    }
  }

  private async save(format: "svg" | "mermaid"): Promise<void> {
    const diagram = await this.wanted(format);
    const document = this.place?.document;
    if (!diagram || !document) {
      return;
    }
    const { label, ending } = FILES[format];
    const parsed = path.posix.parse(document.uri.path);
    const file = `${parsed.name}.${ending}`;
    const folder =
      document.uri.scheme === "untitled"
        ? vscode.workspace.workspaceFolders?.[0]?.uri
        : vscode.Uri.joinPath(document.uri, "..");
    const target = await vscode.window.showSaveDialog({
      defaultUri: folder && vscode.Uri.joinPath(folder, file),
      filters: { [label]: [ending] },
      title: "Save Pod Diagram",
    });
    if (target) {
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(diagram.content));
    }
  }

  private async copy(): Promise<void> {
    const diagram = await this.wanted("mermaid");
    if (diagram) {
      await vscode.env.clipboard.writeText(diagram.content);
      vscode.window.setStatusBarMessage("The diagram is in the clipboard.", 3000);
    }
  }

  private async wanted(format: DiagramFormat): Promise<Diagram | null | undefined> {
    const diagram = await this.ask(format);
    if (!diagram) {
      void vscode.window.showInformationMessage("podls has no diagram: put the cursor into a pod.");
    }
    return diagram;
  }
}

function placeOf(editor: vscode.TextEditor | undefined): Place | undefined {
  return editor && LANGUAGES.includes(editor.document.languageId)
    ? { document: editor.document, position: editor.selection.active }
    : undefined;
}

/** The page contains nothing of the document: it gets each diagram as a message. */
function page(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(media, file)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${uri("diagram.css")}">
<title>Pod</title>
</head>
<body>
<nav>
<button data-command="svg">Save SVG…</button>
<button data-command="mermaid">Save Mermaid…</button>
<button data-command="copy">Copy Mermaid</button>
</nav>
<main aria-live="polite"></main>
<script nonce="${nonce}" src="${uri("diagram.js")}"></script>
</body>
</html>`;
}
