import { setTimeout as delay } from 'node:timers/promises';
import { type ClusterAccess, followObject, type ObjectPlace } from '@quarterdeck/cluster';
import { toAppError } from '@quarterdeck/contract';
import { shownObject } from '../resources/read-object.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';

/** Milliseconds between two frames: some objects change with every heartbeat. */
const gap = 250;

/** Sends one object, again whenever it is another one, and null while it is not there. */
export function subscribeObject(access: ClusterAccess, place: ObjectPlace, sink: FrameSink): LiveSubscription {
  const closing = new AbortController();
  const { signal } = closing;
  send(access, place, sink, signal).catch((thrown: unknown) => {
    if (!signal.aborted) sink.fail(toAppError(thrown));
  });
  return { close: () => closing.abort() };
}

async function send(access: ClusterAccess, place: ObjectPlace, sink: FrameSink, signal: AbortSignal): Promise<void> {
  for await (const object of followObject(access, place, signal)) {
    while (sink.congested()) await delay(gap, undefined, { signal });
    const found = object === null ? null : await shownObject(access, object, signal);
    signal.throwIfAborted();
    sink.send({ type: 'objectSnapshot', found });
    await delay(gap, undefined, { signal });
  }
}
