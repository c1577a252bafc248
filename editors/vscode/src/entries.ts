/** What is shown to the user, as text. No use of the editor in here. */

export interface Entry<A> {
  label: string;
  detail?: string;
  action: A;
}

/**
 * The actions whose titles begin with `prefix`, without it: `Add sidecar: git-sync content` becomes
 * `git-sync content`. Under each stand the images of the containers that it brings.
 */
export function entries<A extends { title: string }>(
  actions: A[],
  prefix: string,
  text: (action: A) => string,
): Entry<A>[] {
  const start = `${prefix}:`;
  return actions
    .filter((action) => action.title.startsWith(start))
    .map((action) => ({
      label: action.title.slice(start.length).trim(),
      detail: images(text(action)).join(", ") || undefined,
      action,
    }));
}

function images(text: string): string[] {
  const found = text.matchAll(/(?:^|[\s{,])"?image"?:\s*"?([^\s",}]+)/g);
  return [...new Set([...found].map(([, image]) => image))];
}

/** How many findings there are: `2 errors, 1 warning`. */
export function findings(count: { errors: number; warnings: number; hints: number }): string {
  const words: [number, string][] = [
    [count.errors, "error"],
    [count.warnings, "warning"],
    [count.hints, "hint"],
  ];
  const told = words.filter(([number]) => number > 0);
  const parts = told.map(([number, word]) => `${number} ${word}${number === 1 ? "" : "s"}`);
  return parts.join(", ") || "no findings";
}
