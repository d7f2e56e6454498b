import { type KindTypes, refOf } from '@quarterdeck/contract';
import { descendantsOf } from '../custom/children.ts';
import { isRecord } from '../custom/fields.ts';
import { isPaused } from '../custom/state-word.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isReady } from '../pods/containers.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Pod = KindTypes['Pod'];

export type CustomValueFacts = { path: string; value: string; what: 'image' | 'request' | 'nodeSelector'; pod: string };

export const customValueFails = defineCode<CustomValueFacts>({
  code: 'custom-value-fails',
  title: 'Custom resource asks for what cannot work',
  documentation:
    'The pods that the operator made for the resource do not start because of a value (an image, a request, a node selector) that stands in the specification of the resource itself. It must be changed there: the operator writes everything else anew.',
  silentWhen: 'The pods run, or the value is not one of the resource’s own.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ path, value }) => `${path} is ${value}, with which its pods do not start.`,
});

const pullReasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']);

/** Values that an operator hands on from its resource to pods that do not start because of them. */
export const customValueAnalyser = defineCustomAnalyser({
  id: 'custom-value',
  matches: () => true,
  reads: ['Pod', 'StatefulSet', 'Deployment', 'DaemonSet', 'ReplicaSet', 'Job'],
  codes: [customValueFails],
  *analyse(object, view) {
    if (object.metadata.deletionTimestamp !== undefined || isPaused(object)) return;
    const found = new Map<string, RawFinding<CustomValueFacts>>();
    for (const pod of failingPods(object, view)) {
      for (const suspect of suspects(pod)) {
        const path = pathOf(object.spec, suspect, 'spec', 0);
        if (path !== null && !found.has(path)) found.set(path, finding(object, pod, path, suspect));
      }
    }
    yield* found.values();
  },
});

function failingPods(object: CustomResource, view: ClusterView): Pod[] {
  const pods = descendantsOf(refOf(object), view).flatMap(({ to }) => (to.kind === 'Pod' ? (view.get('Pod', to.namespace, to.name) ?? []) : []));
  return pods.filter((pod) => pod.status?.phase === 'Pending' && !isReady(pod));
}

interface Suspect {
  what: CustomValueFacts['what'];
  value: string;
  /** The last part of the field's name, for values that may stand anywhere. */
  key: string | null;
}

/** The values that keep a pod from starting, as its own status tells. */
function suspects(pod: Pod): Suspect[] {
  const { containerStatuses = [], initContainerStatuses = [], conditions = [] } = pod.status ?? {};
  const images = [...initContainerStatuses, ...containerStatuses].filter(({ state }) => pullReasons.has(state?.waiting?.reason ?? '')).map(({ name }) => name);
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const pulled = containers.filter(({ name }) => images.includes(name)).map(({ image }): Suspect => ({ what: 'image', value: image ?? '', key: null }));
  const message = conditions.find(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable')?.message ?? '';
  const lacking = [...message.matchAll(/Insufficient ([\w./-]+?)(?=[.,\s]|$)/g)].map(([, resource = '']) => resource);
  const requests = lacking.flatMap((resource) =>
    containers.flatMap(({ resources }): Suspect[] => {
      const value = resources?.requests?.[resource];
      return value === undefined ? [] : [{ what: 'request', value, key: resource }];
    }),
  );
  const selectors = /node affinity\/selector|node selector/.test(message) ? Object.entries(pod.spec?.nodeSelector ?? {}) : [];
  return [...pulled, ...requests, ...selectors.map(([key, value]): Suspect => ({ what: 'nodeSelector', value, key }))];
}

const deepest = 8;

/** Where the specification has the value: the whole text, or an image's tag beside its repository. */
function pathOf(value: unknown, suspect: Suspect, path: string, depth: number): string | null {
  if (depth > deepest) return null;
  if (Array.isArray(value)) return first(value.map((item, i) => () => pathOf(item, suspect, `${path}[${i}]`, depth + 1)));
  if (!isRecord(value)) return null;
  const own = Object.keys(value).find((key) => holds(value, key, suspect));
  if (own !== undefined) return `${path}.${own}`;
  return first(
    Object.entries(value).map(
      ([key, inside]) =>
        () =>
          pathOf(inside, suspect, `${path}.${key}`, depth + 1),
    ),
  );
}

function first(ways: readonly (() => string | null)[]): string | null {
  for (const way of ways) {
    const found = way();
    if (found !== null) return found;
  }
  return null;
}

function holds(record: Record<string, unknown>, key: string, { what, value, key: wanted }: Suspect): boolean {
  const text = typeof record[key] === 'number' ? String(record[key]) : record[key];
  if (typeof text !== 'string' || text === '') return false;
  if (wanted !== null) return key === wanted && text === value;
  if (what !== 'image') return false;
  if (text === value) return true;
  const repository = value.slice(0, value.length - text.length - 1);
  return value.endsWith(`:${text}`) && /^(tag|version)$/i.test(key) && (Object.values(record).includes(repository) || key.toLowerCase() === 'version');
}

function finding(object: CustomResource, pod: Pod, path: string, { what, value }: Suspect): RawFinding<CustomValueFacts> {
  const ref = refOf(object);
  return {
    code: customValueFails.code,
    object: ref,
    discriminator: path,
    severity: 'medium',
    since: timeOf(pod.metadata.creationTimestamp),
    facts: { path, value, what, pod: pod.metadata.name },
    evidence: [fieldEvidence(ref, path, value, { decisive: true })],
  };
}
