import { isKind, type KubeObject, type ObjectRef } from '@quarterdeck/contract';
import type { Tracker } from '../incremental/tracker.ts';
import type { SlotChange } from './object-index.ts';
import { SlotLists } from './slot-list.ts';

const none: readonly string[] = [];

/** Services by their cluster addresses, and pods by theirs where these are not their node's. */
export class AddressIndex {
  readonly #tracker: Tracker;
  readonly #lists = new SlotLists();

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
  }

  /** To be called for every change of a Service or a pod. */
  follow({ slot, before, after }: SlotChange): void {
    const [from, to] = [addressesOf(before), addressesOf(after)];
    for (const address of from) if (!to.includes(address)) this.#lists.remove(address, slot);
    for (const address of to) if (!from.includes(address)) this.#lists.add(address, slot);
  }

  /** The Service that has an address, else the first pod by name; null for what is outside. */
  at(address: string): ObjectRef | null {
    const list = this.#tracker.isRecording ? this.#lists.at(address) : this.#lists.known(address);
    if (list === undefined) return null;
    this.#tracker.read(list.membersCell);
    const slots = list.members();
    return (slots.find(({ ref }) => ref.kind === 'Service') ?? slots[0])?.ref ?? null;
  }
}

function addressesOf(object: KubeObject | undefined): readonly string[] {
  if (object === undefined) return none;
  if (isKind(object, 'Service')) return (object.spec?.clusterIPs ?? [object.spec?.clusterIP]).flatMap((ip) => (ip && ip !== 'None' ? [ip] : []));
  if (isKind(object, 'Pod') && object.status?.podIP && object.spec?.hostNetwork !== true) return [object.status.podIP];
  return none;
}
