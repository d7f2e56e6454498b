import { type ClusterAccess, followObject, kindFor } from '@quarterdeck/cluster';
import { AppError, type ObjectRef } from '@quarterdeck/contract';
import { isMet, standOf, type WaitCondition } from './wait-condition.ts';

/** An object that is waited for, and how it stands. */
export interface Waiting {
  target: ObjectRef;
  conditions: readonly { condition: WaitCondition; met: boolean; stand: string }[];
  done: boolean;
}

export interface WaitOptions {
  conditions: readonly WaitCondition[];
  /** Told whenever an object stands otherwise than before. */
  onChange(waiting: Waiting): void;
  signal: AbortSignal;
}

/** Resolves when every object meets every condition, by watches. Throws NOT_FOUND for one that is not there and is not waited to be created or gone. */
export async function waitForObjects(access: ClusterAccess, targets: readonly ObjectRef[], options: WaitOptions): Promise<void> {
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  const waits = targets.map((target) => waitForObject(access, target, { ...options, signal }));
  try {
    await Promise.all(waits);
  } finally {
    failing.abort();
    await Promise.allSettled(waits);
  }
}

async function waitForObject(access: ClusterAccess, target: ObjectRef, { conditions, onChange, signal }: WaitOptions): Promise<void> {
  const kind = kindFor(await access.kinds(signal), target);
  const ending = new AbortController();
  let told = '';
  try {
    for await (const object of followObject(access, { kind, namespace: target.namespace, name: target.name }, AbortSignal.any([signal, ending.signal]))) {
      const plain = object === null ? null : { ...object };
      const stands = conditions.map((condition) => ({ condition, met: isMet(condition, plain), stand: standOf(condition, plain) }));
      const waiting = { target, conditions: stands, done: stands.every(({ met }) => met) };
      if (!waiting.done && object === null) refuseAbsent(target, conditions);
      if (JSON.stringify(stands) !== told) onChange(waiting);
      told = JSON.stringify(stands);
      if (waiting.done) return;
    }
  } finally {
    ending.abort();
  }
}

function refuseAbsent(target: ObjectRef, conditions: readonly WaitCondition[]): void {
  if (conditions.some(({ type }) => type === 'create' || type === 'delete')) return;
  throw new AppError('NOT_FOUND', `There is no ${target.kind} ${target.name}.`, { hint: '--for=create waits until it is there.' });
}
