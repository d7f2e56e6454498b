import { groupOf, type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import { allBindings, roleOf } from '../access/grants.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Role = KindTypes['Role'] | KindTypes['ClusterRole'];
type Workload = KindTypes['Deployment'] | KindTypes['StatefulSet'] | KindTypes['DaemonSet'];

/** Who acts on a custom kind: the workloads that run as an account which may write the status of its objects. */
export interface ControllerSearch {
  /** Accounts with the right, as `namespace/name`. */
  accounts: readonly string[];
  workloads: readonly Workload[];
}

/**
 * The controllers of a kind, known by what they may do: a role that names the kind's group and its status (not one that
 * allows everything), bound to an account that workloads run as. Empty where roles can't be read.
 */
export function controllersOf(kind: { apiVersion: string; plural: string }, view: ClusterView): ControllerSearch {
  const group = groupOf(kind.apiVersion);
  const accounts = new Set<string>();
  for (const binding of allBindings(view)) {
    if (!grantsStatus(roleOf(binding, view)?.role, group, kind.plural)) continue;
    for (const { kind: subject, name, namespace = binding.metadata.namespace } of binding.subjects ?? []) {
      if (subject === 'ServiceAccount' && namespace !== undefined) accounts.add(`${namespace}/${name}`);
    }
  }
  return { accounts: [...accounts].sort(), workloads: [...accounts].sort().flatMap((account) => workloadsOf(account, view)) };
}

function grantsStatus(role: Role | undefined, group: string, plural: string): boolean {
  return (role?.rules ?? []).some(({ apiGroups = [], resources = [], verbs }) => {
    const onStatus = resources.some((resource) => resource === `${plural}/status` || resource === '*/status' || resource === '*');
    return apiGroups.includes(group) && onStatus && verbs.some((verb) => verb === 'update' || verb === 'patch' || verb === '*');
  });
}

function workloadsOf(account: string, view: ClusterView): Workload[] {
  const [namespace = '', name = ''] = account.split('/');
  const all: readonly Workload[] = [...view.list('Deployment', namespace), ...view.list('StatefulSet', namespace), ...view.list('DaemonSet', namespace)];
  return all.filter(({ spec }) => (spec?.template.spec?.serviceAccountName ?? 'default') === name);
}

/** Whether none of a workload's pods is ready, and why: nobody wants any, or they are not. */
export function stateOfController(workload: Workload): { ref: ObjectRef; state: 'running' | 'scaledToZero' | 'down' } {
  const ref = refOf(workload);
  if (workload.spec !== undefined && 'replicas' in workload.spec && workload.spec.replicas === 0) return { ref, state: 'scaledToZero' };
  const status = workload.status ?? {};
  const ready = 'numberReady' in status ? status.numberReady : 'readyReplicas' in status ? (status.readyReplicas ?? 0) : 0;
  return { ref, state: ready > 0 ? 'running' : 'down' };
}
