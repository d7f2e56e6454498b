import { AppError, type Change, type ChangeOf, type ChangeRequest, type ChangeVerb, groupOf, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { collectionPath, objectPath } from '../access/resource-path.ts';
import { jobFromCronJob } from './job-from-cron-job.ts';
import type { UndoPatch } from './rollout/undo-patch.ts';

/** The name under which the API server notes who set a field. */
export const fieldManager = 'quarterdeck';

/** What a change alone does not say and the cluster does. */
export interface ChangeFacts {
  /** The target's kind in the version of the target. */
  kind: ResourceKind;
  /** For `undo`: what brings the revision back. */
  undo?: UndoPatch;
  /** For `trigger`: the CronJob as it is. */
  cronJob?: KubeObject;
  /** What was judged by the state of the object holds only for this version of it. */
  resourceVersion?: string;
  /** For `setImage`: which of the containers run before the others. */
  initContainers?: readonly string[];
}

const contentTypes = {
  apply: 'application/apply-patch+yaml',
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

type Builders = { [V in ChangeVerb]: (change: ChangeOf<V>, facts: ChangeFacts) => ChangeRequest };

const builders: Builders = {
  apply: ({ target, manifest, force }, { kind }) => ({
    ...patchRequest(target, kind, contentTypes.apply, checkedManifest(target, manifest)),
    query: { fieldManager, force: String(force), fieldValidation: 'Strict' },
  }),
  create: ({ target, manifest }, { kind }) => postRequest(target, kind, checkedManifest(target, manifest)),
  replace: ({ target, manifest }, { kind }) => ({
    method: 'PUT',
    path: pathOf(target, kind),
    query: strictWrite,
    contentType: 'application/json',
    body: checkedManifest(target, manifest),
    subject: subjectOf('update', target, kind.plural),
  }),
  patch: ({ target, patchType, patch, subresource }, { kind }) => {
    if ((patchType === 'json') !== Array.isArray(patch))
      throw new AppError('VALIDATION_ERROR', patchShape[patchType], { hint: 'Change the type or the patch.' });
    return patchRequest(target, kind, contentTypes[patchType], patch, subresource);
  },
  delete: deleteRequest,
  scale: ({ target, replicas, resourceVersion }, facts) =>
    patchRequest(target, facts.kind, contentTypes.merge, { ...versioned(resourceVersion ?? facts.resourceVersion), spec: { replicas } }, 'scale'),
  restart: ({ target, at }, { kind }) =>
    patchRequest(target, kind, contentTypes.strategic, { spec: { template: { metadata: { annotations: { [restartedAt]: at } } } } }),
  pause: ({ target }, { kind }) => patchRequest(target, kind, contentTypes.merge, { spec: { paused: true } }),
  resume: ({ target }, { kind }) => patchRequest(target, kind, contentTypes.merge, { spec: { paused: false } }),
  undo: ({ target }, { kind, undo }) => {
    if (undo === undefined) throw new AppError('INTERNAL_ERROR', 'An undo needs the revision that it goes back to.');
    return patchRequest(target, kind, contentTypes[undo.patchType], undo.patch);
  },
  setImage: ({ target, images }, { kind, initContainers = [] }) => {
    const all = Object.entries(images).map(([name, image]) => ({ name, image }));
    const [first, others] = [all.filter(({ name }) => initContainers.includes(name)), all.filter(({ name }) => !initContainers.includes(name))];
    const spec = { ...(others.length === 0 ? {} : { containers: others }), ...(first.length === 0 ? {} : { initContainers: first }) };
    return patchRequest(target, kind, contentTypes.strategic, { spec: { template: { spec } } });
  },
  evict: evictRequest,
  cordon: ({ target }, { kind }) => patchRequest(target, kind, contentTypes.merge, { spec: { unschedulable: true } }),
  uncordon: ({ target }, { kind }) => patchRequest(target, kind, contentTypes.merge, { spec: { unschedulable: null } }),
  trigger: ({ target, jobName }, { kind, cronJob }) => {
    if (cronJob === undefined) throw new AppError('INTERNAL_ERROR', 'A Job is made from a CronJob that was read.');
    const jobKind = { ...kind, plural: 'jobs', kind: 'Job' };
    return postRequest({ ...target, kind: 'Job', name: jobName }, jobKind, jobFromCronJob(cronJob, jobName));
  },
  suspend: ({ target }, { kind }) => patchRequest(target, kind, contentTypes.merge, { spec: { suspend: true } }),
  unsuspend: ({ target }, { kind }) => patchRequest(target, kind, contentTypes.merge, { spec: { suspend: false } }),
  label: ({ target, entries, resourceVersion }, facts) =>
    patchRequest(target, facts.kind, contentTypes.merge, { metadata: { labels: entries, ...versioned(resourceVersion ?? facts.resourceVersion).metadata } }),
  annotate: ({ target, entries, resourceVersion }, facts) =>
    patchRequest(target, facts.kind, contentTypes.merge, {
      metadata: { annotations: entries, ...versioned(resourceVersion ?? facts.resourceVersion).metadata },
    }),
};

const strictWrite = { fieldManager, fieldValidation: 'Strict' };

const patchShape = {
  json: 'A JSON patch is a list of operations.',
  merge: 'A merge patch is an object.',
  strategic: 'A strategic merge patch is an object.',
};

/**
 * The one request to the API server that a change is. Pure. Throws VALIDATION_ERROR where target and content of the
 * change contradict each other.
 */
export function requestOf(change: Change, facts: ChangeFacts): ChangeRequest {
  return build(change, facts);
}

/** The table knows for each verb what its builder takes; TypeScript can't follow that over a union. */
function build<V extends ChangeVerb>(change: ChangeOf<V>, facts: ChangeFacts): ChangeRequest {
  const builder: (change: ChangeOf<V>, facts: ChangeFacts) => ChangeRequest = builders[verbOf(change)];
  return builder(change, facts);
}

function verbOf<V extends ChangeVerb>(change: ChangeOf<V>): V {
  return change.verb;
}

/** The same request, done by the API server up to the point where it would be kept. */
export function asDryRun(request: ChangeRequest): ChangeRequest {
  // A deletion reads its options from the body, and from the query only where there is no body.
  if (request.method === 'DELETE') return { ...request, body: { ...objectOf(request.body), dryRun: ['All'] } };
  return { ...request, query: { ...request.query, dryRun: 'All' } };
}

function objectOf(body: unknown): object {
  return typeof body === 'object' && body !== null ? body : {};
}

function patchRequest(target: Change['target'], kind: ResourceKind, contentType: string, body: unknown, subresource?: string): ChangeRequest {
  const below = subresource === undefined ? '' : `/${subresource}`;
  return {
    method: 'PATCH',
    path: `${pathOf(target, kind)}${below}`,
    query: strictWrite,
    contentType,
    body,
    subject: subjectOf('patch', target, `${kind.plural}${below}`),
  };
}

function postRequest(target: Change['target'], kind: ResourceKind, body: unknown): ChangeRequest {
  return {
    method: 'POST',
    path: collectionPath(kind, namespaceOf(target, kind)),
    query: strictWrite,
    contentType: 'application/json',
    body,
    subject: subjectOf('create', target, kind.plural),
  };
}

function deleteRequest({ target, propagation, gracePeriodSeconds, uid, resourceVersion }: ChangeOf<'delete'>, { kind }: ChangeFacts): ChangeRequest {
  const preconditions = { ...(uid === undefined ? {} : { uid }), ...(resourceVersion === undefined ? {} : { resourceVersion }) };
  return {
    method: 'DELETE',
    path: pathOf(target, kind),
    query: {},
    contentType: 'application/json',
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...(propagation === undefined ? {} : { propagationPolicy: `${propagation.slice(0, 1).toUpperCase()}${propagation.slice(1)}` }),
      ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
      ...(Object.keys(preconditions).length === 0 ? {} : { preconditions }),
    },
    subject: subjectOf('delete', target, kind.plural),
  };
}

function evictRequest({ target, gracePeriodSeconds, uid }: ChangeOf<'evict'>, { kind }: ChangeFacts): ChangeRequest {
  const { namespace, name } = target;
  const deleteOptions = {
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(uid === undefined ? {} : { preconditions: { uid } }),
  };
  return {
    method: 'POST',
    path: `${pathOf(target, kind)}/eviction`,
    query: {},
    contentType: 'application/json',
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions },
    subject: subjectOf('create', target, `${kind.plural}/eviction`),
  };
}

