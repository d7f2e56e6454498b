import type { Transport, TransportRequest } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';

export interface RecordingTransport extends Transport {
  /** What would have changed something: every write that was no dry run, and every connection. */
  readonly mutations: string[];
  /** All else, oldest first. */
  readonly reads: string[];
}

/** An API server that does whatever it is told, and keeps count. `answer` gives the object at a path; what it throws is the server's word. */
export function recordingTransport(answer: (path: string) => unknown): RecordingTransport {
  const mutations: string[] = [];
  const reads: string[] = [];
  const take = ({ method = 'GET', path, query = {} }: TransportRequest): unknown => {
    const harmless = method === 'GET' || query.dryRun === 'All';
    (harmless ? reads : mutations).push(`${method} ${path}`);
    return answer(path);
  };
  const connect = (what: string) => {
    mutations.push(what);
    return Promise.reject(new AppError('UNSUPPORTED', 'Nothing answers here.'));
  };
  return {
    mutations,
    reads,
    json: async (request) => take(request),
    text: async (request) => JSON.stringify(take(request)),
    stream: async (request) => {
      take(request);
      return { lines: nothing(), close: () => undefined };
    },
    bytes: async (request) => {
      take(request);
      return { chunks: nothing(), close: () => undefined };
    },
    socket: ({ path }) => connect(`CONNECT ${path}`),
    relay: ({ method, target }) => connect(`${method} ${target}`),
    close: async () => undefined,
  };
}

async function* nothing(): AsyncGenerator<never> {
  // Nothing comes.
}
