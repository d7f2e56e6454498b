import type { ModelError } from '../model/model-error.ts';
import { isTransient } from './retry-rule.ts';

const mostFailures = 5;
const failureWindowMs = 60_000;
const openMs = 30_000;
/** An account that is used up is asked again now and then: nobody tells us when somebody paid. */
const quotaOpenMs = 15 * 60_000;

/** One request that the breaker let through. Exactly one of the three is called at its end. */
export interface Trial {
  succeeded(): void;
  failed(error: ModelError): void;
  /** It ended for a reason that says nothing about the service: somebody stopped it, or asked for the wrong thing. */
  dropped(): void;
}

/** Keeps requests from a model that fails: five failures in a minute close the way for half a minute, then one request tries it. */
export class CircuitBreaker {
  private readonly now: () => number;
  private failures: number[] = [];
  private openUntil = 0;
  private lastError: ModelError | null = null;
  private isTrying = false;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Why the model is not asked now; null where it may be. */
  refusal(): ModelError | null {
    if (this.lastError === null) return null;
    return this.now() < this.openUntil || this.isTrying ? this.lastError : null;
  }

  begin(): Trial {
    this.isTrying = this.lastError !== null;
    return {
      succeeded: () => this.close(),
      failed: (error) => this.fail(error),
      dropped: () => {
        this.isTrying = false;
      },
    };
  }

  /** As at the beginning: the person changed something. */
  close(): void {
    this.failures = [];
    this.openUntil = 0;
    this.lastError = null;
    this.isTrying = false;
  }

  private fail(error: ModelError): void {
    const wasTrying = this.isTrying;
    this.isTrying = false;
    const now = this.now();
    if (error.kind === 'quota') this.open(error, now + (error.retryAfterMs ?? quotaOpenMs));
    if (!isTransient(error)) return;
    this.failures = [...this.failures.filter((at) => now - at < failureWindowMs), now];
    if (wasTrying || this.failures.length >= mostFailures) this.open(error, now + Math.max(openMs, error.retryAfterMs ?? 0));
  }

  private open(error: ModelError, until: number): void {
    this.lastError = error;
    this.openUntil = until;
  }
}
