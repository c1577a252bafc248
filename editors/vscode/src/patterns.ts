/** The multi-container patterns: the commands *Add Sidecar…* and its like. */
import * as vscode from "vscode";
import { entries } from "./entries";
import { chooseEdit, type Choice, type Row } from "./preview";
import type { Pattern, PatternKind } from "./protocol";
import type { Server } from "./server";

/** What a command adds, and how the titles of the code actions for it begin. */
interface Kind {
  pattern: PatternKind;
  title: string;
  plural: string;
}

const KINDS: Kind[] = [
  { pattern: "sidecar", title: "Add sidecar", plural: "sidecars" },
  { pattern: "adapter", title: "Add adapter", plural: "adapters" },
  { pattern: "ambassador", title: "Add ambassador", plural: "ambassadors" },
  { pattern: "proxy", title: "Add proxy", plural: "proxies" },
  { pattern: "init-container", title: "Add init container", plural: "init containers" },
];

const COMMANDS: Record<string, PatternKind[]> = {
  "podls.addContainer": KINDS.map((kind) => kind.pattern),
  "podls.addSidecar": ["sidecar"],
  "podls.addAdapter": ["adapter"],
  "podls.addAmbassador": ["ambassador"],
  "podls.addProxy": ["proxy"],
  "podls.addInitContainer": ["init-container"],
};

export function registerPatterns(server: Server): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([command, patterns]) =>
    vscode.commands.registerCommand(command, () =>
      add(server, KINDS.filter((kind) => patterns.includes(kind.pattern))),
    ),
  );
}

async function add(server: Server, kinds: Kind[]): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return;
  }
  const rows = (await offered(server, editor, kinds)) ?? (await ofActions(editor, kinds));
  const title = kinds.length > 1 ? "Add to the pod" : kinds[0].title;
  if (rows.length === 0) {
    const place = "Put the cursor into a pod, best of all into a container, and try again.";
    void vscode.window.showInformationMessage(`${title}: nothing fits here. ${place}`);
    return;
  }
  await chooseEdit(editor, title, rows);
}

/** The rows of `podls/patterns`; none at all from a server that does not know it. */
async function offered(
  server: Server,
  editor: vscode.TextEditor,
  kinds: Kind[],
): Promise<Row[] | undefined> {
  const found = await server.ask<Pattern[]>("podls/patterns", editor.document, editor.selection.active);
  if (found === undefined) {
    return undefined;
  }
  return grouped(kinds, async (kind) => {
    const some = (found ?? []).filter((it) => it.pattern === kind.pattern);
    some.sort((a, b) => Number(b.fits) - Number(a.fits));
    return Promise.all(some.map((it) => choice(server, it)));
  });
}

async function choice(server: Server, pattern: Pattern): Promise<Choice> {
  return {
    label: pattern.title,
    description: pattern.fits ? "for this app" : undefined,
    detail: pattern.about,
    edit: await server.editor(pattern.edit),
  };
}

/** The rows of the code actions in the light bulb. */
async function ofActions(editor: vscode.TextEditor, kinds: Kind[]): Promise<Row[]> {
  const { document, selection } = editor;
  const refactor = vscode.CodeActionKind.Refactor.value;
  const found = await vscode.commands.executeCommand<vscode.CodeAction[] | undefined>(
    "vscode.executeCodeActionProvider",
    document.uri,
    selection,
    refactor,
  );
  return grouped(kinds, async (kind) =>
    entries(found ?? [], kind.title, written).flatMap(({ label, detail, action }) =>
      action.edit ? [{ label, detail, edit: action.edit }] : [],
    ),
  );
}

/** The choices of each kind, below a line with its name if there are several kinds. */
async function grouped(kinds: Kind[], choices: (kind: Kind) => Promise<Choice[]>): Promise<Row[]> {
  const groups = await Promise.all(
    kinds.map(async (kind): Promise<Row[]> => {
      const some = await choices(kind);
      const line = { label: kind.plural, kind: vscode.QuickPickItemKind.Separator };
      return some.length > 0 && kinds.length > 1 ? [line, ...some] : some;
    }),
  );
  return groups.flat();
}

/** All that an action would write. */
function written(action: vscode.CodeAction): string {
  const edits = action.edit?.entries() ?? [];
  return edits.flatMap(([, changes]) => changes.map((change) => change.newText)).join("\n");
}
