import { type EvidenceAnswer, type EvidenceReader, type EvidenceRequest, evidenceKey } from '@quarterdeck/cluster';
import { refKey, refTo } from '@quarterdeck/contract';
import { compareText } from '../resolve/compare-chains.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** What one run may read beyond the lists. */
export interface EvidenceBudget {
  requests: number;
  logLines: number;
  /** For all readings of a run together. */
  milliseconds: number;
  atOnce: number;
}

export const defaultBudget: EvidenceBudget = { requests: 400, logLines: 200, milliseconds: 10_000, atOnce: 8 };

export interface ReadEvidenceInput {
  requests: readonly EvidenceRequest[];
  reader: EvidenceReader;
  /** How many of the budget's requests are left. */
  left: number;
  budget: EvidenceBudget;
  /** The caller's; aborting it throws CANCELLED. */
  signal: AbortSignal;
  /** Ends the run's time for reading; what is open then is refused. */
  deadline: AbortSignal;
}

export interface EvidenceAnswered {
  request: EvidenceRequest;
  answer: EvidenceAnswer;
}

/** Answers every request, with a refusal where the budget or the time does not suffice. */
export async function readEvidence(input: ReadEvidenceInput): Promise<EvidenceAnswered[]> {
  const { requests, left, budget } = input;
  const answered: EvidenceAnswered[] = requests
    .slice(left)
    .map((request) => ({ request, answer: refused(`more than ${budget.requests} readings in one run`) }));
  const queue = requests.slice(0, left).values();
  const worker = async () => {
    for (const request of queue) answered.push({ request, answer: await readOne(request, input) });
  };
  await Promise.all(Array.from({ length: budget.atOnce }, worker));
  return answered;
}

async function readOne(request: EvidenceRequest, { reader, budget, signal, deadline }: ReadEvidenceInput): Promise<EvidenceAnswer> {
  const limited = request.need === 'log' ? { ...request, lines: Math.min(request.lines, budget.logLines) } : request;
  if (deadline.aborted && !signal.aborted) return outOfTime(budget);
  try {
    return await reader.read(limited, AbortSignal.any([signal, deadline]));
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return deadline.aborted ? outOfTime(budget) : refused(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function outOfTime(budget: EvidenceBudget): EvidenceAnswer {
  return refused(`not read within ${budget.milliseconds / 1000} s`);
}

function refused(reason: string): EvidenceAnswer {
  return { state: 'refused', reason };
}

/**
 * The order that a short budget is spent in: one container of every workload before the second pod of any, so that
 * one large broken workload does not use it up.
 */
export function spreadOverWorkloads(requests: readonly EvidenceRequest[], view: ClusterView): EvidenceRequest[] {
  const turns = new Map<string, number>();
  const ranked = requests.map((request) => {
    const workload = workloadOf(request, view);
    const turn = turns.get(workload) ?? 0;
    turns.set(workload, turn + 1);
    return { request, turn, key: evidenceKey(request) };
  });
  return ranked.sort((a, b) => a.turn - b.turn || compareText(a.key, b.key)).map(({ request }) => request);
}

function workloadOf(request: EvidenceRequest, view: ClusterView): string {
  if (request.need !== 'log') return evidenceKey(request);
  const owner = view.topOwner(refTo('Pod', request.namespace, request.pod));
  return `${refKey(owner)}|${request.container}|${request.previous}`;
}
