import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { apiOf, type ClusterAccess } from '@quarterdeck/cluster';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { chromiumProgram } from './harness/browser.ts';
import { endChild, root } from './harness/children.ts';
import { installPeer } from './harness/peers.ts';
import { median, percentile } from './harness/percentile.ts';
import { ProbedChild } from './harness/probed-child.ts';
import { firstLine, startMeasuredWorkbench, type Workbench } from './harness/workbench.ts';
import { measureBrowserHeap } from './live/browser-heap.ts';
import { buildWebApp, largeClusterOptions, startLargeCluster } from './live/large-cluster.ts';
import { LiveSocket } from './live/live-socket.ts';
import { startChanges } from './live/played-changes.ts';
import { measureWindows, readAllRows, subscribePods } from './live/windows.ts';
import { findWrongRows } from './live/wrong-rows.ts';

const peerVersion = '2.0.1';
/** Between the last change, or the last comparison, and the next one. */
const quietMs = 2000;
const longestLateSeconds = 60;
/** A comparison may itself take a minute, with pods that change in it. */
const fewestAttempts = 3;

export const live: Bench = {
  name: 'live',
  summary: 'the live table of pods on a large and busy cluster',
  needs: 'Go (for a sandbox cluster of its own), Chromium, npm for @kubernetes/client-node',
  options: {
    ...largeClusterOptions,
    seconds: { type: 'number', default: '600', summary: 'how long windows are moved under changes' },
    moves: { type: 'number', default: '200', summary: 'how many windows are asked for in that time' },
    'skip-peer': { type: 'switch', default: 'false', summary: 'without the comparison' },
    'skip-browser': { type: 'switch', default: 'false', summary: 'without the browser' },
    profile: { type: 'text', default: '', summary: "folder for the server's CPU profile; it slows the server down" },
  },
  run,
};

async function run(context: BenchContext) {
  const compare = !context.isOn('skip-peer');
  const browse = !context.isOn('skip-browser');
  const peerFolder = compare ? await installPeer(context, '@kubernetes/client-node', peerVersion) : '';
  if (browse) {
    chromiumProgram();
    await buildWebApp(context);
  }
  const { access, kubeconfig } = await startLargeCluster(context);
  const figures = await measureWorkbench(context, access, kubeconfig, browse);
  const peers = compare ? { [`@kubernetes/client-node ${peerVersion}`]: await measureInformer(context, kubeconfig, peerFolder) } : {};
  return { figures, peers };
}

async function measureWorkbench(context: BenchContext, access: ClusterAccess, kubeconfig: string, browse: boolean): Promise<Figure[]> {
  const changes = startChanges(context, kubeconfig);
  const pageMs = await firstPageMs(access, context.signal);
  const workbench = await startMeasuredWorkbench(context.cleanup, kubeconfig, context.text('profile'));
  await workbench.process.eventLoopDelay();
  const socket = await LiveSocket.open(workbench.url);
  const table = await measureTable(context, workbench, socket, pageMs);
  // The web app subscribes to the issues too, so it comes after them.
  const issues = await measureIssues(context, workbench, socket);
  const browser = browse ? await measureBrowser(context, workbench) : [];
  const rate = await changes.stop();
  const wrong = await compareRows(context, access, socket);
  socket.close();
  await endChild(workbench.process.child);
  return [...table, ...browser, ...wrong, ...issues, rate];
}

/** What the API server itself takes for the first page of the list. */
async function firstPageMs(access: ClusterAccess, signal: AbortSignal): Promise<number> {
  const taken: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const from = performance.now();
    const subject = { verb: 'list' as const, resource: 'pods', namespace: null };
    await apiOf(access).json({ path: '/api/v1/pods', query: { limit: '500' }, subject, signal });
    taken.push(performance.now() - from);
  }
  return median(taken);
}

