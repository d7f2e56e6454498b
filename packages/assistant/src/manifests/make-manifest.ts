import { AppError } from '@quarterdeck/contract';
import { readDescription } from './read-description.ts';
import { configMap, namespace, secret } from './templates/configuration.ts';
import { ingressFor, isExposed, networkPolicy, service, serviceFor } from './templates/network.ts';
import { nameOf } from './templates/pod-template.ts';
import { autoscaler, autoscalerFor, disruptionBudget, role } from './templates/policies.ts';
import { cronJob, deployment, job, statefulSet } from './templates/workloads.ts';
import type { MadeObject, Parameter, Template, Wanted } from './wanted.ts';

/** Every shape, the narrow ones first. A new one is a template and a line here. */
export const templates: readonly Template[] = [
  namespace,
  autoscaler,
  disruptionBudget,
  networkPolicy,
  role,
  cronJob,
  service,
  configMap,
  secret,
  job,
  statefulSet,
  deployment,
];

export interface MadeManifest {
  /** The template that made the main part. */
  template: string;
  objects: MadeObject[];
  parameters: Parameter[];
}

/** A manifest from a description in words, without a model; `inNamespace` is meant where it names none. Throws UNSUPPORTED for what no template makes. */
export function makeManifest(description: string, inNamespace: string): MadeManifest {
  const wanted = wantedOf(description, inNamespace);
  const template = templates.find((each) => each.fits(wanted));
  if (template === undefined) throw noTemplate('No template makes that.');
  const { objects, parameters } = template.make(wanted);
  const more = template === deployment ? around(wanted) : { objects: [], parameters: [] };
  return { template: template.id, objects: [...objects, ...more.objects], parameters: [...parameters, ...more.parameters] };
}

/** Whether a template makes what a description asks for. */
export function hasTemplate(description: string, inNamespace: string): boolean {
  const wanted = wantedOf(description, inNamespace);
  return templates.some((each) => each.fits(wanted));
}

function wantedOf(description: string, inNamespace: string): Wanted {
  const said = readDescription(description);
  return { ...said, namespace: said.namespace ?? inNamespace };
}

/** With what the templates make as the hint. */
export function noTemplate(message: string): AppError {
  return new AppError('UNSUPPORTED', message, { hint: `What there is: ${templates.map(({ example }) => `"${example}"`).join('; ')}.` });
}

/** What belongs to a web app: its Service, an Ingress where one is wanted, an autoscaler where load is spoken of. */
function around(wanted: Wanted): { objects: MadeObject[]; parameters: Parameter[] } {
  if (!isExposed(wanted)) return { objects: [], parameters: [] };
  const objects = [serviceFor(wanted)];
  const parameters: Parameter[] = [{ name: 'service port', value: String(wanted.servicePort ?? 80), said: wanted.servicePort !== null }];
  if (wanted.host !== null || /\bingress\b/i.test(wanted.text)) {
    objects.push(ingressFor(wanted));
    parameters.push({ name: 'host', value: wanted.host ?? `${nameOf(wanted)}.example.com`, said: wanted.host !== null });
  }
  if (/\bauto ?scal|\bhpa\b/i.test(wanted.text)) objects.push(autoscalerFor(wanted, nameOf(wanted)));
  return { objects, parameters };
}
