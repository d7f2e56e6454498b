import { type KindTypes, refLabel, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { isLive } from '../pods/containers.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Binding = KindTypes['RoleBinding'] | KindTypes['ClusterRoleBinding'];

export type BindingFacts = { missing: string; path: string };

export const roleBindingDangling = defineCode<BindingFacts>({
  code: 'role-binding-dangling',
  title: 'Role binding of a running account refers to a role that does not exist',
  documentation:
    'Pods run as the account that the binding names, and the role it names does not exist: they have none of the rights that were meant for them. Mild by itself; it matters when a program is refused what the binding was meant to allow.',
  silentWhen: 'Nothing runs as the account, or the ServiceAccount is what is missing: `qd lint` tells of those.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ missing }) => `${missing} does not exist: the binding grants nothing.`,
});

function* analyse(binding: Binding, view: ClusterView): Iterable<RawFinding<BindingFacts>> {
  const object = refOf(binding);
  const outside = view.scope !== null && object.namespace === null;
  if (isSystem(binding) || outside) return;
  for (const relation of view.outgoing(object, 'grants')) {
    if (!view.isMissing(relation.to) || !isWorn(binding, view)) continue;
    const missing = refLabel(relation.to);
    yield {
      code: roleBindingDangling.code,
      object,
      discriminator: relation.path,
      severity: 'low',
      since: null,
      facts: { missing, path: relation.path },
      evidence: [fieldEvidence(object, relation.path, relation.to.name), absenceEvidence(relation.to, `${missing} does not exist`)],
    };
  }
}

/** Whether a pod runs as one of the accounts that the binding is for. */
function isWorn(binding: Binding, view: ClusterView): boolean {
  const accounts = view.outgoing(refOf(binding), 'binds').map(({ to }) => to);
  return accounts.some((account) => view.incoming(account, 'runsAs').some(({ from }) => view.podsOf(from).some(isLive)));
}

/** Kubernetes ships bindings for controllers that need not run everywhere. */
function isSystem(binding: Binding): boolean {
  return binding.metadata.name.startsWith('system:') || binding.metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined;
}

const parts = { reads: ['Role', 'ClusterRole', 'ServiceAccount', 'Pod'], codes: [roleBindingDangling], analyse } as const;

export const roleBindingAnalyser = defineAnalyser({ id: 'role-binding', kind: 'RoleBinding', ...parts });
export const clusterRoleBindingAnalyser = defineAnalyser({ id: 'cluster-role-binding', kind: 'ClusterRoleBinding', ...parts });
