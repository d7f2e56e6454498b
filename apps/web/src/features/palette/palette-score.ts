/**
 * How well a command fits what was typed: every word must occur, in the label rather than in the other words, at the
 * beginning rather than inside. 0: not at all. No guessing at letters: kinds and names are too much alike.
 */
export function paletteScore(_id: string, search: string, keywords: readonly string[] = []): number {
  const [label = '', others = ''] = keywords.map((text) => text.toLowerCase());
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const scores = words.map((word) => wordScore(word, label, others));
  return Math.min(1, ...scores);
}

function wordScore(word: string, label: string, others: string): number {
  if (label === word) return 1;
  if (label.startsWith(word)) return 0.9;
  if (others.split(' ').includes(word)) return 0.8;
  if (label.includes(` ${word}`)) return 0.7;
  if (label.includes(word)) return 0.5;
  return others.includes(word) ? 0.3 : 0;
}
