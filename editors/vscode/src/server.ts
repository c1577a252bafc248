/** The server's process: which program it is, and how it is started, stopped and started again. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import {
  DocumentDiagnosticRequest,
  LanguageClient,
  type Middleware,
  State,
  type StaticFeature,
  type WorkspaceEdit,
} from "vscode-languageclient/node";
import { withoutDoubles } from "./beside";
import { LIST_COMMANDS } from "./patterns";

/** What the user is told about the server. */
export type ServerState =
  | { kind: "starting" | "stopped" }
  | { kind: "running"; version: string }
  | { kind: "failed"; reason: string };

export const LANGUAGES = ["yaml", "json", "jsonc"];

const DOCUMENTS = LANGUAGES.flatMap((language) => [
  { language, scheme: "file" },
  { language, scheme: "untitled" },
]);

/** Tells the server that code actions may open a list of what can be added. */
const canOpenLists: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...capabilities.experimental, commands: { commands: LIST_COMMANDS } };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ServerState>();
  readonly onDidChangeState = this.changed.event;
  private readonly checked = new vscode.EventEmitter<void>();
  /** A document has been checked: the server knows it as it is now. */
  readonly onDidCheck = this.checked.event;
  private client: LanguageClient | undefined;
  /** Starts and stops wait for each other: two clients at once would show every finding twice. */
  private queue: Promise<void> = Promise.resolve();

  private readonly middleware: Middleware = {
    provideDiagnostics: async (document, previous, token, next) => {
      const report = await next(document, previous, token);
      this.checked.fire();
      return report && withoutDoubles(document, report);
    },
    workspace: {
      // A server that is just being replaced need not know; its client would tell the user of an error.
      didChangeConfiguration: (sections, next) =>
        next(sections).catch((error) => this.output.warn(`settings: ${messageOf(error)}`)),
    },
  };

  constructor(
    private readonly extensionPath: string,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /** Starts the server; one that runs is ended before. A failure is told to the user. */
  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.end();
      await this.start();
    });
  }

  /**
   * What the server answers to one of our own requests about a place; null where it has nothing to say,
   * undefined when it does not answer.
   */
  async ask<Answer>(
    request: string,
    document: vscode.TextDocument,
    position: vscode.Position,
    more?: object,
  ): Promise<Answer | null | undefined> {
    const client = this.client;
    if (!client?.isRunning()) {
      return undefined;
    }
    const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(document);
    const place = { textDocument, position: client.code2ProtocolConverter.asPosition(position) };
    try {
      return await client.sendRequest<Answer | null>(request, { ...place, ...more });
    } catch (error) {
      this.output.warn(`${request}: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** The editor's form of an edit of ours. */
  async editor(edit: WorkspaceEdit): Promise<vscode.WorkspaceEdit> {
    return (await this.client?.protocol2CodeConverter.asWorkspaceEdit(edit)) ?? new vscode.WorkspaceEdit();
  }

  /** Asks for the findings of all open documents again. */
  refreshDiagnostics(): void {
    this.client?.getFeature(DocumentDiagnosticRequest.method)?.refresh();
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.end());
  }

  dispose(): void {
    this.changed.dispose();
    this.checked.dispose();
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step, step);
    return this.queue;
  }

  private async start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration("podls.server");
    const set = settings.get<string | null>("path") ?? undefined;
    const command = program(set, this.extensionPath);
    if (!command) {
      const reason = set
        ? `the setting podls.server.path names \`${set}\`, which is not there`
        : "it is neither in the extension nor on the PATH";
      this.changed.fire({ kind: "failed", reason });
      void offerSettings(reason);
      return;
    }
    const env = { ...process.env, ...settings.get<Record<string, string>>("extraEnv") };
    // Each start takes a client of its own: one whose start failed can never be started again.
    const client = new LanguageClient(
      "podls",
      "podls",
      { command, options: { env } },
      { documentSelector: DOCUMENTS, outputChannel: this.output, middleware: this.middleware },
    );
    client.registerFeature(canOpenLists);
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (this.client === client) {
        this.changed.fire(stateOf(client, newState));
      }
    });
    try {
      await client.start();
    } catch (error) {
      // The client has told the user.
      this.changed.fire({ kind: "failed", reason: `${command}: ${messageOf(error)}` });
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // `stop` and `dispose` throw for a client that does not run.
    if (client?.needsStop()) {
      await client.stop().catch((error) => this.output.appendLine(messageOf(error)));
    }
    this.changed.fire({ kind: "stopped" });
  }
}

/**
 * The program to start: the one that is set, else the one in the extension, else that on the PATH or where
 * `cargo install` puts it: VS Code, started from a menu, often has a shorter PATH than a terminal.
 */
function program(set: string | undefined, extensionPath: string): string | undefined {
  const name = process.platform === "win32" ? "podls.exe" : "podls";
  const bundled = path.join(extensionPath, "server", name);
  const installed = path.join(os.homedir(), ".cargo", "bin", name);
  return set ? found(set) : (found(bundled) ?? found(name) ?? found(installed));
}

/** The file that `command` means, if there is one: a path, or a name on the PATH. */
function found(command: string): string | undefined {
  const folders = path.basename(command) === command ? (process.env.PATH ?? "").split(path.delimiter) : [""];
  return folders.map((folder) => path.join(folder, command)).find((file) => fs.existsSync(file));
}

function stateOf(client: LanguageClient, state: State): ServerState {
  switch (state) {
    case State.Running:
      return { kind: "running", version: client.initializeResult?.serverInfo?.version ?? "" };
    case State.Starting:
      return { kind: "starting" };
    case State.StartFailed:
      return { kind: "failed", reason: "it could not be started" };
    default:
      return { kind: "stopped" };
  }
}

async function offerSettings(reason: string): Promise<void> {
  const open = "Open Settings";
  if ((await vscode.window.showErrorMessage(`podls cannot be started: ${reason}.`, open)) === open) {
    await vscode.commands.executeCommand(settingsCommand(), { query: "podls.server.path" });
  }
}

/** Opens the settings where the path is set, or else where it can be. */
function settingsCommand(): string {
  const set = vscode.workspace.getConfiguration("podls").inspect("server.path");
  if (set?.workspaceValue) {
    return "workbench.action.openWorkspaceSettings";
  }
  return `workbench.action.open${vscode.env.remoteName ? "Remote" : ""}Settings`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
