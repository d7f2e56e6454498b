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

/** A field that is written, as a JSON pointer, with what is written there (undefined where it is taken away). */
interface Written {
  pointer: string;
  value: unknown;
}

interface BodyCheck {
  /** Resources it is about; null for all. */
  resources: ReadonlySet<string> | null;
  pointer: RegExp;
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

/** What the body of a writing request adds to its danger. */
export function dangerOfBody(info: ResourceInfo, body: unknown): Danger[] {
  if (info.verb.startsWith('delete')) return dangerOfDeletion(body);
  if (body === undefined) return [];
  if (typeof body !== 'object' || body === null) return [{ danger: 'destructive', reason: 'What it sends could not be read.' }];
  const creates = info.verb === 'create';
  const found = writtenBy(body).flatMap(({ pointer, value }) =>
    checks.filter((check) => matches(check, info, pointer, value) && !(creates && check.danger.danger === 'disruptive')).map(({ danger }) => danger),
  );
  // The finalizers and owners that an object is born with hold nothing up yet.
  const weighed = creates ? found.filter(({ danger }) => danger !== 'destructive') : found;
  return info.subresource === 'scale' ? [...weighed, { danger: 'disruptive', reason: 'The number of its pods changes.' }] : weighed;
}

function matches(check: BodyCheck, { resource }: ResourceInfo, pointer: string, value: unknown): boolean {
  return (check.resources === null || check.resources.has(resource)) && check.pointer.test(pointer) && (check.applies?.(value) ?? true);
}

function dangerOfDeletion(body: unknown): Danger[] {
  const options = deleteOptions.safeParse(body ?? {});
  if (!options.success) return [withoutGrace];
  const { gracePeriodSeconds, propagationPolicy, orphanDependents } = options.data;
  return [...(gracePeriodSeconds === 0 ? [withoutGrace] : []), ...(propagationPolicy === 'Orphan' || orphanDependents === true ? [orphaning] : [])];
}

const operation = z.looseObject({ op: z.string(), path: z.string(), from: z.string().optional(), value: z.unknown().optional() });

/** Every field that a body writes: of an object or a merge patch its leaves and branches, of a JSON patch what its operations reach. */
function writtenBy(body: unknown): Written[] {
  if (!Array.isArray(body)) return [...fieldsOf('', body)];
  return body.flatMap((entry): Written[] => {
    const parsed = operation.safeParse(entry);
    // What can't be read may take anything away.
    if (!parsed.success) return [{ pointer: '', value: undefined }];
    const { op, path, from, value } = parsed.data;
    if (op === 'test') return [];
    return [...(from === undefined ? [] : [{ pointer: from, value: undefined }]), ...fieldsOf(path, value)];
  });
}

function* fieldsOf(pointer: string, value: unknown): Iterable<Written> {
  yield { pointer, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, below] of Object.entries(value)) yield* fieldsOf(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, below);
}
