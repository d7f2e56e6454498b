import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EvidenceReader, EvidenceRequest } from '@quarterdeck/cluster';
import { builtInKnowledge, DiagnosisEngine, diagnosisKinds } from '@quarterdeck/diagnosis';
import type { Subject } from './subject.ts';

/** Everything may be read: the diagnosis of a large cluster asks for more than one run's share. */
export const budget = { requests: 100_000 };

/** Logs of servers that are well, certificates that last. */
export const calmEvidence: EvidenceReader = { read: (request) => Promise.resolve(calmAnswer(request)) };

const lines = Array.from({ length: 20 }, (_, line) => ({ at: `2026-05-04T11:${10 + line}:00Z`, text: `INFO request ${line} served in 3 ms` }));

function calmAnswer({ need }: EvidenceRequest) {
  return need === 'log' ? { state: 'answered' as const, need, value: lines } : { state: 'absent' as const, reason: 'there is none' };
}

/** An engine that has taken the subject in, but has made no pass yet. */
export async function engineFor({ objects, now, coverage, customKinds = [] }: Subject): Promise<DiagnosisEngine> {
  const engine = new DiagnosisEngine({ knowledge: builtInKnowledge, scope: null, now });
  engine.cover({ coverage: coverage ?? Object.fromEntries(diagnosisKinds.map((kind) => [kind, 'read' as const])), customKinds });
  await engine.apply({ upserts: objects, deletes: [] });
  return engine;
}

/** Milliseconds of processor time that this process takes for a task. */
export async function processorMs<T>(task: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const from = process.cpuUsage();
  const result = await task();
  const { user, system } = process.cpuUsage(from);
  return { ms: (user + system) / 1000, result };
}

/** MB (2^20 bytes) of objects that are in use, after a collection. */
export function heapMb(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
