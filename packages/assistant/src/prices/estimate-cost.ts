import * as z from 'zod';
import type { ModelUsage } from '../model/model-port.ts';
import { factsOfModel, priceSource } from './model-facts.ts';

/** A price that the person gave, US dollars a million tokens. */
export const priceOverrideSchema = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  cacheRead: z.number().nonnegative().optional(),
  cacheWrite: z.number().nonnegative().optional(),
});
export type PriceOverride = z.infer<typeof priceOverrideSchema>;

export interface PricedModel {
  /** The id of the provider. */
  provider: string;
  model: string;
  /** What runs on this machine, or in one's own house, costs nothing by the token. */
  local: boolean;
}

/** `upTo`: it cost no more than that; what was cached may have been cheaper. */
export type Cost = { usd: number; upTo: boolean; source: string; asOf: string | null } | { usd: null; reason: string };

const million = 1_000_000;

/**
 * What a request cost. Where the price is not known, or the provider did not say how much it was, there is no number: a
 * guess would be added up with real ones.
 * @param overrides by `provider/model`
 */
export function estimateCost(usage: ModelUsage, asked: PricedModel, overrides: Readonly<Record<string, PriceOverride>> = {}): Cost {
  const price = priceOf(asked, overrides);
  if (price === null) return { usd: null, reason: `The price of ${asked.provider}/${asked.model} is unknown.` };
  if (usage.input === null || usage.output === null) return { usd: null, reason: 'The provider did not say how many tokens it was.' };
  const [read, written] = [usage.cacheRead ?? 0, usage.cacheWrite ?? 0];
  const fresh = Math.max(0, usage.input - read - written);
  const cached = read * (price.cacheRead ?? price.input) + written * (price.cacheWrite ?? price.input);
  const upTo = read > 0 && price.cacheRead === null;
  return { usd: (fresh * price.input + cached + usage.output * price.output) / million, upTo, source: price.source, asOf: price.asOf };
}

interface Price {
  input: number;
  output: number;
  cacheRead: number | null;
  cacheWrite: number | null;
  source: string;
  asOf: string | null;
}

function priceOf({ provider, model, local }: PricedModel, overrides: Readonly<Record<string, PriceOverride>>): Price | null {
  const own = overrides[`${provider}/${model}`];
  if (own !== undefined)
    return { input: own.input, output: own.output, cacheRead: own.cacheRead ?? null, cacheWrite: own.cacheWrite ?? null, source: 'your settings', asOf: null };
  if (local) return { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, source: 'nothing is paid by the token', asOf: null };
  const facts = factsOfModel(provider, model);
  return facts === null ? null : { input: facts.input, output: facts.output, cacheRead: facts.cacheRead, cacheWrite: facts.cacheWrite, ...priceSource };
}
