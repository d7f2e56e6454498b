/** Words that say nothing of what a text is about. */
const stopWords = new Set(
  'a an and are as at be but by can do for from has have how i if in into is it its no not of on or our so that the their then there these this to was we what when where which why will with you your'.split(
    ' ',
  ),
);

/** The words of a text in lower case, plural and verb endings taken off; names of Kubernetes also in their parts. */
export function wordsOf(text: string): string[] {
  const split =
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return split.filter((word) => word.length > 1 && !stopWords.has(word)).map(stem);
}

function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

/** BM25's usual constants: how fast repetition stops to count, and how much long texts are held back. */
const [k1, b] = [1.2, 0.75];

/** A full-text index over short texts. */
export class TextIndex {
  readonly #counts: readonly ReadonlyMap<string, number>[];
  readonly #lengths: readonly number[];
  readonly #holding = new Map<string, number>();
  readonly #usualLength: number;

  constructor(texts: readonly string[]) {
    const words = texts.map(wordsOf);
    this.#counts = words.map(counted);
    this.#lengths = words.map(({ length }) => length);
    this.#usualLength = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
    for (const counts of this.#counts) for (const word of counts.keys()) this.#holding.set(word, (this.#holding.get(word) ?? 0) + 1);
  }

  /** How well each text fits (BM25), in the order of the texts; `fits`: it has two of the query's words, or all of them. */
  scores(query: string): { score: number; fits: boolean }[] {
    const wanted = [...new Set(wordsOf(query))];
    return this.#counts.map((counts, index) => {
      const length = 1 - b + (b * (this.#lengths[index] ?? 0)) / Math.max(1, this.#usualLength);
      const found = wanted.filter((word) => counts.has(word));
      const score = found.reduce((sum, word) => {
        const times = counts.get(word) ?? 0;
        return sum + (this.#rarity(word) * times * (k1 + 1)) / (times + k1 * length);
      }, 0);
      return { score, fits: found.length > 0 && found.length >= Math.min(2, wanted.length) };
    });
  }

  #rarity(word: string): number {
    const holding = this.#holding.get(word) ?? 0;
    return Math.log(1 + (this.#counts.length - holding + 0.5) / (holding + 0.5));
  }
}

function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
