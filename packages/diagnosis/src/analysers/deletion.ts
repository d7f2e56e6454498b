import { type BuiltInKind, builtInKinds, type KubeObject, refOf } from '@quarterdeck/contract';
import { type AnyAnalyser, defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type DeletionFacts = { finalizers: readonly string[] };

export const objectStuckDeleting = defineCode<DeletionFacts>({
  code: 'object-stuck-deleting',
  title: 'Object is being deleted and a finalizer holds it',
  documentation:
    'The object was deleted, but a finalizer asks for something to be done first, and whoever should do it has not. Usually the operator that owns the finalizer is not installed any more, is not running, or lacks the rights.',
  silentWhen: 'It was deleted less than 20 seconds ago, or two minutes where only finalizers of Kubernetes itself hold it.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 5,
  message: ({ finalizers }) => `Waits for ${finalizers.length === 1 ? 'finalizer' : 'finalizers'} ${finalizers.join(', ')}.`,
});

export type NamespaceDeletionFacts = { remaining: string | null; finalizers: readonly string[]; failure: string | null };

export const namespaceStuckTerminating = defineCode<NamespaceDeletionFacts>({
  code: 'namespace-stuck-terminating',
  title: 'Namespace hangs in Terminating',
  documentation:
    'The namespace was deleted, but objects in it remain (their finalizers are waited for), or the API server cannot list everything in it (an aggregated API is down). The conditions of the namespace say which.',
  silentWhen: 'It has been going for less than 20 seconds, or its conditions hold nothing.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 5,
  message: ({ remaining, finalizers, failure }) =>
    `Terminating: ${failure ?? `${remaining ?? 'content remains'}${finalizers.length === 0 ? '' : `; finalizers ${finalizers.join(', ')}`}`}.`,
});

const settlingMs = 20_000;

/** Finalizers that Kubernetes itself takes away when nothing holds the object; they are waited for longer. */
const builtInFinalizer = /^(foregroundDeletion|orphan|kubernetes|kubernetes\.io\/.*|.*\.kubernetes\.io\/.*)$/;
const builtInMs = 120_000;

export function* stuckObject(object: KubeObject, view: ClusterView): Iterable<RawFinding<DeletionFacts>> {
  const deleted = timeOf(object.metadata.deletionTimestamp);
  const finalizers = object.metadata.finalizers ?? [];
  if (deleted === null || finalizers.length === 0) return;
  if (!view.passed(deleted + (finalizers.every((name) => builtInFinalizer.test(name)) ? builtInMs : settlingMs))) return;
  const ref = refOf(object);
  yield {
    code: objectStuckDeleting.code,
    object: ref,
    discriminator: '',
    severity: 'medium',
    since: deleted,
    facts: { finalizers },
    evidence: [
      fieldEvidence(ref, 'metadata.finalizers', finalizers.join(', '), { decisive: true }),
      evidence({
        source: 'metadata',
        object: ref,
        path: 'metadata.deletionTimestamp',
        value: object.metadata.deletionTimestamp ?? null,
        text: `deleted at ${object.metadata.deletionTimestamp}`,
      }),
    ],
  };
}

function isDeletable(kind: string): kind is BuiltInKind {
  return Object.hasOwn(builtInKinds, kind) && kind !== 'Namespace' && kind !== 'Event';
}

/** One for every built-in kind: a finalizer may hold anything. */
export const deletionAnalysers: readonly AnyAnalyser[] = Object.keys(builtInKinds)
  .filter(isDeletable)
  .map((kind) =>
    defineAnalyser({
      id: `deletion-${kind.toLowerCase()}`,
      kind,
      reads: [],
      codes: [objectStuckDeleting],
      analyse: (object, view) => (object.metadata.namespace === undefined && view.scope !== null ? [] : stuckObject(object, view)),
    }),
  );

export const namespaceDeletionAnalyser = defineAnalyser({
  id: 'namespace-deletion',
  kind: 'Namespace',
  reads: [],
  codes: [namespaceStuckTerminating],
  *analyse(namespace, view) {
    const deleted = timeOf(namespace.metadata.deletionTimestamp);
    if (deleted === null || !view.covers(namespace.metadata.name) || !view.passed(deleted + settlingMs)) return;
    const holding = (namespace.status?.conditions ?? []).filter(({ status }) => status === 'True');
    if (holding.length === 0) return;
    const object = refOf(namespace);
    const messageOf = (type: string) => holding.find((condition) => condition.type === type)?.message ?? null;
    const failed = holding.find(({ type }) => type === 'NamespaceDeletionDiscoveryFailure' || type === 'NamespaceDeletionContentFailure');
    const finalizers = [...(messageOf('NamespaceFinalizersRemaining') ?? '').matchAll(/([\w.-]+(?:\/[\w.-]+)?) in \d+ resource instances/g)];
    yield {
      code: namespaceStuckTerminating.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: deleted,
      facts: { remaining: messageOf('NamespaceContentRemaining'), finalizers: finalizers.flatMap(([, name]) => name ?? []), failure: failed?.message ?? null },
      evidence: holding.map(({ type, message, lastTransitionTime }) =>
        evidence({
          source: 'status',
          object,
          path: `status.conditions[type=${type}]`,
          value: message ?? null,
          text: message ?? type,
          at: lastTransitionTime ?? null,
        }),
      ),
    };
  },
});
