/** So many parts are remembered in each of two generations; a part that is not met again for that long is forgotten. */
const generation = 50_000;

type Part = unknown[] | Record<string, unknown>;

/**
 * Makes objects share their equal parts: the pods of one ReplicaSet have most of their spec, their labels and their
 * owner in common. What was shared must never be changed. This runs for every part of every object that is read: hence
 * the plain loops.
 */
export class EqualParts {
  private recent = new Map<number, Part>();
  private before = new Map<number, Part>();
  /** Of the part that `find` returned last. */
  private hash = 0;

  /** The object itself, its parts replaced by equal ones that were met before. */
  share<T>(whole: T): T {
    if (isPart(whole)) this.shareInside(whole);
    return whole;
  }

  private find(node: Part): Part {
    const hash = this.shareInside(node);
    this.hash = hash;
    const recent = this.recent.get(hash);
    if (recent !== undefined && isEqual(recent, node)) return recent;
    const before = this.before.get(hash);
    const found = before !== undefined && isEqual(before, node) ? before : node;
    this.remember(hash, found);
    return found;
  }

  /** A hash of all that is inside. */
  private shareInside(node: Part): number {
    return Array.isArray(node) ? this.shareItems(node) : this.shareFields(node);
  }

  private shareItems(items: unknown[]): number {
    let hash = 7;
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      if (isPart(item)) {
        items[index] = this.find(item);
        hash = mix(hash, this.hash);
      } else hash = mix(hash, hashOf(item));
    }
    return hash;
  }

  private shareFields(fields: Record<string, unknown>): number {
    let hash = 13;
    for (const key in fields) {
      const value = fields[key];
      hash = mix(hash, key.length);
      if (isPart(value)) {
        const found = this.find(value);
        if (found !== value) fields[key] = found;
        hash = mix(hash, this.hash);
      } else hash = mix(hash, hashOf(value));
    }
    return hash;
  }

  private remember(hash: number, node: Part): void {
    if (this.recent.size >= generation) {
      this.before = this.recent;
      this.recent = new Map();
    }
    this.recent.set(hash, node);
  }
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null;
}

/** What is inside them is shared already: equal parts of them are the same. */
function isEqual(a: Part, b: Part): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => item === b[index]);
  if (Array.isArray(b)) return false;
  let fields = 0;
  for (const key in a) {
    if (a[key] !== b[key]) return false;
    fields += 1;
  }
  for (const key in b) fields -= Object.hasOwn(a, key) ? 1 : 2;
  return fields === 0;
}

function mix(hash: number, more: number): number {
  return Math.imul(hash ^ more, 0x01000193);
}

/** Cheap: of a text its length and a few letters, most of them from its end, where names differ. Equality decides after. */
function hashOf(value: unknown): number {
  if (typeof value === 'number') return Math.imul(value, 31) ^ 5;
  if (typeof value !== 'string') return value === true ? 3 : value === false ? 2 : 1;
  const { length } = value;
  let hash = length;
  for (let index = length - 1; index >= 0 && index >= length - 6; index -= 1) hash = mix(hash, value.charCodeAt(index));
  return length === 0 ? hash : mix(mix(hash, value.charCodeAt(0)), value.charCodeAt(length >> 1));
}
