import { listFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { patchStep, proposal } from './step.ts';

export const autoscalerTargetRemedy = defineRemedy({
  mechanisms: ['hpa-target-missing'],
  propose({ cause, facts }) {
    const [meant, name, kind] = [stringFact(facts, 'meant'), stringFact(facts, 'name'), stringFact(facts, 'kind')];
    if (meant === null || name === null)
      return {
        missing: [
          `Which ${kind} HorizontalPodAutoscaler ${cause.name} is meant for: there is ${listFact(facts, 'existing').join(', ') || 'none'} in its namespace.`,
        ],
      };
    const path = 'spec.scaleTargetRef.name';
    const step = patchStep(
      { ref: cause, description: `Scale ${kind} ${meant} instead of ${name}` },
      [{ op: 'replace', path, value: meant }],
      [{ op: 'replace', path, value: name }],
    );
    const validation = `kubectl get hpa ${cause.name} -n ${cause.namespace} shows a current value under TARGETS within a minute.`;
    return proposal(`Let HorizontalPodAutoscaler ${cause.name} scale ${kind} ${meant}, which exists.`, [{ ...step, validation }], {
      assumptions: [`${meant} is the workload that was meant.`],
    });
  },
});

export const autoscalerRequestRemedy = defineRemedy({
  mechanisms: ['hpa-request-missing'],
  propose({ cause, facts }) {
    const [resource, autoscaler] = [stringFact(facts, 'resource'), stringFact(facts, 'autoscaler')];
    return {
      missing: [
        `How much ${resource} the containers ${listFact(facts, 'containers').join(', ')} of ${cause.kind} ${cause.name} use in ordinary times: that is the request HorizontalPodAutoscaler ${autoscaler} measures against. kubectl top pod -n ${cause.namespace} --containers shows it.`,
      ],
    };
  },
});
