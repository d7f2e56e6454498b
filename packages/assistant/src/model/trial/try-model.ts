import type { ModelAnswer, ModelChain } from '../../failover/model-chain.ts';
import type { Cost } from '../../prices/estimate-cost.ts';
import { ModelError } from '../model-error.ts';
import type { ModelUsage } from '../model-port.ts';
import { type TrialTask, trialTasks } from './trial-tasks.ts';

export interface ModelTrial {
  /** `provider/model`. */
  model: string;
  tasks: { id: string; title: string; passed: boolean }[];
  /** Median over the tasks. Milliseconds; null where nothing came. */
  firstTokenMs: number | null;
  /** While text came; null where the provider counts no tokens. */
  tokensPerSecond: number | null;
  cost: Cost;
  /** What kept it from being tried to the end; a failure of the service says nothing of the model. */
  error: ModelError | null;
}

export interface TrialWorld {
  /** Milliseconds. */
  now(): number;
  cost(usage: ModelUsage): Cost;
  signal: AbortSignal;
}

interface TaskRun {
  answer: ModelAnswer;
  firstTokenMs: number;
  talkedMs: number;
}

/** Tries a model to the end; see `trialOf`. */
export async function tryModel(model: string, chain: ModelChain, world: TrialWorld): Promise<ModelTrial> {
  const trial = trialOf(model, chain, world);
  let step = await trial.next();
  while (step.done !== true) step = await trial.next();
  return step.value;
}

/** Asks a model the tasks one after the other, so that its times are its own, and tells of each. Never throws a ModelError. */
export async function* trialOf(model: string, chain: ModelChain, world: TrialWorld): AsyncGenerator<ModelTrial['tasks'][number], ModelTrial> {
  const runs: { task: TrialTask; run: TaskRun }[] = [];
  let error: ModelError | null = null;
  try {
    for (const task of trialTasks) {
      const run = await runTask(task, chain, world);
      runs.push({ task, run });
      yield judged(task, run);
    }
  } catch (thrown) {
    if (!(thrown instanceof ModelError)) throw thrown;
    error = thrown;
  }
  const usage = sumOf(runs.map(({ run }) => run.answer.finish?.usage ?? null));
  const talkedMs = runs.reduce((sum, { run }) => sum + run.talkedMs, 0);
  return {
    model,
    tasks: runs.map(({ task, run }) => judged(task, run)),
    firstTokenMs: median(runs.map(({ run }) => run.firstTokenMs)),
    tokensPerSecond: usage.output === null || talkedMs <= 0 ? null : (usage.output * 1000) / talkedMs,
    cost: world.cost(usage),
    error,
  };
}

function judged({ id, title, passes }: TrialTask, { answer }: TaskRun): ModelTrial['tasks'][number] {
  return { id, title, passed: passes(answer) };
}

async function runTask({ request }: TrialTask, chain: ModelChain, { now, signal }: TrialWorld): Promise<TaskRun> {
  const began = now();
  let first: number | null = null;
  const answer: ModelAnswer = { provider: '', model: '', text: '', toolCalls: [], finish: null, cut: null };
  for await (const event of chain.stream(request, signal)) {
    if (event.type === 'text' || event.type === 'reasoning' || event.type === 'toolCall') first ??= now();
    if (event.type === 'text') answer.text += event.text;
    if (event.type === 'toolCall') answer.toolCalls = [...answer.toolCalls, event];
    if (event.type === 'finish') answer.finish = { reason: event.reason, usage: event.usage };
  }
  const ended = now();
  return { answer, firstTokenMs: (first ?? ended) - began, talkedMs: ended - (first ?? began) };
}

function sumOf(usages: readonly (ModelUsage | null)[]): ModelUsage {
  const sum = (field: keyof ModelUsage) => {
    const values = usages.map((usage) => usage?.[field] ?? null);
    return values.every((value) => value === null) ? null : values.reduce((total: number, value) => total + (value ?? 0), 0);
  };
  return { input: sum('input'), cacheRead: sum('cacheRead'), cacheWrite: sum('cacheWrite'), output: sum('output'), reasoning: sum('reasoning') };
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
