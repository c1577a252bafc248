/** What a list of code actions looks like to the user who chooses one. No use of the editor in here. */

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
