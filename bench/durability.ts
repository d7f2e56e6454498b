import path from 'node:path';
import { type CrashReport, crashTrial, startPostgres } from '@quarterdeck/storage/testing';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { root } from './harness/children.ts';

export const durability: Bench = {
  name: 'durability',
  summary: 'the workbench, or its PostgreSQL, is killed again and again while it changes a cluster',
  needs: "Debian's postgresql for the part with PostgreSQL",
  options: {
    kills: { type: 'number', default: '200', summary: 'of the workbench on SQLite' },
    'postgres-kills': { type: 'number', default: '50', summary: "of PostgreSQL's process under a workbench that stays; 0: not measured" },
  },
  run,
};

const server = path.join(root, 'apps', 'server', 'src', 'main.ts');

async function run({ number, cleanup, signal, tell }: BenchContext) {
  const trial = { server, signal, tell };
  tell('killing the workbench on SQLite');
  const figures = figuresOf('SQLite', await crashTrial({ ...trial, kills: number('kills') }));
  const kills = number('postgres-kills');
  if (kills > 0) {
    const postgres = await startPostgres();
    cleanup.add(() => postgres.stop());
    tell('killing PostgreSQL under the workbench');
    figures.push(...figuresOf('PostgreSQL', await crashTrial({ ...trial, kills, storage: await postgres.createDatabase(), victim: postgres })));
  }
  return { figures, peers: {} };
}

function figuresOf(engine: string, { kills, acknowledged, lost, changed, withoutIntent, unfinished, faults }: CrashReport): Figure[] {
  const none = { is: '=' as const, value: 0 };
  return [
    { name: `${engine}: kills`, value: kills, unit: '' },
    { name: `${engine}: changes acknowledged`, value: acknowledged, unit: '' },
    { name: `${engine}: of those, not in the ledger`, value: lost, unit: '', bar: none },
    { name: `${engine}: changes that reached the cluster`, value: changed, unit: '' },
    { name: `${engine}: of those, without an intent`, value: withoutIntent, unit: '', bar: none },
    { name: `${engine}: acts cut off, shown as unfinished`, value: unfinished, unit: '' },
    { name: `${engine}: faults of the chain`, value: faults.length, unit: '', bar: none },
  ];
}
