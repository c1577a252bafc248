/** What podls answers beyond the Language Server Protocol; `server/lsp` has the other side. */
import type { WorkspaceEdit } from "vscode-languageclient/node";

/** `podls/diagram`: a drawing of the pod at a position. */
export interface Diagram {
  title: string;
  format: DiagramFormat;
  content: string;
}

export type DiagramFormat = "svg" | "mermaid" | "text";

/** `podls/status`: the manifest at a position, and the findings in its file. */
export interface Status {
  kind: string;
  name: string;
  kubernetesVersion: string;
  errors: number;
  warnings: number;
  hints: number;
}

/** `podls/patterns`: a container that could be added to the pod at a position. */
export interface Pattern {
  name: string;
  pattern: PatternKind;
  title: string;
  about: string;
  /** It suits the app's image particularly well. */
  fits: boolean;
  edit: WorkspaceEdit;
}

export type PatternKind = "sidecar" | "adapter" | "ambassador" | "proxy" | "init-container";
