import { groupOf, refLabel, refOf, refTo } from '@quarterdeck/contract';
import { textAt } from '../../custom/fields.ts';
import { type CustomResource, defineCode, defineCustomAnalyser } from '../../model/analyser.ts';
import { fieldEvidence, timeOf } from '../../pods/evidence.ts';
import { isBuiltInKind } from '../../view/typed-kind.ts';

export type AutoscalerConflictFacts = { target: string; autoscaler: string };

export const autoscalerConflict = defineCode<AutoscalerConflictFacts>({
  code: 'autoscaler-conflict',
  title: 'Two autoscalers scale the same workload',
  documentation:
    'A ScaledObject of KEDA makes a HorizontalPodAutoscaler of its own for its target, and another one already scales it: the two set different numbers of replicas in turn. Keep one of them; what the other scaled on becomes a trigger of the ScaledObject.',
  silentWhen: 'The autoscaler is the one that KEDA made.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 15,
  message: ({ target, autoscaler }) => `${target} is also scaled by HorizontalPodAutoscaler ${autoscaler}.`,
});

/** https://keda.sh/docs/latest/concepts/scaling-deployments/ */
export const kedaAnalyser = defineCustomAnalyser({
  id: 'keda-scaled-object',
  matches: ({ apiVersion, kind }) => groupOf(apiVersion) === 'keda.sh' && kind === 'ScaledObject',
  reads: ['HorizontalPodAutoscaler'],
  codes: [autoscalerConflict],
  *analyse(scaled, view) {
    const object = refOf(scaled);
    const target = targetOf(scaled);
    if (target === null || scaled.metadata.deletionTimestamp !== undefined || isTransferred(scaled)) return;
    for (const { from } of view.incoming(target, 'scales')) {
      const autoscaler = view.get('HorizontalPodAutoscaler', from.namespace, from.name);
      const isOwn = autoscaler?.metadata.ownerReferences?.some(({ kind }) => kind === 'ScaledObject');
      if (autoscaler === undefined || isOwn === true) continue;
      yield {
        code: autoscalerConflict.code,
        object,
        discriminator: from.name,
        severity: 'medium',
        since: timeOf(scaled.metadata.creationTimestamp),
        facts: { target: refLabel({ ...target, namespace: null }), autoscaler: from.name },
        evidence: [
          fieldEvidence(object, 'spec.scaleTargetRef.name', target.name, { decisive: true }),
          fieldEvidence(from, 'spec.scaleTargetRef.name', target.name, { text: `HorizontalPodAutoscaler ${from.name} scales ${target.name} as well` }),
        ],
      };
    }
  },
});

function targetOf({ spec, metadata }: CustomResource) {
  const [name, kind] = [textAt(spec, 'scaleTargetRef', 'name'), textAt(spec, 'scaleTargetRef', 'kind') ?? 'Deployment'];
  return name === null || !isBuiltInKind(kind) ? null : refTo(kind, metadata.namespace ?? null, name);
}

/** KEDA takes over an existing autoscaler where it is told to. */
function isTransferred({ metadata }: CustomResource): boolean {
  return metadata.annotations?.['scaledobject.keda.sh/transfer-hpa-ownership'] === 'true';
}
