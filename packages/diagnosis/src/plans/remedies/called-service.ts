import { stringFact } from '../../causes/explain.ts';
import { escaped } from '../../graph/hosts/host-places.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { unshadowStep } from './call-configuration.ts';
import { proposal } from './step.ts';
import { placeNaming, textSteps } from './text-step.ts';

/** Calls the Service that exists instead of the one that is almost named so. */
export const calledServiceRemedy = defineRemedy({
  mechanisms: ['called-service-missing'],
  propose(incident, view) {
    const { service, meant, namespace, caller } = incident.facts;
    const missing = [
      `Whether Service ${String(service)} should exist in namespace ${String(namespace)} or ${String(caller)} should call another: nothing in the cluster is named like it.`,
    ];
    if (typeof service !== 'string') return { missing };
    const shadow = typeof incident.facts.shadowed === 'string' ? firstValue(incident, view) : null;
    if (shadow !== null) return shadow;
    if (typeof meant !== 'string') return elsewhereOf(incident, service, view) ?? { missing };
    const place = placeOf(incident, service, view);
    if (place === null || incident.cause.kind === 'Job') return { missing: [`The place that names ${service}: set it to ${meant}, which exists.`] };
    const right = place.text.replaceAll(new RegExp(`(?<![\\w-])${service.replaceAll('.', '\\.')}(?![\\w-])`, 'g'), meant);
    const steps = textSteps(incident.cause, place.path, { old: place.text, right }, `Call ${meant} instead of ${service}`, view);
    return proposal(`Call Service ${meant}, which exists, instead of ${service}.`, steps, { assumptions: [`${meant} is the Service that was meant.`] });
  },
});

/** The value that a second variable of the same name shadows. */
function firstValue({ cause, facts }: Incident, view: ClusterView): RemedyProposal | null {
  const [path, variable] = [stringFact(facts, 'path') ?? '', stringFact(facts, 'variable') ?? ''];
  const step = unshadowStep(cause, path, variable, view);
  if (step === null) return null;
  return proposal(`Let ${variable} be ${stringFact(facts, 'shadowed')}, as it is set first.`, [step], { assumptions: ['The first value is the right one.'] });
}

/** Namespaces that are stages of one application: nothing of one stage is led to another without a person. */
const stages = /(?:^|-)(?:dev|development|test|testing|qa|uat|int|stage|staging|preview|pre|preprod|prod|production|live|canary|sandbox|demo)(?:-|$)/;

/** The same name in the only other namespace that has it. */
function elsewhereOf(incident: Incident, service: string, view: ClusterView): RemedyProposal | null {
  const { cause, facts } = incident;
  const [elsewhere, wrong] = [stringFact(facts, 'elsewhere'), stringFact(facts, 'namespace') ?? ''];
  const place = elsewhere === null || cause.kind === 'Job' ? null : placeOf(incident, service, view);
  if (elsewhere === null || place === null || stages.test(elsewhere) || stages.test(wrong)) return null;
  const named = new RegExp(`(?<![\\w.-])${escaped(service)}(?:\\.${escaped(wrong)}(?=[.:/,\\s"']|$))?(?![\\w-])(?!\\.${escaped(elsewhere)}\\b)`, 'g');
  const right = place.text.replaceAll(named, `${service}.${elsewhere}`);
  if (right === place.text) return null;
  const steps = textSteps(cause, place.path, { old: place.text, right }, `Call ${service} in namespace ${elsewhere}`, view);
  return proposal(`Call Service ${service} where it is: in namespace ${elsewhere}.`, steps, {
    assumptions: [`The Service of that name in namespace ${elsewhere} is the one that was meant, and not a copy of it that is missing in ${wrong}.`],
  });
}

/** The text that names the Service, and its place in the object that is to be changed. */
function placeOf({ cause, facts }: Incident, service: string, view: ClusterView): { path: string; text: string } | null {
  const callers = cause.kind === 'ConfigMap' ? view.incoming(cause).map((edge) => edge.from) : [cause];
  const edges = callers.flatMap((caller) => view.outgoing(caller, 'calls')).filter(({ to }) => to.name === service);
  const own = edges.filter(({ detail }) => cause.kind !== 'ConfigMap' || detail.holder?.name === cause.name).map(({ path }) => path);
  for (const path of [...own, stringFact(facts, 'path') ?? '']) {
    const place = path === '' ? null : placeNaming(service, cause, path, view);
    if (place !== null) return place;
  }
  return null;
}
