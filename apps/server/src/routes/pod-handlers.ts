import { apiOf, debugPod, downloadFiles, listFiles, uploadFile } from '@quarterdeck/cluster';
import { AppError, routes } from '@quarterdeck/contract';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type PodRoutes = 'listFiles' | 'downloadFiles' | 'uploadFile' | 'debugPod';

/** Streamed, so it costs no memory here; a container's disk is the limit that counts. */
const largestUpload = 64 * 1024 ** 3;
/** A node that knows the image starts a container in seconds; whoever waits longer should see why. Milliseconds. */
const longestStart = 60_000;

export function podHandlers({ clusters }: Services): Pick<RouteHandlers, PodRoutes> {
  const api = async (cluster: string | undefined) => apiOf(await clusters.get(cluster).access());
  return {
    listFiles: handle(routes.listFiles, async ({ cluster, ...place }, { signal }) => {
      return { path: place.path, entries: await listFiles(await api(cluster), { ...place, signal }) };
    }),
    downloadFiles: handleStream(routes.downloadFiles, async ({ cluster, ...place }, { signal }) => downloadFiles(await api(cluster), { ...place, signal })),
    uploadFile: handle(routes.uploadFile, async ({ cluster, ...place }, { signal, upload }) => {
      const content = upload ?? nothing();
      return { path: place.path, bytes: await uploadFile(await api(cluster), { ...place, content, maxBytes: largestUpload, signal }) };
    }),
    debugPod: handle(routes.debugPod, async ({ cluster, ...request }, { signal }) => {
      let waitsFor = 'the node has not taken it up yet';
      const limit = AbortSignal.timeout(longestStart);
      const onWaiting = (reason: string) => {
        waitsFor = reason;
      };
      try {
        // Its input stays open, so that a terminal can be attached.
        return await debugPod(await api(cluster), { ...request, stdin: true, tty: true, onWaiting, signal: AbortSignal.any([signal, limit]) });
      } catch (thrown) {
        if (limit.aborted) throw new AppError('TIMEOUT', `The debug container does not run yet: ${waitsFor}.`, { hint: 'Look at the events of the pod.' });
        throw thrown;
      }
    }),
  };
}

/** The content of an upload without a body. */
async function* nothing(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(0);
}
