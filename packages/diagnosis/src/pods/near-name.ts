/** The number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other; above `most` some larger number. */
export function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = rowOf(a, b, i, above, before);
    // No later cell is less than the least of two neighbouring rows.
    if (most !== Number.POSITIVE_INFINITY && Math.min(...row) > most && Math.min(...above) > most) return most + 1;
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
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  let isTie = false;
  for (const candidate of candidates) {
    if (candidate === name || candidate === best) continue;
    const most = Math.min(name.length, candidate.length) < 6 ? 1 : 2;
    const distance = isPlainlySame(name, candidate) ? 0 : editDistance(name, candidate, most);
    if (distance > most || distance > least) continue;
    isTie = distance === least;
    least = distance;
    best = candidate;
  }
  return isTie ? null : best;
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

/** Whether two names are the same but for separators, case and a plural; most names differ in the first letters already. */
function isPlainlySame(a: string, b: string): boolean {
  let [i, j] = [0, 0];
  for (;;) {
    while (isSeparator(a[i])) i += 1;
    while (isSeparator(b[j])) j += 1;
    const [left, right] = [a[i]?.toLowerCase(), b[j]?.toLowerCase()];
    if (left === undefined || right === undefined) return isPluralEnd(a, i) && isPluralEnd(b, j);
    if (left !== right) return false;
    i += 1;
    j += 1;
  }
}

function isSeparator(letter: string | undefined): boolean {
  return letter === '-' || letter === '_' || letter === '.';
}

/** Whether nothing but a plural's ending is left. */
function isPluralEnd(name: string, from: number): boolean {
  return /^[-_.]*s?[-_.]*$/i.test(name.slice(from));
}
