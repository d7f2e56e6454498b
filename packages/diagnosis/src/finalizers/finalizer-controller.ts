import { type BuiltInKind, type KindTypes, refOf } from '@quarterdeck/contract';
import { allBindings, reaches, roleAllows, roleOf, subjectIs } from '../access/grants.ts';
import { containersOf } from '../graph/pod-template.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type ControllerWorkload = KindTypes['Deployment'] | KindTypes['StatefulSet'] | KindTypes['DaemonSet'];

/** Who is to take a finalizer away. `named`: its own configuration names the finalizer; else only its name suggests it. */
export interface FinalizerController {
  workload: ControllerWorkload;
  named: boolean;
}

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const satisfies readonly BuiltInKind[];

/** The controller of one of these finalizers; null where none is seen. */
export function finalizerController(finalizers: readonly string[], view: ClusterView): FinalizerController | null {
  const own = finalizers.filter((name) => !builtIn.test(name));
  if (own.length === 0) return null;
  const workloads = kinds.flatMap((kind): readonly ControllerWorkload[] => view.list(kind)).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const named = workloads.find((workload) => own.some((finalizer) => mentions(workload, finalizer, view)));
  if (named !== undefined) return { workload: named, named: true };
  const words = new Set(own.flatMap(wordsOf));
  const alike = workloads.find(({ metadata }) => [...metadata.name.split('-'), ...(metadata.namespace ?? '').split('-')].some((part) => words.has(part)));
  return alike === undefined ? null : { workload: alike, named: false };
}

const builtIn = /^(foregroundDeletion|orphan|kubernetes|(?:.+\.)?kubernetes\.io\/.+)$/;
const generic = new Set([
  'example',
  'test',
  'com',
  'org',
  'net',
  'io',
  'dev',
  'k8s',
  'kubernetes',
  'www',
  'finalizer',
  'finalizers',
  'cleanup',
  'protection',
  'controller',
  'operator',
  'system',
  'default',
]);

/** The telling words of `backup.acme.io/cleanup`: its domain. */
function wordsOf(finalizer: string): string[] {
  return (finalizer.split('/')[0] ?? '').split(/[.-]/).filter((word) => word.length > 3 && !generic.has(word));
}

/** Whether its command, its environment or a ConfigMap that it reads names the finalizer. */
function mentions(workload: ControllerWorkload, finalizer: string, view: ClusterView): boolean {
  const spec = workload.spec?.template.spec;
  if (spec === undefined) return false;
  for (const { container } of containersOf({ spec, path: '' })) {
    const texts = [...(container.command ?? []), ...(container.args ?? []), ...(container.env ?? []).map(({ value }) => value ?? '')];
    if (texts.some((text) => text.includes(finalizer))) return true;
  }
  const ref = refOf(workload);
  const maps = [...view.outgoing(ref, 'mounts'), ...view.outgoing(ref, 'reads')].filter(({ to }) => to.kind === 'ConfigMap');
  return maps.some(({ to }) => Object.values(view.get('ConfigMap', to.namespace, to.name)?.data ?? {}).some((text) => text.includes(finalizer)));
}

/** Whether the account of a controller may write objects of a kind; null where roles cannot be read. */
export function mayWrite(workload: ControllerWorkload, what: { resource: string; group: string; namespace: string | null }, view: ClusterView): boolean | null {
  const read = (['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'] as const).every((kind) => view.coverage(kind) === 'read');
  if (!read || !view.covers(workload.metadata.namespace)) return null;
  const name = workload.spec?.template.spec?.serviceAccountName ?? 'default';
  const account = { namespace: workload.metadata.namespace ?? '', name };
  const bound = allBindings(view).filter((binding) => subjectIs(binding, account) && reaches(binding, { ...what, verb: 'patch' }));
  return bound.some((binding) => (['patch', 'update'] as const).some((verb) => roleAllows(roleOf(binding, view)?.role, { ...what, verb })));
}
