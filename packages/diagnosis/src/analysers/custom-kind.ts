import { type KindTypes, refOf, refTo } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { absenceEvidence, evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { serviceState } from '../routing/service-state.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Definition = KindTypes['CustomResourceDefinition'];

export type NotEstablishedFacts = { reason: string; message: string };

export const customKindNotServed = defineCode<NotEstablishedFacts>({
  code: 'custom-kind-not-served',
  title: 'Custom kind is not served',
  documentation:
    'The API server does not serve the kind that the CustomResourceDefinition defines: its names are taken by another definition, or it is not established. Controllers of the kind fail.',
  silentWhen: 'The definition is younger than a minute or is being deleted.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ reason, message }) => `${reason}: ${message}`,
});

export type ConversionFacts = { service: string; serviceNamespace: string; state: string };

export const customKindConversion = defineCode<ConversionFacts>({
  code: 'custom-kind-conversion',
  title: 'Conversion webhook of a custom kind does not answer',
  documentation:
    'Objects of the kind are stored in another version than they are asked for, and the webhook that converts them is not there: they can be neither read nor written, and their namespaces cannot be emptied. Usually the operator was removed and its definitions were left behind.',
  silentWhen: 'All served versions are the stored one, so that nothing has to be converted.',
  opensAfterSeconds: 60,
  closesAfterSeconds: 10,
  message: ({ service, serviceNamespace, state }) => `Its conversion webhook calls Service ${serviceNamespace}/${service}, which ${state}.`,
});

/** Definitions: whether their kinds are served and can be converted. */
export const customKindAnalyser = defineAnalyser({
  id: 'custom-kind',
  kind: 'CustomResourceDefinition',
  reads: ['Service', 'EndpointSlice', 'Pod'],
  codes: [customKindNotServed, customKindConversion],
  *analyse(definition, view) {
    if (definition.metadata.deletionTimestamp !== undefined) return;
    yield* notServed(definition);
    yield* conversion(definition, view);
  },
});

function* notServed(definition: Definition): Iterable<RawFinding<NotEstablishedFacts>> {
  const conditions = definition.status?.conditions ?? [];
  const failing =
    conditions.find(({ type, status }) => type === 'NamesAccepted' && status === 'False') ??
    conditions.find(({ type, status }) => type === 'Established' && status === 'False');
  if (failing === undefined) return;
  const object = refOf(definition);
  const { type, reason = type, message = '' } = failing;
  yield {
    code: customKindNotServed.code,
    object,
    discriminator: '',
    severity: 'medium',
    since: timeOf(failing.lastTransitionTime),
    facts: { reason, message },
    evidence: [evidence({ source: 'status', object, path: `status.conditions[type=${type}]`, value: message, text: `${reason}: ${message}`, decisive: true })],
  };
}

function* conversion(definition: Definition, view: ClusterView): Iterable<RawFinding<ConversionFacts>> {
  const { versions, conversion } = definition.spec;
  const called = conversion?.strategy === 'Webhook' ? conversion.webhook?.clientConfig?.service : undefined;
  if (called === undefined || !isConverted(definition, versions)) return;
  const target = refTo('Service', called.namespace, called.name);
  const service = view.get('Service', called.namespace, called.name);
  const state = service === undefined ? 'missing' : serviceState(service, view).state;
  if (service === undefined ? !view.isMissing(target) : state === 'served' || state === 'starting') return;
  const object = refOf(definition);
  const path = 'spec.conversion.webhook.clientConfig.service.name';
  yield {
    code: customKindConversion.code,
    object,
    discriminator: '',
    severity: 'high',
    since: null,
    facts: { service: called.name, serviceNamespace: called.namespace, state: service === undefined ? 'does not exist' : 'has no ready endpoint' },
    evidence: [
      fieldEvidence(object, path, called.name, { decisive: true }),
      ...(service === undefined ? [absenceEvidence(target, `Service ${called.namespace}/${called.name} does not exist`)] : []),
    ],
  };
}

/** Whether some object may be stored in another version than one that is served. */
function isConverted({ status }: Definition, versions: Definition['spec']['versions']): boolean {
  const stored = new Set([...(status?.storedVersions ?? []), ...versions.filter(({ storage }) => storage).map(({ name }) => name)]);
  return versions.some(({ served, name }) => served && (stored.size > 1 || !stored.has(name)));
}
