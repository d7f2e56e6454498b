import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { OpenForward } from '@quarterdeck/cluster';
import { AppError, type ForwardStats, forwardStatsSchema } from '@quarterdeck/contract';

/** How others reach the process that carries a forward. */
export interface ForwardControl {
  /** Those who asked for the end are answered by it. */
  close(): Promise<void>;
}

/** An answer takes no longer, or the process hangs. Milliseconds. */
const answerMs = 10_000;

/**
 * Answers on a socket in a folder that only its owner enters: a process id may be another's after a restart, who answers
 * here is the forward. `stats` is answered at once, `stop` when it has ended.
 */
export async function openControl(path: string, forward: Pick<OpenForward, 'stats'>, stop: () => void): Promise<ForwardControl> {
  const callers = new Set<Socket>();
  const server = createServer((socket) => {
    callers.add(socket);
    socket.once('close', () => callers.delete(socket)).on('error', () => socket.destroy());
    socket.once('data', (word) => {
      if (String(word) === 'stats') socket.end(JSON.stringify(forward.stats()));
      else stop();
    });
  });
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const caller of callers) caller.end(JSON.stringify(forward.stats()));
      await closed;
    },
  };
}

/** Asks the process of a forward; null where there is none any more. Throws TIMEOUT. */
export async function askForward(path: string, word: 'stats' | 'stop'): Promise<ForwardStats | null> {
  const socket = connect(path);
  const timer = setTimeout(
    () => socket.destroy(new AppError('TIMEOUT', 'The process of the forward does not answer.', { hint: 'End it with kill.' })),
    answerMs,
  );
  socket.write(word);
  try {
    return forwardStatsSchema.parse(JSON.parse(await text(socket)));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ECONNREFUSED')) return null;
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}
