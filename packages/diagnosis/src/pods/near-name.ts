/** The number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = rowOf(a, b, i, above, before);
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

function rowOf(a: string, b: string, i: number, above: readonly number[], before: readonly number[]): number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j += 1) {
    const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swaps ? (before[j - 2] ?? 0) + 1 : replaced));
  }
  return row;
}

/**
 * The name that was most likely meant: at most two edits away (one for short names), or the same words with different
 * separators, case or plural. Null where nothing is like it, or two are equally like it.
 */
export function nearMiss(name: string, candidates: Iterable<string>): string | null {
  const ranked = [...new Set(candidates)]
    .filter((candidate) => candidate !== name)
    .map((candidate) => ({ candidate, distance: plain(candidate) === plain(name) ? 0 : editDistance(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= (Math.min(name.length, candidate.length) < 6 ? 1 : 2))
    .toSorted((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  const [best, second] = ranked;
  return best === undefined || (second !== undefined && second.distance === best.distance) ? null : best.candidate;
}

const mostNames = 5;

/** Names to offer in place of one that there is not: those that contain it or share its words first, then by distance; at most five. */
export function nearestNames(name: string, candidates: readonly string[]): string[] {
  const words = name.split(/[^a-z0-9]+/).filter((word) => word.length > 2);
  const ranked = candidates.map((candidate) => ({
    candidate,
    shared: words.filter((word) => candidate.includes(word)).length,
    distance: editDistance(name, candidate),
  }));
  return ranked
    .filter(({ shared, distance }) => shared > 0 || distance <= Math.max(2, name.length / 3))
    .toSorted((a, b) => b.shared - a.shared || a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, mostNames)
    .map(({ candidate }) => candidate);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]/g, '').replace(/s$/, '');
}
