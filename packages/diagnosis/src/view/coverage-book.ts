import type { CustomKind, KindCoverage } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, groupOf, type ObjectRef } from '@quarterdeck/contract';
import { Cell } from '../incremental/cell.ts';
import { equalValues } from '../incremental/equal-values.ts';
import type { Tracker } from '../incremental/tracker.ts';
import type { StateCoverage } from './cluster-state.ts';
import type { ClusterView } from './cluster-view.ts';
import { isBuiltInKind, isTypedKind, kindKey } from './typed-kind.ts';

/** What was read and what was not. It changes seldom, and as a whole. */
export class CoverageBook {
  readonly scope: ClusterView['scope'];
  readonly #tracker: Tracker;
  readonly #cell = new Cell();
  #known: Required<StateCoverage> = { coverage: {}, reasons: {}, customKinds: [] };
  #customs: ReadonlyMap<string, CustomKind> = new Map();

  constructor(tracker: Tracker, scope: ClusterView['scope']) {
    this.#tracker = tracker;
    this.scope = scope;
  }

  set({ coverage, reasons = {}, customKinds = [] }: StateCoverage): void {
    const next = { coverage, reasons, customKinds };
    if (equalValues(this.#known, next)) return;
    this.#known = next;
    this.#customs = new Map(customKinds.map((custom) => [kindKey(custom.apiVersion, custom.kind), custom]));
    this.#cell.change();
  }

  of(kind: BuiltInKind): KindCoverage {
    return this.#read().coverage[kind] ?? 'unread';
  }

  /** Why a kind was not read; undefined where nobody says. */
  reason(kind: BuiltInKind): string | undefined {
    return this.#read().reasons[kind];
  }

  customKinds(): readonly CustomKind[] {
    return this.#read().customKinds;
  }

  /** The custom kind that an object is of. */
  customKindOf(ref: { apiVersion: string; kind: string }): CustomKind | undefined {
    this.#read();
    return this.#customs.get(kindKey(ref.apiVersion, ref.kind));
  }

  covers(namespace: string | null | undefined): boolean {
    return this.scope === null || namespace === null || namespace === undefined || this.scope.includes(namespace);
  }

  /** Whether an object would have been seen if it were there. */
  isReadable(ref: ObjectRef): boolean {
    const kind = isBuiltInKind(ref.kind) && isTypedKind(ref.apiVersion, ref.kind) ? ref.kind : null;
    if (kind !== null) return this.of(kind) === 'read' && (!builtInKinds[kind].namespaced || this.covers(ref.namespace));
    const custom = this.customKindOf(ref);
    if (custom !== undefined) return custom.coverage === 'read' && (!custom.namespaced || this.covers(ref.namespace));
    // Where all definitions are known, a kind of an installed group's like that none of them defines is not there at all.
    return this.of('CustomResourceDefinition') === 'read' && mayBeDefined(groupOf(ref.apiVersion));
  }

  #read(): Required<StateCoverage> {
    this.#tracker.read(this.#cell);
    return this.#known;
  }
}

/** Groups of Kubernetes itself are served without definitions. */
function mayBeDefined(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}
