import type { ModelProvider } from '../model/model-port.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { Clock } from './clock.ts';
import { Slots } from './slots.ts';

/** A model of a provider. */
export interface ModelChoice {
  readonly provider: ModelProvider;
  readonly model: string;
}

const usualSlots = 4;

/** What is known of how the models do, shared by all chains of a program: one that fails for a plan is not asked for a chat either. */
export class ModelHealth {
  readonly clock: Clock;
  private readonly limits: Readonly<Record<string, number>>;
  private readonly breakers = new Map<string, CircuitBreaker>();
  private readonly slots = new Map<string, Slots>();

  /** @param limits how many requests a provider gets at a time, by its id; 4 where nothing is said. */
  constructor(clock: Clock, limits: Readonly<Record<string, number>> = {}) {
    this.clock = clock;
    this.limits = limits;
  }

  breakerOf({ provider, model }: ModelChoice): CircuitBreaker {
    return kept(this.breakers, `${provider.id}/${model}`, () => new CircuitBreaker(this.clock.now));
  }

  slotsOf({ provider }: ModelChoice): Slots {
    return kept(this.slots, provider.id, () => new Slots(this.limits[provider.id] ?? usualSlots));
  }

  /** Everything may be asked again: the person changed a key or paid. */
  forget(): void {
    for (const breaker of this.breakers.values()) breaker.close();
  }
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
