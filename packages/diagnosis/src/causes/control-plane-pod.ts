import { refOf } from '@quarterdeck/contract';
import { podNotConsidered } from '../analysers/pod-scheduling.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { stringFact, upstream } from './explain.ts';

const id = 'control-plane-pod';

/** Pods that the default scheduler does not look at wait for its own pod, where that is ill and can be seen. */
export const controlPlanePodRule = defineRule({
  id,
  explains: [podNotConsidered.code],
  mechanisms: [],
  *explain(finding, view): Iterable<Explanation> {
    if (stringFact(finding.facts, 'scheduler') !== 'default-scheduler') return;
    for (const pod of view.list('Pod', 'kube-system')) {
      const isScheduler = pod.metadata.labels?.component === 'kube-scheduler' || pod.metadata.labels?.['k8s-app'] === 'kube-scheduler';
      for (const cause of isScheduler ? view.findingsOn(refOf(pod)) : []) yield upstream(finding, cause, { rule: id, strength: 'certain' });
    }
  },
});
