import type { Coverage, Issue } from '@quarterdeck/contract';
import { isK8sGptResult, k8sGptResult } from '../analysers/operators/k8sgpt.ts';
import type { Incident } from '../model/incident.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** Whether others who look for faults in this cluster were heard. That one is not installed is no gap. */
export function sourcesIn(view: ClusterView): NonNullable<Coverage['sources']> {
  const kind = view.customKinds().find(isK8sGptResult);
  if (kind === undefined) {
    const isKnown = view.coverage('CustomResourceDefinition') === 'read';
    const text = isKnown
      ? 'The K8sGPT operator is not installed (there is no results.core.k8sgpt.ai).'
      : 'Whether the K8sGPT operator is installed is not known: CustomResourceDefinitions were not read.';
    return [{ source: 'k8sgpt', state: isKnown ? 'absent' : 'unread', text }];
  }
  const found = view.listCustom('core.k8sgpt.ai', kind.kind).length;
  const text =
    kind.coverage === 'read'
      ? `${found} ${found === 1 ? 'Result' : 'Results'} of the K8sGPT operator were read.`
      : `Results of the K8sGPT operator were not read: ${kind.reason ?? 'left out'}.`;
  return [{ source: 'k8sgpt', state: kind.coverage, text }];
}

/** Who found an incident: we, others, or both. */
export function sourcesOf({ findings }: Pick<Incident, 'findings'>): NonNullable<Issue['sources']> {
  const reported = findings.filter(({ code }) => code === k8sGptResult.code);
  const others = reported.map(({ evidence, facts }) => ({
    source: 'k8sgpt' as const,
    object: evidence[0]?.object ?? null,
    text: typeof facts.error === 'string' ? facts.error : null,
  }));
  return findings.length > reported.length ? [{ source: 'quarterdeck' as const, object: null, text: null }, ...others] : others;
}
