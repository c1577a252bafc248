/** Which findings are told twice when *YAML* runs beside podls. No use of the editor in here. */

export interface Finding {
  source: string | undefined;
  code: string | number | undefined;
  line: number;
  error: boolean;
}

/** The rules of ours about what every reader of YAML finds. */
const SYNTAX: (string | number | undefined)[] = ["yaml-syntax", "duplicate-key"];

/** Whether `ours` is a fault of the syntax that one of `theirs` tells as well. */
export function doubled(ours: Finding, theirs: Finding[]): boolean {
  return (
    SYNTAX.includes(ours.code) &&
    theirs.some((it) => it.source === "YAML" && it.error && it.line === ours.line)
  );
}

/** Whether a key of `yaml.schemas` is the built-in schema of Kubernetes, or the address of one. */
export function isKubernetesSchema(schema: string): boolean {
  return /^kubernetes$|\/kubernetes-json-schema\//i.test(schema);
}

export function withoutKubernetes(schemas: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).filter(([schema]) => !isKubernetesSchema(schema)));
}
