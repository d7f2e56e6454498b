import { AppError, type BuiltInKind, type Change, type FieldChange, isKind, type KindTypes, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { labelSelectorText } from '../access/label-selector.ts';
import { listAll } from '../access/list-all.ts';
import type { ChangeAccess } from '../change/resolve-change.ts';
import { findBuiltInKind } from '../discovery/resource-kinds.ts';
import { isOwnedBy } from '../pods/pods-of.ts';
import type { Surroundings } from './blast-radius.ts';
import type { PodsFate } from './fate-of-pods.ts';

interface Asked {
  change: Change;
  fate: PodsFate;
  fields: readonly FieldChange[];
  /** The target itself (of a `scale` too); null where it is not there. */
  target: KubeObject | null;
  signal: AbortSignal;
}

/** Reads what surrounds the target of a change, no more than the change can reach. What may not be read is told. */
export async function readSurroundings(access: ChangeAccess, { change, fate, fields, target, signal }: Asked): Promise<Surroundings> {
  const reader = new Reader(access, await access.kinds(signal), signal);
  const namespace = change.target.kind === 'Namespace' ? change.target.name : change.target.namespace;
  const reaches = fate.fate !== 'none' && target !== null;
  const rescales = fields.some(({ path }) => path === '.spec.replicas') || (change.verb === 'delete' && reaches);
  const all = reaches ? await reader.list('Pod', namespace) : [];
  const own = target === null ? [] : await belonging(all, target, reader);
  const owned = new Set(own);
  const leaves = reaches && fate.fate !== 'started';
  return {
    pods: own,
    others: all.filter((pod) => !owned.has(pod)),
    services: leaves ? await reader.list('Service', namespace) : [],
    ingresses: leaves && namespace !== null ? await reader.list('Ingress', namespace) : [],
    budgets: leaves ? await reader.list('PodDisruptionBudget', namespace) : [],
    autoscalers: rescales && namespace !== null ? (await reader.list('HorizontalPodAutoscaler', namespace)).filter((each) => scales(each, change)) : [],
    notSeen: reader.notSeen,
  };
}

/** The pods that a target has: itself, those on a node or in a namespace, those of its Jobs, or those that it selects. */
async function belonging(pods: readonly KindTypes['Pod'][], target: KubeObject, reader: Reader): Promise<KindTypes['Pod'][]> {
  const { name, uid, namespace } = target.metadata;
  if (isKind(target, 'Pod')) return pods.filter((pod) => pod.metadata.name === name);
  if (isKind(target, 'Node')) return pods.filter((pod) => pod.spec?.nodeName === name);
  if (isKind(target, 'Namespace')) return [...pods];
  if (isKind(target, 'CronJob')) {
    const jobs = (await reader.list('Job', namespace ?? null)).filter((job) => isOwnedBy(job, 'CronJob', (owner) => owner === name));
    const names = new Set(jobs.map((job) => job.metadata.name));
    return pods.filter((pod) => isOwnedBy(pod, 'Job', (owner) => names.has(owner)));
  }
  const selector = 'spec' in target && typeof target.spec === 'object' && target.spec !== null && 'selector' in target.spec ? target.spec.selector : null;
  const text = labelSelectorText(selector);
  if (text === null) return pods.filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === uid) === true);
  const picked = new Set((await reader.list('Pod', namespace ?? null, text)).map((pod) => pod.metadata.uid));
  return pods.filter((pod) => picked.has(pod.metadata.uid));
}

function scales({ spec }: KindTypes['HorizontalPodAutoscaler'], { target }: Change): boolean {
  return spec?.scaleTargetRef.kind === target.kind && spec.scaleTargetRef.name === target.name;
}

class Reader {
  readonly notSeen: string[] = [];
  private readonly access: ChangeAccess;
  private readonly kinds: readonly ResourceKind[];
  private readonly signal: AbortSignal;

  constructor(access: ChangeAccess, kinds: readonly ResourceKind[], signal: AbortSignal) {
    this.access = access;
    this.kinds = kinds;
    this.signal = signal;
  }

  /** None where they may not be listed, which is told. */
  async list<K extends BuiltInKind>(kind: K, namespace: string | null, labelSelector?: string): Promise<KindTypes[K][]> {
    const served = findBuiltInKind(this.kinds, kind);
    if (served === null) {
      // Every cluster serves these: whoever may not know of a kind must not take its silence for an answer.
      return this.unseen(`No ${kind} is shown here.`);
    }
    const scope = { ...(namespace === null ? {} : { namespace }), ...(labelSelector === undefined ? {} : { labelSelector }) };
    try {
      const { items } = await listAll(this.access, served, { ...scope, signal: this.signal });
      return items.filter((item): item is KindTypes[K] => isKind(item, kind));
    } catch (thrown) {
      if (!(thrown instanceof AppError) || !['FORBIDDEN', 'NOT_FOUND'].includes(thrown.code)) throw thrown;
      return this.unseen(`${served.plural}: ${thrown.message}`);
    }
  }

  private unseen(note: string): [] {
    if (!this.notSeen.includes(note)) this.notSeen.push(note);
    return [];
  }
}
