/** So many parts are remembered in each of two generations; a part that is not met again for that long is forgotten. */
const generation = 50_000;

/**
 * Makes objects share their equal parts: the pods of one ReplicaSet have most of their spec, their labels and their
 * owner in common. What was shared must never be changed.
 */
export class EqualParts {
  private recent = new Map<number, object>();
  private before = new Map<number, object>();
  /** Of the part that `part` returned last. */
  private hash = 0;

  /** The object itself, its parts replaced by equal ones that were met before. */
  share<T extends object>(whole: T): T {
    this.parts(whole);
    return whole;
  }

  private part<T extends object>(node: T): T {
    const hash = this.parts(node);
    const known = this.recent.get(hash) ?? this.before.get(hash);
    this.hash = hash;
    if (known !== undefined && hasSameParts(known, node)) {
      this.remember(hash, known);
      return known;
    }
    this.remember(hash, node);
    return node;
  }

  /** Shares what is inside; a hash of all of it. */
  private parts(node: object): number {
    let hash = Array.isArray(node) ? 7 : 13;
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'object' && value !== null) {
        const shared = this.part(value);
        if (shared !== value) Object.assign(node, { [key]: shared });
        hash = mix(mix(hash, hashOf(key)), this.hash);
      } else hash = mix(mix(hash, hashOf(key)), hashOf(value));
    }
    return hash;
  }

  private remember(hash: number, node: object): void {
    if (this.recent.size >= generation) {
      this.before = this.recent;
      this.recent = new Map();
    }
    this.recent.set(hash, node);
  }
}

/** Their own parts are shared already, so that equal ones are the same. */
function hasSameParts<T extends object>(known: object, node: T): known is T {
  if (Array.isArray(known) !== Array.isArray(node)) return false;
  const mine = Object.entries(known);
  const theirs = Object.entries(node);
  return mine.length === theirs.length && mine.every(([key, value], index) => theirs[index]?.[0] === key && theirs[index]?.[1] === value);
}

function mix(hash: number, more: number): number {
  return Math.imul(hash ^ more, 0x01000193);
}

/** Cheap: of a text its length and some letters, most of them from its end, where names differ. Equality decides after. */
function hashOf(value: unknown): number {
  if (typeof value === 'number') return Math.imul(value, 31) ^ 5;
  if (typeof value !== 'string') return value === true ? 3 : value === false ? 2 : 1;
  const { length } = value;
  let hash = length;
  for (let index = 0; index < 8 && index < length; index += 1) hash = mix(hash, value.charCodeAt(length - 1 - index));
  return mix(mix(hash, value.charCodeAt(0)), value.charCodeAt(length >> 1));
}
