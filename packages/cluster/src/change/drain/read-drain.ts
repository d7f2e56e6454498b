import { AppError, type BuiltInKind, type DrainOptions, type DrainPlan, isKind, type KindTypes, type ResourceKind, refLabel } from '@quarterdeck/contract';
import { apiOf } from '../../access/api-of.ts';
import { listAll } from '../../access/list-all.ts';
import { objectPath } from '../../access/resource-path.ts';
import { findBuiltInKind } from '../../discovery/resource-kinds.ts';
import type { ChangeAccess } from '../resolve-change.ts';
import { readRaw } from '../send-change.ts';
import { planDrain } from './plan-drain.ts';

/** What a drain of a node would do now. Throws NOT_FOUND where there is no such node. */
export async function readDrainPlan(access: ChangeAccess, node: string, options: DrainOptions, signal: AbortSignal): Promise<DrainPlan> {
  const nodeKind = await servedKind(access, 'Node', signal);
  const object = await readRaw(apiOf(access), objectPath(nodeKind, null, node), { resource: 'nodes', namespace: null, name: node }, signal);
  if (object === null || !isKind(object, 'Node')) throw new AppError('NOT_FOUND', `There is no node ${node}.`, { hint: 'kubectl get nodes lists the nodes.' });
  const podKind = await servedKind(access, 'Pod', signal);
  const { items } = await listAll(access, podKind, { ...podsOf(node, options), signal });
  const pods = items.filter((item) => isKind(item, 'Pod'));
  const budgets = await readBudgets(access, new Set(pods.map(({ metadata }) => metadata.namespace ?? '')), signal);
  return planDrain({ node, cordoned: object.spec?.unschedulable === true, pods, budgets, options });
}

/** The selectors of the pods that a drain is about. */
export function podsOf(node: string, { podSelector }: DrainOptions): { fieldSelector: string; labelSelector?: string } {
  return { fieldSelector: `spec.nodeName=${node}`, ...(podSelector === undefined ? {} : { labelSelector: podSelector }) };
}

/** Throws VALIDATION_ERROR with what has to be decided first. */
export function checkDrainPlan({ node, refused }: DrainPlan): void {
  if (refused.length === 0) return;
  const pods = refused.map(({ pod, note }) => `${refLabel(pod)}: ${note}`);
  throw new AppError(
    'VALIDATION_ERROR',
    `Node ${node} cannot be drained like this. ${pods.slice(0, 10).join(' ')}${pods.length > 10 ? ` And ${pods.length - 10} more.` : ''}`,
    {
      hint: 'Allow what each of them needs: ignore DaemonSets, delete emptyDir data, force.',
      details: { refused },
    },
  );
}

export async function servedKind(access: ChangeAccess, kind: BuiltInKind, signal: AbortSignal): Promise<ResourceKind> {
  const found = findBuiltInKind(await access.kinds(signal), kind);
  if (found === null) throw new AppError('UNSUPPORTED', `The cluster serves no ${kind}.`);
  return found;
}

async function readBudgets(access: ChangeAccess, namespaces: ReadonlySet<string>, signal: AbortSignal): Promise<KindTypes['PodDisruptionBudget'][]> {
  const kind = await servedKind(access, 'PodDisruptionBudget', signal);
  const lists = await Promise.all([...namespaces].map((namespace) => listAll(access, kind, { namespace, signal })));
  return lists.flatMap(({ items }) => items.filter((item) => isKind(item, 'PodDisruptionBudget')));
}
