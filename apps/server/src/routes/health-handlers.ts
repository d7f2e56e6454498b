import { AppError, routes } from '@quarterdeck/contract';
import { readHead } from '@quarterdeck/storage';
import { withinTime } from '../limits/within-time.ts';
import type { ServerMetrics } from '../observability/server-metrics.ts';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

/** Milliseconds in which the storage has to answer. */
const storagePatience = 2_000;

interface Health {
  metrics: ServerMetrics;
  /** Aborted when the workbench ends. */
  ending: AbortSignal;
}

/** What whoever looks after the workbench asks: whether it lives, whether it can work, and its numbers. */
export function healthHandlers({ storage }: Services, { metrics, ending }: Health): Pick<RouteHandlers, 'livez' | 'readyz' | 'getServerMetrics'> {
  return {
    livez: handle(routes.livez, () => ({ status: 'ok' as const })),
    readyz: handle(routes.readyz, async (_input, { signal }) => {
      if (ending.aborted) throw new AppError('GONE', 'The workbench is ending.', { hint: 'Ask another one, or wait until it is there again.' });
      // A storage that is open has its tables up to date.
      await withinTime(storagePatience, signal, () => readHead(storage.db));
      return { status: 'ready' as const };
    }),
    getServerMetrics: handleStream(routes.getServerMetrics, async () => ({ chunks: once(await metrics.text()) })),
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
