import { stringFact } from '../../causes/explain.ts';
import { defineRemedy, type RemedyStep } from '../../model/remedy.ts';
import { templateContainer, workloadAt } from '../../pods/workload.ts';
import { undoRollout } from './incident-rollout.ts';
import { hasRollout, inNamespace, patchStep, proposal, restartStep } from './step.ts';
import { changed } from './template-change.ts';

/** A variable that is set under almost the name that the program asks for. */
export const misspeltVariableRemedy = defineRemedy({
  mechanisms: ['environment-variable-missing'],
  propose(incident, view) {
    const [variable, meant] = [stringFact(incident.facts, 'variable') ?? '', stringFact(incident.facts, 'meant')];
    const undo = undoRollout(incident);
    const workload = workloadAt(incident.cause, view);
    const container = workload === null ? null : templateContainer(workload, stringFact(incident.facts, 'container') ?? '');
    const index = (container?.spec.env ?? []).findIndex(({ name }) => name === meant);
    if (undo !== null) return undo;
    if (container === null || meant === null || index < 0)
      return { missing: [`The value of ${variable}: nothing in the cluster holds it. Then: kubectl set env, or a reference to a ConfigMap or Secret.`] };
    const path = `${container.path}.env[${index}].name`;
    return changed(incident, view, {
      description: `Call the variable ${variable} instead of ${meant}`,
      operations: [{ op: 'replace', path, value: variable }],
      undo: [{ op: 'replace', path, value: meant }],
      assumption: `What ${meant} holds was meant for ${variable}: the program asks for the one, and only the other is set.`,
    });
  },
});

/** A key of a ConfigMap that is written almost as the variable that it should become. */
export const misspeltKeyRemedy = defineRemedy({
  mechanisms: ['environment-key-missing'],
  propose({ cause, facts }, view) {
    const [key, meant] = [stringFact(facts, 'key') ?? '', stringFact(facts, 'meant')];
    const value = meant === null || cause.kind !== 'ConfigMap' ? undefined : view.get('ConfigMap', cause.namespace, cause.name)?.data?.[meant];
    if (value === undefined || meant === null) return { missing: [`The value of key ${key}: nothing in the cluster holds it.`] };
    const added = patchStep(
      { ref: cause, description: `Add key ${key} with the value of ${meant}` },
      [{ op: 'add', path: `data["${key}"]`, value }],
      [{ op: 'remove', path: `data["${key}"]` }],
    );
    const readers = view.incoming(cause, 'reads').flatMap(({ from }) => (hasRollout(from) ? [from] : []));
    const unique = [...new Map(readers.map((ref) => [`${ref.kind}/${ref.name}`, ref])).values()];
    const steps: RemedyStep[] = [
      { ...added, validation: `kubectl ${inNamespace(cause, ['describe', 'configmap', cause.name]).join(' ')} shows key ${key}.` },
      ...unique.map((ref) => restartStep(ref, `its pods read ConfigMap ${cause.name} again`)),
    ];
    return proposal(`Give ConfigMap ${cause.name} the key ${key}, with what it holds as ${meant}.`, steps, {
      assumptions: [`${meant} is a misspelt ${key}; it is left in place for whoever else may read it.`],
    });
  },
});
