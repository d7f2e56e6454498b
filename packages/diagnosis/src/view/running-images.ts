import { isKind, type KubeObject, type ObjectRef } from '@quarterdeck/contract';
import { Cell } from '../incremental/cell.ts';
import type { Tracker } from '../incremental/tracker.ts';
import { containersOf, isReady } from '../pods/containers.ts';
import type { SlotChange } from './object-index.ts';
import { SlotLists } from './slot-list.ts';

const none: readonly string[] = [];

/** The images that containers run well with, and in which pods. */
export class RunningImages {
  readonly #tracker: Tracker;
  readonly #pods = new SlotLists();
  /** In how many pods each image runs. */
  readonly #counts = new Map<string, number>();
  readonly #cell = new Cell();
  #sorted: readonly string[] | null = null;

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
  }

  /** To be called for every change of a pod. */
  follow({ slot, before, after }: SlotChange): void {
    const [from, to] = [imagesOf(before), imagesOf(after)];
    for (const image of from) {
      if (to.includes(image)) continue;
      this.#pods.remove(image, slot);
      this.#count(image, -1);
    }
    for (const image of to) {
      if (from.includes(image)) continue;
      this.#pods.add(image, slot);
      this.#count(image, 1);
    }
  }

  all(): readonly string[] {
    this.#tracker.read(this.#cell);
    this.#sorted ??= [...this.#counts.keys()].sort();
    return this.#sorted;
  }

  podsWith(image: string): readonly ObjectRef[] {
    const list = this.#tracker.isRecording ? this.#pods.at(image) : this.#pods.known(image);
    if (list === undefined) return [];
    this.#tracker.read(list.membersCell);
    return list.members().map(({ ref }) => ref);
  }

  #count(image: string, change: 1 | -1): void {
    const before = this.#counts.get(image) ?? 0;
    const after = before + change;
    if (after === 0) this.#counts.delete(image);
    else this.#counts.set(image, after);
    if (before > 0 && after > 0) return;
    this.#sorted = null;
    this.#cell.change();
  }
}

function imagesOf(object: KubeObject | undefined): readonly string[] {
  if (object === undefined || !isKind(object, 'Pod') || !isReady(object)) return none;
  return [...new Set(containersOf(object).flatMap(({ spec, status }) => (status?.ready === true && spec.image !== undefined ? [spec.image] : [])))];
}
