import type { ResourceKind } from '@quarterdeck/contract';
import type { KindsFreshness } from '../access/cluster-access.ts';
import { sharedFor } from '../access/shared-call.ts';

/** Where changes are not told, a kind that was just installed shows up within this time. */
const unwatchedLifetimeMs = 60_000;
/** Where they are, this is for APIs of other servers alone. */
const watchedLifetimeMs = 600_000;
/** Discovery shows a new kind a moment after its definition is established. */
const settleMs = 2_000;

/** Who misses a kind that is not there must not make every call a discovery. */
const anewPauseMs = 500;

/** The kinds of a cluster, discovered once for all who ask, and again after they changed. */
export class KnownKinds {
  private readonly discover: () => Promise<ResourceKind[]>;
  private readonly now: () => number;
  private ask: (signal: AbortSignal) => Promise<ResourceKind[]>;
  private lifetimeMs = unwatchedLifetimeMs;
  private askedAt = Number.NEGATIVE_INFINITY;
  private settling: NodeJS.Timeout | null = null;

  constructor(discover: () => Promise<ResourceKind[]>, now: () => number) {
    this.discover = discover;
    this.now = now;
    this.ask = this.shared();
  }

  get(signal: AbortSignal, freshness: KindsFreshness = 'known'): Promise<ResourceKind[]> {
    if (freshness === 'anew' && this.now() - this.askedAt >= anewPauseMs) this.forget();
    return this.ask(signal);
  }

  /** What is known is asked for anew by the next who wants it, now and once more a moment later. */
  changed(): void {
    this.forget();
    this.settling ??= setTimeout(() => {
      this.settling = null;
      this.forget();
    }, settleMs).unref();
  }

  following(now: boolean): void {
    this.lifetimeMs = now ? watchedLifetimeMs : unwatchedLifetimeMs;
    this.forget();
  }

  private forget(): void {
    this.ask = this.shared();
  }

  private shared(): (signal: AbortSignal) => Promise<ResourceKind[]> {
    return sharedFor(this.lifetimeMs, this.now, () => {
      this.askedAt = this.now();
      return this.discover();
    });
  }
}
