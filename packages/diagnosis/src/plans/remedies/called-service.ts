import type { ObjectRef } from '@quarterdeck/contract';
import { defineRemedy } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { proposal } from './step.ts';
import { textAt, textSteps } from './text-step.ts';

/** Calls the Service that exists instead of the one that is almost named so. */
export const calledServiceRemedy = defineRemedy({
  mechanisms: ['called-service-missing'],
  propose(incident, view) {
    const { service, meant, namespace, caller } = incident.facts;
    const missing = [
      `Whether Service ${String(service)} should exist in namespace ${String(namespace)} or ${String(caller)} should call another: nothing in the cluster is named like it.`,
    ];
    if (typeof service !== 'string' || typeof meant !== 'string') return { missing };
    const place = placeOf(incident.cause, service, view);
    if (place === null || incident.cause.kind === 'Job') return { missing: [`The place that names ${service}: set it to ${meant}, which exists.`] };
    const right = place.text.replaceAll(new RegExp(`(?<![\\w-])${service.replaceAll('.', '\\.')}(?![\\w-])`, 'g'), meant);
    const steps = textSteps(incident.cause, place.path, { old: place.text, right }, `Call ${meant} instead of ${service}`, view);
    return proposal(`Call Service ${meant}, which exists, instead of ${service}.`, steps, { assumptions: [`${meant} is the Service that was meant.`] });
  },
});

/** The text that names the Service, and its place in the object that is to be changed. */
function placeOf(object: ObjectRef, service: string, view: ClusterView): { path: string; text: string } | null {
  const callers = object.kind === 'ConfigMap' ? view.incoming(object).map((edge) => edge.from) : [object];
  for (const edge of callers.flatMap((caller) => view.outgoing(caller, 'calls'))) {
    if (edge.to.name !== service || (object.kind === 'ConfigMap' && edge.detail.holder?.name !== object.name)) continue;
    const text = textAt(object, edge.path, view);
    if (text?.includes(service)) return { path: edge.path, text };
  }
  return null;
}
