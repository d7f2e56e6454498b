import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenForward } from '@quarterdeck/cluster';
import { AppError, type ForwardStats } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { inRepository } from '../repository.ts';
import { askForward, openControl } from './forward-control.ts';
import { type KeptForward, runningForwards } from './kept-forwards.ts';
import { logDisplay, showForward } from './show-forward.ts';

/** Milliseconds between two looks whether it has begun. */
const lookMs = 100;

/** A forward that has begun, or how its process ended before that. */
export type Beginning = { stats: ForwardStats } | { code: number; log: string };

/** Starts a process of its own for a forward and waits until it listens. Throws CONFLICT, CANCELLED. */
export async function startInBackground(kept: KeptForward, { environment, signal }: Pick<CommandContext, 'environment' | 'signal'>): Promise<Beginning> {
  const running = runningForwards({ environment });
  const socket = running.path(kept.name, 'sock');
  if ((await askForward(socket, 'stats')) !== null) {
    throw new AppError('CONFLICT', `A forward ${kept.name} runs already.`, {
      hint: `End it with \`qd port-forward stop ${kept.name}\`, or give this one a name with --remember.`,
    });
  }
  await running.save(kept);
  const logFile = running.path(kept.name, 'log');
  await mkdir(dirname(logFile), { recursive: true, mode: 0o700 });
  const log = await open(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [inRepository('bin/qd.js'), 'port-forward', 'keep', kept.name], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...environment },
  });
  await log.close();
  while (!signal.aborted) {
    if (child.exitCode !== null || child.signalCode !== null) {
      await running.remove(kept.name);
      return { code: child.exitCode ?? 1, log: await readFile(logFile, 'utf8') };
    }
    const stats = await askForward(socket, 'stats');
    if (stats !== null) {
      child.unref();
      return { stats };
    }
    await delay(lookMs);
  }
  child.kill();
  throw new AppError('CANCELLED', 'Interrupted.');
}

/** Carries a forward until it is told to stop, by its socket or a signal. The forward is closed. */
export async function carryInBackground(
  forward: OpenForward,
  kept: KeptForward,
  context: Pick<CommandContext, 'environment' | 'out' | 'signal'>,
): Promise<void> {
  const running = runningForwards(context);
  const stopping = new AbortController();
  const control = await openControl(running.path(kept.name, 'sock'), forward, () => stopping.abort());
  try {
    await running.save({ ...kept, pid: process.pid });
    await showForward(forward, kept.request.address, logDisplay(context.out), AbortSignal.any([context.signal, stopping.signal]));
  } finally {
    await forward.close();
    await running.remove(kept.name);
    await control.close();
  }
}
