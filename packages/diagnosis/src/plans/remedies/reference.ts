import type { ObjectRef } from '@quarterdeck/contract';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal, type RemedyStep } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { inNamespace, patchStep, proposal } from './step.ts';

const recommendations = ['Render manifests with one source of names, so that an object and what refers to it cannot drift apart.'];

/** Points the reference at the object or key that exists. */
export const misspeltReferenceRemedy = defineRemedy({
  mechanisms: ['reference-misspelt', 'key-misspelt'],
  propose(incident) {
    const { path, meant, kind } = incident.facts;
    const wrong = incident.mechanism === 'key-misspelt' ? incident.facts.key : incident.facts.name;
    if (typeof path !== 'string' || typeof meant !== 'string' || typeof wrong !== 'string') return { missing: ['The exact field that holds the reference.'] };
    const field = incident.mechanism === 'key-misspelt' ? keyField(path) : nameField(path);
    const step = patchStep(
      { ref: incident.cause, description: `Refer to ${meant} instead of ${wrong}` },
      [{ op: 'replace', path: field, value: meant }],
      [{ op: 'replace', path: field, value: wrong }],
    );
    return proposal(`Correct the reference to ${kind} ${wrong}: ${meant} exists.`, [step], { assumptions: [`${meant} is what was meant.`], recommendations });
  },
});

function keyField(path: string): string {
  return path.endsWith('KeyRef') ? `${path}.key` : path;
}

function nameField(path: string): string {
  if (path.endsWith('KeyRef')) return `${path}.name`;
  return path;
}

/** Copies a ConfigMap of that name from elsewhere, or creates an empty one where nothing of it is demanded. Never a Secret. */
export const missingReferenceRemedy = defineRemedy({
  mechanisms: ['reference-missing'],
  propose(incident, view) {
    const { cause, facts } = incident;
    const unknown = `What ${cause.kind} ${cause.name} should hold: nothing in the cluster says it. Look for it in the source of ${String(facts.referrer)}, or in another cluster.`;
    if (cause.kind !== 'ConfigMap' || cause.namespace === null) return { missing: [unknown] };
    const elsewhere = typeof facts.elsewhere === 'string' ? view.get('ConfigMap', facts.elsewhere, cause.name) : undefined;
    const data = elsewhere?.data;
    if (data !== undefined && Object.values(data).join('').length < 4000) {
      return proposal(`Create ConfigMap ${cause.name} with what the one in namespace ${String(facts.elsewhere)} holds.`, [createStep(cause, data)], {
        assumptions: [`What holds in namespace ${String(facts.elsewhere)} holds here.`],
        recommendations,
      });
    }
    return demandsKeys(incident, view) ? { missing: [unknown] } : emptyConfigMap(cause, unknown);
  },
});

function demandsKeys(incident: Incident, view: ClusterView): boolean {
  return view.incoming(incident.cause).some((edge) => edge.detail.key !== undefined && edge.detail.optional !== true);
}

function emptyConfigMap(cause: ObjectRef, unknown: string): RemedyProposal {
  return proposal(
    `Create ConfigMap ${cause.name}, empty at first: no key of it is demanded, and its absence alone keeps the pods from starting.`,
    [createStep(cause, {})],
    {
      assumptions: ['The program starts without these settings; whoever owns it has to fill them in.'],
      evidenceToGather: [unknown],
      recommendations,
    },
  );
}

function createStep(ref: ObjectRef, data: Readonly<Record<string, string>>): RemedyStep {
  const literals = Object.entries(data).map(([key, value]) => `--from-literal=${key}=${value}`);
  return {
    description: `Create ConfigMap ${ref.name}`,
    kubectl: inNamespace(ref, ['create', 'configmap', ref.name, ...literals]),
    validation: 'The pods leave ContainerCreating within two minutes: the kubelet tries the mount again by itself.',
    rollback: `kubectl ${inNamespace(ref, ['delete', 'configmap', ref.name]).join(' ')}`,
    impact: 'low',
  };
}
