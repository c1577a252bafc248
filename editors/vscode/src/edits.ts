/** What an edit makes of a text. No use of the editor in here. */

/** Replaces what is between two offsets. */
export interface Change {
  start: number;
  end: number;
  text: string;
}

/** `text` after `changes`, which do not overlap; those at one place are made in their order. */
export function changed(text: string, changes: Change[]): string {
  const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  let made = "";
  let at = 0;
  for (const change of sorted) {
    made += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return made + text.slice(at);
}

/** Where the most is written: there the user looks first. */
export function main(changes: Change[]): Change | undefined {
  return changes.reduce<Change | undefined>(
    (most, change) => (most && most.text.length >= change.text.length ? most : change),
    undefined,
  );
}

/** What a snippet of ours writes while nothing is filled in: places have numbers and defaults. */
export function plain(snippet: string): string {
  return snippet.replace(/\\(.)|\$\{\d+:|\}/gs, (_, escaped?: string) => escaped ?? "");
}
