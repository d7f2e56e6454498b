import {
  apiOf,
  debugNode,
  debugNodeDraft,
  debugPod,
  debugPodDraft,
  downloadDraft,
  downloadFiles,
  endDebugNode,
  endDebugNodeDraft,
  type FilePlace,
  listFiles,
  recordAct,
  recordStream,
  throughDebugContainer,
  uploadDraft,
  uploadFile,
} from '@quarterdeck/cluster';
import { routes } from '@quarterdeck/contract';
import { withinStart } from '../pods/within-start.ts';
import { handle, handleStream, type RouteCallContext, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type FileRoutes = 'listFiles' | 'downloadFiles' | 'uploadFile';
type DebugRoutes = 'debugPod' | 'debugNode' | 'endDebugNode';

/** Streamed, so it costs no memory here; a container's disk is the limit that counts. */
const largestUpload = 64 * 1024 ** 3;

export function podHandlers(services: Services): Pick<RouteHandlers, FileRoutes | DebugRoutes> {
  return { ...fileHandlers(services), ...debugHandlers(services) };
}

function fileHandlers(services: Services): Pick<RouteHandlers, FileRoutes> {
  const { api, actsOn } = reachOf(services);
  return {
    listFiles: handle(routes.listFiles, async ({ cluster, path, ...place }, call) => {
      const access = await api(cluster, call);
      return { path, entries: await listFiles(access, { ...(await seenFrom(access, place, call.signal)), path, signal: call.signal }) };
    }),
    downloadFiles: handleStream(routes.downloadFiles, async ({ cluster, path, ...place }, call) => {
      const access = await api(cluster, call);
      let fileName = '';
      const open = async () => {
        const download = await downloadFiles(access, { ...(await seenFrom(access, place, call.signal)), path, signal: call.signal });
        fileName = download.fileName;
        return download.chunks;
      };
      const chunks = await recordStream(actsOn(cluster, call), downloadDraft({ ...place, path }), open);
      return { fileName, chunks };
    }),
    uploadFile: handle(routes.uploadFile, async ({ cluster, path, ...place }, call) => {
      const { signal, upload } = call;
      const content = upload ?? nothing();
      const access = await api(cluster, call);
      const run = async () => uploadFile(access, { ...(await seenFrom(access, place, signal)), path, content, maxBytes: largestUpload, signal });
      const bytes = await recordAct(actsOn(cluster, call), uploadDraft({ ...place, path }), run, (written) => ({ detail: { bytes: written } }));
      return { path, bytes };
    }),
  };
}

function debugHandlers(services: Services): Pick<RouteHandlers, DebugRoutes> {
  const { api, actsOn } = reachOf(services);
  // Its input stays open, so that a terminal can be attached.
  const terminal = { stdin: true, tty: true };
  return {
    debugPod: handle(routes.debugPod, async ({ cluster, ...request }, call) => {
      const access = await api(cluster, call);
      const run = () => withinStart(call.signal, (starting) => debugPod(access, { ...request, ...terminal, ...starting }));
      return recordAct(actsOn(cluster, call), debugPodDraft(request), run, ({ container }) => ({ detail: { container } }));
    }),
    debugNode: handle(routes.debugNode, async ({ cluster, ...request }, call) => {
      const access = await api(cluster, call);
      const run = () => withinStart(call.signal, (starting) => debugNode(access, { ...request, ...terminal, ...starting }));
      const { namespace, pod, container } = await recordAct(actsOn(cluster, call), debugNodeDraft(request), run, (added) => ({ detail: { pod: added.pod } }));
      return { namespace, pod, container };
    }),
    endDebugNode: handle(routes.endDebugNode, async ({ cluster, ...name }, call) => {
      const access = await api(cluster, call);
      await recordAct(actsOn(cluster, call), endDebugNodeDraft(name), () => endDebugNode(access, name, call.signal));
      return name;
    }),
  };
}

function reachOf({ acts, clusters }: Services) {
  return {
    api: async (cluster: string | undefined, call: RouteCallContext) => apiOf(await clusters.seenBy(call).get(cluster).access()),
    actsOn: (cluster: string | undefined, call: RouteCallContext) => acts.of(call, clusters.seenBy(call).get(cluster).source.id),
  };
}

/** The container itself, or its files as a debug container sees them. */
async function seenFrom(
  access: Parameters<typeof listFiles>[0],
  { via, ...place }: FilePlace & { via?: string | undefined },
  signal: AbortSignal,
): Promise<FilePlace> {
  return via === undefined ? place : throughDebugContainer(access, { ...place, via, signal });
}

/** The content of an upload without a body. */
async function* nothing(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(0);
}
