import { findHelm, type HelmMachine, type HelmOperation, helmEvents, helmPreview } from '@quarterdeck/cluster';
import { type HelmEvent, type HelmPreview, type HelmProgramState, routes, toAppError } from '@quarterdeck/contract';
import { listReleases, ReleasesOfClusters } from '../helm/releases-of.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import { handle, handleStream, type RouteCallContext, type RouteHandlers, type StreamedAnswer } from './route-handler.ts';
import type { Services } from './services.ts';

type HelmRoutes =
  | 'listHelmReleases'
  | 'getHelmProgram'
  | 'getHelmRelease'
  | 'getHelmHistory'
  | 'getHelmObjects'
  | 'getHelmDiff'
  | 'previewHelmInstall'
  | 'previewHelmUpgrade'
  | 'installHelmRelease'
  | 'upgradeHelmRelease'
  | 'rollbackHelmRelease'
  | 'uninstallHelmRelease'
  | 'testHelmRelease';

export function helmHandlers({ acts, clusters }: Services, environment: HelmMachine['environment'] = process.env): Pick<RouteHandlers, HelmRoutes> {
  const known = new ReleasesOfClusters();
  const releasesOf = async (cluster: string | undefined, call: RouteCallContext) => (await known.of(clusters.seenBy(call).get(cluster))).releases;

  async function preview(
    cluster: string | undefined,
    operation: Extract<HelmOperation, { do: 'install' | 'upgrade' }>,
    call: RouteCallContext,
  ): Promise<HelmPreview> {
    const runtime = clusters.seenBy(call).get(cluster);
    const { access, releases } = await known.of(runtime);
    return helmPreview(access, releases, operation, machineFor(runtime, environment), call.signal);
  }

  async function run(cluster: string | undefined, operation: HelmOperation, call: RouteCallContext): Promise<StreamedAnswer> {
    const runtime = clusters.seenBy(call).get(cluster);
    // A browser that goes away must not leave an upgrade half done: it runs to its end.
    const { signal } = new AbortController();
    const events = await helmEvents(await runtime.access(), operation, machineFor(runtime, environment), {
      acts: acts.of(call, runtime.source.id),
      signal,
    });
    return { chunks: linesOf(events) };
  }

  return {
    listHelmReleases: handle(routes.listHelmReleases, async ({ cluster, namespace, charts }, call) =>
      listReleases(await releasesOf(cluster, call), clusters.seenBy(call).get(cluster), { namespace, charts: charts === 'true' }, call.signal),
    ),
    getHelmProgram: handle(routes.getHelmProgram, (_input, call) => programOf(environment, call.signal)),
    getHelmRelease: handle(routes.getHelmRelease, async ({ cluster, revision, ...target }, call) =>
      (await releasesOf(cluster, call)).release(target, revision ?? null, call.signal),
    ),
    getHelmHistory: handle(routes.getHelmHistory, async ({ cluster, ...target }, call) => (await releasesOf(cluster, call)).history(target, call.signal)),
    getHelmObjects: handle(routes.getHelmObjects, async ({ cluster, ...target }, call) =>
      (await releasesOf(cluster, call)).objects(target, clusters.seenBy(call).get(cluster).now(), call.signal),
    ),
    getHelmDiff: handle(routes.getHelmDiff, async ({ cluster, from, to, ...target }, call) =>
      (await releasesOf(cluster, call)).diff(target, from, to ?? null, call.signal),
    ),
    previewHelmInstall: handle(routes.previewHelmInstall, ({ cluster, ...input }, call) => preview(cluster, { do: 'install', input }, call)),
    previewHelmUpgrade: handle(routes.previewHelmUpgrade, ({ cluster, ...input }, call) => preview(cluster, { do: 'upgrade', input }, call)),
    installHelmRelease: handleStream(routes.installHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'install', input }, call)),
    upgradeHelmRelease: handleStream(routes.upgradeHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'upgrade', input }, call)),
    rollbackHelmRelease: handleStream(routes.rollbackHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'rollback', input }, call)),
    uninstallHelmRelease: handleStream(routes.uninstallHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'uninstall', input }, call)),
    testHelmRelease: handleStream(routes.testHelmRelease, ({ cluster, ...input }, call) => run(cluster, { do: 'test', input }, call)),
  };
}

/** That there is none is an answer: releases can be read all the same. */
async function programOf(environment: HelmMachine['environment'], signal: AbortSignal): Promise<HelmProgramState> {
  try {
    return { state: 'found', version: (await findHelm(environment, signal)).version };
  } catch (thrown) {
    const { code, message, hint } = toAppError(thrown);
    if (code !== 'UNSUPPORTED') throw thrown;
    return { state: 'missing', reason: message, hint: hint ?? null };
  }
}

/** Helm's own calls come to the gate too, each with what it really does. */
function machineFor(seen: SeenCluster, environment: HelmMachine['environment']): HelmMachine {
  return { environment, platform: process.platform, authorize: (info) => seen.authorize({ info, query: new URLSearchParams(), body: undefined }) };
}

async function* linesOf(events: AsyncIterable<HelmEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
