import { setTimeout as delay } from 'node:timers/promises';
import type { ServerFrame } from '@quarterdeck/contract';
import type { LiveSocket } from './live-socket.ts';

type Snapshot = Extract<ServerFrame, { type: 'resourcesSnapshot' }>;

const id = 'pods';
const sorts = ['name', '-name', 'namespace', '-namespace', 'status', '-status', 'restarts', '-restarts', 'age', '-age', 'node', '-node', 'ip', 'ready'];
const filters = [
  '',
  'app-1',
  'ns:bench-7',
  'status:CrashLoopBackOff',
  '!status:Running',
  '/app-[0-9]7-/',
  'app-3 ns:bench-1',
  'node-1',
  '!app-1 !app-2',
  '10.',
  'ns:bench-3 !node-3',
];

const snapshot = (frame: ServerFrame): Snapshot | null => (frame.type === 'resourcesSnapshot' && frame.id === id ? frame : null);

/** Subscribes a window of 200 pods. Milliseconds until it shows rows, and until it counts all of them. */
export async function subscribePods(socket: LiveSocket, atLeast: number): Promise<{ firstRows: number; complete: number }> {
  const rows = socket.next((frame) => (snapshot(frame)?.rows.length ? true : null));
  const complete = socket.next((frame) => (isResources(frame) && frame.total >= atLeast ? true : null));
  socket.send({ type: 'subscribeResources', id, kind: 'pods', window: { limit: 200 } });
  return { firstRows: (await rows).ms, complete: (await complete).ms };
}

function isResources(frame: ServerFrame): frame is Extract<ServerFrame, { total: number }> {
  return (frame.type === 'resourcesSnapshot' || frame.type === 'resourcesDelta') && frame.id === id;
}

/** Asks for a window a time, each with another filter and sort, over the given time. Milliseconds until each was there. */
export async function measureWindows(socket: LiveSocket, count: number, seconds: number, signal: AbortSignal): Promise<number[]> {
  const taken: number[] = [];
  const gap = (seconds * 1000) / count;
  const start = performance.now();
  for (let number = 0; number < count; number += 1) {
    const wait = start + number * gap - performance.now();
    if (wait > 0) await delay(wait, undefined, { signal });
    const window = { filter: filters[number % filters.length] ?? '', sort: sorts[number % sorts.length] ?? '', offset: (number % 5) * 100, limit: 200 };
    taken.push((await move(socket, window)).ms);
  }
  return taken;
}

function move(socket: LiveSocket, window: { filter?: string; sort?: string; offset: number; limit: number }) {
  const answer = socket.next(snapshot);
  socket.send({ type: 'moveWindow', id, window });
  return answer;
}

/** All rows of the list, window by window. */
export async function readAllRows(socket: LiveSocket): Promise<Pick<Snapshot, 'rows' | 'columns'>> {
  const limit = 1000;
  const { value: first } = await move(socket, { offset: 0, limit });
  const rows = [...first.rows];
  while (rows.length < first.total) {
    const { value } = await move(socket, { offset: rows.length, limit });
    if (value.rows.length === 0) break;
    rows.push(...value.rows);
  }
  return { rows, columns: first.columns };
}
