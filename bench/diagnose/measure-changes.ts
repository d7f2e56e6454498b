import type { DiagnosisEngine } from '@quarterdeck/diagnosis';
import type { BenchContext, Figure } from '../bench.ts';
import { median, percentile } from '../harness/percentile.ts';
import { breakWorkloads } from './break-workloads.ts';
import { budget, calmEvidence, engineFor, processorMs } from './follow.ts';
import { type Change, singleChanges } from './single-changes.ts';
import type { Subject } from './subject.ts';

/** Changes come half a second apart. Milliseconds. */
const apart = 500;

export interface MeasuredChanges {
  figures: Figure[];
  medianMs: number;
}

/** Single changes of mixed kinds, each followed by a pass; then everything is put back and must be as before. */
export async function measureChanges(context: BenchContext, subject: Subject, broken: number): Promise<MeasuredChanges> {
  const { tell, signal } = context;
  tell(`single changes with ${broken} broken workloads`);
  const objects = breakWorkloads(subject.objects, broken);
  const engine = await engineFor({ ...subject, objects });
  const pass = (now: number) => engine.pass({ now, evidence: calmEvidence, signal, budget });
  const before = await pass(subject.now);
  const taken = new Map<string, number[]>();
  let { now } = subject;
  for (const change of singleChanges(objects, context.number('changes'))) {
    now += apart;
    const moment = now;
    const { ms } = await processorMs(() => apply(engine, change).then(() => pass(moment)));
    taken.set(change.name, [...(taken.get(change.name) ?? []), ms]);
  }
  await engine.apply({ upserts: objects, deletes: [] });
  const after = await pass(now);
  for (const [name, all] of taken) tell(`${name}: p50 ${median(all).toFixed(2)} ms, p95 ${percentile(all, 95).toFixed(2)} ms`);
  const all = [...taken.values()].flat();
  return {
    medianMs: median(all),
    figures: [
      { name: 'after one change, p50', value: median(all), unit: 'ms' },
      { name: 'after one change, p95', value: percentile(all, 95), unit: 'ms' },
      { name: 'after one change, most', value: Math.max(...all), unit: 'ms' },
      { name: 'incidents before', value: before.incidents.length, unit: '' },
      { name: 'incidents after all was put back', value: after.incidents.length, unit: '', bar: { is: '=', value: before.incidents.length } },
    ],
  };
}

function apply(engine: DiagnosisEngine, { upserts, deletes }: Change): Promise<void> {
  return engine.apply({ upserts, deletes });
}
