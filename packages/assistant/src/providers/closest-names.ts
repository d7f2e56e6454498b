const mostNames = 3;

/** The names that somebody may have meant, closest first: those that contain it or a few letters away. */
export function closestNames(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const farthest = Math.max(2, Math.floor(wanted.length / 3));
  return known
    .map((one) => ({ one, far: distance(wanted, one.toLowerCase()), contains: one.toLowerCase().includes(wanted) }))
    .filter(({ one, far, contains }) => (far <= farthest || contains) && one !== name)
    .sort((a, b) => a.far - b.far || a.one.length - b.one.length)
    .slice(0, mostNames)
    .map(({ one }) => one);
}

/** How many letters must be put in, left out or replaced (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
