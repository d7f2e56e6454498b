import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { openStorage } from '../database/open-storage.ts';
import { parseStorageUrl } from '../database/storage-url.ts';
import { readEntries } from '../ledger/read-acts.ts';
import { verifyLedger } from '../ledger/verify-ledger.ts';
import { type CountingCluster, startCountingCluster } from './counting-cluster.ts';

export interface CrashTrial {
  /** The server's main file. */
  server: string;
  /** QUARTERDECK_STORAGE; left out, SQLite in the state directory. */
  storage?: string;
  kills: number;
  /** Instead of the server: what else is ended at once, and begun again. */
  victim?: { kill(): Promise<void>; start(): Promise<void> };
  signal: AbortSignal;
  tell(text: string): void;
}

export interface CrashReport {
  kills: number;
  /** Changes that a client was told are done. */
  acknowledged: number;
  /** Of those, how many have no intent or no result in the ledger. */
  lost: number;
  /** Changes that reached the cluster. */
  changed: number;
  /** Of those, how many have no intent. */
  withoutIntent: number;
  /** Intents without a result: cut off by a kill. */
  unfinished: number;
  /** How the chain is broken; empty where it is whole. */
  faults: string[];
}

interface Client {
  url: URL;
  acknowledged: Set<string>;
  next: { number: number };
}

/** So many clients change something at the same time. */
const clients = 4;
/** A kill comes at a random moment of this span after something was acknowledged. Milliseconds. */
const longestUntilKill = 250;

/** Changes a cluster through a real server that is killed again and again, and compares what clients were told, what the cluster saw and what the ledger has. */
export async function crashTrial({ victim, signal, tell, ...trial }: CrashTrial): Promise<CrashReport> {
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-crash-'));
  const cluster = await startCountingCluster();
  const acknowledged = new Set<string>();
  const next = { number: 0 };
  let running: RunningServer | null = null;
  const seen = (kills: number): Seen => ({ kills, acknowledged, changed: cluster.changed });
  /** While a server runs, its acts are going on. */
  const tellHow = async (kills: number) => {
    if (running !== null) return tell(`${kills} kills, ${acknowledged.size} acknowledged`);
    const { lost, withoutIntent, faults } = await compare(trial, folder, seen(kills));
    tell(`${kills} kills, ${acknowledged.size} acknowledged, ${lost} lost, ${withoutIntent} without intent, ${faults.length} faults`);
  };
  try {
    for (let kill = 1; kill <= trial.kills; kill += 1) {
      signal.throwIfAborted();
      running ??= await startServer(trial, folder, cluster, signal);
      await whileChanging({ url: running.url, acknowledged, next }, async () => {
        await delay(randomInt(longestUntilKill));
        if (victim === undefined) await running?.kill();
        else await victim.kill();
      });
      if (victim === undefined) running = null;
      else await victim.start();
      if (kill % 20 === 0) await tellHow(kill);
    }
    await running?.kill();
    return await compare(trial, folder, seen(trial.kills));
  } finally {
    await running?.kill();
    await cluster.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps changing until the kill is done; it waits until something was acknowledged since it began. */
async function whileChanging(client: Client, kill: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const before = client.acknowledged.size;
  const all = Array.from({ length: clients }, () => changeUntil(client, stop.signal));
  try {
    for (const deadline = Date.now() + 60_000; client.acknowledged.size === before; await delay(5)) {
      if (Date.now() > deadline) throw new Error('Nothing was acknowledged for a minute.');
    }
    await kill();
  } finally {
    stop.abort();
    await Promise.all(all);
  }
}

async function changeUntil(client: Client, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    client.next.number += 1;
    const number = String(client.next.number);
    const target = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'counter' };
    const body = JSON.stringify({ change: { verb: 'annotate', target, entries: { number }, overwrite: true } });
    const headers = { authorization: `Bearer ${new URLSearchParams(client.url.hash.slice(1)).get('token')}`, 'content-type': 'application/json' };
    try {
      const response = await fetch(new URL('/api/changes', client.url.origin), { method: 'POST', headers, body });
      if (response.ok) client.acknowledged.add(number);
      await response.arrayBuffer();
      if (!response.ok) await delay(20);
    } catch {
      await delay(5); // Nobody answered: nothing was acknowledged.
    }
  }
}

interface RunningServer {
  url: URL;
  kill(): Promise<void>;
}

async function startServer(
  { server, storage }: Pick<CrashTrial, 'server' | 'storage'>,
  folder: string,
  { kubeconfig }: CountingCluster,
  signal: AbortSignal,
): Promise<RunningServer> {
  const file = join(folder, 'kubeconfig');
  await writeFile(file, kubeconfig);
  const own = { QUARTERDECK_STATE: folder, QUARTERDECK_STORAGE: storage ?? '', QUARTERDECK_LOG: 'fatal', QUARTERDECK_CALLS_PER_SECOND: '1000000' };
  const env = { ...process.env, KUBECONFIG: file, PORT: '0', ...own };
  const child = spawn(process.execPath, [server], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  const url = await firstAddress(child);
  return {
    url,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function firstAddress({ stdout }: ChildProcess): Promise<URL> {
  if (stdout !== null) for await (const line of createInterface({ input: stdout })) if (line.startsWith('http://')) return new URL(line);
  throw new Error('The server ended before it listened.');
}

interface Seen {
  kills: number;
  acknowledged: ReadonlySet<string>;
  changed: ReadonlySet<string>;
}

async function compare({ storage }: Pick<CrashTrial, 'storage'>, folder: string, { kills, acknowledged, changed }: Seen): Promise<CrashReport> {
  const opened = await openStorage(parseStorageUrl(storage ?? `sqlite:${join(folder, 'quarterdeck.db')}`), { role: 'server' });
  try {
    const acts = new Map<string, string>();
    const finished = new Set<string>();
    for await (const { record } of readEntries(opened.db)) {
      if (record.phase === 'result') finished.add(record.act);
      else acts.set(/"number":"(\d+)"/.exec(JSON.stringify(record.input))?.[1] ?? '', record.act);
    }
    const { faults, unfinished } = await verifyLedger(opened.db);
    const lost = [...acknowledged].filter((number) => !finished.has(acts.get(number) ?? '')).length;
    const withoutIntent = [...changed].filter((number) => !acts.has(number)).length;
    return {
      kills,
      acknowledged: acknowledged.size,
      lost,
      changed: changed.size,
      withoutIntent,
      unfinished,
      faults: faults.map(({ seq, message }) => `${seq}: ${message}`),
    };
  } finally {
    await opened.close();
  }
}
