import { ClusterMetrics, type MetricsSource } from '@quarterdeck/cluster';
import { type Amounts, type MetricsUnavailable, type PodUsage, sizedKinds } from '@quarterdeck/contract';
import { isSized, measureSize } from '../../sizing/measure-size.ts';
import type { SizeAdvice } from '../../sizing/size-advice.ts';
import { costText } from '../../sizing/size-cost.ts';
import { type Answer, type Asking, requireTool, say } from '../asking.ts';
import { bullets, code, fenced, inText, label, table } from '../markdown.ts';
import type { NamedObject, Question } from '../understand/question.ts';
import { refFor } from './targets.ts';
import { unknownName } from './unknown-name.ts';

type Asked = Extract<Question, { intent: 'size' }>;

/** What a workload used over time, and the requests, limits and replicas that follow. */
export async function* sizing({ subject }: Asked, asking: Asking): Answer {
  const object = subject.matches.find(({ kind }) => sizedKinds.some((sized) => sized === kind));
  if (object === undefined) {
    if (subject.matches.length === 0) return yield* unknownName(subject, asking);
    yield say(`Only workloads have a size to choose: ${sizedKinds.join(', ')}.`);
    return { object: subject.matches[0] ?? null, issueId: null };
  }
  const metrics = new ClusterMetrics(asking.cluster.access);
  try {
    return yield* measured(object, metrics, asking);
  } finally {
    metrics.close();
  }
}

async function* measured(object: NamedObject, metrics: MetricsSource, asking: Asking): Answer {
  requireTool(asking, 'top');
  const startedAt = asking.clock();
  const { view } = await asking.cluster.checked(asking.signal);
  const ref = refFor(object);
  const unknown: MetricsUnavailable = { state: 'unavailable', reason: 'It has no running pod, or started just now.', remedy: '' };
  const found = ref === null || !isSized(ref) ? unknown : await measureSize(ref, { metrics, view, now: asking.now() }, asking.signal);
  const isKnown = !('state' in found);
  yield {
    type: 'call',
    tool: 'top',
    input: { of: 'pods', namespace: object.namespace },
    summary: `${isKnown ? found.pods : 0} pods measured`,
    tookMs: asking.clock() - startedAt,
  };
  if (isKnown) {
    const { size, advice, pod } = found;
    yield say(text(object, pod, advice, { isHistory: size.known === 'history', cost: costText(size, advice, await asking.resourcePrices()) }));
  } else {
    yield* assigned(object, asking);
    yield say(`${label(object)} is not measured: ${inText(found.reason)} ${inText(found.remedy)}`.trim());
  }
  return { object, issueId: null };
}

/** What its containers ask for now, and what was said of their memory. */
async function* assigned(object: NamedObject, asking: Asking): Answer<void> {
  const { view } = await asking.cluster.checked(asking.signal);
  const ref = refFor(object);
  const [pod] = ref === null ? [] : view.podsOf(ref);
  const rows = (pod?.spec?.containers ?? []).map(({ name, resources = {} }) => {
    const { requests = {}, limits = {} } = resources;
    return [name, ...[requests.cpu, requests.memory, limits.memory].map((amount) => String(amount ?? 'none'))];
  });
  const killed = (pod?.status?.containerStatuses ?? []).filter(({ lastState, state }) =>
    [lastState, state].some((each) => each?.terminated?.reason === 'OOMKilled'),
  );
  if (rows.length > 0) yield say(`${label(object)} has now:\n\n${table(['Container', 'CPU request', 'Memory request', 'Memory limit'], rows)}`);
  for (const { name } of killed) yield say(`${code(name)} was killed at its memory limit: it needs more than that. Double the limit, then measure.`);
}

function text(object: NamedObject, pod: PodUsage, { requests, limits, remarks, freed }: SizeAdvice, told: { isHistory: boolean; cost: string }): string {
  const rows = [
    ['CPU request', cores(pod.requests.cpu), cores(requests.cpu)],
    ['Memory request', memoryText(pod.requests.memory), memoryText(requests.memory)],
    ['Memory limit', memoryText(pod.limits.memory), memoryText(limits.memory)],
  ];
  const container = pod.containers.length === 1 ? '' : ' -c CONTAINER';
  const command = `kubectl set resources ${object.kind.toLowerCase()}/${object.name}${object.namespace === null ? '' : ` -n ${object.namespace}`}${container} --requests=cpu=${cores(requests.cpu)},memory=${memoryText(requests.memory)} --limits=memory=${memoryText(limits.memory)}`;
  const parts = [
    `The size of a pod of ${label(object)}, ${told.isHistory ? 'by what it used in the last 7 days' : 'by what it uses now; there is no history, so nothing is taken away'}:\n\n${table(['', 'Now', 'By measurement'], rows)}`,
    pod.containers.length > 1
      ? `It has ${pod.containers.length} containers (${pod.containers.map(({ name }) => code(name)).join(', ')}): divide it by what each uses.`
      : '',
    bullets(remarks),
    freedText(freed),
    told.cost,
    `To set it (the pods are replaced bit by bit):\n\n${fenced(command, 'sh')}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** In what nodes are bought for. */
function freedText({ cpu, memory }: Amounts): string {
  const part = (amount: number | null, shown: (value: number) => string) =>
    amount === null || amount === 0 ? [] : [`${shown(Math.abs(amount))} ${amount > 0 ? 'less' : 'more'}`];
  const parts = [...part(cpu, (value) => `${cores(value)} CPU`), ...part(memory, (value) => `${memoryText(value)} memory`)];
  return parts.length === 0 ? '' : `All replicas together would ask for ${parts.join(' and ')}.`;
}

function cores(value: number | null): string {
  return value === null ? 'none' : `${Math.round(value * 1000)}m`;
}

function memoryText(value: number | null): string {
  return value === null ? 'none' : `${Math.round(value / 2 ** 20)}Mi`;
}
