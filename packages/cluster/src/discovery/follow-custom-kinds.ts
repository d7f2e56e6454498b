import { toAppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';
import { backoffMs } from '../watch/backoff.ts';
import type { WatchClock } from '../watch/watch-clock.ts';

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const resource = 'customresourcedefinitions';
/** Definitions are large, some a megabyte; that one changed is all we want to know. */
const metadataOnly = (kind: string) => `application/json;as=${kind};g=meta.k8s.io;v=v1,application/json`;
const idleTimeoutMs = 90_000;
const listSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

export interface FollowedKinds {
  /** A custom kind appeared, changed or went. */
  changed(): void;
  /** Whether changes are told now. */
  following(now: boolean): void;
}

/** Tells of changes of custom kinds until the signal aborts, or the cluster says that we may not watch them. Never throws. */
export async function followCustomKinds(transport: Transport, { changed, following }: FollowedKinds, clock: WatchClock, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      const resourceVersion = await currentVersion(transport, signal);
      following(true);
      // What happened while nobody watched is not known.
      changed();
      await followFrom(transport, resourceVersion, changed, signal);
      failures = 0;
    } catch (thrown) {
      following(false);
      const { code } = toAppError(thrown);
      if (signal.aborted || code === 'FORBIDDEN' || code === 'NOT_FOUND') return;
      await clock.sleep(backoffMs(failures, clock.random), signal).catch(() => undefined);
      failures += 1;
    }
  }
}

async function currentVersion(transport: Transport, signal: AbortSignal): Promise<string> {
  const subject = { verb: 'list', resource, namespace: null } as const;
  const raw = await transport.json({ path, query: { limit: '1' }, accept: metadataOnly('PartialObjectMetadataList'), subject, signal });
  return listSchema.parse(raw).metadata.resourceVersion;
}

async function followFrom(transport: Transport, resourceVersion: string, changed: () => void, signal: AbortSignal): Promise<void> {
  const query = { watch: 'true', allowWatchBookmarks: 'true', timeoutSeconds: '300', resourceVersion };
  const subject = { verb: 'watch', resource, namespace: null } as const;
  const stream = await transport.stream({ path, query, accept: metadataOnly('PartialObjectMetadata'), subject, signal, idleTimeoutMs });
  try {
    for await (const line of stream.lines) if (!line.startsWith('{"type":"BOOKMARK"')) changed();
  } finally {
    stream.close();
  }
}
