import type { Amounts } from '@quarterdeck/contract';
import * as z from 'zod';
import type { SizeAdvice } from './size-advice.ts';

const price = z.number().nonnegative();

/** What a person pays. There are no defaults: what a cluster costs is known to who pays for it alone. */
export const resourcePricesSchema = z.strictObject({
  /** A vCPU and month. */
  cpu: price.optional(),
  /** A GiB of memory and month. */
  memory: price.optional(),
  /** The word that stands behind amounts: `EUR`. */
  currency: z
    .string()
    .regex(/^[\p{L}\p{Sc}]{1,12}$/u, 'must be a word or a sign, such as EUR')
    .optional(),
});

/** All of it. */
export interface ResourcePrices {
  cpu: number;
  memory: number;
  currency: string;
}

/** Null unless all of it is set. */
export function completePrices({ cpu, memory, currency }: z.infer<typeof resourcePricesSchema>): ResourcePrices | null {
  return cpu === undefined || memory === undefined || currency === undefined ? null : { cpu, memory, currency };
}

/** What a size costs a month: what is asked for is kept free for it, so that is what is paid. */
export interface SizeCost {
  now: number;
  /** The same replicas with the requests that were advised. */
  resized: number;
  /** The replicas that were advised as well. */
  advised: number;
}

export function sizeCost(now: { requests: Amounts; replicas: number }, { requests, replicas }: SizeAdvice, prices: ResourcePrices): SizeCost {
  const pod = ({ cpu, memory }: Amounts) => (cpu ?? 0) * prices.cpu + ((memory ?? 0) / 2 ** 30) * prices.memory;
  return { now: pod(now.requests) * now.replicas, resized: pod(requests) * now.replicas, advised: pod(requests) * replicas };
}

/** What the advice costs and saves, in sentences; without prices, how to set them. */
export function costText(now: { requests: Amounts; replicas: number }, advice: SizeAdvice, prices: ResourcePrices | null): string {
  if (prices === null) {
    return 'What it costs is not told, as no prices are set: `qd config set resourcePrices \'{"cpu": NUMBER, "memory": NUMBER, "currency": "WORD"}\'` sets those of a vCPU and of a GiB a month.';
  }
  const cost = sizeCost(now, advice, prices);
  const shown = (amount: number) => `${amount.toFixed(2)} ${prices.currency}`;
  const isUnset = now.requests.cpu === null || now.requests.memory === null;
  const sentences = [
    `At ${prices.cpu} ${prices.currency} a vCPU and ${prices.memory} ${prices.currency} a GiB, what its ${counted(now.replicas)} for costs ${shown(cost.now)} a month now, and ${shown(cost.resized)} with these requests: ${difference(cost.now - cost.resized, shown)}.`,
    advice.replicas === now.replicas
      ? ''
      : `With ${advice.replicas} replicas it would be ${shown(cost.advised)}: ${difference(cost.now - cost.advised, shown)} in all.`,
    isUnset ? 'What it uses without asking for it is not in what it costs now.' : '',
    'A limit keeps nothing free and costs nothing.',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function counted(replicas: number): string {
  return replicas === 1 ? 'one replica asks' : `${replicas} replicas ask`;
}

function difference(saved: number, shown: (amount: number) => string): string {
  if (Math.abs(saved) < 0.005) return 'the same';
  return `${shown(Math.abs(saved))} ${saved > 0 ? 'saved' : 'more'}`;
}
