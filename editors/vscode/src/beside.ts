/**
 * The extension *YAML* by Red Hat beside podls: each fault is told once. Of faults of the syntax that both
 * find, ours are left out; its schema for Kubernetes is switched off when the user wants that.
 */
import * as vscode from "vscode";
import type { vsdiag } from "vscode-languageclient/node";
import { documentStarts, doubled, isKubernetesSchema, withoutKubernetes, type Finding } from "./doubles";

const YAML = "redhat.vscode-yaml";
const ASKED = "podls.yamlSchemaAsked";

/** The findings in `report` that *YAML* does not report for the same document. */
export function withoutDoubles(
  document: vscode.TextDocument | vscode.Uri,
  report: vsdiag.DocumentDiagnosticReport,
): vsdiag.DocumentDiagnosticReport {
  if (!("items" in report) || document instanceof vscode.Uri || !vscode.extensions.getExtension(YAML)) {
    return report;
  }
  const theirs = vscode.languages.getDiagnostics(document.uri).map(finding);
  const starts = documentStarts(document.getText());
  // Without its id the server sends the complete report the next time, so that it can be filtered again.
  const items = report.items.filter((it) => !doubled(finding(it), theirs, starts));
  return { ...report, resultId: undefined, items };
}

function finding({ source, code, range, severity, relatedInformation }: vscode.Diagnostic): Finding {
  const related = (relatedInformation ?? []).map(({ location }) => location.range.start.line);
  return {
    source,
    code: typeof code === "object" ? code.value : code,
    lines: [range.start.line, ...related],
    error: severity === vscode.DiagnosticSeverity.Error,
  };
}

/** Calls `refresh` when the findings of *YAML* have changed; they come later than those of podls. */
export function watchYaml(refresh: () => void): vscode.Disposable {
  const seen = new Map<string, string>();
  return vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    if (!vscode.extensions.getExtension(YAML)) {
      return;
    }
    const changed = uris.filter((uri) => {
      const theirs = vscode.languages.getDiagnostics(uri).filter((it) => it.source !== "podls");
      const now = theirs.map((it) => `${it.source}:${it.range.start.line}`).join();
      const before = seen.get(uri.toString()) ?? "";
      seen.set(uri.toString(), now);
      return now !== before;
    });
    if (changed.length > 0) {
      refresh();
    }
  });
}

type Level = "globalValue" | "workspaceValue" | "workspaceFolderValue";

const LEVELS: [Level, vscode.ConfigurationTarget][] = [
  ["globalValue", vscode.ConfigurationTarget.Global],
  ["workspaceValue", vscode.ConfigurationTarget.Workspace],
  ["workspaceFolderValue", vscode.ConfigurationTarget.WorkspaceFolder],
];

/** Offers to remove Kubernetes from the schemas of *YAML*; not again once the user has answered. */
export async function offerWithoutSchema(memory: vscode.Memento): Promise<void> {
  if (memory.get(ASKED) || !vscode.extensions.getExtension(YAML) || !schemas().some(hasKubernetes)) {
    return;
  }
  const off = "Switch It Off";
  const keep = "Keep Both";
  const message =
    "The extension YAML checks Kubernetes manifests too (yaml.schemas), so some faults are reported twice. " +
    "Switch off its Kubernetes schema?";
  const answer = await vscode.window.showInformationMessage(message, off, keep);
  if (answer === off) {
    await switchSchemaOff();
  } else if (answer === keep) {
    await memory.update(ASKED, true);
  }
}

/** Removes Kubernetes from `yaml.schemas`, wherever it is set. */
export async function switchSchemaOff(): Promise<void> {
  const all = schemas();
  for (const [index, [, target]] of LEVELS.entries()) {
    const value = all[index];
    if (value && hasKubernetes(value)) {
      const rest = withoutKubernetes(value);
      const settings = vscode.workspace.getConfiguration("yaml");
      await settings.update("schemas", Object.keys(rest).length > 0 ? rest : undefined, target);
    }
  }
}

/** `yaml.schemas` as it is set on each of the levels. */
function schemas(): (Record<string, unknown> | undefined)[] {
  const set = vscode.workspace.getConfiguration("yaml").inspect<Record<string, unknown>>("schemas");
  return LEVELS.map(([level]) => set?.[level]);
}

function hasKubernetes(value: Record<string, unknown> | undefined): boolean {
  return Object.keys(value ?? {}).some(isKubernetesSchema);
}
