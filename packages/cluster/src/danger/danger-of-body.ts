import type { Danger } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ResourceInfo } from '../proxy/request-info.ts';

export const withoutGrace: Danger = { danger: 'destructive', reason: 'It does not wait for programs to end.' };
export const orphaning: Danger = { danger: 'destructive', reason: 'What it owns stays behind without an owner.' };

const deleteOptions = z.looseObject({
  gracePeriodSeconds: z.number().nullish(),
  propagationPolicy: z.string().nullish(),
  orphanDependents: z.boolean().nullish(),
});

interface BodyCheck {
  /** Resources it is about; null for all. */
  resources: ReadonlySet<string> | null;
  /** Of the field that is written, as a JSON pointer. */
  pointer: RegExp;
  /** To what is written there; undefined where it is taken away. */
  applies?(value: unknown): boolean;
  danger: Danger;
}

const workloads = new Set(['deployments', 'statefulsets', 'daemonsets', 'replicasets', 'replicationcontrollers']);

const podSpecs = new Set([...workloads, 'pods', 'jobs', 'cronjobs']);
const beyondItsContainer: Danger = { danger: 'privilege', reason: 'Its containers reach beyond themselves into the node.' };
const isTrue = (value: unknown) => value === true;
const isGone = (value: unknown) => value === null || value === undefined;

/** What a body does that verb and resource alone don't show. Sources: the Pod Security Standards, and the API's own conventions. */
const checks: readonly BodyCheck[] = [
  {
    resources: null,
    pointer: /^(\/metadata|\/spec)?$/,
    applies: isGone,
    danger: { danger: 'destructive', reason: 'It takes a whole part of the object away.' },
  },
  {
    resources: null,
    pointer: /^\/metadata\/finalizers(\/|$)/,
    danger: { danger: 'destructive', reason: 'It changes finalizers, which hold an object until it is cleaned up.' },
  },
  {
    resources: null,
    pointer: /^\/metadata\/ownerReferences(\/|$)/,
    danger: { danger: 'destructive', reason: 'It changes who owns the object, and with whom it goes.' },
  },
  {
    resources: new Set(['namespaces']),
    pointer: /^\/metadata\/labels\/pod-security\.kubernetes\.io~1/,
    danger: { danger: 'privilege', reason: 'It changes what pods of the namespace are allowed to be.' },
  },
  { resources: workloads, pointer: /^\/spec\/template(\/|$)/, danger: { danger: 'disruptive', reason: 'Its pods are replaced.' } },
  { resources: workloads, pointer: /^\/spec\/replicas$/, danger: { danger: 'disruptive', reason: 'The number of its pods changes.' } },
  { resources: workloads, pointer: /^\/spec\/selector(\/|$)/, danger: { danger: 'disruptive', reason: 'It changes which pods belong to it.' } },
  { resources: new Set(['nodes']), pointer: /^\/spec\/taints(\/|$)/, danger: { danger: 'disruptive', reason: 'Pods may have to leave the node.' } },
  {
    resources: new Set(['persistentvolumes', 'persistentvolumeclaims']),
    pointer: /^\/spec(\/|$)/,
    danger: { danger: 'disruptive', reason: 'It changes where data lies.' },
  },
  {
    resources: new Set(['serviceaccounts']),
    pointer: /^\/(secrets|imagePullSecrets|metadata\/annotations)(\/|$)/,
    danger: { danger: 'privilege', reason: 'It changes the credentials of a service account.' },
  },
  {
    resources: new Set(['secrets']),
    pointer: /^\/type$/,
    applies: (type) => type === 'kubernetes.io/service-account-token',
    danger: { danger: 'privilege', reason: 'It issues a credential of a service account.' },
  },
  { resources: podSpecs, pointer: /\/host(Network|PID|IPC)$/, applies: isTrue, danger: beyondItsContainer },
  { resources: podSpecs, pointer: /\/securityContext\/(privileged|allowPrivilegeEscalation)$/, applies: isTrue, danger: beyondItsContainer },
  { resources: podSpecs, pointer: /\/volumes\/[^/]+\/hostPath(\/|$)/, danger: beyondItsContainer },
  { resources: podSpecs, pointer: /\/capabilities\/add(\/|$)/, danger: beyondItsContainer },
];

/** Those of a resource, found once: bodies have many fields, and each is looked at with each of these. */
const checksOfAll = checks.filter(({ resources }) => resources === null);
const checksOf: ReadonlyMap<string, readonly BodyCheck[]> = new Map(
  checks.flatMap(({ resources }) => [...(resources ?? [])]).map((resource) => [resource, checks.filter((each) => each.resources?.has(resource) ?? true)]),
);

/** What the body of a writing request adds to its danger. */
export function dangerOfBody(info: ResourceInfo, body: unknown): Danger[] {
  if (info.verb.startsWith('delete')) return dangerOfDeletion(body);
  if (body === undefined) return [];
  if (typeof body !== 'object' || body === null) return [{ danger: 'destructive', reason: 'What it sends could not be read.' }];
  const creates = info.verb === 'create';
  const relevant = checksOf.get(info.resource) ?? checksOfAll;
  const found: Danger[] = [];
  seeWritten(body, (pointer, value) => {
    for (const check of relevant) if (matches(check, pointer, value) && !(creates && check.danger.danger === 'disruptive')) found.push(check.danger);
  });
  // The finalizers and owners that an object is born with hold nothing up yet.
  const weighed = creates ? found.filter(({ danger }) => danger !== 'destructive') : found;
  return info.subresource === 'scale' ? [...weighed, { danger: 'disruptive', reason: 'The number of its pods changes.' }] : weighed;
}

function matches(check: BodyCheck, pointer: string, value: unknown): boolean {
  return check.pointer.test(pointer) && (check.applies?.(value) ?? true);
}

function dangerOfDeletion(body: unknown): Danger[] {
  const options = deleteOptions.safeParse(body ?? {});
  if (!options.success) return [withoutGrace];
  const { gracePeriodSeconds, propagationPolicy, orphanDependents } = options.data;
  return [...(gracePeriodSeconds === 0 ? [withoutGrace] : []), ...(propagationPolicy === 'Orphan' || orphanDependents === true ? [orphaning] : [])];
}

const operation = z.looseObject({ op: z.string(), path: z.string(), from: z.string().optional(), value: z.unknown().optional() });

type See = (pointer: string, value: unknown) => void;

/** Shows every field that a body writes: of an object or a merge patch its leaves and branches, of a JSON patch what its operations reach. */
function seeWritten(body: unknown, see: See): void {
  if (!Array.isArray(body)) {
    seeFields('', body, see);
    return;
  }
  for (const entry of body) {
    const parsed = operation.safeParse(entry);
    // What can't be read may take anything away.
    if (!parsed.success) see('', undefined);
    else if (parsed.data.op !== 'test') {
      const { path, from, value } = parsed.data;
      if (from !== undefined) see(from, undefined);
      seeFields(path, value, see);
    }
  }
}

function seeFields(pointer: string, value: unknown, see: See): void {
  see(pointer, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, below] of Object.entries(value)) seeFields(`${pointer}/${escaped(key)}`, below, see);
}

/** Few keys have what must be escaped in a JSON pointer. */
function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
