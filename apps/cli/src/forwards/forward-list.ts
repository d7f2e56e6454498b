import type { ForwardStats } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { byteText } from '../output/forward-line.ts';
import { textTable } from '../output/text-table.ts';
import { askForward } from './forward-control.ts';
import { targetText } from './forward-request.ts';
import { type KeptForward, rememberedForwards, runningForwards } from './kept-forwards.ts';

/** A forward with a name, and how it stands. */
export interface ListedForward extends KeptForward {
  /** `ended`: its process went without taking leave. */
  state: ForwardStats['state'] | 'ended' | 'remembered';
  log: string | null;
  stats: ForwardStats | null;
}

/** Those that run in the background, asked one by one, then those that only are remembered. */
export async function forwardList(context: Pick<CommandContext, 'environment'>): Promise<ListedForward[]> {
  const running = runningForwards(context);
  const now = await Promise.all(
    (await running.list()).map(async (kept) => listed(kept, await askForward(running.path(kept.name, 'sock'), 'stats'), running.path(kept.name, 'log'))),
  );
  const remembered = (await rememberedForwards(context).list()).filter(({ name }) => !now.some((forward) => forward.name === name));
  return [...now, ...remembered.map((kept): ListedForward => ({ ...kept, state: 'remembered', log: null, stats: null }))];
}

function listed(kept: KeptForward, stats: ForwardStats | null, log: string): ListedForward {
  return { ...kept, state: stats?.state ?? 'ended', log, stats };
}

export function forwardTable(forwards: readonly ListedForward[]): string {
  const head = ['NAME', 'STATE', 'TARGET', 'PORTS', 'CONNECTIONS', 'IN', 'OUT', 'FIRST BYTE', 'ERRORS', 'PID', 'CONTEXT'];
  return textTable([head, ...forwards.map(rowOf)]);
}

function rowOf({ name, state, request, stats, pid, context }: ListedForward): string[] {
  const ports = (stats?.ports ?? request.ports).map(({ local, remote }) => `${local === 0 ? '' : local}:${remote}`).join(' ');
  const counts =
    stats === null
      ? ['-', '-', '-', '-', '-']
      : [
          `${stats.openConnections} of ${stats.totalConnections}`,
          byteText(stats.bytesIn),
          byteText(stats.bytesOut),
          stats.latency === null ? '-' : `${stats.latency.median} ms`,
          stats.errors[0] === undefined ? '0' : `${stats.errors.reduce((sum, { count }) => sum + count, 0)}: ${stats.errors[0].message}`,
        ];
  return [name, state, targetText(request), ports, ...counts, pid === null ? '-' : String(pid), context];
}

/** Ends a forward; its ports are free then. @returns whether there was one. Throws NOT_FOUND unless that is all right. */
export async function stopForward(name: string, context: Pick<CommandContext, 'environment'>, { orElse }: { orElse: boolean }): Promise<boolean> {
  const running = runningForwards(context);
  const isThere = (await running.list()).some((forward) => forward.name === name);
  if (!isThere && orElse) return false;
  await running.read(name);
  await askForward(running.path(name, 'sock'), 'stop');
  await running.remove(name);
  return true;
}
