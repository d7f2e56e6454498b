import { AppError, type KubeObject, type RolloutRevision, refLabel, refOf } from '@quarterdeck/contract';
import * as z from 'zod';
import type { ClusterAccess } from '../../access/cluster-access.ts';
import { listAll } from '../../access/list-all.ts';
import { findKind } from '../../discovery/find-kind.ts';

/** A revision with what it would bring back. */
export interface StoredRevision extends RolloutRevision {
  /** The pod template, without the labels that the controller adds. */
  template: Record<string, unknown>;
  /** Annotations of the ReplicaSet that keeps it. */
  annotations: Record<string, string>;
}

const revisionAnnotation = 'deployment.kubernetes.io/revision';
const changeCause = 'kubernetes.io/change-cause';

const record = z.record(z.string(), z.unknown());
const templateSchema = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).optional() }).nullish(),
  spec: z.looseObject({ containers: z.array(z.looseObject({ name: z.string(), image: z.string().default('') })).default([]) }).optional(),
});
const replicaSetSchema = z.looseObject({ spec: z.looseObject({ template: templateSchema }) });
const controllerRevisionSchema = z.looseObject({ revision: z.number(), data: z.looseObject({ spec: z.looseObject({ template: templateSchema }) }) });
const expressionSchema = z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).nullish() });
const selectorSchema = z.looseObject({
  spec: z.looseObject({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()).nullish(), matchExpressions: z.array(expressionSchema).nullish() }).default({}),
  }),
});

/** The history of a Deployment (its ReplicaSets), StatefulSet or DaemonSet (its ControllerRevisions), oldest first. */
export async function readRevisions(access: Pick<ClusterAccess, 'kinds' | 'list'>, workload: KubeObject, signal: AbortSignal): Promise<StoredRevision[]> {
  const { kind, metadata } = workload;
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind)) {
    throw new AppError('VALIDATION_ERROR', `A ${kind} has no rollout history.`, { hint: 'Deployments, StatefulSets and DaemonSets have one.' });
  }
  const keeper = findKind(await access.kinds(signal), kind === 'Deployment' ? 'replicasets.apps' : 'controllerrevisions.apps');
  const scope = { ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }), labelSelector: selectorText(workload), signal };
  const { items } = await listAll(access, keeper, scope);
  const own = items.filter((item) => item.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === metadata.uid));
  const read = kind === 'Deployment' ? fromReplicaSet : fromControllerRevision;
  const revisions = own.map(read).filter((revision) => revision !== null);
  revisions.sort((a, b) => a.revision - b.revision);
  const current = kind === 'Deployment' ? Number(metadata.annotations?.[revisionAnnotation]) : revisions.at(-1)?.revision;
  return revisions.map((revision) => ({ ...revision, current: revision.revision === current }));
}

/** Throws NOT_FOUND with the revisions that there are. */
export function findRevision(workload: KubeObject, revisions: readonly StoredRevision[], number: number): StoredRevision {
  const found = revisions.find(({ revision }) => revision === number);
  if (found !== undefined) return found;
  const known = revisions.map(({ revision }) => revision).join(', ');
  throw new AppError('NOT_FOUND', `${refLabel(refOf(workload))} has no revision ${number}.`, {
    hint: known === '' ? 'It has no history.' : `It has: ${known}.`,
  });
}

function fromReplicaSet(object: KubeObject): StoredRevision | null {
  const parsed = replicaSetSchema.safeParse(object);
  const revision = Number(object.metadata.annotations?.[revisionAnnotation]);
  return parsed.success && Number.isInteger(revision) ? stored(object, revision, parsed.data.spec.template) : null;
}

function fromControllerRevision(object: KubeObject): StoredRevision | null {
  const parsed = controllerRevisionSchema.safeParse(object);
  if (!parsed.success) return null;
  const { $patch: _directive, ...template } = parsed.data.data.spec.template;
  return stored(object, parsed.data.revision, templateSchema.parse(template));
}

function stored({ metadata }: KubeObject, revision: number, template: z.infer<typeof templateSchema>): StoredRevision {
  const { 'pod-template-hash': _hash, ...labels } = template.metadata?.labels ?? {};
  const annotations = metadata.annotations ?? {};
  return {
    revision,
    current: false,
    name: metadata.name,
    createdAt: metadata.creationTimestamp ?? null,
    changeCause: annotations[changeCause] ?? null,
    images: (template.spec?.containers ?? []).map(({ name, image }) => ({ container: name, image })),
    template: record.parse({ ...template, metadata: { ...template.metadata, labels } }),
    annotations,
  };
}

function selectorText(workload: KubeObject): string {
  const { selector } = selectorSchema.parse(workload).spec;
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  return [...labels, ...(selector.matchExpressions ?? []).map(expressionText)].join(',');
}

function expressionText({ key, operator, values }: z.infer<typeof expressionSchema>): string {
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${operator === 'NotIn' ? 'notin' : 'in'} (${(values ?? []).join(',')})`;
}
