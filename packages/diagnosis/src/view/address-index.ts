import { isKind, type KindTypes, type KubeObject, type ObjectRef } from '@quarterdeck/contract';
import type { Tracker } from '../incremental/tracker.ts';
import type { SlotChange } from './object-index.ts';
import { type SlotList, SlotLists } from './slot-list.ts';

const none: readonly string[] = [];

/** Objects by the names that other things call them by. */
class NamedObjects {
  readonly #tracker: Tracker;
  readonly #lists = new SlotLists();
  readonly #namesOf: (object: KubeObject) => readonly string[];

  constructor(tracker: Tracker, namesOf: (object: KubeObject) => readonly string[]) {
    this.#tracker = tracker;
    this.#namesOf = namesOf;
  }

  follow({ slot, before, after }: SlotChange): void {
    const [from, to] = [before, after].map((object) => (object === undefined ? none : this.#namesOf(object)));
    for (const name of from ?? none) if (to?.includes(name) !== true) this.#lists.remove(name, slot);
    for (const name of to ?? none) {
      if (from?.includes(name) === true) this.#lists.known(name)?.touch();
      else this.#lists.add(name, slot);
    }
  }

  at(name: string): SlotList | undefined {
    return this.#tracker.isRecording ? this.#lists.at(name) : this.#lists.known(name);
  }
}

/** Services by their cluster addresses, and pods by theirs where these are not their node's; Ingresses by their hosts. */
export class AddressIndex {
  readonly #tracker: Tracker;
  readonly #addresses: NamedObjects;
  readonly #hosts: NamedObjects;

  constructor(tracker: Tracker) {
    this.#tracker = tracker;
    this.#addresses = new NamedObjects(tracker, addressesOf);
    this.#hosts = new NamedObjects(tracker, hostsOf);
  }

  /** To be called for every change of a Service, a pod or an Ingress. */
  follow(change: SlotChange): void {
    if (change.slot.ref.kind === 'Ingress') this.#hosts.follow(change);
    else this.#addresses.follow(change);
  }

  /** The Service that has an address, else the first pod by name; null for what is outside. */
  at(address: string): ObjectRef | null {
    const list = this.#addresses.at(address);
    if (list === undefined) return null;
    this.#tracker.read(list.membersCell);
    const slots = list.members();
    return (slots.find(({ ref }) => ref.kind === 'Service') ?? slots[0])?.ref ?? null;
  }

  /** The Ingresses with a rule for a host, by name. */
  ingressesFor(host: string): readonly KindTypes['Ingress'][] {
    const list = this.#hosts.at(host);
    if (list === undefined) return [];
    this.#tracker.read(list.objectsCell);
    return list.objects().filter((object) => isKind(object, 'Ingress'));
  }
}

function addressesOf(object: KubeObject): readonly string[] {
  if (isKind(object, 'Service')) return (object.spec?.clusterIPs ?? [object.spec?.clusterIP]).flatMap((ip) => (ip && ip !== 'None' ? [ip] : []));
  if (isKind(object, 'Pod') && object.status?.podIP && object.spec?.hostNetwork !== true) return [object.status.podIP];
  return none;
}

function hostsOf(object: KubeObject): readonly string[] {
  const rules = isKind(object, 'Ingress') ? (object.spec?.rules ?? []) : [];
  return [...new Set(rules.flatMap(({ host }) => host ?? []))];
}
