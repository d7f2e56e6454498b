import { AppError, isKind, type KindTypes, type KubeObject, type ResourceKind, refLabel, refOf } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { labelSelectorText } from '../access/label-selector.ts';
import { findKind } from '../discovery/find-kind.ts';
import { findBuiltInKind } from '../discovery/resource-kinds.ts';

export type Pod = KindTypes['Pod'];

/** Whatever has pods: one of them, a workload or Service by its selector, or the selector itself. */
export interface PodTarget {
  namespace: string;
  /** `Pod`, `deploy`, `Rollout.argoproj.io` … */
  kind: string;
  name?: string | undefined;
  selector?: string | undefined;
}

/** Where the pods of a target are found. */
export interface PodQuery {
  namespace: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Of a CronJob: the pods are those of its Jobs, which no selector names. */
  cronJob?: string;
  /** The pod, where the target is one. */
  pod?: string;
  /** The Service, where the target is one. */
  service?: KindTypes['Service'];
}

/** Throws NOT_FOUND for an object that is not there, VALIDATION_ERROR for one that has no pods. */
export async function podQuery(access: Pick<ClusterAccess, 'kinds' | 'get'>, target: PodTarget, signal: AbortSignal): Promise<PodQuery> {
  const { namespace, name, selector } = target;
  if (name === undefined) {
    if (selector !== undefined) return { namespace, labelSelector: selector };
    throw new AppError('VALIDATION_ERROR', 'Neither a name nor a selector is given.', {
      hint: 'Name a pod, a workload or a Service, or give a label selector.',
    });
  }
  if (selector !== undefined) throw new AppError('VALIDATION_ERROR', 'A name and a selector exclude each other.', { hint: 'Leave one of them out.' });
  const kind = findKind(await access.kinds(signal), target.kind);
  if (kind.kind === 'Pod' && kind.apiVersion === 'v1') return { namespace, fieldSelector: `metadata.name=${name}`, pod: name };
  return selectorOf(await access.get(kind, namespace, name, signal), namespace);
}

function selectorOf(object: KubeObject, namespace: string): PodQuery {
  const { name } = object.metadata;
  if (isKind(object, 'CronJob')) return { namespace, labelSelector: 'batch.kubernetes.io/job-name', cronJob: name };
  const spec = 'spec' in object && typeof object.spec === 'object' && object.spec !== null ? object.spec : {};
  const labelSelector = 'selector' in spec ? labelSelectorText(spec.selector) : null;
  const service = isKind(object, 'Service') ? { service: object } : {};
  if (labelSelector !== null) return { namespace, labelSelector, ...service };
  throw new AppError('VALIDATION_ERROR', `${refLabel(refOf(object))} selects no pods.`, {
    hint: 'Name a pod, or a workload or Service with a selector.',
  });
}

/** One of the kinds that every cluster serves. */
export function builtIn(kinds: readonly ResourceKind[], name: 'Pod' | 'Job' | 'EndpointSlice'): ResourceKind {
  const kind = findBuiltInKind(kinds, name);
  if (kind !== null) return kind;
  throw new AppError('UNSUPPORTED', `The cluster serves no ${name} objects.`, { hint: 'Check with kubectl api-resources.' });
}

/** Whether an object is controlled by the Job or other object of that kind and name. */
export function isOwnedBy(object: KubeObject, kind: string, names: (name: string) => boolean): boolean {
  return (object.metadata.ownerReferences ?? []).some((owner) => owner.kind === kind && names(owner.name));
}
