import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { actLog, Ledger, openStorage, parseStorageUrl, type StorageUrl, verifyLedger } from '@quarterdeck/storage';
import { startPostgres } from '@quarterdeck/storage/testing';
import * as z from 'zod';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { root, runChild } from './harness/children.ts';
import { percentile } from './harness/percentile.ts';

export const gate: Bench = {
  name: 'gate',
  summary: 'what the gate, access policies and the ledger cost',
  needs: "Debian's postgresql for its figures (--postgres)",
  options: {
    acts: { type: 'number', default: '10000', summary: 'how many' },
    callers: { type: 'number', default: '128', summary: 'how many act at the same time' },
    pods: { type: 'number', default: '30000', summary: 'how many pods the measured lists have' },
    postgres: { type: 'switch', default: 'false', summary: 'PostgreSQL as well' },
  },
  run,
};

async function run(context: BenchContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-bench-'));
  context.cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const figures = await measureGate(context);
  figures.push(...(await measure(context, 'SQLite', parseStorageUrl(`sqlite:${path.join(folder, 'ledger.db')}`))));
  if (context.isOn('postgres')) {
    const postgres = await startPostgres();
    context.cleanup.add(() => postgres.stop());
    figures.push(...(await measure(context, 'PostgreSQL', parseStorageUrl(await postgres.createDatabase()))));
  }
  return { figures, peers: {} };
}

const measuredSchema = z.object({
  decisions: z.array(z.number()),
  lists: z.object({ raw: z.array(z.number()), whole: z.array(z.number()), restricted: z.array(z.number()) }),
});

/** In a process of its own: what an app is made of is imported by nobody. */
async function measureGate(context: BenchContext): Promise<Figure[]> {
  const pods = String(context.number('pods'));
  context.tell(`100000 decisions, and lists of a window over ${pods} pods`);
  const { stdout } = await runChild(context.cleanup, process.execPath, [path.join(root, 'apps/server/src/testing/measure-gate.ts'), pods]);
  const { decisions, lists } = measuredSchema.parse(JSON.parse(stdout));
  const [raw, whole, restricted] = [lists.raw, lists.whole, lists.restricted].map((times) => percentile(times, 50));
  return [
    { name: 'a decision, from the request on, p99', value: percentile(decisions, 99), unit: 'µs', bar: { is: '<=', value: 20 } },
    { name: 'a decision, median', value: percentile(decisions, 50), unit: 'µs' },
    { name: 'a list of the index, median', value: raw ?? 0, unit: 'ms' },
    { name: 'the same for who sees all, on top', value: (whole ?? 0) - (raw ?? 0), unit: 'ms', bar: { is: '<=', value: 0.5 } },
    { name: 'the same for who sees half the namespaces, on top', value: (restricted ?? 0) - (raw ?? 0), unit: 'ms', bar: { is: '<=', value: 10 } },
  ];
}

async function measure(context: BenchContext, engine: string, url: StorageUrl): Promise<Figure[]> {
  const storage = await openStorage(url, { role: 'server' });
  context.cleanup.add(() => storage.close());
  const ledger = new Ledger(storage.db);
  const [acts, callers] = [context.number('acts'), context.number('callers')];
  context.tell(`${engine}: ${acts} acts of ${callers} callers at once, then one after the other`);
  await perform(ledger, 200, 16);
  const together = await perform(ledger, acts, callers);
  const alone = await perform(ledger, Math.max(1, Math.round(acts / 20)), 1);
  const before = performance.now();
  const report = await verifyLedger(storage.db);
  const checked = report.rows / ((performance.now() - before) / 1000);
  const bar = engine === 'SQLite' ? { bar: { is: '>=' as const, value: 2000 } } : {};
  return [
    { name: `${engine}: acts, ${callers} callers`, value: together.perSecond, unit: '/s', ...bar },
    { name: `${engine}: until an act may be done, p99`, value: percentile(together.waits, 99), unit: 'ms' },
    { name: `${engine}: acts, one caller`, value: alone.perSecond, unit: '/s' },
    { name: `${engine}: rows verified`, value: checked, unit: '/s' },
    { name: `${engine}: rows that do not prove themselves`, value: report.faults.length, unit: '', bar: { is: '=', value: 0 } },
  ];
}

interface Performance {
  /** Whole acts: intent stored, result stored. */
  perSecond: number;
  /** Milliseconds until the intent was stored. */
  waits: number[];
}

async function perform(ledger: Ledger, acts: number, callers: number): Promise<Performance> {
  const acting = { actor: { id: 'bench', kind: 'person' as const }, via: 'api' as const, cluster: 'bench', requestId: 'r' };
  const fail = (error: Error) => {
    throw error;
  };
  const log = actLog(ledger, acting, { now: Date.now, onLate: fail });
  const waits: number[] = [];
  let left = acts;
  const caller = async () => {
    while (left > 0) {
      left -= 1;
      const asked = performance.now();
      const act = await log.begin(draft(left));
      waits.push(performance.now() - asked);
      await act.end({ outcome: 'done', diff: '--- live\n+++ merged\n@@ -1 +1 @@\n-  replicas: 2\n+  replicas: 3\n' });
    }
  };
  const before = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  return { perSecond: acts / ((performance.now() - before) / 1000), waits };
}

function draft(number: number) {
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: `web-${number}` };
  const change = { verb: 'scale', target, replicas: 3 };
  return { action: 'change.scale' as const, target, input: { change }, kubectl: `kubectl scale deployment.apps/web-${number} -n shop --replicas=3` };
}