async function measureTable(context: BenchContext, { process: server }: Workbench, socket: LiveSocket, pageMs: number): Promise<Figure[]> {
  context.tell('subscribing to the pods');
  const { firstRows, complete } = await subscribePods(socket, Math.floor(context.number('pods') * 0.98));
  const listing = await server.eventLoopDelay();
  const memoryListing = server.memory.take();
  const seconds = context.number('seconds');
  context.tell(`moving the window for ${seconds} s`);
  const windows = await measureWindows(socket, context.number('moves'), seconds, context.signal);
  const following = await server.eventLoopDelay();
  const memory = server.memory.take();
  return [
    { name: 'memory, most', value: Math.max(...memoryListing, ...memory), unit: 'MB', bar: { is: '<', value: 400 } },
    { name: 'memory while following, median', value: median(memory), unit: 'MB' },
    { name: 'first rows after subscribing', value: firstRows, unit: 'ms', bar: { is: '<', value: 1000 } },
    { name: 'first page from the API server alone', value: pageMs, unit: 'ms' },
    { name: 'whole list after subscribing', value: complete, unit: 'ms' },
    { name: 'filter and sort, p50', value: percentile(windows, 50), unit: 'ms' },
    { name: 'filter and sort, p95', value: percentile(windows, 95), unit: 'ms', bar: { is: '<', value: 100 } },
    { name: 'event loop held while listing, p99', value: listing.p99, unit: 'ms', bar: { is: '<', value: 50 } },
    { name: 'event loop held while listing, most', value: listing.max, unit: 'ms' },
    { name: 'event loop held while following, p99', value: following.p99, unit: 'ms', bar: { is: '<', value: 50 } },
    { name: 'event loop held while following, most', value: following.max, unit: 'ms' },
  ];
}

async function measureBrowser(context: BenchContext, { url }: Workbench): Promise<Figure[]> {
  context.tell('opening the table of pods in Chromium');
  const heap = await measureBrowserHeap(context, url, 15);
  return [{ name: 'browser heap', value: heap, unit: 'MB', bar: { is: '<', value: 150 } }];
}

/** The diagnosis reads many kinds whole; what it takes is shown beside, and is no part of the table's bars. */
async function measureIssues({ tell }: BenchContext, { process: server }: Workbench, socket: LiveSocket): Promise<Figure[]> {
  tell('subscribing to the issues');
  server.memory.take();
  await server.eventLoopDelay();
  const checked = socket.next((frame) => (frame.type === 'issuesSnapshot' ? true : null), 180_000);
  socket.send({ type: 'subscribeIssues', id: 'issues' });
  const { ms } = await checked;
  await delay(10_000);
  const held = await server.eventLoopDelay();
  return [
    { name: 'with issues: first answer', value: ms, unit: 'ms' },
    { name: 'with issues: memory, most', value: Math.max(...server.memory.take()), unit: 'MB' },
    { name: 'with issues: event loop held, p99', value: held.p99, unit: 'ms' },
    { name: 'with issues: event loop held, most', value: held.max, unit: 'ms' },
  ];
}

/** What is wrong right after the changes stopped may only be late; what stays wrong was lost or doubled. */
async function compareRows(context: BenchContext, access: ClusterAccess, socket: LiveSocket): Promise<Figure[]> {
  context.tell('comparing every row with a fresh list');
  const from = performance.now();
  let late: number | null = null;
  for (let attempt = 1; ; attempt += 1) {
    await delay(quietMs, undefined, { signal: context.signal });
    const { compared, missing, doubled, extra, different } = await findWrongRows(access, () => readAllRows(socket), context.signal);
    const wrong = missing + doubled + extra + different;
    const seconds = (performance.now() - from) / 1000;
    context.tell(`${compared} rows: ${missing} missing, ${doubled} doubled, ${extra} of pods that are gone, ${different} different`);
    late ??= wrong;
    if (wrong > 0 && (attempt < fewestAttempts || seconds < longestLateSeconds)) continue;
    return [
      { name: 'rows compared', value: compared, unit: '' },
      { name: 'rows wrong', value: wrong, unit: '', bar: { is: '=', value: 0 } },
      { name: 'rows late 2 s after the last change', value: late, unit: '' },
      { name: 'time until every row was right', value: wrong === 0 ? seconds : Number.NaN, unit: 's' },
    ];
  }
}

async function measureInformer(context: BenchContext, kubeconfig: string, folder: string): Promise<Figure[]> {
  context.tell("client-node's informer on the same cluster");
  const changes = startChanges(context, kubeconfig);
  const informer = new ProbedChild(context.cleanup, [path.join(root, 'bench', 'live', 'client-node-informer.js'), kubeconfig, folder], process.env);
  const synced = Number(await firstLine(informer, ''));
  const listing = await informer.eventLoopDelay();
  const seconds = Math.min(context.number('seconds'), 60);
  await delay(seconds * 1000, undefined, { signal: context.signal });
  const following = await informer.eventLoopDelay();
  const memory = informer.memory.take();
  await endChild(informer.child);
  await changes.stop();
  return [
    { name: 'whole list', value: synced, unit: 'ms' },
    { name: 'memory, most', value: Math.max(...memory), unit: 'MB' },
    { name: 'event loop held while listing, most', value: listing.max, unit: 'ms' },
    { name: 'event loop held while following, p99', value: following.p99, unit: 'ms' },
    { name: 'event loop held while following, most', value: following.max, unit: 'ms' },
  ];
}
