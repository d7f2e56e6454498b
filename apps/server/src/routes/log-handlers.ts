import { filterLogs, openLogs, searchLogs } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { withSeverity } from '../logs/annotate.ts';
import { filterOf, logText, readLogs } from '../logs/read-logs.ts';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type LogRoutes = 'getLogs' | 'exportLogs' | 'searchLogs';

const megabyte = 1024 * 1024;

export function logHandlers({ clusters }: Services): Pick<RouteHandlers, LogRoutes> {
  return {
    getLogs: handle(routes.getLogs, async ({ cluster, previous, ...input }, call) => {
      const { signal } = call;
      const access = await clusters.seenBy(call).get(cluster).access();
      return readLogs(access, { ...input, previous: previous === 'true', follow: false }, filterOf(input), signal);
    }),
    exportLogs: handleStream(routes.exportLogs, async ({ cluster, previous, form, timestamps, prefix, ...input }, call) => {
      const { signal } = call;
      const access = await clusters.seenBy(call).get(cluster).access();
      const stream = await openLogs(access, { ...input, previous: previous === 'true', follow: false }, { signal });
      const asked = { form, timestamps: timestamps === 'true', prefix: prefix === 'true' };
      const fileName = `${input.namespace}-${input.name ?? 'selected'}.${form === 'text' ? 'log' : 'jsonl'}`;
      return { chunks: logText(filterLogs(stream, filterOf(input)), asked), fileName };
    }),
    searchLogs: handle(routes.searchLogs, async ({ cluster, limit, megabytes, seconds, ...input }, call) => {
      const { signal } = call;
      const access = await clusters.seenBy(call).get(cluster).access();
      const limits = { entries: limit, bytes: megabytes * megabyte, milliseconds: seconds * 1000 };
      const found = await searchLogs(access, input, { filter: filterOf(input), limits, signal });
      return { ...found, entries: withSeverity(found.entries) };
    }),
  };
}
