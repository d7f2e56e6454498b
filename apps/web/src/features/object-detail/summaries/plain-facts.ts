export interface PlainFact {
  path: string;
  value: string;
}

const deepest = 3;
const longest = 200;

/** Pure. The plain values of an object's part, by their path; what is larger is told by its size. */
export function plainFacts(part: unknown, most: number): PlainFact[] {
  return [...walk(part, '', 0)].filter(({ path }) => path !== 'conditions').slice(0, most);
}

function* walk(value: unknown, path: string, depth: number): Iterable<PlainFact> {
  if (value === null || value === undefined || value === '') return;
  if (typeof value !== 'object') yield { path, value: cut(String(value)) };
  else if (Array.isArray(value)) yield* listFact(value, path);
  else if (depth >= deepest) yield { path, value: '{…}' };
  else for (const [key, below] of Object.entries(value)) yield* walk(below, path === '' ? key : `${path}.${key}`, depth + 1);
}

function listFact(list: readonly unknown[], path: string): PlainFact[] {
  if (list.length === 0) return [];
  const plain = list.every((each) => typeof each !== 'object');
  return [{ path, value: plain ? cut(list.join(', ')) : `[${list.length}]` }];
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
