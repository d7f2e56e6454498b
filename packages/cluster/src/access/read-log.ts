import { containerLogCall } from '../logs/container-log-call.ts';
import type { Transport } from '../transport/transport.ts';
import type { LogRequest } from './cluster-access.ts';

/** Enough for thousands of usual lines; the server cuts the log there. */
const maxLogBytes = 4 * 1024 * 1024;

/** The last lines of a container's log, oldest first, each beginning with its RFC 3339 timestamp. */
export async function readLog(transport: Transport, request: LogRequest): Promise<string[]> {
  const { lines, ...call } = request;
  const text = await transport.text(
    containerLogCall({ ...call, tail: lines, limitBytes: maxLogBytes }),
    // The limit is the server's; ours is only for a server that does not keep it.
    maxLogBytes * 2,
  );
  return text.split('\n').filter((line) => line !== '');
}
