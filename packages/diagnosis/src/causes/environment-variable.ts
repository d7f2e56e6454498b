import type { ObjectRef } from '@quarterdeck/contract';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { absenceEvidence, fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { podRef, type RolloutFacts, rolloutClause, rolloutFacts } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy } from './explain.ts';
import { failuresWithLog, type LogSymptom, logSymptom, symptomFacts } from './log-findings.ts';

const id = 'environment-variable';

export type VariableFacts = RolloutFacts & { container: string; variable: string; meant: string | null };

export const variableMissing = defineMechanism<VariableFacts>({
  id: 'environment-variable-missing',
  title: (facts) => `Environment variable ${facts.variable} is not set`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} exits because it needs the environment variable ${facts.variable}, which is not set` +
    `${facts.meant === null ? '' : `; ${facts.meant} is`}.${rolloutClause(facts)}`,
});

export const variableKeyMissing = defineMechanism<{ variable: string; key: string; meant: string | null; consumer: string }>({
  id: 'environment-key-missing',
  title: (facts, object) => `${object.kind} ${object.name} does not provide ${facts.variable}`,
  sentence: (facts, object) =>
    `${facts.consumer} needs the environment variable ${facts.variable} from ${object.kind} ${object.name}, which has no key ${facts.key}${facts.meant === null ? '' : `; it has ${facts.meant}`}.`,
});

export const environmentVariableRule = defineRule({
  id,
  explains: failuresWithLog,
  mechanisms: [variableMissing, variableKeyMissing],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'env-missing', view)[0];
    if (symptom === null || fact === undefined) return;
    const variable = fact.claim.name;
    const { workload, container, log } = symptom;
    const declared = (container.spec.env ?? []).some((entry) => entry.name === variable);
    const said = logEvidence(podRef(log.pod), log.container, fact, { decisive: true });
    const source = sourceWithout(symptom, variable, view);
    if (source !== null) {
      const facts = { variable, key: source.key, meant: source.meant, consumer: `${workload.ref.kind} ${workload.ref.name}` };
      const absent = absenceEvidence(source.object, `Key ${source.key} is not in ${source.object.kind} ${source.object.name}`);
      const common = { rule: id, finding, mechanism: variableKeyMissing, object: source.object, exists: !view.isMissing(source.object), facts };
      yield endsAt({ ...common, strength: 'certain', evidence: [said, absent] });
      return;
    }
    const meant = nearMiss(
      variable,
      (container.spec.env ?? []).map((entry) => entry.name),
    );
    const names = (container.spec.env ?? []).map((entry) => entry.name).join(', ');
    const facts = { container: log.container, variable, meant, ...rolloutFacts(log.pod, view) };
    const seen = fieldEvidence(workload.ref, `${container.path}.env`, names === '' ? 'no variables' : names, { container: log.container });
    yield endsAt({
      rule: id,
      finding,
      mechanism: variableMissing,
      object: workload.ref,
      facts,
      strength: declared ? 'likely' : 'certain',
      via: ownedBy(finding.object, view),
      evidence: [said, seen],
    });
  },
});

interface IncompleteSource {
  object: ObjectRef;
  key: string;
  meant: string | null;
}

/** An optional reference that is empty, or a whole ConfigMap in the environment whose key is written almost so. */
function sourceWithout({ workload, container, log }: LogSymptom, variable: string, view: RuleView): IncompleteSource | null {
  const edges = view.outgoing(workload.ref, 'reads').filter((edge) => edge.detail.container === log.container);
  const index = (container.spec.env ?? []).findIndex((entry) => entry.name === variable);
  const own = index < 0 ? undefined : edges.find((edge) => edge.path.startsWith(`${container.path}.env[${index}].`));
  if (own?.detail.key !== undefined && !keysOf(own.to, view).includes(own.detail.key))
    return { object: own.to, key: own.detail.key, meant: nearMiss(own.detail.key, keysOf(own.to, view)) };
  for (const edge of edges.filter((candidate) => candidate.path.includes('.envFrom['))) {
    const meant = nearMiss(variable, keysOf(edge.to, view));
    if (meant !== null) return { object: edge.to, key: variable, meant };
  }
  return null;
}

function keysOf(ref: ObjectRef, view: RuleView): string[] {
  const object = ref.kind === 'Secret' ? view.get('Secret', ref.namespace, ref.name) : view.get('ConfigMap', ref.namespace, ref.name);
  return Object.keys(object?.data ?? {});
}
