import type { Transport } from '../transport/transport.ts';
import type { LogRequest } from './cluster-access.ts';
import { logPath } from './resource-path.ts';

/** Enough for thousands of usual lines; the server cuts the log there. */
const maxLogBytes = 4 * 1024 * 1024;

/** The last lines of a container's log, oldest first, each beginning with its RFC 3339 timestamp. */
export async function readLog(transport: Transport, request: LogRequest): Promise<string[]> {
  const { namespace, pod, container, previous, lines, signal } = request;
  const text = await transport.text(
    {
      path: logPath(namespace, pod),
      query: { container, timestamps: 'true', tailLines: String(lines), limitBytes: String(maxLogBytes), ...(previous ? { previous: 'true' } : {}) },
      accept: '*/*',
      subject: { verb: 'get', resource: 'pods/log', namespace, name: pod },
      signal,
    },
    // The limit is the server's; ours is only for a server that does not keep it.
    maxLogBytes * 2,
  );
  return text.split('\n').filter((line) => line !== '');
}
