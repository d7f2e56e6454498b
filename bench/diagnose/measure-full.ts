import type { BenchContext, Figure } from '../bench.ts';
import { median } from '../harness/percentile.ts';
import { budget, calmEvidence, engineFor, heapMb, processorMs } from './follow.ts';
import type { Subject } from './subject.ts';

const warmRuns = 5;

export interface FullRuns {
  figures: Figure[];
  /** The median of runs whose code is compiled. */
  warmMs: number;
}

/** Whole runs: the first of the process, then warm ones; what they hold, and what they say of a cluster that is well. */
export async function measureFull({ tell, signal }: BenchContext, subject: Subject): Promise<FullRuns> {
  tell('whole runs');
  const run = async () => {
    const engine = await engineFor(subject);
    const diagnosis = await engine.pass({ now: subject.now, evidence: subject.evidence ?? calmEvidence, signal, budget });
    return { engine, diagnosis };
  };
  const before = heapMb();
  const first = await processorMs(run);
  const heap = heapMb() - before;
  const { incidents, coverage } = first.result.diagnosis;
  for (const { title, sentence } of incidents.slice(0, 20)) tell(`false alarm: ${title}. ${sentence}`);
  for (const { what, reason } of coverage.skipped.slice(0, 20)) tell(`not seen: ${what}: ${reason}`);
  const warm: number[] = [];
  for (let each = 0; each < warmRuns; each += 1) warm.push((await processorMs(run)).ms);
  const warmMs = median(warm);
  return {
    warmMs,
    figures: [
      { name: 'full analysis, processor time', value: warmMs, unit: 'ms', bar: { is: '<', value: 1000 } },
      { name: 'full analysis, the first of the process', value: first.ms, unit: 'ms' },
      { name: 'heap of the engine besides the objects', value: heap, unit: 'MB' },
      { name: 'false alarms', value: incidents.length, unit: '', bar: { is: '=', value: 0 } },
      { name: 'not seen', value: coverage.skipped.length, unit: '' },
    ],
  };
}
