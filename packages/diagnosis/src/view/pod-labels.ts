import type { LabelSelector } from 'kubernetes-types/meta/v1.js';
import { selectorMatches } from '../graph/label-selector.ts';
import { equalValues } from '../incremental/equal-values.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { SlotChange } from './object-index.ts';
import type { ObjectSlot } from './object-slot.ts';
import { type SlotList, SlotLists } from './slot-list.ts';

type Labels = Readonly<Record<string, string>>;

/** Pods by their labels: what changes about a pod besides them reaches no selector. */
export class PodLabels {
  readonly #tracker: Tracker;
  readonly #lists = new SlotLists();

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
  }

  /** To be called for every change of a pod. */
  follow({ slot, before, after }: SlotChange): void {
    const [from, to] = [before?.metadata.labels, after?.metadata.labels];
    if (before !== undefined && after !== undefined && equalValues(from ?? {}, to ?? {})) return;
    if (before !== undefined) for (const key of keysOf(slot, from)) this.#lists.remove(key, slot);
    if (after !== undefined) for (const key of keysOf(slot, to)) this.#lists.add(key, slot);
  }

  /** The pods of a namespace that a selector fits, by name. */
  matching(namespace: string, selector: LabelSelector | undefined): readonly ObjectSlot[] {
    if (selector === undefined) return [];
    const list = this.#narrowest(namespace, selector);
    this.#tracker.read(list.membersCell);
    return list.members().filter(({ object }) => selectorMatches(selector, object?.metadata.labels));
  }

  /** Everything that fits is in the list of each label that the selector names: the shortest decides what is looked at. */
  #narrowest(namespace: string, selector: LabelSelector): SlotList {
    let narrowest: SlotList | null = null;
    for (const [name, value] of Object.entries(selector.matchLabels ?? {})) {
      const key = labelKey(namespace, name, value);
      const list = this.#lists.known(key);
      if (list === undefined) return this.#lists.at(key);
      if (narrowest === null || list.size < narrowest.size) narrowest = list;
    }
    return narrowest ?? this.#lists.at(namespace);
  }
}

function keysOf({ ref }: ObjectSlot, labels: Labels = {}): string[] {
  const namespace = ref.namespace ?? '';
  return [namespace, ...Object.entries(labels).map(([name, value]) => labelKey(namespace, name, value))];
}

function labelKey(namespace: string, name: string, value: string): string {
  return `${namespace}|${name}=${value}`;
}
