import {
  type BuiltContext,
  buildContext,
  createKubernetesSource,
  createPrivacy,
  defaultContextSettings,
  kubernetesTools,
  loadTokenCounter,
} from '@quarterdeck/assistant';
import { askedNamespace } from './assistant/asked-namespace.ts';
import { firstTokens } from './assistant/first-tokens.ts';
import { askWholeTurns } from './assistant/whole-turns.ts';
import type { Bench, BenchContext } from './bench.ts';
import { processorMs } from './diagnose/follow.ts';
import { namespaceName } from './diagnose/written-objects.ts';
import { median, percentile } from './harness/percentile.ts';

export const assistant: Bench = {
  name: 'assistant',
  summary: 'what the assistant takes before a question leaves for a model',
  needs: 'nothing',
  options: {
    pods: { type: 'number', default: '200', summary: 'how many pods the namespace has' },
    broken: { type: 'number', default: '6', summary: 'how many of its workloads are broken' },
    questions: { type: 'number', default: '100', summary: 'how often it is asked' },
  },
  run,
};

async function run(context: BenchContext) {
  const { signal } = context;
  context.tell('diagnosing the namespace');
  const cluster = await askedNamespace(context.number('pods'), context.number('broken'), signal);
  const { count: countTokens } = await loadTokenCounter();
  const source = createKubernetesSource({ cluster, tools: kubernetesTools(cluster), answer: () => Promise.resolve(null) });
  const { issues } = await cluster.checked(signal);
  const focus = { page: 'issue', namespace: namespaceName(0), object: null, issueId: issues[0]?.id ?? null };
  const hidden = { sendClusterMetadata: false, sendResourceNames: false, sendLogs: true, sendPodNames: false };
  const open = { sendClusterMetadata: true, sendResourceNames: true, sendLogs: true, sendPodNames: true };
  const ask = async (settings: typeof hidden) => {
    const privacy = createPrivacy({ settings, names: await source.names(signal) });
    const sections = await source.summarise(focus, signal);
    return buildContext({ sections, intent: 'troubleshoot', settings: defaultContextSettings, privacy, countTokens, mark: 'bench0' });
  };
  const questions = context.number('questions');
  context.tell(`${questions} questions with all names, and as many with aliases`);
  const plain = await measure(questions, () => ask(open));
  const sealed = await measure(questions, () => ask(hidden));
  const turns = Math.max(10, Math.round(questions / 5));
  context.tell(`${turns} whole turns with a model that takes no time`);
  const whole = await askWholeTurns(cluster, focus, turns, countTokens);
  const words = Math.max(40, turns);
  context.tell(`${words} first words on their way to a socket`);
  const toSocket = await firstTokens(cluster, focus, words, countTokens);
  const leaked = [plain, sealed].filter(({ last }) => last.text.includes('orange7')).length;
  return {
    figures: [
      { name: 'collected, redacted and cut, median', value: median(plain.ms), unit: 'ms', bar: { is: '<' as const, value: 50 } },
      { name: 'before the request leaves, p95', value: percentile(plain.ms, 95), unit: 'ms', bar: { is: '<' as const, value: 30 } },
      { name: 'the same with aliases, p95', value: percentile(sealed.ms, 95), unit: 'ms', bar: { is: '<' as const, value: 30 } },
      { name: 'the same by the clock, p95', value: percentile(sealed.clockMs, 95), unit: 'ms' },
      { name: 'tokens of the context', value: plain.last.tokens, unit: '', bar: { is: '<=' as const, value: defaultContextSettings.tokens } },
      { name: 'tokens before it was cut', value: plain.last.account.reduce((sum, { fullTokens }) => sum + fullTokens, 0), unit: '' },
      { name: "the engine's answer, by the clock, median", value: median(whole.quickMs), unit: 'ms' },
      { name: 'first word of the model, after two calls, median', value: median(whole.firstTextMs), unit: 'ms' },
      {
        name: "the model's first word, from the provider to the socket, p95",
        value: percentile(toSocket, 95),
        unit: 'ms',
        bar: { is: '<' as const, value: 5 },
      },
      { name: 'a whole turn of two calls and 1,000 pieces, stored, median', value: median(whole.finishedMs), unit: 'ms' },
      { name: 'the same question again, from the cache, median', value: median(whole.cachedMs), unit: 'ms' },
      { name: 'contexts with the planted password', value: leaked, unit: '', bar: { is: '=' as const, value: 0 } },
    ],
    peers: {},
  };
}

/** Until the code is compiled. */
const warmUp = 20;

interface Measured {
  /** Processor time: that others use the machine does not count. */
  ms: number[];
  clockMs: number[];
  last: BuiltContext;
}

async function measure(times: number, ask: () => Promise<BuiltContext>): Promise<Measured> {
  const measured: Measured = { ms: [], clockMs: [], last: await ask() };
  for (let warm = 0; warm < warmUp; warm++) await ask();
  for (let time = 0; time < times; time++) {
    const began = performance.now();
    const { ms, result } = await processorMs(ask);
    measured.clockMs.push(performance.now() - began);
    measured.ms.push(ms);
    measured.last = result;
  }
  return measured;
}
