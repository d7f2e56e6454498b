import type { Server } from 'node:http';

/** Milliseconds. Calls that change something get their answer; what takes longer is a stream that nobody ended. */
const longestDrain = 10_000;
const lookEvery = 50;

/** Takes no more connections, lets calls that run come to their end within ten seconds, and closes what is left. */
export async function drainServer(server: Server, limit = longestDrain): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const late = setTimeout(() => server.closeAllConnections(), limit);
  const idle = setInterval(() => server.closeIdleConnections(), lookEvery);
  try {
    await closed;
  } finally {
    clearTimeout(late);
    clearInterval(idle);
  }
}
