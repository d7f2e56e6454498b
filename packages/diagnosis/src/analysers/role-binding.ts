import { type KindTypes, refLabel, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Binding = KindTypes['RoleBinding'] | KindTypes['ClusterRoleBinding'];

export type BindingFacts = { missing: string; path: string };

export const roleBindingDangling = defineCode<BindingFacts>({
  code: 'role-binding-dangling',
  title: 'Role binding refers to something that does not exist',
  documentation:
    'The binding names a role, or a ServiceAccount, that does not exist, so it grants nothing (yet). Mild by itself; it matters when a program is refused what the binding was meant to allow.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ missing }) => `${missing} does not exist: the binding grants nothing.`,
});

function* analyse(binding: Binding, view: ClusterView): Iterable<RawFinding<BindingFacts>> {
  const object = refOf(binding);
  const outside = view.scope !== null && object.namespace === null;
  if (isSystem(binding) || outside) return;
  for (const relation of [...view.outgoing(object, 'grants'), ...view.outgoing(object, 'binds')]) {
    if (!view.isMissing(relation.to)) continue;
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

/** Kubernetes ships bindings for controllers that need not run everywhere. */
function isSystem(binding: Binding): boolean {
  return binding.metadata.name.startsWith('system:') || binding.metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined;
}

const parts = { reads: ['Role', 'ClusterRole', 'ServiceAccount'], codes: [roleBindingDangling], analyse } as const;

export const roleBindingAnalyser = defineAnalyser({ id: 'role-binding', kind: 'RoleBinding', ...parts });
export const clusterRoleBindingAnalyser = defineAnalyser({ id: 'cluster-role-binding', kind: 'ClusterRoleBinding', ...parts });
