import { groupOf, type ObjectRef, refKey, refLabel } from '@quarterdeck/contract';
import type { Incident } from '../model/incident.ts';
import type { RemedyStep } from '../model/remedy.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { kindOfType } from './kubectl-kinds.ts';

const mostChecks = 5;

/** Steps that change nothing and show what the chain of an incident consists of: the cause first, then towards the symptom. */
export function readOnlyChecks(incident: Incident, view: ClusterView): RemedyStep[] {
  const objects = [incident.cause, ...incident.chains.flat().map(({ object }) => object), ...incident.findings.map(({ object }) => object)];
  const unique = [...new Map(objects.map((object) => [refKey(object), object])).values()];
  return unique.flatMap((object) => checksOf(object, view)).slice(0, mostChecks);
}

function checksOf(ref: ObjectRef, view: ClusterView): RemedyStep[] {
  const type = typeOf(ref);
  if (type === null) return [];
  const scope = ref.namespace === null ? [] : ['-n', ref.namespace];
  if (view.find(ref) === undefined)
    return [check(`See which objects of kind ${ref.kind} there are`, ['get', type, ...scope], `${refLabel(ref)} is among them once it exists.`)];
  const described = check(
    `Read the state and the events of ${refLabel(ref)}`,
    ['describe', type, ref.name, ...scope],
    'Its conditions and events agree with the explanation above, or contradict it.',
  );
  if (ref.kind !== 'Pod') return [described];
  const words = ['logs', ref.name, '--all-containers', '--prefix', '--tail=50', ...scope];
  return [described, check(`Read the last lines that ${refLabel(ref)} logged`, words, 'The log names what the program could not do.')];
}

/** As kubectl takes it, with the group where it is not a kind of Kubernetes; null for what is no kind of the API. */
function typeOf({ kind, apiVersion }: ObjectRef): string | null {
  const name = kind.toLowerCase();
  const group = groupOf(apiVersion);
  const qualified = group === '' ? name : `${name}.${group}`;
  if (kindOfType(qualified) !== undefined) return name;
  return group === '' ? null : qualified;
}

function check(description: string, kubectl: readonly string[], validation: string): RemedyStep {
  return { description, kubectl, validation, rollback: null, impact: 'none' };
}
