/** The multi-container patterns: *Add Sidecar…* and similar commands. */
import * as vscode from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient/node";
import { plain, type Change } from "./edits";
import { chooseEdit, type Choice, type Row } from "./preview";
import type { Pattern, PatternKind } from "./protocol";
import { activeEditor } from "./sample";
import type { Server } from "./server";

/** What a command adds, and its name. */
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

/** The commands of code actions, each of which opens a list. */
export const LIST_COMMANDS = Object.keys(COMMANDS);

export function registerPatterns(server: Server): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([command, patterns]) =>
    vscode.commands.registerCommand(command, () =>
      add(server, KINDS.filter((kind) => patterns.includes(kind.pattern))),
    ),
  );
}

async function add(server: Server, kinds: Kind[]): Promise<void> {
  const editor = await activeEditor();
  if (!editor) {
    return;
  }
  const { document, selection } = editor;
  const title = kinds.length > 1 ? "Add to the pod" : kinds[0].title;
  const found = await server.ask<Pattern[]>("podls/patterns", document, selection.active);
  if (found === undefined) {
    void vscode.window.showWarningMessage(`${title}: podls does not answer, see the output podls.`);
    return;
  }
  const rows = await grouped(kinds, (kind) => choices(server, document, kind, found ?? []));
  if (rows.length === 0) {
    const place = "Put the cursor in a pod, preferably in a container, and try again.";
    void vscode.window.showInformationMessage(`${title}: nothing fits here. ${place}`);
    return;
  }
  await chooseEdit(editor, title, rows);
}

/** The entries of `found` of this kind; those that fit the app are first. */
function choices(
  server: Server,
  document: vscode.TextDocument,
  kind: Kind,
  found: Pattern[],
): Promise<Choice[]> {
  const some = found.filter((it) => it.pattern === kind.pattern);
  some.sort((a, b) => Number(b.fits) - Number(a.fits));
  return Promise.all(
    some.map(async ({ title, fits, about, edit }) => ({
      label: title,
      description: fits ? "for this app" : undefined,
      detail: about,
      edit: await server.editor(edit),
      ...written(document, edit),
    })),
  );
}

/** The changes of `edit` in `document`, and whether they have places to fill in. */
function written(
  document: vscode.TextDocument,
  edit: WorkspaceEdit,
): { changes: Change[]; hasPlaces: boolean } {
  const offset = ({ line, character }: { line: number; character: number }) =>
    document.offsetAt(new vscode.Position(line, character));
  const edits = (edit.documentChanges ?? []).flatMap((it) => ("edits" in it ? it.edits : []));
  const changes = edits.map((it) => ({
    start: offset(it.range.start),
    end: offset(it.range.end),
    text: "snippet" in it ? plain(it.snippet.value) : it.newText,
  }));
  return { changes, hasPlaces: edits.some((it) => "snippet" in it) };
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
