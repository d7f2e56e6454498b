import {
  apiOf,
  debugPod,
  debugPodDraft,
  downloadDraft,
  downloadFiles,
  listFiles,
  recordAct,
  recordStream,
  uploadDraft,
  uploadFile,
} from '@quarterdeck/cluster';
import { AppError, routes } from '@quarterdeck/contract';
import { handle, handleStream, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type PodRoutes = 'listFiles' | 'downloadFiles' | 'uploadFile' | 'debugPod';

/** Streamed, so it costs no memory here; a container's disk is the limit that counts. */
const largestUpload = 64 * 1024 ** 3;
/** A node that knows the image starts a container in seconds; whoever waits longer should see why. Milliseconds. */
const longestStart = 60_000;

export function podHandlers({ acts, clusters }: Services): Pick<RouteHandlers, PodRoutes> {
  const api = async (cluster: string | undefined, call: RouteCallContext) => apiOf(await clusters.seenBy(call).get(cluster).access());
  const actsOn = (cluster: string | undefined, call: RouteCallContext) => acts.of(call, clusters.seenBy(call).get(cluster).source.id);
  return {
    listFiles: handle(routes.listFiles, async ({ cluster, ...place }, call) => {
      return { path: place.path, entries: await listFiles(await api(cluster, call), { ...place, signal: call.signal }) };
    }),
    downloadFiles: handleStream(routes.downloadFiles, async ({ cluster, ...place }, call) => {
      const access = await api(cluster, call);
      let fileName = '';
      const open = async () => {
        const download = await downloadFiles(access, { ...place, signal: call.signal });
        fileName = download.fileName;
        return download.chunks;
      };
      const chunks = await recordStream(actsOn(cluster, call), downloadDraft(place), open);
      return { fileName, chunks };
    }),
    uploadFile: handle(routes.uploadFile, async ({ cluster, ...place }, call) => {
      const { signal, upload } = call;
      const content = upload ?? nothing();
      const access = await api(cluster, call);
      const run = () => uploadFile(access, { ...place, content, maxBytes: largestUpload, signal });
      const bytes = await recordAct(actsOn(cluster, call), uploadDraft(place), run, (written) => ({ detail: { bytes: written } }));
      return { path: place.path, bytes };
    }),
    debugPod: handle(routes.debugPod, async ({ cluster, ...request }, call) => {
      const { signal } = call;
      let waitsFor = 'the node has not taken it up yet';
      const limit = AbortSignal.timeout(longestStart);
      const onWaiting = (reason: string) => {
        waitsFor = reason;
      };
      try {
        // Its input stays open, so that a terminal can be attached.
        const access = await api(cluster, call);
        const run = () => debugPod(access, { ...request, stdin: true, tty: true, onWaiting, signal: AbortSignal.any([signal, limit]) });
        return await recordAct(actsOn(cluster, call), debugPodDraft(request), run, ({ container }) => ({ detail: { container } }));
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
