import { PassThrough } from 'node:stream';
import { collectBundle, saveBundle } from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { diagnose } from '@quarterdeck/diagnosis';
import { handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function snapshotHandlers({ clusters, log }: Services): Pick<RouteHandlers, 'saveSnapshot'> {
  return {
    saveSnapshot: handleStream(routes.saveSnapshot, async ({ cluster, namespaces = '' }, call) => {
      const { signal } = call;
      const runtime = clusters.seenBy(call).get(cluster);
      const [access, pods] = await Promise.all([runtime.accessForCheck(), runtime.kind('pods', signal)]);
      const content = await collectBundle(access, {
        // None named: all, or those that are in reach.
        namespaces: await runtime.scopeOf(
          pods,
          namespaces.split(',').filter((name) => name !== ''),
        ),
        ask: (snapshot, evidence) => diagnose({ snapshot, evidence, signal }),
        signal,
      });
      const chunks = new PassThrough();
      saveBundle(chunks, content).catch((thrown: unknown) => log.debug({ err: thrown }, 'A bundle was not taken to its end.'));
      return { chunks, fileName: `${access.id}-${content.meta.takenAt.replace(/[:.]/g, '-')}.qdb` };
    }),
  };
}
