import { type HelmMachine, type HelmOperation, helmEvents, helmPreview, onlyReads } from '@quarterdeck/cluster';
import { type HelmEvent, type HelmPreview, routes, toAppError } from '@quarterdeck/contract';
import type { ClusterRuntime } from '../clusters/cluster-runtime.ts';
import { listReleases, ReleasesOfClusters } from '../helm/releases-of.ts';
import { admit } from './admit.ts';
import { handle, handleStream, type RouteCallContext, type RouteHandlers, type StreamedAnswer } from './route-handler.ts';
import type { Services } from './services.ts';

type HelmRoutes =
  | 'listHelmReleases'
  | 'getHelmRelease'
  | 'getHelmHistory'
  | 'getHelmObjects'
  | 'getHelmDiff'
  | 'previewHelmInstall'
  | 'previewHelmUpgrade'
  | 'installHelmRelease'
  | 'upgradeHelmRelease'
  | 'rollbackHelmRelease'
  | 'uninstallHelmRelease';

export function helmHandlers({ acts, clusters }: Services, environment: HelmMachine['environment'] = process.env): Pick<RouteHandlers, HelmRoutes> {
  const known = new ReleasesOfClusters();
  const releasesOf = async (cluster: string | undefined) => (await known.of(clusters.get(cluster))).releases;

  async function preview(
    cluster: string | undefined,
    operation: Extract<HelmOperation, { do: 'install' | 'upgrade' }>,
    call: RouteCallContext,
  ): Promise<HelmPreview> {
    const runtime = clusters.get(cluster);
    const { access, releases } = await known.of(runtime);
    return helmPreview(access, releases, operation, machineFor(runtime, call, environment), call.signal);
  }

  async function run(cluster: string | undefined, operation: HelmOperation, call: RouteCallContext): Promise<StreamedAnswer> {
    const runtime = clusters.get(cluster);
    // A browser that goes away must not leave an upgrade half done: it runs to its end.
    const { signal } = new AbortController();
    const events = await helmEvents(await runtime.access(), operation, machineFor(runtime, call, environment), {
      acts: acts.of(call, runtime.source.id),
      signal,
    });
    return { chunks: linesOf(events) };
  }

  return {
    listHelmReleases: handle(routes.listHelmReleases, async ({ cluster, namespace, charts }, { signal }) =>
      listReleases(await releasesOf(cluster), clusters.get(cluster), { namespace, charts: charts === 'true' }, signal),
    ),
    getHelmRelease: handle(routes.getHelmRelease, async ({ cluster, revision, ...target }, { signal }) =>
      (await releasesOf(cluster)).release(target, revision ?? null, signal),
    ),
    getHelmHistory: handle(routes.getHelmHistory, async ({ cluster, ...target }, { signal }) => (await releasesOf(cluster)).history(target, signal)),
    getHelmObjects: handle(routes.getHelmObjects, async ({ cluster, ...target }, { signal }) =>
      (await releasesOf(cluster)).objects(target, clusters.get(cluster).now(), signal),
    ),
    getHelmDiff: handle(routes.getHelmDiff, async ({ cluster, from, to, ...target }, { signal }) =>
      (await releasesOf(cluster)).diff(target, from, to ?? null, signal),
    ),
    previewHelmInstall: handle(routes.previewHelmInstall, ({ cluster, ...input }, call) => preview(cluster, { do: 'install', input }, call)),
    previewHelmUpgrade: handle(routes.previewHelmUpgrade, ({ cluster, ...input }, call) => preview(cluster, { do: 'upgrade', input }, call)),
    installHelmRelease: handleStream(routes.installHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'install', input }, call)),
    upgradeHelmRelease: handleStream(routes.upgradeHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'upgrade', input }, call)),
    rollbackHelmRelease: handleStream(routes.rollbackHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'rollback', input }, call)),
    uninstallHelmRelease: handleStream(routes.uninstallHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'uninstall', input }, call)),
  };
}

/** Helm's own calls come to the gate too, each with what it really does. */
function machineFor(runtime: ClusterRuntime, { actor }: RouteCallContext, environment: HelmMachine['environment']): HelmMachine {
  return {
    environment,
    platform: process.platform,
    authorize(info) {
      try {
        admit(actor, { permission: 'helm.write', effect: onlyReads(info) ? 'read' : 'write' }, runtime);
        return null;
      } catch (thrown) {
        return toAppError(thrown);
      }
    },
  };
}

async function* linesOf(events: AsyncIterable<HelmEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
