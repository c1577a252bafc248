/** What was found, in words. No use of the editor in here. */

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
