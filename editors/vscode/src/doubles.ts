/** Which findings are reported twice when *YAML* runs beside podls. This file does not use the editor. */

export interface Finding {
  source: string | undefined;
  code: string | number | undefined;
  /** Where it is, and where the places are that belong to it. */
  lines: number[];
  error: boolean;
}

/**
 * Whether `ours` is a fault that one of `theirs` tells as well. After the first fault of the syntax each
 * reader sees another text, so of those one of a document is enough; `starts` are the lines on which
 * documents start.
 */
export function doubled(ours: Finding, theirs: Finding[], starts: number[]): boolean {
  const told = theirs.filter((it) => it.source === "YAML" && it.error);
  const document = (line: number) => starts.filter((start) => start <= line).length;
  switch (ours.code) {
    case "duplicate-key":
      return told.some((it) => ours.lines.includes(it.lines[0]));
    case "yaml-syntax":
      return told.some((it) => document(it.lines[0]) === document(ours.lines[0]));
    default:
      return false;
  }
}

/** The lines on which a document of `text` starts. */
export function documentStarts(text: string): number[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, number) => (/^---(\s|$)/.test(line) ? [number] : []));
}

/** Whether a key of `yaml.schemas` is the built-in schema of Kubernetes, or the address of one. */
export function isKubernetesSchema(schema: string): boolean {
  return /^kubernetes$|\/kubernetes-json-schema\//i.test(schema);
}

export function withoutKubernetes(schemas: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).filter(([schema]) => !isKubernetesSchema(schema)));
}
