import { type ClusterAccess, mayListAll, mayListEverywhere, reachableNamespaces, type Transport } from '@quarterdeck/cluster';
import type { Namespaces, ResourceKind } from '@quarterdeck/contract';

/** Rights are seldom given in a hurry. Milliseconds. */
const lifetime = 300_000;
/** A stream for each kind and namespace: more than these would be felt by the API server. */
const mostNamespaces = 12;

interface Kept<T> {
  value: Promise<T>;
  until: number;
}

/**
 * How far one login reaches in one cluster: which kinds it may list everywhere, and which namespaces are left where it
 * may not. Asked before, so that no request is made in order to be refused.
 */
export class ClusterReach {
  private readonly access: () => Promise<ClusterAccess>;
  private readonly hints: () => { context: string | null; typed: readonly string[] };
  private readonly now: () => number;
  private readonly everywhere = new Map<string, Kept<boolean>>();
  private known: Kept<Namespaces> | null = null;
  private all: Kept<boolean> | null = null;
  private readonly ending = new AbortController();

  constructor(access: () => Promise<ClusterAccess>, hints: () => { context: string | null; typed: readonly string[] }, now: () => number = Date.now) {
    this.access = access;
    this.hints = hints;
    this.now = now;
  }

  /** Errors: what keeps the cluster from answering. */
  namespaces(): Promise<Namespaces> {
    this.known = this.keep(
      this.known,
      async () => reachableNamespaces(await this.access(), this.hints(), this.ending.signal),
      () => {
        this.known = null;
      },
    );
    return this.known.value;
  }

  /** The namespaces in which a kind is to be listed; empty for all of them at once. */
  async scopeOf(kind: ResourceKind): Promise<readonly string[]> {
    if (!kind.namespaced || (await this.mayEverywhere(kind))) return [];
    const { namespaces } = await this.namespaces();
    return namespaces
      .filter(({ usable }) => usable)
      .slice(0, mostNamespaces)
      .map(({ name }) => name);
  }

  /** Somebody says that rights may have changed, or named a namespace. */
  forget(): void {
    this.everywhere.clear();
    this.known = null;
    this.all = null;
  }

  close(): void {
    this.ending.abort();
  }

  private mayEverywhere(kind: ResourceKind): Promise<boolean> {
    const key = `${kind.apiVersion} ${kind.plural}`;
    const kept = this.keep(
      this.everywhere.get(key) ?? null,
      () => this.ask(kind),
      () => this.everywhere.delete(key),
    );
    this.everywhere.set(key, kept);
    return kept.value;
  }

  private async ask(kind: ResourceKind): Promise<boolean> {
    const { api } = await this.access();
    return api === null || (await this.mayListAll(api)) || mayListEverywhere(api, kind, this.ending.signal);
  }

  private mayListAll(api: Transport): Promise<boolean> {
    this.all = this.keep(
      this.all,
      () => mayListAll(api, this.ending.signal),
      () => {
        this.all = null;
      },
    );
    return this.all.value;
  }

  /** Failures are not kept. */
  private keep<T>(kept: Kept<T> | null, ask: () => Promise<T>, drop: () => void): Kept<T> {
    if (kept !== null && this.now() < kept.until) return kept;
    const value = ask();
    value.catch(drop);
    return { value, until: this.now() + lifetime };
  }
}
