import type { LabelSelector, LabelSelectorRequirement } from 'kubernetes-types/meta/v1.js';

export type Labels = Readonly<Record<string, string>>;

/** Whether labels fit a selector. An absent selector fits nothing and an empty one everything, as the API says. */
export function selectorMatches(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  if (selector === undefined) return false;
  const own = labels ?? {};
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => own[key] === value);
  return equal && (selector.matchExpressions ?? []).every((requirement) => requirementMatches(requirement, own));
}

function requirementMatches(requirement: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labels[requirement.key];
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

interface Labelled {
  metadata: { labels?: Record<string, string> | undefined };
}

/** Finds what a selector fits without trying everything: the rarest of its labels decides what is looked at. */
export class LabelIndex<T extends Labelled> {
  readonly #all: readonly T[];
  readonly #byLabel = new Map<string, T[]>();

  constructor(items: readonly T[]) {
    this.#all = items;
    for (const item of items) {
      for (const [key, value] of Object.entries(item.metadata.labels ?? {})) this.#add(`${key}=${value}`, item);
    }
  }

  matching(selector: LabelSelector | undefined): T[] {
    if (selector === undefined) return [];
    let candidates: readonly T[] = this.#all;
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      const list = this.#byLabel.get(`${key}=${value}`) ?? [];
      if (list.length < candidates.length) candidates = list;
    }
    return candidates.filter((item) => selectorMatches(selector, item.metadata.labels));
  }

  #add(key: string, item: T): void {
    const list = this.#byLabel.get(key);
    if (list === undefined) this.#byLabel.set(key, [item]);
    else list.push(item);
  }
}
