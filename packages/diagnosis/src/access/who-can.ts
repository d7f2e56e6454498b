import { type AccessGrant, type AccessQuestion, type BuiltInKind, refOf, type WhoCan } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';
import { type AccessRequest, allBindings, reaches, roleOf, ruleAllows } from './grants.ts';

const read: readonly BuiltInKind[] = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

/** Who may do one thing, and by which binding and role. What was not read is said: there may be more. */
export function whoCan(view: ClusterView, question: AccessQuestion): WhoCan {
  const request = { ...question, namespace: question.namespace ?? null };
  return {
    grants: allBindings(view)
      .filter((binding) => reaches(binding, request))
      .flatMap((binding) => grantsOf(binding, request, question.name, view)),
    unread: read.filter((kind) => view.coverage(kind) !== 'read'),
  };
}

function grantsOf(binding: ReturnType<typeof allBindings>[number], request: AccessRequest, name: string | undefined, view: ClusterView): AccessGrant[] {
  const found = roleOf(binding, view);
  if (found === null) return [];
  const rules = (found.role?.rules ?? []).filter((rule) => ruleAllows({ ...rule, resourceNames: [] }, request));
  const fitting = rules.filter(({ resourceNames = [] }) => resourceNames.length === 0 || name === undefined || resourceNames.includes(name));
  if (fitting.length === 0) return [];
  const limited = fitting.every(({ resourceNames = [] }) => resourceNames.length > 0);
  const names = limited ? [...new Set(fitting.flatMap(({ resourceNames = [] }) => resourceNames))] : [];
  return (binding.subjects ?? []).map((subject) => ({
    subject: { kind: subject.kind, name: subject.name, namespace: subject.namespace ?? null },
    binding: refOf(binding),
    role: found.ref,
    names,
  }));
}
