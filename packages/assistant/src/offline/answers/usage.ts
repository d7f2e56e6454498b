import type { NodeUsage, PodUsage } from '@quarterdeck/contract';
import { type Answer, type Asking, callTool, nothingPointed, say } from '../asking.ts';
import { inText, label, table } from '../markdown.ts';
import { nodeUsage, podUsage } from '../tool-results.ts';
import type { Question } from '../understand/question.ts';
import { refFor } from './targets.ts';

type Asked = Extract<Question, { intent: 'top' }>;

/** What pods or nodes use now, the largest first. */
export async function* usage(question: Asked, asking: Asking): Answer {
  if (question.of === 'nodes') return yield* ofNodes(question, asking);
  const { by, limit, subject, namespace } = question;
  const [object] = subject?.matches ?? [];
  const within = object?.namespace ?? namespace;
  const input = { of: 'pods', sort: by, limit: object === undefined ? limit : 200, ...(within === null ? {} : { namespace: within }) };
  const found = yield* callTool(asking, 'top', input, podUsage);
  if ('reason' in found) return yield* unavailable(found);
  const names = object === undefined ? null : await podNames(object, asking);
  const pods = found.pods.filter(({ name }) => names === null || names.has(name)).slice(0, limit);
  const whose = object === undefined ? `${found.total} pods are measured` : `of ${label(object)}`;
  yield say(
    `What pods use now, by ${by}, the largest first (${whose}):\n\n${table(['Namespace', 'Pod', 'CPU', 'CPU request', 'Memory', 'Memory request', 'Memory limit'], pods.map(podRow))}`,
  );
  for (const note of found.notes) yield say(inText(note));
  const [first] = pods;
  return object !== undefined
    ? { object, issueId: null }
    : first === undefined
      ? nothingPointed
      : { object: { kind: 'Pod', namespace: first.namespace, name: first.name }, issueId: null };
}

async function podNames(object: { kind: string; namespace: string | null; name: string }, { cluster, signal }: Asking): Promise<Set<string>> {
  const { view } = await cluster.checked(signal);
  const ref = refFor(object);
  const pods = ref === null ? [] : view.podsOf(ref);
  const selected = ref === null ? [] : view.outgoing(ref, 'selects').map(({ to }) => to.name);
  return new Set([object.name, ...pods.map(({ metadata }) => metadata.name), ...selected]);
}

async function* ofNodes({ by, limit }: Asked, asking: Asking): Answer {
  const found = yield* callTool(asking, 'top', { of: 'nodes', sort: by, limit }, nodeUsage);
  if ('reason' in found) return yield* unavailable(found);
  yield say(
    `What nodes use now, by ${by}, the largest first:\n\n${table(['Node', 'CPU', 'of', 'requested', 'Memory', 'of', 'requested'], found.nodes.map(nodeRow))}`,
  );
  const [first] = found.nodes;
  return first === undefined ? nothingPointed : { object: { kind: 'Node', namespace: null, name: first.name }, issueId: null };
}

async function* unavailable({ reason, remedy }: { reason: string; remedy: string }): Answer {
  yield say(`There are no measurements: ${inText(reason)} ${inText(remedy)}`);
  return nothingPointed;
}

function podRow({ namespace, name, cpu, memory, requests, limits }: PodUsage): string[] {
  return [namespace, name, cores(cpu), cores(requests.cpu), mebibytes(memory), mebibytes(requests.memory), mebibytes(limits.memory)];
}

function nodeRow({ name, cpu, memory, allocatable, requested }: NodeUsage): string[] {
  return [
    name,
    `${cores(cpu)} (${share(cpu, allocatable.cpu)})`,
    cores(allocatable.cpu),
    cores(requested.cpu),
    `${mebibytes(memory)} (${share(memory, allocatable.memory)})`,
    mebibytes(allocatable.memory),
    mebibytes(requested.memory),
  ];
}

function cores(value: number | null): string {
  return value === null ? 'none' : `${Math.ceil(value * 1000 - 1e-6)}m`;
}

function mebibytes(value: number | null): string {
  return value === null ? 'none' : `${Math.floor(value / 2 ** 20)}Mi`;
}

function share(value: number, whole: number | null): string {
  return whole === null || whole === 0 ? 'of an unknown size' : `${Math.round((value / whole) * 100)} %`;
}