function versioned(resourceVersion: string | undefined): { metadata?: { resourceVersion: string } } {
  return resourceVersion === undefined ? {} : { metadata: { resourceVersion } };
}

function pathOf(target: Change['target'], kind: ResourceKind): string {
  return objectPath(kind, namespaceOf(target, kind), target.name);
}

function namespaceOf({ namespace, kind: name, name: object }: Change['target'], kind: ResourceKind): string | null {
  if (!kind.namespaced) return null;
  if (namespace !== null) return namespace;
  throw new AppError('VALIDATION_ERROR', `${name} ${object} lives in a namespace, and none is given.`, { hint: 'Name the namespace.' });
}

function subjectOf(verb: ChangeRequest['subject']['verb'], target: Change['target'], resource: string): ChangeRequest['subject'] {
  return { verb, group: groupOf(target.apiVersion), resource, namespace: target.namespace, name: target.name };
}

/** What was looked at must be what is written: a manifest that names another object than the target is refused. */
function checkedManifest(target: Change['target'], manifest: Record<string, unknown>): Record<string, unknown> {
  const metadata = new Map<string, unknown>(Object.entries(objectOf(manifest.metadata)));
  const said: [string, unknown, unknown][] = [
    ['apiVersion', manifest.apiVersion, target.apiVersion],
    ['kind', manifest.kind, target.kind],
    ['metadata.name', metadata.get('name') ?? '', target.name],
    ['metadata.namespace', metadata.get('namespace') ?? target.namespace, target.namespace],
  ];
  const wrong = said.find(([, given, wanted]) => given !== wanted);
  if (wrong === undefined) return manifest;
  const [field, given, wanted] = wrong;
  throw new AppError('VALIDATION_ERROR', `The manifest says ${field} ${JSON.stringify(given)}, the target of the change ${JSON.stringify(wanted)}.`, {
    hint: 'Make both the same.',
  });
}
